// What components may know: the state, the words, and a few functions.
import { createContext } from 'preact';
import { useContext } from 'preact/hooks';
import type { ReadonlySignal } from '@preact/signals';
import type { WidgetSettings } from '../shared/settings.ts';
import type { Deferred } from './deferred.ts';
import type { Formats } from './format.ts';
import type { Locale } from './locales/index.ts';
import type { State } from './state.ts';

export interface App {
  state: State;
  delivery: Pick<Deferred, 'status' | 'items' | 'durable' | 'retry' | 'remove'>;
  /** The browser itself says that there is no network. */
  offline: ReadonlySignal<boolean>;
  settings: WidgetSettings;
  locale: Locale;
  formats: Formats;
  /** The server's origin, for files. */
  server: string;
  /** Of the visitor's session; null before the first act. */
  token(): string | null;
  /** The launcher, to give the focus back to. */
  launcher: HTMLElement;
  /** For parts which come in a chunk of their own. */
  addStyles(css: string): void;
}

export const AppContext = createContext<App | null>(null);

export function useApp(): App {
  const app = useContext(AppContext);
  if (!app) throw new Error('rendered outside of <AppContext.Provider>');
  return app;
}
