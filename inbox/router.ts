// Where the agent is, read from the address and written to it. A handful of routes needs no library: state factories read these
// signals, which a router built on component context could not give them.
import { computed, signal } from '@preact/signals';
import type { ReadonlySignal } from '@preact/signals';
import { conversationFilters } from './state/filters.ts';
import type { ConversationFilter } from '../shared/protocol.ts';

export type Route =
  | { page: 'setup'; token: string }
  | { page: 'login' }
  | InboxRoute
  | { page: 'flows' }
  | { page: 'flow'; flow: string }
  | { page: 'reports' }
  | { page: 'settings'; section: SettingsSection };

export interface InboxRoute {
  page: 'inbox';
  filter: ConversationFilter;
  conversation: number | null;
  message: number | null;
}

/** In the order of the settings page; the first is where it opens. */
export const settingsSections = ['capture', 'hours', 'score', 'teams', 'identity', 'tokens', 'audit'] as const;
export type SettingsSection = (typeof settingsSections)[number];

export interface Router {
  readonly route: ReadonlySignal<Route>;
  navigate(to: string, options?: { replace?: boolean }): void;
  stop(): void;
}

export function createRouter(page: Window = window): Router {
  const address = signal(page.location.pathname + page.location.search);
  const refresh = (): void => {
    address.value = page.location.pathname + page.location.search;
  };
  const navigate: Router['navigate'] = (to, { replace = false } = {}) => {
    if (to !== address.value) page.history[replace ? 'replaceState' : 'pushState'](null, '', to);
    refresh();
  };
  const onClick = (event: MouseEvent): void => {
    const link = (event.target as Element | null)?.closest?.('a[href]');
    const href = link?.getAttribute('href');
    if (!href || !isOurs(href) || link?.getAttribute('target') || hasModifier(event)) return;
    event.preventDefault();
    navigate(href);
  };
  page.addEventListener('popstate', refresh);
  page.document.addEventListener('click', onClick);
  return {
    route: computed(() => routeOf(address.value)),
    navigate,
    stop() {
      page.removeEventListener('popstate', refresh);
      page.document.removeEventListener('click', onClick);
    },
  };
}

function isOurs(href: string): boolean {
  return href === '/inbox' || href.startsWith('/inbox/') || href.startsWith('/inbox?');
}

function hasModifier(event: MouseEvent): boolean {
  return event.defaultPrevented || event.button !== 0 || event.metaKey || event.ctrlKey || event.shiftKey || event.altKey;
}

export function routeOf(address: string): Route {
  const { pathname, searchParams } = new URL(address, 'http://inbox');
  if (pathname === '/setup' || pathname === '/setup/') return { page: 'setup', token: searchParams.get('token') ?? '' };
  if (pathname === '/inbox/login') return { page: 'login' };
  return pageOf(pathname.replace(/\/$/, '')) ?? inboxRoute(pathname, searchParams);
}

function pageOf(path: string): Route | null {
  if (path === '/inbox/flows') return { page: 'flows' };
  if (path === '/inbox/reports') return { page: 'reports' };
  const [, flow] = /^\/inbox\/flows\/([a-z0-9][a-z0-9-]{0,63})$/.exec(path) ?? [];
  if (flow !== undefined) return { page: 'flow', flow };
  const [isSettings, name] = /^\/inbox\/settings(?:\/([a-z]+))?$/.exec(path) ?? [];
  if (isSettings === undefined) return null;
  return { page: 'settings', section: settingsSections.find((section) => section === name) ?? settingsSections[0] };
}

function inboxRoute(pathname: string, searchParams: URLSearchParams): InboxRoute {
  const asked = searchParams.get('filter');
  return {
    page: 'inbox',
    filter: conversationFilters.find((name) => name === asked) ?? 'open',
    conversation: idOf(/^\/inbox\/conversations\/(\d{1,15})\/?$/.exec(pathname)?.[1]),
    message: idOf(searchParams.get('message')),
  };
}

function idOf(text: string | null | undefined): number | null {
  const id = Number(text);
  return text && Number.isSafeInteger(id) && id > 0 ? id : null;
}

/** The address of a filter, a conversation in it, and a message in that. */
export function inboxPath(filter: ConversationFilter, conversation: number | null = null, message: number | null = null): string {
  const query = new URLSearchParams();
  if (filter !== 'open') query.set('filter', filter);
  if (message !== null) query.set('message', String(message));
  const path = conversation === null ? '/inbox' : `/inbox/conversations/${conversation}`;
  return query.size === 0 ? path : `${path}?${query.toString()}`;
}

export function flowPath(flow: string): string {
  return `/inbox/flows/${encodeURIComponent(flow)}`;
}

export function settingsPath(section: SettingsSection): string {
  return section === settingsSections[0] ? '/inbox/settings' : `/inbox/settings/${section}`;
}
