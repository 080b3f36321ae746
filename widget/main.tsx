// The app's entry: takes over the loader's host, shadow root and launcher, and answers the page's calls.
import { effect, signal } from '@preact/signals';
import { render } from 'preact';
import { addStyles } from './add-styles.ts';
import { createApi } from './api.ts';
import { AppContext } from './app.ts';
import { Panel } from './components/Panel.tsx';
import { createWidget, type Widget, type WidgetDeps } from './create-widget.ts';
import { createFormats } from './format.ts';
import type { AppModule, Call, Handoff, Options, Problem } from './handoff.ts';
import { loadLocale, spokenTag } from './locales/index.ts';
import composer from './styles/composer.css?inline';
import panel from './styles/panel.css?inline';
import thread from './styles/thread.css?inline';
import tokens from './styles/tokens.css?inline';
import { applyPalette, palette } from './theme.ts';
import { unsentToken } from './unsent-token.ts';

export async function start({ settings, ...handoff }: Parameters<AppModule['start']>[0]): Promise<Call> {
  if ('status' in settings) return () => refused(handoff, settings);
  return begin({ ...handoff, settings }, await unsentToken(settings.appId));
}

/** There is no chat on this page: whoever waits for an answer is told why. */
async function refused({ emit }: Pick<Handoff, 'emit'>, problem: Problem): Promise<Error> {
  const error = Object.assign(new Error(problem.detail), { code: problem.code });
  emit('error', error);
  return error;
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
  void mount(handoff, widget, options.value, languages);
  return createApi({ handoff, widget, options });
}

async function mount(handoff: Handoff, widget: Widget, options: Options, languages: readonly (string | undefined)[]): Promise<void> {
  const { root, host, settings, launcher } = handoff;
  const { state, delivery } = widget;
  const locale = await loadLocale(languages);
  const offline = signal(navigator.onLine === false);
  for (const event of ['online', 'offline']) window.addEventListener(event, () => (offline.value = !navigator.onLine));

  const added = new Set<string>();
  addStyles(root, tokens + panel + thread + composer);
  const element = document.createElement('div');
  element.className = (options.alignment ?? settings.alignment) === 'left' ? 'foyer left' : 'foyer';
  element.style.setProperty('--x', `${options.horizontal_padding ?? 20}px`);
  element.style.setProperty('--y', `${options.vertical_padding ?? 20}px`);
  element.lang = locale.tag;
  element.dir = locale.direction;
  // A page's own shortcuts must not fire while a visitor types: to the page the target is only our host.
  for (const event of ['keydown', 'keyup', 'keypress']) host.addEventListener(event, (typed) => typed.stopPropagation());
  watchTheme(element, launcher, options.theme_mode ?? settings.theme, settings.brand);
  root.append(element);

  const [chevron, badge] = [document.createElement('i'), document.createElement('span')];
  chevron.className = 'x';
  badge.className = 'badge';
  launcher.append(chevron, badge);
  launcher.className = 'l';
  launcher.style.transition = '';
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

function watchTheme(
  element: HTMLElement,
  launcher: HTMLElement,
  mode: 'auto' | 'light' | 'dark',
  brand: Handoff['settings']['brand'],
): void {
  const preference = matchMedia('(prefers-color-scheme: dark)');
  const paint = (): void => {
    const dark = mode === 'dark' || (mode === 'auto' && preference.matches);
    element.classList.toggle('dark', dark);
    const colours = palette(brand, dark);
    applyPalette(element, colours);
    launcher.style.background = colours.fill;
  };
  preference.addEventListener('change', paint);
  paint();
}
