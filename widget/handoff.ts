// What the loader hands to the app once it is loaded. Types only: the two are built apart and share no module.
import type { WidgetSettings } from '../shared/settings.ts';
import type { LauncherParts } from './launcher.ts';

export type Attributes = Record<string, unknown>;

/** `boot` options, under their snake_case names. In camelCase they hold from when the app is there. */
export interface Options {
  app_id?: string;
  alignment?: 'left' | 'right';
  horizontal_padding?: number | string;
  vertical_padding?: number | string;
  z_index?: number | string;
  hide_default_launcher?: boolean;
  custom_launcher_selector?: string;
  theme_mode?: 'auto' | 'light' | 'dark';
  locale?: string;
  storage?: WidgetSettings['storage'];
  consent?: boolean;
  cookie_domain?: string;
  /** Milliseconds since the page was last looked at. */
  session_duration?: number | string;
  /** Gives a fresh `user_jwt` where one is about to expire; null where nobody is signed in any more. */
  refresh_user_jwt?: ((userId: string | null) => string | null | Promise<string | null>) | null;
  [attribute: string]: unknown;
}

export type Listener = (detail: unknown) => void;

/** The page's `window.Foyer`: callable with a method's name, and an object of those methods. */
export interface FoyerApi {
  (method: string, ...args: unknown[]): unknown;
  version: string;
  booted: boolean;
  isOpen: boolean;
  unreadCount: number;
  visitorId: string | null;
  on(event: string, listener: Listener): () => void;
  once(event: string, listener: Listener): () => void;
  off(event: string, listener: Listener): void;
  // The page may put anything here, and calls what it likes.
  // oxlint-disable-next-line typescript/no-explicit-any
  [method: string]: any;
}

export interface Handoff extends LauncherParts {
  api: FoyerApi;
  /** The server's origin. */
  server: string;
  settings: WidgetSettings;
  /** What the page said until now; the launcher is painted by it. */
  options: Options;
  /** Calls the page's listeners and dispatches `foyer:<event>`; what a listener throws is logged, not passed on. */
  emit(event: string, detail?: unknown): void;
}

/** Runs one method of the app. */
export type Call = (method: string, args: readonly unknown[]) => unknown;

/** What the app's entry chunk exports. */
export interface AppModule {
  start(handoff: Handoff): Promise<Call>;
}
