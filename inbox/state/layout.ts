// How the agent likes the screen: theme, widths of the panes, the card shown or not; remembered in this browser.
import { effect, signal } from '@preact/signals';
import type { ReadonlySignal } from '@preact/signals';
import type { Storage } from '../storage.ts';

export type Theme = 'auto' | 'light' | 'dark';
export type Pane = 'nav' | 'list' | 'card';

interface Remembered {
  theme: Theme;
  widths: Record<Pane, number>;
  isCardShown: boolean;
}

export interface Layout {
  readonly theme: ReadonlySignal<Theme>;
  readonly widths: ReadonlySignal<Readonly<Record<Pane, number>>>;
  /** Beside the thread, where there is room. */
  readonly isCardShown: ReadonlySignal<boolean>;
  /** Over the thread, where there is none; never remembered. */
  readonly isCardOver: ReadonlySignal<boolean>;
  readonly isNavOver: ReadonlySignal<boolean>;
  setTheme(theme: Theme): void;
  resize(pane: Pane, width: number): void;
  resetWidth(pane: Pane): void;
  toggleCard(): void;
  setNavOver(isOver: boolean): void;
  closeOverlays(): void;
}

export const paneLimits: Record<Pane, { min: number; max: number; usual: number }> = {
  nav: { min: 200, max: 320, usual: 240 },
  list: { min: 280, max: 520, usual: 340 },
  card: { min: 280, max: 480, usual: 320 },
};
const stored = 'layout';

/** Below it the card lies over the thread. */
export const cardBesideQuery = '(min-width: 1200px)';

export function createLayout(storage: Storage, hasRoomForCard: () => boolean = () => window.matchMedia(cardBesideQuery).matches): Layout {
  const usual: Remembered = {
    theme: 'auto',
    widths: { nav: paneLimits.nav.usual, list: paneLimits.list.usual, card: paneLimits.card.usual },
    isCardShown: true,
  };
  const remembered = signal<Remembered>({ ...usual, ...storage.read<Partial<Remembered>>(stored) });
  const theme = signal(remembered.peek().theme);
  const widths = signal(remembered.peek().widths);
  const isCardShown = signal(remembered.peek().isCardShown);
  const isCardOver = signal(false);
  const isNavOver = signal(false);
  effect(() => void storage.write(stored, { theme: theme.value, widths: widths.value, isCardShown: isCardShown.value }));
  effect(() => {
    document.documentElement.dataset['theme'] = theme.value;
  });
  const resize = (pane: Pane, width: number): void => {
    const { min, max } = paneLimits[pane];
    widths.value = { ...widths.peek(), [pane]: Math.round(Math.min(max, Math.max(min, width))) };
  };
  return {
    theme,
    widths,
    isCardShown,
    isCardOver,
    isNavOver,
    setTheme: (next) => void (theme.value = next),
    resize,
    resetWidth: (pane) => resize(pane, paneLimits[pane].usual),
    toggleCard() {
      const shown = hasRoomForCard() ? isCardShown : isCardOver;
      shown.value = !shown.peek();
    },
    setNavOver: (isOver) => void (isNavOver.value = isOver),
    closeOverlays() {
      isCardOver.value = false;
      isNavOver.value = false;
    },
  };
}
