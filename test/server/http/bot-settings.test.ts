import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { BotSettings, Problem } from '../../../shared/api.ts';
import { getWorkspace } from '../../../server/store/workspaces.ts';
import { flowDesk } from '../../helpers/flow-desk.ts';
import type { FlowDesk } from '../../helpers/flow-desk.ts';
import { aContact } from '../../helpers/rows.ts';

let desk: FlowDesk;
beforeEach(async () => {
  desk = await flowDesk();
});
afterEach(() => desk.server.close());

const path = '/api/v1/settings/bot';
const patch = (body: object): Promise<BotSettings> => desk.ask('PATCH', path, body);
const refused = (body: object): Promise<Problem> => desk.refused('PATCH', path, body);
const week = (...monday: object[]): object[] => [monday, [], [], [], [], [], []];
const hours = (more: object = {}): object => ({
  timeZone: 'Europe/Berlin',
  week: week({ from: 540, to: 720 }, { from: 780, to: 1080 }),
  holidays: [],
  ...more,
});

describe('the settings of the bot', () => {
  it('are on, as the flow asks, without consent, hours and rules on a fresh install', async () => {
    expect(await desk.ask('GET', path)).toEqual({
      bot: 'on',
      ask_policy: 'flow',
      extraction: 'all',
      consent: null,
      hours: null,
      score_rules: [],
    });
  });

  it('change one by one: what is left out stays, and the next conversation has them', async () => {
    await patch({ bot: 'off' });
    await patch({ ask_policy: 'at-handover' });
    await patch({ hours: hours() });
    const rules = [{ points: 10, reason: 'Has a work address', when: { fact: 'contact.email_kind', op: 'is', value: 'work' } }];
    await patch({ extraction: 'asked' });
    const settings = { bot: 'off', ask_policy: 'at-handover', extraction: 'asked', consent: null, hours: hours(), score_rules: rules };
    expect(await patch({ score_rules: rules })).toEqual(settings);
    expect(await desk.ask('GET', path)).toEqual(settings);
    expect(desk.server.forgotten).toHaveLength(5);
    expect(await patch({ bot: 'on', hours: null, score_rules: [] })).toMatchObject({ bot: 'on', hours: null, score_rules: [] });
  });

  it('leave the other settings of the workspace alone', async () => {
    const before = desk.server.workspace.settings;
    await patch({ bot: 'off' });
    const after = await desk.server.deps.store.in(desk.server.workspace.id).read(getWorkspace);
    expect(after?.settings).toEqual({ ...before, bot: 'off' });
  });

  it('two changes at once are both kept', async () => {
    await Promise.all([patch({ bot: 'off' }), patch({ ask_policy: 'never' }), patch({ consent: { text: 'We write to you.' } })]);
    expect(await desk.ask('GET', path)).toMatchObject({ bot: 'off', ask_policy: 'never', consent: { version: 1 } });
  });
});

describe('the consent', () => {
  it('is another version whenever a text of it changes, and only then', async () => {
    const versions = [];
    for (const consent of [
      { text: 'We write to you.' },
      { text: 'We write to you.' },
      { text: 'We may write to you.' },
      { text: 'We may write to you.', translations: { de: 'Wir schreiben Ihnen.', fr: 'Nous écrivons.' } },
      { text: 'We may write to you.', translations: { fr: 'Nous écrivons.', de: 'Wir schreiben Ihnen.' } },
      { text: 'We may write to you.', translations: { de: 'Wir schreiben Ihnen vielleicht.' } },
    ])
      versions.push((await patch({ consent })).consent?.version);
    expect(versions).toEqual([1, 1, 2, 3, 3, 4]);
  });

  it('keeps its translations where only the text is sent', async () => {
    await patch({ consent: { text: 'One', translations: { de: 'Eins' } } });
    expect(await patch({ consent: { text: 'Two' } })).toMatchObject({ consent: { version: 2, text: 'Two', translations: { de: 'Eins' } } });
  });

  it('that is taken away and comes back never bears the number of another wording', async () => {
    await patch({ consent: { text: 'One' } });
    expect(await patch({ consent: null })).toMatchObject({ consent: null });
    expect((await patch({ consent: { text: 'Two' } })).consent?.version).toBe(2);
  });
});

describe('refused, with a pointer to what does not fit', () => {
  const rule = (when: object) => ({ score_rules: [{ points: 1, reason: 'r', when }] });
  it.each<[string, object, string]>([
    ['a policy there is none of', { ask_policy: 'always' }, '/ask_policy'],
    ['a way of reading there is none of', { extraction: 'none' }, '/extraction'],
    ['a setting there is none of', { colour: 'red' }, '/'],
    ['an empty consent', { consent: { text: '  ' } }, '/consent/text'],
    ['a language that is none', { consent: { text: 'x', translations: { 'not a tag': 'y' } } }, '/consent/translations/not a tag'],
    ['an empty translation', { consent: { text: 'x', translations: { de: ' ' } } }, '/consent/translations/de'],
    ['a time zone there is none of', { hours: hours({ timeZone: 'Mars/Olympus' }) }, '/hours/timeZone'],
    ['a shift that ends before it begins', { hours: hours({ week: week({ from: 600, to: 540 }) }) }, '/hours/week/0/0'],
    ['a week of six days', { hours: hours({ week: [[], [], [], [], [], []] }) }, '/hours/week'],
    ['shifts that overlap', { hours: hours({ week: week({ from: 600, to: 900 }, { from: 540, to: 601 }) }) }, '/hours/week/0'],
    ['a day that is none', { hours: hours({ holidays: [{ date: '2030-02-30' }] }) }, '/hours/holidays/0/date'],
    ['a holiday listed twice', { hours: hours({ holidays: [{ date: '2030-05-01' }, { date: '2030-05-01' }] }) }, '/hours/holidays/1/date'],
    [
      'points beyond measure',
      { score_rules: [{ points: 1e6, reason: 'r', when: { fact: 'contact.email', op: 'known' } }] },
      '/score_rules/0/points',
    ],
    ['an operator there is none of', rule({ fact: 'contact.email', op: 'sounds-like', value: 'x' }), '/score_rules/0/when'],
    ['a fact there is none of', rule({ fact: 'contact.shoe_size', op: 'known' }), '/score_rules/0/when'],
    ['an answer, which is one flow’s own', rule({ not: { fact: 'answer.need', op: 'known' } }), '/score_rules/0/when'],
    ['the page, which is another one each time', rule({ fact: 'page.url', op: 'known' }), '/score_rules/0/when'],
    ['the score itself', rule({ and: [{ fact: 'contact.score', op: 'greater', value: 3 }] }), '/score_rules/0/when'],
  ])('%s', async (_, body, pointer) => {
    const problem = await refused(body);
    expect(problem).toMatchObject({ status: 400, code: 'bad_request' });
    expect(problem.errors?.map((e) => e.pointer)).toContain(pointer);
    expect(await desk.ask('GET', path)).toMatchObject({ ask_policy: 'flow', consent: null, hours: null, score_rules: [] });
  });

  it('nothing of what came with it is kept', async () => {
    await refused({ bot: 'off', ...rule({ fact: 'nothing', op: 'known' }) });
    expect(await desk.ask('GET', path)).toMatchObject({ bot: 'on' });
  });
});

describe('rules for the score', () => {
  it('may speak of an attribute once a contact has it', async () => {
    const { deps, workspace } = desk.server;
    await aContact(deps.store.in(workspace.id), { attributes: { plan: 'pro' } });
    const rules = [{ points: 10, reason: 'Pays', when: { fact: 'contact.plan', op: 'is', value: 'pro' } }];
    expect(await patch({ score_rules: rules })).toMatchObject({ score_rules: rules });
  });
});
