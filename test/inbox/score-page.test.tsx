// @vitest-environment happy-dom
import { screen, waitFor, within } from '@testing-library/preact';
import userEvent from '@testing-library/user-event';
import { expect, test } from 'vitest';
// Fetched when it is opened: here before anybody waits for it.
import '../../inbox/pages/SettingsPage.tsx';
import { ruleFault } from '../../inbox/settings/ScoreSection.tsx';
import type { ScoreRule } from '../../shared/score.ts';
import { open } from './page.tsx';
import { me } from './scene.ts';
import { fakeSettings } from './settings.ts';

const patch = 'PATCH /api/v1/settings/bot';
const path = '/inbox/settings/score';
const reachable: ScoreRule = { points: 10, reason: 'Reachable', when: { fact: 'contact.email', op: 'known' } };
const rules = (): HTMLElement[] => within(screen.getByRole('list', { name: 'Score rules' })).getAllByRole('listitem');

test('a rule is read as a sentence', async () => {
  open({
    path,
    api: fakeSettings({
      score_rules: [
        reachable,
        { ...reachable, points: -5, reason: 'Free address', when: { fact: 'contact.email_kind', op: 'is', value: 'free' } },
      ],
    }).api,
  });
  await screen.findByText('Reachable');
  expect(rules().map((rule) => rule.textContent)).toEqual(['+10ReachableEmail is known', '−5Free addressKind of email is Free']);
});

test('where there is none, the page teaches by ones that can be taken', async () => {
  const user = userEvent.setup();
  const fake = fakeSettings();
  open({ path, api: fake.api });
  await user.click(await screen.findByRole('button', { name: /Throw-away address/ }));
  await user.click(screen.getByRole('button', { name: 'Save' }));
  await screen.findByText('Saved');
  expect(fake.sentTo(patch)).toMatchObject([{ score_rules: [{ points: -20, when: { fact: 'contact.email_kind' } }] }]);
});

test('a new rule begins at its reason; what is missing is said when it is to be saved', async () => {
  const user = userEvent.setup();
  const fake = fakeSettings({ score_rules: [reachable] });
  open({ path, api: fake.api });
  await user.click(await screen.findByRole('button', { name: 'Add a rule' }));
  const reason = screen.getByRole('textbox', { name: 'Reason' });
  await waitFor(() => expect(document.activeElement).toBe(reason));
  expect(screen.queryByRole('alert')).toBeNull();
  await user.click(screen.getByRole('button', { name: 'Save' }));
  expect((await within(rules()[1]!).findByRole('alert')).textContent).toContain('Say why');
  expect(fake.sentTo(patch)).toEqual([]);
  await user.type(reason, 'Large team');
  const points = screen.getByRole('spinbutton', { name: 'Points' });
  await user.clear(points);
  await user.type(points, '25');
  await user.selectOptions(screen.getByRole('combobox', { name: 'Fact' }), 'contact.team_size');
  await user.selectOptions(screen.getByRole('combobox', { name: 'Comparison of Team size' }), 'in');
  await user.type(screen.getByRole('textbox', { name: 'Value of Team size' }), '201+{Enter}');
  await user.click(screen.getByRole('button', { name: 'Save' }));
  await screen.findByText('Saved');
  expect(fake.sentTo(patch)).toEqual([
    { score_rules: [reachable, { points: 25, reason: 'Large team', when: { fact: 'contact.team_size', op: 'in', value: ['201+'] } }] },
  ]);
});

test('a removed rule is back after Discard', async () => {
  const user = userEvent.setup();
  open({ path, api: fakeSettings({ score_rules: [reachable] }).api });
  await user.click(await screen.findByRole('button', { name: 'Remove Reachable' }));
  expect(screen.queryByText('Reachable')).toBeNull();
  await user.click(screen.getByRole('button', { name: 'Discard' }));
  expect(screen.getByText('Reachable')).toBeTruthy();
});

test('who is no owner reads the rules', async () => {
  open({ path, api: fakeSettings({ score_rules: [reachable] }).api, me: { ...me, role: 'agent' } });
  await screen.findByText('Reachable');
  expect(screen.queryByRole('button', { name: /Edit|Remove|Add a rule/ })).toBeNull();
});

test.each([
  [{ ...reachable, points: 1.5 }, 'whole number'],
  [{ ...reachable, points: 2000 }, 'whole number'],
  [{ ...reachable, points: 0 }, 'changes nothing'],
  [{ ...reachable, reason: ' ' }, 'Say why'],
  [{ ...reachable, when: { fact: 'contact.score', op: 'at-least', value: Number.NaN } }, 'Enter a number'],
] as [ScoreRule, string][])('rule %# cannot be saved', (rule, words) => expect(ruleFault(rule, [rule])).toContain(words));

test('two rules of one reason would count once, so the second is not saved', () => {
  const second = { ...reachable, points: 3 };
  expect(ruleFault(second, [reachable, second])).toContain('Two rules give this reason');
});
