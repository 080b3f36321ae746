// @vitest-environment happy-dom
import { afterEach, expect, test } from 'vitest';
import { createRouter, flowPath, inboxPath, routeOf, settingsPath } from '../../inbox/router.ts';

test.each([
  ['/setup?token=abc', { page: 'setup', token: 'abc' }],
  ['/inbox/login', { page: 'login' }],
  ['/inbox', { page: 'inbox', filter: 'open', conversation: null, message: null }],
  ['/inbox/conversations/12?filter=closed&message=99', { page: 'inbox', filter: 'closed', conversation: 12, message: 99 }],
  ['/inbox/conversations/x?filter=nonsense&message=-1', { page: 'inbox', filter: 'open', conversation: null, message: null }],
  ['/inbox/flows', { page: 'flows' }],
  ['/inbox/flows/', { page: 'flows' }],
  ['/inbox/flows/sales-2', { page: 'flow', flow: 'sales-2' }],
  ['/inbox/reports', { page: 'reports' }],
  ['/inbox/settings', { page: 'settings', section: 'capture' }],
  ['/inbox/settings/hours', { page: 'settings', section: 'hours' }],
  ['/inbox/settings/nonsense', { page: 'settings', section: 'capture' }],
  ['/inbox/flows/..%2Fsecret', { page: 'inbox', filter: 'open', conversation: null, message: null }],
])('%s is understood', (address, route) => expect(routeOf(address)).toEqual(route));

test('an address made here is understood here', () => {
  expect(inboxPath('open')).toBe('/inbox');
  expect(routeOf(inboxPath('mine', 4, 5))).toEqual({ page: 'inbox', filter: 'mine', conversation: 4, message: 5 });
  expect(routeOf(settingsPath('teams'))).toEqual({ page: 'settings', section: 'teams' });
  expect(routeOf(settingsPath('capture'))).toEqual({ page: 'settings', section: 'capture' });
  expect(routeOf(flowPath('qualify'))).toEqual({ page: 'flow', flow: 'qualify' });
});

const router = createRouter();
afterEach(() => document.body.replaceChildren());

function click(href: string, more: MouseEventInit = {}): MouseEvent {
  const link = document.createElement('a');
  link.href = href;
  link.setAttribute('href', href);
  document.body.append(link);
  const event = new MouseEvent('click', { bubbles: true, cancelable: true, ...more });
  link.dispatchEvent(event);
  return event;
}

test('a link within the inbox navigates without loading a page', () => {
  expect(click('/inbox/conversations/3').defaultPrevented).toBe(true);
  expect(router.route.value).toMatchObject({ conversation: 3 });
  window.history.replaceState(null, '', '/inbox');
  window.dispatchEvent(new PopStateEvent('popstate'));
  expect(router.route.value).toMatchObject({ conversation: null });
});

test.each([
  ['/demo', {}],
  ['https://elsewhere.example/inbox', {}],
  ['/inbox/conversations/4', { ctrlKey: true }],
])('%s with %o is left to the browser', (href, more) => {
  window.addEventListener('click', (event) => event.preventDefault(), { once: true });
  click(href, more);
  expect(router.route.value).toMatchObject({ conversation: null });
});
