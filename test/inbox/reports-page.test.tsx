// @vitest-environment happy-dom
import { screen, waitFor, within } from '@testing-library/preact';
import userEvent from '@testing-library/user-event';
import { expect, test } from 'vitest';
import { before, byPolicy, byVersion, changeOf, percent, rateOf, totalOf } from '../../inbox/capture-report.ts';
import type { CaptureReport } from '../../shared/api.ts';
import { open } from './page.tsx';
import { createFakeApi, noon } from './scene.ts';
import { refused, row } from './settings.ts';

const rows = [
  row({ version: 2, policy: 'up-front', conversations: 100, leads: 40, qualified: 12 }),
  row({ version: 1, policy: 'up-front', conversations: 60, leads: 18, qualified: 3 }),
  row({ flow: 'support', flow_name: 'Support triage', policy: 'never', conversations: 40, leads: 2 }),
];

/** A server that counts back so many days: `past` is what the rows before the last ones add. */
function server(recent: CaptureReport['rows'], past: CaptureReport['rows']) {
  const api = createFakeApi();
  const asked: number[] = [];
  const call = api.call.bind(api);
  api.call = (async (route: string, input: { query: { days: number } }) => {
    if (route !== 'GET /api/v1/reports/capture') return call(route as never, input as never);
    asked.push(input.query.days);
    const isWhole = asked.length % 2 === 0;
    return { ok: true, data: { since: new Date(noon).toISOString(), rows: isWhole ? [...recent, ...past] : recent } };
  }) as typeof api.call;
  return { api, asked };
}

test('one number, its change against the time before, and what it is made of', async () => {
  open({ path: '/inbox/reports', api: server(rows, [row({ conversations: 100, leads: 20 })]).api });
  const headline = await screen.findByRole('region', { name: 'Capture rate' });
  expect(headline.textContent).toContain('30 %');
  expect(headline.textContent).toContain('+10 points against 20 % in the 30 days before');
  expect([...headline.querySelectorAll('.step-count')].map((count) => count.textContent)).toEqual(['200', '60', '15']);
});

test('policies and versions stand side by side, each with its rate and its numbers', async () => {
  open({ path: '/inbox/reports', api: server(rows, []).api });
  const policies = await screen.findByRole('region', { name: 'By ask policy' });
  expect([...policies.querySelectorAll('.bar')].map((bar) => bar.textContent)).toEqual(['Up front36 %58 of 160', 'Never5 %2 of 40']);
  const table = screen.getByRole('table');
  const cells = within(table)
    .getAllByRole('row')
    .slice(1)
    .map((line) => line.textContent);
  expect(cells).toEqual(['Sales qualifying v21004040 %12', 'Sales qualifying v1601830 %3', 'Support triage v14025 %0']);
  expect(within(table).getAllByRole('link')[2]?.getAttribute('href')).toBe('/inbox/flows/support');
});

test('another time is asked for, with as much before it', async () => {
  const user = userEvent.setup();
  const { api, asked } = server(rows, []);
  open({ path: '/inbox/reports', api });
  await user.click(await screen.findByRole('radio', { name: '90 days' }));
  await waitFor(() => expect(asked).toEqual([30, 60, 90, 180]));
  expect(screen.getByText(/Nothing to compare with: the 90 days before were quiet/)).toBeTruthy();
});

test('few conversations are not called a rate that rose or fell', async () => {
  const few = [row({ conversations: 4, leads: 4 })];
  open({ path: '/inbox/reports', api: server(few, [row({ conversations: 200, leads: 2 })]).api });
  await screen.findByText(/Fewer than 10 conversations/);
});

test('without conversations the page says what it will show', async () => {
  const user = userEvent.setup();
  open({ path: '/inbox/reports', api: server([], []).api });
  await screen.findByText('No conversations in the last 30 days');
  await user.click(screen.getByRole('button', { name: 'Look at 90 days' }));
  await screen.findByText('No conversations in the last 90 days');
  expect(screen.getByRole('link', { name: 'Open the flows' }).getAttribute('href')).toBe('/inbox/flows');
});

test('a report that cannot be had says so and can be tried again', async () => {
  const user = userEvent.setup();
  let isDown = true;
  const route = (): { status?: number; body: unknown } =>
    isDown ? refused('The database does not answer.') : { body: { since: '', rows } };
  open({ path: '/inbox/reports', api: createFakeApi({ 'GET /api/v1/reports/capture': route }) });
  await screen.findByText('The database does not answer.');
  isDown = false;
  await user.click(screen.getByRole('button', { name: 'Try again' }));
  await screen.findByRole('region', { name: 'Capture rate' });
});

test('sums and rates', () => {
  expect(totalOf(rows)).toEqual({ conversations: 200, leads: 60, qualified: 15 });
  expect(byPolicy(rows).get('up-front')).toEqual({ conversations: 160, leads: 58, qualified: 15 });
  expect(byVersion(rows).map(({ flow, version }) => `${flow} ${version}`)).toEqual(['qualify 2', 'qualify 1', 'support 1']);
  expect(rateOf(totalOf([]))).toBeNull();
  expect(before({ conversations: 30, leads: 5, qualified: 0 }, { conversations: 10, leads: 4, qualified: 0 })).toEqual({
    conversations: 20,
    leads: 1,
    qualified: 0,
  });
  expect(changeOf({ conversations: 10, leads: 5, qualified: 0 }, { conversations: 20, leads: 5, qualified: 0 })).toBe(25);
});

test.each([
  [0, '0 %'],
  [0.034, '3.4 %'],
  [0.05, '5 %'],
  [0.0997, '10 %'],
  [0.425, '43 %'],
  [1, '100 %'],
])('%f is %s', (rate, words) => expect(percent(rate)).toBe(words));
