// Where the agent is, read from the address and written to it. Four routes need no library: state factories read these
// signals, which a router built on component context could not give them.
import { computed, signal } from '@preact/signals';
import type { ReadonlySignal } from '@preact/signals';
import { conversationFilters } from './state/filters.ts';
import type { ConversationFilter } from '../shared/protocol.ts';

export type Route =
  | { page: 'setup'; token: string }
  | { page: 'login' }
  | { page: 'inbox'; filter: ConversationFilter; conversation: number | null; message: number | null };

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
