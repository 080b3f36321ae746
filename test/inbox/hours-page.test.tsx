// @vitest-environment happy-dom
import { fireEvent, screen, waitFor, within } from '@testing-library/preact';
import userEvent from '@testing-library/user-event';
import { expect, test } from 'vitest';
// Fetched when it is opened: here before anybody waits for it.
import '../../inbox/pages/SettingsPage.tsx';
import { defaultHours } from '../../inbox/hours.ts';
import { openWords } from '../../inbox/settings/OpenNow.tsx';
import { open } from './page.tsx';
import { fakeSettings } from './settings.ts';

const patch = 'PATCH /api/v1/settings/bot';
const path = '/inbox/settings/hours';
const time = (name: string): HTMLInputElement => screen.getByLabelText<HTMLInputElement>(name);
const day = (name: string): HTMLElement => screen.getByRole('switch', { name: `Open on ${name}` }).closest('li')!;

test('switched on for the first time it is an office week in the browser’s zone', async () => {
  const user = userEvent.setup();
  const fake = fakeSettings();
  open({ path, api: fake.api });
  await user.click(await screen.findByRole('switch', { name: 'Keep business hours' }));
  expect(time('Monday, from').value).toBe('09:00');
  expect(day('Sunday').textContent).toContain('Closed');
  await user.click(screen.getByRole('button', { name: 'Save' }));
  await screen.findByText('Saved');
  const { timeZone } = new Intl.DateTimeFormat().resolvedOptions();
  expect(fake.sentTo(patch)).toEqual([{ hours: defaultHours(timeZone) }]);
});

test('a shift is added, what overlaps is said at its place and not saved', async () => {
  const user = userEvent.setup();
  const fake = fakeSettings({ hours: defaultHours('Europe/Berlin') });
  open({ path, api: fake.api });
  await user.click(await screen.findByRole('button', { name: 'Add a shift on Monday' }));
  expect(time('Monday, shift 2, from').value).toBe('18:00');
  fireEvent.input(time('Monday, shift 2, from'), { target: { value: '12:00' } });
  const fault = await within(day('Monday')).findByRole('alert');
  expect(fault.textContent).toBe('Two shifts overlap.');
  expect(time('Monday, shift 2, from').getAttribute('aria-describedby')).toBe(fault.id);
  await user.click(screen.getByRole('button', { name: 'Save' }));
  expect(fake.sentTo(patch)).toEqual([]);
  await user.click(screen.getByRole('button', { name: 'Remove shift 2 of Monday' }));
  expect(screen.queryByRole('button', { name: 'Save' })).toBeNull();
});

test('a day is copied to the working days', async () => {
  const user = userEvent.setup();
  const fake = fakeSettings({ hours: defaultHours('Europe/Berlin') });
  open({ path, api: fake.api });
  await screen.findByLabelText('Monday, from');
  fireEvent.input(time('Monday, until'), { target: { value: '00:00' } });
  await user.click(screen.getByRole('button', { name: /Copy Monday/ }));
  await user.click(screen.getByRole('menuitem', { name: 'Copy to Monday to Friday' }));
  await user.click(screen.getByRole('button', { name: 'Save' }));
  await screen.findByText('Saved');
  const [{ hours }] = fake.sentTo(patch) as [{ hours: ReturnType<typeof defaultHours> }];
  expect(hours.week.map((shifts) => shifts[0]?.to)).toEqual([1440, 1440, 1440, 1440, 1440, undefined, undefined]);
});

test('the time zone is searched for by keyboard', async () => {
  const user = userEvent.setup();
  open({ path, api: fakeSettings({ hours: defaultHours('Europe/Berlin') }).api });
  const field = await screen.findByRole<HTMLInputElement>('combobox', { name: 'Time zone' });
  expect(field.value).toMatch(/^Berlin \(GMT\+[12]\)$/);
  await user.click(field);
  await user.type(field, 'toky');
  const [first] = screen.getAllByRole('option');
  expect(first?.textContent).toContain('Asia/Tokyo');
  expect(field.getAttribute('aria-activedescendant')).toBe(first?.id);
  await user.keyboard('{Enter}');
  expect(field.value).toBe('Tokyo (GMT+9)');
  expect(screen.queryByRole('listbox')).toBeNull();
  await user.click(field);
  await user.type(field, 'nowhere');
  expect(screen.getByText(/No such city/)).toBeTruthy();
  await user.keyboard('{Escape}');
  expect(field.value).toBe('Tokyo (GMT+9)');
});

test('a holiday is closed, or has hours of its own; past ones can be cleared away', async () => {
  const user = userEvent.setup();
  const fake = fakeSettings({ hours: { ...defaultHours('Europe/Berlin'), holidays: [{ date: '2020-01-01' }] } });
  open({ path, api: fake.api });
  await user.click(await screen.findByRole('button', { name: 'Remove 1 past' }));
  await user.click(screen.getByRole('button', { name: 'Add a holiday' }));
  await waitFor(() => expect(document.activeElement).toBe(screen.getByLabelText('Date')));
  fireEvent.input(screen.getByLabelText('Date'), { target: { value: '2099-12-31' } });
  await user.type(await screen.findByRole('textbox', { name: 'Name of 31 Dec 2099' }), 'The last day');
  await user.selectOptions(screen.getByRole('combobox', { name: 'Hours on 31 Dec 2099' }), 'open');
  await user.click(screen.getByRole('button', { name: 'Save' }));
  await screen.findByText('Saved');
  expect(fake.sentTo(patch)).toMatchObject([
    { hours: { holidays: [{ date: '2099-12-31', name: 'The last day', shifts: [{ from: 540, to: 1020 }] }] } },
  ]);
});

const thursday = Date.UTC(2026, 0, 15);
const onThursday = (hour: number, minute = 0): number => thursday + (hour * 60 + minute) * 60_000;
const berlin = defaultHours('Europe/Berlin');

test.each([
  [berlin, onThursday(12), { isOpen: true, until: 'closes today 17:00' }],
  [berlin, onThursday(7, 59), { isOpen: false, until: 'back today 9:00' }],
  [berlin, onThursday(8), { isOpen: true, until: 'closes today 17:00' }],
  [berlin, onThursday(16), { isOpen: false, until: 'back tomorrow 9:00' }],
  [berlin, onThursday(40), { isOpen: false, until: 'back Monday 9:00' }],
  [{ ...berlin, holidays: [{ date: '2026-01-16' }] }, onThursday(16), { isOpen: false, until: 'back Monday 9:00' }],
  [
    { ...berlin, holidays: [{ date: '2026-01-15', shifts: [{ from: 540, to: 725 }] }] },
    onThursday(10),
    { isOpen: true, until: 'closes today 12:05' },
  ],
  [
    { ...berlin, week: [[], [], [], [], [], [], []] as unknown as typeof berlin.week },
    onThursday(12),
    { isOpen: false, until: 'no opening in the next 60 days' },
  ],
  [
    { ...berlin, week: Array.from({ length: 7 }, () => [{ from: 0, to: 1440 }]) as unknown as typeof berlin.week },
    onThursday(12),
    { isOpen: true, until: 'around the clock' },
  ],
])('what hours mean now is said by the rule visitors are told by: %#', (hours, now, words) => expect(openWords(hours, now)).toEqual(words));

test('the line changes with the week while it is edited', async () => {
  const user = userEvent.setup();
  const always = {
    ...defaultHours('UTC'),
    week: Array.from({ length: 7 }, () => [{ from: 0, to: 1440 }]) as unknown as typeof berlin.week,
  };
  open({ path, api: fakeSettings({ hours: always }).api });
  expect((await screen.findByText('Open now')).closest('p')?.textContent).toBe('Open now · around the clock');
  for (const each of screen.getAllByRole('switch', { name: /^Open on/ })) await user.click(each);
  expect(screen.getByText('Closed now').closest('p')?.textContent).toBe('Closed now · no opening in the next 60 days');
});
