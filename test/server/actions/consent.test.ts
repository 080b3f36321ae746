// What a visitor is told about giving an address: shown with the question or after, and stored with its version.
import { afterEach, expect, it } from 'vitest';
import type { ConsentView } from '../../../shared/protocol.ts';
import { editContact } from '../../../server/actions/contact/edit-contact.ts';
import { updateWorkspace } from '../../../server/store/workspaces.ts';
import { must, newCid } from '../../helpers/server.ts';
import { flowOf, startFlowStage } from '../../helpers/flow-stage.ts';
import type { FlowStage } from '../../helpers/flow-stage.ts';
import { hmac, identitySecret, messagesOf, putForm, say } from '../../helpers/talk.ts';

let stage: FlowStage;
afterEach(() => stage.close());

const consent = { version: 3, text: 'We answer and do no more.', translations: { sv: 'Vi svarar bara.' } };
const flow = flowOf({
  need: { type: 'ask-text', text: 'What do you need?', next: 'email' },
  email: { type: 'ask-email', text: 'Your email?', next: 'more' },
  more: { type: 'ask-text', text: 'And then?', next: 'done' },
  done: { type: 'end' },
});
const set = async (settings: object = { consent }): Promise<void> => {
  stage = await startFlowStage(flow, { settings });
};
const consents = async (conversation: number): Promise<ConsentView[]> => (await stage.card(conversation)).consents;
const shown = async (visitor: Parameters<FlowStage['bot']>[0], conversation: number) =>
  (await stage.bot(visitor, conversation)).map((m) => m.consent ?? null);

it('asked for an address, the visitor has the text before the answer, and the lead keeps its version and time', async () => {
  await set();
  const visitor = await stage.arrive();
  const conversation = await stage.begin(visitor);
  await say(visitor, 'a price list', conversation);
  expect(await shown(visitor, conversation)).toEqual([null, consent.text]);
  stage.pass(1000);
  await say(visitor, 'ada@example.com', conversation);
  expect(await consents(conversation)).toEqual([{ version: 3, text: consent.text, how: 'asked', conversation, at: stage.clock.now }]);
  const given = await stage.told('consent.given', conversation);
  expect(given.contact).toMatchObject({ email: 'ada@example.com' });
  const { items } = must(await stage.agent.send('contact.timeline', { contact: given.contactId ?? '' }));
  expect(items.find((i) => i.type === 'consent.given')?.data).toMatchObject({ version: 3, how: 'asked' });
  expect(await shown(visitor, conversation)).toEqual([null, consent.text, null]);
});

it('who gives an address unasked is told with the bot’s next words, once', async () => {
  await set();
  const visitor = await stage.arrive();
  const conversation = await stage.begin(visitor);
  await say(visitor, 'a demo, please write to ada@example.com', conversation);
  expect((await shown(visitor, conversation)).at(-1)).toBe(consent.text);
  expect(await consents(conversation)).toMatchObject([{ version: 3, how: 'told', conversation }]);
  await say(visitor, 'or call +46 70 123 45 67', conversation);
  expect((await shown(visitor, conversation)).filter((text) => text !== null)).toHaveLength(1);
  expect(await consents(conversation)).toHaveLength(1);
});

it('another version is told again, in the visitor’s language', async () => {
  await set();
  const visitor = await stage.arrive({ language: 'sv-SE' });
  const first = await stage.begin(visitor);
  await say(visitor, 'en demo, skriv till ada@example.com', first);
  expect(await consents(first)).toMatchObject([{ version: 3, text: 'Vi svarar bara.' }]);
  const settings = { ...stage.server.workspace.settings, consent: { ...consent, version: 4 } };
  await stage.server.deps.store.in(stage.server.workspace.id).write((tx) => updateWorkspace(tx, { settings }));
  stage.pass(5000);
  must(await stage.agent.send('conversation.close', { cid: newCid(), conversation: first }));
  const second = await stage.begin(visitor);
  await say(visitor, 'my phone is +46 70 123 45 67', second);
  expect(await consents(second)).toMatchObject([
    { version: 4, how: 'told', conversation: second },
    { version: 3, how: 'told', conversation: first },
  ]);
});

it('a form that carries the text asks with it', async () => {
  stage = await startFlowStage(
    flowOf({
      form: {
        type: 'form',
        text: 'How can we reach you?',
        fields: [
          { name: 'email', kind: 'email', label: 'Email', required: true },
          { name: 'start', kind: 'date', label: 'Start', required: false },
        ],
        next: 'done',
      },
      done: { type: 'end' },
    }),
    { settings: { consent } },
  );
  const visitor = await stage.arrive();
  const conversation = await stage.begin(visitor);
  const form = (await stage.bot(visitor, conversation)).at(-1);
  expect(form).toMatchObject({ kind: 'form', consent: consent.text });
  must(
    await visitor.send('form.submit', {
      cid: newCid(),
      conversation,
      message: form?.id ?? 0,
      values: { email: 'form@example.com', start: '2031-02-03' },
    }),
  );
  expect(await consents(conversation)).toMatchObject([{ version: 3, how: 'asked' }]);
  expect((await stage.card(conversation)).attributes).toMatchObject({ start: '2031-02-03' });
});

it('what a form is filled with is known from that form, and the company stands where companies stand', async () => {
  stage = await startFlowStage(
    flowOf({
      form: {
        type: 'form',
        text: 'About you?',
        fields: [
          { name: 'company', kind: 'text', label: 'Company', required: true },
          { name: 'seats', kind: 'number', label: 'Seats', required: false },
        ],
        next: 'done',
      },
      done: { type: 'end' },
    }),
  );
  const visitor = await stage.arrive();
  const conversation = await stage.begin(visitor);
  const message = (await stage.bot(visitor, conversation)).at(-1)?.id ?? 0;
  must(await visitor.send('form.submit', { cid: newCid(), conversation, message, values: { company: 'Acme', seats: '12' } }));
  const card = await stage.card(conversation);
  expect(card).toMatchObject({ company: 'Acme', attributes: { seats: 12 } });
  expect(card.attributes).not.toHaveProperty('company');
  const source = { kind: 'form', conversation, message };
  expect(card.details.map((d) => ({ field: d.field, value: d.value, source: d.source }))).toEqual(
    expect.arrayContaining([
      { field: 'company', value: 'Acme', source },
      { field: 'seats', value: '12', source },
    ]),
  );
  expect(card.details.filter((d) => d.field === 'seats')).toHaveLength(1);
});

it('what the host app signed is not changed by what a form is filled with: the answer is kept beside it', async () => {
  const fields = [
    { name: 'company', kind: 'text', label: 'Company', required: true },
    { name: 'seats', kind: 'number', label: 'Seats', required: false },
  ] as const;
  stage = await startFlowStage(
    flowOf({ form: { type: 'form', text: 'About you?', fields: [...fields], next: 'done' }, done: { type: 'end' } }),
  );
  const visitor = await stage.arrive();
  const conversation = await stage.begin(visitor);
  const { deps, workspace } = stage.server;
  const crm = { kind: 'token', id: 7, name: 'CRM', workspaceId: workspace.id } as const;
  await editContact(deps, crm, (await stage.card(conversation)).id, { company: 'Signed AG', custom_attributes: { seats: 3 } });
  const message = (await stage.bot(visitor, conversation)).at(-1)?.id ?? 0;
  must(await visitor.send('form.submit', { cid: newCid(), conversation, message, values: { company: 'Acme', seats: '12' } }));
  const card = await stage.card(conversation);
  expect(card).toMatchObject({ company: 'Signed AG', attributes: { seats: 3 } });
  expect(card.details.map(({ field, value, grade, status }) => [field, value, grade, status])).toEqual(
    expect.arrayContaining([
      ['company', 'Acme', 'claimed', 'alternate'],
      ['seats', '12', 'claimed', 'alternate'],
    ]),
  );
});

it('nothing is recorded of names, of what was known, of silent bots, and where no text is set', async () => {
  await set();
  const visitor = await stage.arrive();
  const conversation = await stage.begin(visitor);
  await say(visitor, 'I am Ada Lovelace', conversation);
  expect(await consents(conversation)).toEqual([]);
  const user_hash = hmac(identitySecret(stage.server), 'known@example.com');
  const user = await stage.arrive();
  must(await user.send('identify', { email: 'known@example.com', user_hash }));
  const known = await stage.begin(user);
  await say(user, 'as you know, my email is known@example.com', known);
  expect(await consents(known)).toEqual([]);
  const silent = await stage.arrive();
  const quiet = await stage.begin(silent);
  must(await stage.agent.send('conversation.takeover', { cid: newCid(), conversation: quiet }));
  await say(silent, 'my email is silent@example.com', quiet);
  expect(await consents(quiet)).toEqual([]);
  await stage.close();
  await set({});
  const other = await stage.arrive();
  const without = await stage.begin(other);
  await say(other, 'a demo, ada@example.com', without);
  expect(await consents(without)).toEqual([]);
  expect(await shown(other, without)).not.toContain(consent.text);
});

it('moves with its contact when that becomes a user who was there before', async () => {
  await set();
  const proof = { user_id: 'u-consent', user_hash: hmac(identitySecret(stage.server), 'u-consent') };
  const before = await stage.arrive();
  must(await before.send('identify', proof));
  const visitor = await stage.arrive();
  const conversation = await stage.begin(visitor);
  await say(visitor, 'a demo, call +46 70 123 45 67', conversation);
  expect(await consents(conversation)).toHaveLength(1);
  must(await visitor.send('identify', proof));
  expect(await stage.card(conversation)).toMatchObject({ userId: 'u-consent', consents: [{ version: 3, how: 'told' }] });
});

it('fields of a form are checked by their kinds', async () => {
  await set({});
  const visitor = await stage.arrive();
  const { conversation } = await say(visitor, 'hello');
  const options = [
    { value: 's', label: 'Small' },
    { value: 'l', label: 'Large' },
  ];
  const form = await putForm(stage.server, conversation, [
    { name: 'day', kind: 'date', label: 'Day', required: true },
    { name: 'size', kind: 'choice', label: 'Size', required: true, options },
    { name: 'note', kind: 'text', label: 'Note', required: false },
  ]);
  const submit = (values: Record<string, string>) => visitor.send('form.submit', { cid: newCid(), conversation, message: form, values });
  for (const day of ['2031-02-30', '03.02.2031', 'tomorrow', '2031-2-3'])
    expect(await submit({ day, size: 's' }), day).toMatchObject({ code: 'form_invalid', errors: [{ pointer: '/values/day' }] });
  expect(await submit({ day: '2031-02-03', size: 'Small' })).toMatchObject({ errors: [{ pointer: '/values/size' }] });
  must(await submit({ day: '2031-02-03', size: 'l', note: 'x' }));
  const answered = (await messagesOf(visitor, conversation)).find((m) => m.id === form)?.answer;
  expect(answered).toEqual({ day: '2031-02-03', size: 'l', note: 'x' });
});
