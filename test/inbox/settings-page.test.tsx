// @vitest-environment happy-dom
import { screen, waitFor, within } from '@testing-library/preact';
import userEvent from '@testing-library/user-event';
import { describe, expect, test } from 'vitest';
// Fetched when it is opened: here before anybody waits for it.
import '../../inbox/pages/SettingsPage.tsx';
import { open } from './page.tsx';
import { me } from './scene.ts';
import { fakeSettings, refused, row, settings } from './settings.ts';

const patch = 'PATCH /api/v1/settings/bot';
const path = '/inbox/settings';
const policy = (name: RegExp): HTMLInputElement => screen.getByRole<HTMLInputElement>('radio', { name });
const consentText = (): HTMLTextAreaElement => screen.getByRole<HTMLTextAreaElement>('textbox', { name: 'Text' });
const preview = (): HTMLElement => screen.getByRole('figure');

describe('the ask policy', () => {
  test('each is explained, with the capture rate it had so far', async () => {
    const rows = [
      row({ policy: 'up-front', conversations: 40, leads: 14 }),
      row({ policy: 'up-front', version: 2, conversations: 10, leads: 6 }),
      row({ policy: 'never', conversations: 23, leads: 1 }),
    ];
    open({ path, api: fakeSettings({ ask_policy: 'up-front' }, rows).api });
    const upFront = (await screen.findByRole('radio', { name: /^Up front/ })).closest('label');
    await waitFor(() => expect(upFront?.textContent).toContain('40 %'));
    expect(upFront?.textContent).toContain('20 of 50');
    expect(upFront?.textContent).toContain('Before anything else.');
    expect(policy(/^Never/).closest('label')?.textContent).toContain('4.3 %');
    expect(policy(/^At handover/).closest('label')?.textContent).toContain('Not used yet');
    expect(policy(/^Up front/).checked).toBe(true);
  });

  test('another one holds at once, and says so when it is saved', async () => {
    const user = userEvent.setup();
    const fake = fakeSettings();
    open({ path, api: fake.api });
    await user.click(await screen.findByRole('radio', { name: /^At handover/ }));
    expect(policy(/^At handover/).checked).toBe(true);
    await screen.findByText('Saved');
    expect(fake.sentTo(patch)).toEqual([{ ask_policy: 'at-handover' }]);
  });

  test('one that is refused is taken back, with the reason in its place', async () => {
    const user = userEvent.setup();
    const fake = fakeSettings();
    fake.answer(patch, () => refused('The database does not answer.'));
    open({ path, api: fake.api });
    await user.click(await screen.findByRole('radio', { name: /^Never/ }));
    const words = await screen.findByRole('alert');
    expect(words.textContent).toContain('The database does not answer.');
    expect(words.closest('section')?.contains(policy(/^Never/))).toBe(true);
    expect(policy(/^Where the flow asks/).checked).toBe(true);
  });

  test('of two chosen quickly the last one stands, here and on the server', async () => {
    const fake = fakeSettings();
    const { inbox } = open({ path, api: fake.api });
    await screen.findByRole('radio', { name: /^Never/ });
    await Promise.all([inbox.settings.policy.choose('never'), inbox.settings.policy.choose('up-front')]);
    expect(fake.sentTo(patch)).toEqual([{ ask_policy: 'never' }, { ask_policy: 'up-front' }]);
    expect(inbox.settings.saved.value?.ask_policy).toBe('up-front');
    await waitFor(() => expect(policy(/^Up front/).checked).toBe(true));
  });

  test('rates that cannot be had take nothing away but themselves', async () => {
    const fake = fakeSettings();
    fake.answer('GET /api/v1/reports/capture', () => refused('No.'));
    open({ path, api: fake.api });
    await screen.findByText(/rates so far could not be loaded/);
    expect(policy(/^Never/)).toBeTruthy();
  });
});

describe('the consent text', () => {
  const saved = { consent: { version: 3, text: 'Only to answer you.', translations: { de: 'Nur um zu antworten.' } } };

  test('is seen as it will look while it is typed, in the language that is typed in', async () => {
    const user = userEvent.setup();
    open({ path, api: fakeSettings(saved).api });
    await user.type(await screen.findByRole('textbox', { name: 'Text' }), ' Really.');
    expect(preview().textContent).toContain('Only to answer you. Really.');
    await user.click(screen.getByRole('textbox', { name: 'German' }));
    expect(preview().textContent).toContain('In the widget, in German');
    expect(preview().textContent).toContain('Nur um zu antworten.');
  });

  test('is saved by its button alone; the version rises', async () => {
    const user = userEvent.setup();
    const fake = fakeSettings(saved);
    open({ path, api: fake.api });
    await user.type(await screen.findByRole('textbox', { name: 'Text' }), '!');
    expect(screen.getByText(/Saving makes it version 4/)).toBeTruthy();
    expect(fake.sentTo(patch)).toEqual([]);
    await user.click(screen.getByRole('button', { name: 'Save' }));
    await screen.findByText('Version 4. It rises when you change a text.');
    expect(fake.sentTo(patch)).toEqual([{ consent: { text: 'Only to answer you.!', translations: { de: 'Nur um zu antworten.' } } }]);
    expect(screen.queryByRole('button', { name: 'Save' })).toBeNull();
  });

  test('a refused one stays as it was typed, with the reason, and goes out again', async () => {
    const user = userEvent.setup();
    const fake = fakeSettings(saved);
    fake.answer(patch, () => refused('The database does not answer.'));
    open({ path, api: fake.api });
    await user.type(await screen.findByRole('textbox', { name: 'Text' }), '!');
    await user.click(screen.getByRole('button', { name: 'Save' }));
    expect((await screen.findByRole('alert')).textContent).toContain('Your changes are still here.');
    expect(consentText().value).toBe('Only to answer you.!');
    fake.answer(patch, () => ({ body: { ...settings, consent: { ...saved.consent, version: 4, text: 'Only to answer you.!' } } }));
    await user.click(screen.getByRole('button', { name: 'Try again' }));
    await screen.findByText(/^Version 4/);
  });

  test('what is not saved survives a visit to another page, is marked, and warns before the tab is closed', async () => {
    const user = userEvent.setup();
    open({ path, api: fakeSettings(saved).api });
    await user.type(await screen.findByRole('textbox', { name: 'Text' }), '!');
    await user.click(screen.getByRole('link', { name: 'Reports' }));
    await screen.findByRole('heading', { level: 1, name: 'Reports' });
    const closing = new Event('beforeunload', { cancelable: true });
    window.dispatchEvent(closing);
    expect(closing.defaultPrevented).toBe(true);
    await user.click(screen.getByRole('link', { name: 'Settings' }));
    expect((await screen.findByRole<HTMLTextAreaElement>('textbox', { name: 'Text' })).value).toBe('Only to answer you.!');
    expect(screen.getByRole('link', { name: /^Lead capture/ }).textContent).toContain('unsaved changes');
    await user.click(screen.getByRole('button', { name: 'Discard' }));
    expect(consentText().value).toBe('Only to answer you.');
    const later = new Event('beforeunload', { cancelable: true });
    window.dispatchEvent(later);
    expect(later.defaultPrevented).toBe(false);
  });

  test('signing out asks before it is lost', async () => {
    const user = userEvent.setup();
    const fake = fakeSettings(saved);
    fake.answer('DELETE /api/v1/session', () => ({ body: { ok: true } }));
    open({ path, api: fake.api });
    await user.type(await screen.findByRole('textbox', { name: 'Text' }), '!');
    await user.click(screen.getByRole('button', { name: /Ada Holm/ }));
    await user.click(screen.getByRole('menuitem', { name: 'Sign out' }));
    await screen.findByText(/unsaved changes, which signing out would lose/);
    expect(fake.sentTo('DELETE /api/v1/session')).toHaveLength(0);
    await user.click(screen.getByRole('button', { name: 'Sign out anyway' }));
    expect(fake.sentTo('DELETE /api/v1/session')).toHaveLength(1);
  });

  test('switched off and on again it has its words back; without words it is not saved', async () => {
    const user = userEvent.setup();
    const fake = fakeSettings(saved);
    open({ path, api: fake.api });
    const toggle = await screen.findByRole('switch', { name: 'Show a consent text' });
    await user.click(toggle);
    expect(screen.queryByRole('textbox', { name: 'Text' })).toBeNull();
    await user.click(toggle);
    expect(consentText().value).toBe('Only to answer you.');
    await user.clear(screen.getByRole('textbox', { name: 'German' }));
    expect(screen.getByText('The translation to German is empty.')).toBeTruthy();
    await user.click(screen.getByRole('button', { name: 'Save' }));
    expect(fake.sentTo(patch)).toEqual([]);
  });

  test('a translation is added from the list and written at once', async () => {
    const user = userEvent.setup();
    open({ path, api: fakeSettings(saved).api });
    await user.selectOptions(await screen.findByRole('combobox', { name: 'Add a translation' }), 'fr');
    await user.type(screen.getByRole('textbox', { name: 'French' }), 'Seulement pour répondre.');
    expect(preview().textContent).toContain('Seulement pour répondre.');
    await user.click(screen.getByRole('button', { name: 'Remove French' }));
    expect(screen.queryByRole('textbox', { name: 'French' })).toBeNull();
  });
});

describe('the switches', () => {
  test('what is read out of visitors’ words is said either way, and sent at once', async () => {
    const user = userEvent.setup();
    const fake = fakeSettings();
    open({ path, api: fake.api });
    const reading = await screen.findByRole<HTMLInputElement>('switch', { name: 'Read details out of what visitors write' });
    expect(reading.checked).toBe(true);
    await user.click(reading);
    await screen.findByText(/only the answer to a question of the bot is taken/);
    expect(screen.getByText('The bot does not ask, and nothing is read out of what visitors write.')).toBeTruthy();
    expect(fake.sentTo('PATCH /api/v1/settings/bot')).toEqual([{ extraction: 'asked' }]);
  });
});

describe('the page', () => {
  test('who is no owner sees everything and changes nothing', async () => {
    const reader = { ...me, role: 'agent' as const };
    open({ path, api: fakeSettings({ consent: { version: 1, text: 'Words', translations: {} } }).api, me: reader });
    await screen.findByText(/Only owners change settings/);
    expect((await screen.findByRole('radio', { name: /^Never/ })).closest('fieldset')?.disabled).toBe(true);
    expect(consentText().disabled).toBe(true);
    expect(screen.getByRole<HTMLInputElement>('switch', { name: 'The bot answers first' }).disabled).toBe(true);
    expect(screen.queryByRole('combobox', { name: 'Add a translation' })).toBeNull();
  });

  test('settings that cannot be loaded say so and can be tried again', async () => {
    const user = userEvent.setup();
    const fake = fakeSettings();
    fake.answer('GET /api/v1/settings/bot', () => refused('The database does not answer.'));
    open({ path, api: fake.api });
    await screen.findByText('The settings could not be loaded');
    fake.answer('GET /api/v1/settings/bot', () => ({
      body: { bot: 'off', ask_policy: 'never', extraction: 'all', consent: null, hours: null, score_rules: [] },
    }));
    await user.click(screen.getByRole('button', { name: 'Try again' }));
    await waitFor(() => expect(policy(/^Never/).checked).toBe(true));
    expect(screen.getByText(/nothing is asked at all/)).toBeTruthy();
  });

  test('its sections are links that can be sent to a colleague', async () => {
    const user = userEvent.setup();
    open({ path, api: fakeSettings().api });
    const tabs = await screen.findByRole('navigation', { name: 'Settings' });
    await user.click(within(tabs).getByRole('link', { name: 'Teams' }));
    expect(window.location.pathname).toBe('/inbox/settings/teams');
    await screen.findByText(/No teams yet/);
  });
});
