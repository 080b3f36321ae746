import { describe, expect, it } from 'vitest';
import { advance, continueFlow, firstSight, startFlow } from '../../../shared/bot/engine.ts';
import type { Flow } from '../../../shared/bot/flow.ts';
import type { AskPolicy, BotEffect, BotState, FactValue, Facts, Terms } from '../../../shared/bot/types.ts';
import { defaultWords } from '../../../shared/bot/words.ts';
import { colour, detailsOf, flowOf, single, stranger, textsOf } from './play.ts';

const flow = flowOf({
  hi: { type: 'say', text: 'Hi.', next: 'need' },
  need: { ...colour, text: 'Need?', next: 'size' },
  size: { type: 'ask-number', text: 'Size?', next: 'mail' },
  mail: { type: 'ask-email', text: 'Mail?', next: 'name' },
  name: { type: 'ask-name', text: 'Name?', next: 'phone' },
  phone: { type: 'ask-phone', text: 'Phone?', next: 'when' },
  when: { type: 'ask-text', text: 'When?', next: 'hand' },
  hand: { type: 'handover', text: 'Done[[, mail to {{contact.email}}]].', reason: 'Done' },
});
const without = flowOf({ need: { ...colour, text: 'Need?', next: 'hand' }, hand: { type: 'handover', text: 'Done.', reason: 'Done' } });
const away = { ...stranger, 'team.online': false, 'team.open': true };
const closed = { ...stranger, 'team.online': false, 'team.open': false, 'team.back': 'tomorrow at 9:00' };
const here = { ...stranger, 'team.online': true, 'team.open': true };

/** What the bot says at each turn, joined. */
function talk(
  of: Flow,
  policy: AskPolicy | undefined,
  texts: readonly string[],
  known: Facts = stranger,
): { said: string[]; state: BotState } {
  const terms: Terms = policy === undefined ? {} : { policy };
  const facts: Record<string, FactValue> = { ...known };
  let { state, effects } = startFlow(of, facts, {}, terms);
  const said = [textsOf(effects).join(' ')];
  for (const text of texts) {
    const details = detailsOf(text);
    for (const { field, value } of details) facts[`contact.${field}`] ??= value;
    ({ state, effects } = advance(of, state, { kind: 'message', text, details }, facts, terms));
    state = JSON.parse(JSON.stringify(state)) as BotState;
    said.push(textsOf(effects).join(' '));
  }
  return { said, state };
}

const mail = 'ann@acme.com';

describe('the policy', () => {
  it('is the flow’s own order where none is given, and stays with the conversation', () => {
    for (const policy of [undefined, 'flow'] as const) {
      const { said, state } = talk(flow, policy, ['red', '5', mail, "I'm Ann", 'no', 'soon']);
      expect(said).toEqual(['Hi. Need?', 'Size?', 'Mail?', 'Name?', 'Phone?', 'No problem. When?', `Done, mail to ${mail}.`]);
      expect(state.policy).toBe('flow');
    }
    const { state } = startFlow(flow, stranger, {}, { policy: 'never' });
    expect(advance(flow, state, { kind: 'message', text: 'red', details: [] }, stranger, { policy: 'up-front' }).state.policy).toBe(
      'never',
    );
  });

  it('“up front” asks for email and name right after the greeting, and not again', () => {
    expect(talk(flow, 'up-front', [mail, "I'm Ann", 'red', '5', 'no', 'soon']).said).toEqual([
      'Hi. Mail?',
      'Name?',
      'Need?',
      'Size?',
      'Phone?',
      'No problem. When?',
      `Done, mail to ${mail}.`,
    ]);
    // Who gives no address is not asked for a name in its stead, and for neither again.
    expect(talk(flow, 'up-front', ['no', 'red', '5']).said).toEqual(['Hi. Mail?', 'No problem. Need?', 'Size?', 'Name?']);
    expect(firstSight(flow, {}, { policy: 'up-front' })).toEqual({ texts: ['Hi.', 'Mail?'], chips: [] });
  });

  it('“up front” asks in the bot’s own words where the flow has no such question', () => {
    const { said, state } = talk(without, 'up-front', ['hm', mail, 'red']);
    expect(said).toEqual([defaultWords.askEmail, `${defaultWords.retry} ${defaultWords.askEmail}`, 'Need?', 'Done.']);
    expect(state.path).toEqual(['@email', 'need', 'hand']);
  });

  it('“up front” patiently hears out what the visitor says instead', () => {
    expect(talk(flow, 'up-front', ['what does it cost?', 'why?', mail]).said).toEqual([
      'Hi. Mail?',
      `${defaultWords.question} Mail?`,
      `${defaultWords.why} Mail?`,
      'Name?',
    ]);
  });

  it('“after the first answer” asks then, not before', () => {
    expect(talk(flow, 'after-first-answer', ['red', mail, "I'm Ann", '5', 'no', 'soon']).said).toEqual([
      'Hi. Need?',
      'Mail?',
      'Name?',
      'Size?',
      'Phone?',
      'No problem. When?',
      `Done, mail to ${mail}.`,
    ]);
    const early = flowOf({
      mail: { type: 'ask-email', text: 'Mail?', next: 'phone' },
      phone: { type: 'ask-phone', text: 'Phone?', next: 'need' },
      need: { ...colour, text: 'Need?', next: 'end' },
      end: { type: 'end', text: 'Bye.' },
    });
    expect(talk(early, 'after-first-answer', ['no', 'no', 'no']).said).toEqual([
      'Need?',
      'No problem. Mail?',
      'No problem. Phone?',
      'No problem. Bye.',
    ]);
    expect(talk(early, 'after-first-answer', ['red', mail, 'no']).said).toEqual(['Need?', 'Mail?', 'Phone?', 'No problem. Bye.']);
  });

  it('“at handover” asks just before, for what the flow would have asked', () => {
    expect(talk(flow, 'at-handover', ['red', '5', 'soon', mail, "I'm Ann", 'no']).said).toEqual([
      'Hi. Need?',
      'Size?',
      'When?',
      'Mail?',
      'Name?',
      'Phone?',
      `No problem. Done, mail to ${mail}.`,
    ]);
    expect(talk(without, 'at-handover', ['red']).said).toEqual(['Need?', 'Done.']);
    const end = flowOf({
      mail: { type: 'ask-email', text: 'Mail?', next: 'need' },
      need: { ...colour, next: 'end' },
      end: { type: 'end', text: 'Bye.' },
    });
    expect(talk(end, 'at-handover', ['red', mail]).said).toEqual(['Which colour?', 'Mail?', 'Bye.']);
  });

  it('“when offline” asks before the handover if nobody is there, else never', () => {
    expect(talk(flow, 'when-offline', ['red', '5', 'soon'], here).said.at(-1)).toBe('Done.');
    expect(talk(flow, 'when-offline', ['red', '5', 'soon']).said.at(-1)).toBe('Done.');
    expect(talk(flow, 'when-offline', ['red', '5', 'soon', mail, "I'm Ann", 'no'], away).said.slice(2)).toEqual([
      'When?',
      `${defaultWords.away} ${defaultWords.leaveEmail}`,
      'Name?',
      'Phone?',
      `No problem. Done, mail to ${mail}.`,
    ]);
  });

  it('“never” asks for nothing, also when nobody is there, and takes what is given', () => {
    for (const facts of [stranger, here, away, closed]) {
      const { said } = talk(flow, 'never', ['red', '5', 'soon'], facts);
      expect(said.join(' ')).not.toMatch(/Mail|Name|Phone|email/);
    }
    const { said, state } = talk(flow, 'never', ['red', `5, write to ${mail}`, 'soon']);
    expect(said.at(-1)).toBe(`Done, mail to ${mail}.`);
    expect(state.answers['mail']).toBe(mail);
    expect(talk(flow, 'never', ['get me a human'], away).state.outcome).toBe('handover');
  });

  it('asks nobody for what is known', () => {
    const known = { ...closed, 'contact.email': mail, 'contact.name': 'Ann', 'contact.phone': '+4915123456789' };
    for (const policy of ['flow', 'up-front', 'after-first-answer', 'at-handover', 'when-offline', 'never'] as const)
      expect(talk(flow, policy, ['red', '5', 'soon'], known).said.slice(0, 3)).toEqual(['Hi. Need?', 'Size?', 'When?']);
  });

  it('holds for forms with an address, and for conversations that began with a trigger', () => {
    const fields = [
      { name: 'email', label: 'Email', kind: 'email', required: true },
      { name: 'wish', label: 'Wish', kind: 'text', required: false },
    ];
    const form = flowOf({
      form: { type: 'form', text: 'Fill in.', fields, next: 'need' },
      need: { ...colour, next: 'end' },
      end: { type: 'end', text: 'Bye.' },
    });
    expect(talk(form, 'never', ['red']).said).toEqual(['Which colour?', 'Bye.']);
    expect(talk(form, 'at-handover', ['red']).said).toEqual(['Which colour?', 'Fill in.']);
    const { state, effects } = startFlow(flow, stranger, { greeted: true }, { policy: 'up-front' });
    expect([state.step, effects]).toEqual(['mail', []]);
  });

  it('is carried through a jump, with what is still due', () => {
    const first = flowOf({ mail: { type: 'ask-email', text: 'Mail?', next: 'jump' }, jump: { type: 'jump', flow: 'second' } });
    const begun = startFlow(first, stranger, {}, { policy: 'at-handover' });
    expect(begun.state).toMatchObject({ outcome: 'jump', due: ['@email'] });
    const { state, effects } = continueFlow(without, begun.state, stranger, {});
    expect(textsOf(effects)).toEqual(['Need?']);
    const done = advance(without, state, { kind: 'message', text: 'red', details: [] }, stranger);
    expect(textsOf(done.effects)).toEqual([defaultWords.askEmail]);
    expect(textsOf(advance(without, done.state, { kind: 'message', text: 'no', details: [] }, stranger).effects)).toEqual([
      'No problem. Done.',
    ]);
  });

  it('asks nothing again after a refusal, wherever the flow has it', () => {
    const twice = flowOf({
      a: { type: 'ask-email', text: 'Mail?', next: 'b' },
      b: { type: 'ask-email', text: 'Really no mail?', next: 'form' },
      form: { type: 'form', text: 'Fill in.', fields: [{ name: 'email', label: 'Email', kind: 'email', required: true }], next: 'again' },
      again: { ...colour, next: 'a' },
    });
    expect(talk(twice, undefined, ['no', 'red', 'blue']).said).toEqual([
      'Mail?',
      'No problem. Which colour?',
      'Which colour?',
      'Which colour?',
    ]);
  });
});

describe('where nobody is there', () => {
  it('an address is asked for before a handover, whatever the flow has', () => {
    for (const policy of ['flow', 'up-front', 'after-first-answer', 'at-handover'] as const) {
      const { said, state } = talk(without, policy, policy === 'up-front' ? ['no', 'red'] : ['red', 'no'], closed);
      expect([policy, state.outcome]).toEqual([policy, 'handover']);
      expect(said.filter((text) => text.includes('mail')).length).toBe(1);
    }
    expect(talk(without, 'flow', ['red', mail], closed).said).toEqual([
      'Need?',
      `We’re closed right now and back tomorrow at 9:00. ${defaultWords.leaveEmail}`,
      'Done.',
    ]);
  });

  it('is said honestly at the handover, unless it was said just before', () => {
    const known = { ...closed, 'contact.email': mail };
    expect(talk(without, 'flow', ['red'], known).said.at(-1)).toBe('Done. We’re closed right now and back tomorrow at 9:00.');
    expect(talk(without, 'flow', ['red'], { ...known, 'team.back': null }).said.at(-1)).toBe(`Done. ${defaultWords.away}`);
    expect(talk(without, 'flow', ['red'], { ...known, 'team.open': true }).said.at(-1)).toBe(`Done. ${defaultWords.away}`);
    expect(talk(without, 'never', ['red'], closed).said.at(-1)).toBe('Done. We’re closed right now and back tomorrow at 9:00.');
  });

  it('who asks for a person is asked for one address, and is promised nobody', () => {
    const { said, state } = talk(without, 'flow', ['can I talk to a human', 'whatever'], away);
    expect(said.slice(1)).toEqual([
      `${defaultWords.away} ${defaultWords.leaveEmail}`,
      'I’ve passed this to the team. You’ll get the answer here.',
    ]);
    expect(state.outcome).toBe('handover');
    const person = { ...without, human: { text: 'At once.', collect: undefined, next: 'hand' } };
    expect(talk(person, 'at-handover', ['human please', mail], closed).said.slice(1)).toEqual([
      `We’re closed right now and back tomorrow at 9:00. ${defaultWords.leaveEmail}`,
      'Done.',
    ]);
  });
});

describe('where somebody is there', () => {
  const known = { ...here, 'contact.email': mail };
  it.each<[Facts, string]>([
    [{ 'queue.position': 1 }, `Done. ${defaultWords.next}`],
    [{ 'queue.position': 3 }, 'Done. You’re number 3 in line.'],
    [{ 'queue.position': 3, 'queue.minutes': 4 }, 'Done. You’re number 3 in line. '],
    [{ 'queue.minutes': 4 }, 'Done.'],
    [{}, 'Done.'],
    [{ 'team.online': null, 'queue.position': 3 }, 'Done.'],
  ])('with %j the handover says no more than is known', (facts, expected) => {
    const last = talk(without, 'flow', ['red'], { ...known, ...facts }).said.at(-1) ?? '';
    expect(facts['queue.minutes'] === 4 && facts['queue.position'] === 3 ? last.slice(0, expected.length) : last).toBe(expected);
    expect(last.includes('4')).toBe(facts['queue.minutes'] === 4 && facts['queue.position'] === 3);
  });

  it('who asks for a person is told so by the bot’s own handover too', () => {
    expect(talk(without, 'flow', ['human please'], { ...here, 'queue.position': 1 }).said.at(-1)).toBe(
      `I’ve passed this to the team. You’ll get the answer here. ${defaultWords.next}`,
    );
  });
});

describe('consent', () => {
  const consent = { version: 3, text: 'We keep your address to answer you.' };

  function consentsIn(effects: readonly BotEffect[]): (number | undefined)[] {
    return effects.flatMap((effect) => (effect.kind === 'say' || effect.kind === 'form' ? [effect.consent?.version] : []));
  }

  it('stands with every question for an address or a number, also when it is asked again, and with no other', () => {
    const asking = flowOf({
      mail: { type: 'ask-email', text: 'Mail?', retries: 2, next: 'name' },
      name: { type: 'ask-name', text: 'Name?', next: 'phone' },
      phone: { type: 'ask-phone', text: 'Phone?', next: 'ask' },
      ask: colour,
      end: { type: 'end', text: 'Bye.' },
    });
    let { state, effects } = startFlow(asking, stranger, {}, { consent });
    const versions = [consentsIn(effects)];
    for (const text of ['blue', 'why?', mail, "I'm Ann", 'no']) {
      ({ state, effects } = advance(asking, state, { kind: 'message', text, details: detailsOf(text) }, stranger, { consent }));
      versions.push(consentsIn(effects));
    }
    expect(versions).toEqual([[3], [3], [3], [undefined], [3], [undefined]]);
    const fields = [
      { name: 'email', label: 'E', kind: 'email', required: true },
      { name: 'x', label: 'X', kind: 'text', required: true },
    ];
    const form = single({ type: 'form', fields });
    expect(consentsIn(startFlow(form, stranger, {}, { consent }).effects)).toEqual([3]);
    expect(consentsIn(startFlow(form, { ...stranger, 'contact.email': mail }, {}, { consent }).effects)).toEqual([undefined]);
  });

  it('is read with the greeting where that asks at once', () => {
    expect(firstSight(flow, {}, { policy: 'up-front', consent })).toMatchObject({ texts: ['Hi.', 'Mail?'], consent: consent.text });
    expect(firstSight(flow, {}, { consent })).not.toHaveProperty('consent');
    expect(firstSight(flow, {}, { consent }).texts).toEqual(['Hi.', 'Need?']);
  });
});
