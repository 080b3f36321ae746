// The app's entry: takes over the loader's host, shadow root and launcher, and answers the page's calls.
import { effect, signal, type Signal } from '@preact/signals';
import { render } from 'preact';
import { addStyles } from './add-styles.ts';
import { createApi } from './api.ts';
import { AppContext } from './app.ts';
import { Panel } from './components/Panel.tsx';
import { createWidget, type Widget, type WidgetDeps } from './create-widget.ts';
import { createFormats } from './format.ts';
import type { Call, Handoff, Options } from './handoff.ts';
import { loadLocale, spokenTag } from './locales/index.ts';
import composer from './styles/composer.css?inline';
import panel from './styles/panel.css?inline';
import thread from './styles/thread.css?inline';
import tokens from './styles/tokens.css?inline';
import { applyPalette, palette } from './theme.ts';
import { unsentToken } from './unsent-token.ts';

export async function start(handoff: Handoff): Promise<Call> {
  return begin(handoff, await unsentToken(handoff.settings.appId));
}

/**
 * @param left the token that lies beside what an earlier page left unsent
 * @param loadDelivery fetches the chunk of what talks to the server
 */
export function begin(
  handoff: Handoff,
  left: string | null,
  loadDelivery: WidgetDeps['loadDelivery'] = () => import('./delivery.ts'),
): Call {
  const options = signal(handoff.options);
  const languages = [options.value.locale, document.documentElement.lang, ...navigator.languages];
  const widget = createWidget(handoff, { loadDelivery, language: spokenTag(languages), left });
  void mount(handoff, widget, options, languages);
  return createApi({ handoff, widget, options });
}

async function mount(
  handoff: Handoff,
  widget: Widget,
  options: Signal<Options>,
  languages: readonly (string | undefined)[],
): Promise<void> {
  const { root, host, settings, launcher } = handoff;
  const { state, delivery } = widget;
  const locale = await loadLocale(languages);
  const offline = signal(navigator.onLine === false);
  for (const event of ['online', 'offline']) window.addEventListener(event, () => (offline.value = !navigator.onLine));

  const added = new Set<string>();
  addStyles(root, tokens + panel + thread + composer);
  const element = document.createElement('div');
  element.lang = locale.tag;
  element.dir = locale.direction;
  // A page's own shortcuts must not fire while a visitor types: to the page the target is only our host.
  for (const event of ['keydown', 'keyup', 'keypress']) host.addEventListener(event, (typed) => typed.stopPropagation());
  dress(element, handoff, options);
  root.append(element);

  const [chevron, badge] = [document.createElement('i'), document.createElement('span')];
  chevron.className = 'x';
  badge.className = 'badge';
  launcher.append(chevron, badge);
  launcher.className = 'l';
  launcher.setAttribute('aria-haspopup', 'dialog');
  effect(() => {
    const open = state.isOpen.value;
    const unread = open ? 0 : state.unread.value;
    badge.textContent = unread > 0 ? (unread > 9 ? '9+' : String(unread)) : '';
    launcher.setAttribute(
      'aria-label',
      open ? locale.phrases.closeChat : locale.phrases.openChat + (unread ? `, ${locale.phrases.unread(unread)}` : ''),
    );
  });
  const app = {
    state,
    delivery,
    offline,
    settings,
    locale,
    formats: createFormats(locale),
    launcher,
    server: handoff.server,
    token: widget.session.token,
    addStyles(css: string) {
      if (!added.has(css)) addStyles(root, css);
      added.add(css);
    },
  };
  render(
    <AppContext.Provider value={app}>
      <Panel />
    </AppContext.Provider>,
    element,
  );
}

/** Colours and place, as the page's options and the device's preference say at the moment. */
function dress(element: HTMLElement, { settings, launcher, paint }: Handoff, options: Signal<Options>): void {
  const preference = matchMedia('(prefers-color-scheme: dark)');
  const prefersDark = signal(preference.matches);
  preference.addEventListener('change', () => (prefersDark.value = preference.matches));
  effect(() => {
    const { alignment, horizontal_padding: x, vertical_padding: y, theme_mode } = options.value;
    const side = alignment ?? settings.alignment;
    const mode = theme_mode ?? settings.theme;
    const dark = mode === 'dark' || (mode === 'auto' && prefersDark.value);
    const colours = palette(settings, dark);
    element.className = `foyer ${side}${dark ? ' dark' : ''}`;
    element.style.cssText = `--x:${x ?? 20}px;--y:${y ?? 20}px`;
    applyPalette(element, colours);
    paint(colours.fill, colours['on-fill'], side);
    launcher.style.transition = '';
  });
}
