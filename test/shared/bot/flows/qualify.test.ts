import { describe, expect, it } from 'vitest';
import { firstSight, startFlow } from '../../../../shared/bot/engine.ts';
import { qualify } from '../../../../shared/bot/flows/qualify.ts';
import { validateFlow } from '../../../../shared/bot/validate.ts';
import { play, stranger, textsOf } from '../play.ts';

const sizes = '[Just me | 2–10 | 11–50 | 51–200 | More than 200]';
const times = '[Right away | In 1–3 months | Later | Not sure yet]';
const askEmail = 'Where can we reach you, in case you leave? Your email address is enough.';

describe('the default flow', () => {
  it('has no fault', () => {
    expect(validateFlow(qualify)).toEqual([]);
  });

  it('greets as a bot, with two to four first steps to tap', () => {
    const sight = firstSight(qualify);
    expect(sight.texts.join(' ')).toBe('Hi! I’m a bot, with real people right behind me. What brings you here today?');
    expect(sight.chips.map((chip) => chip.label)).toEqual(['See pricing', 'Book a demo', 'Get support', 'Just looking']);
    expect(textsOf(startFlow(qualify, { ...stranger, 'contact.name': 'Ann Smith' }).effects)[0]).toBe(
      'Hi Ann! I’m a bot, with real people right behind me.',
    );
  });

  it('the quick answerer is with the team after five messages', () => {
    const { lines, state } = play(qualify, ['[pricing]', '20', 'asap', 'ann@acme.com', "I'm Ann Smith"]);
    expect(lines).toEqual([
      'V: [pricing]',
      'B: Happy to help with pricing.',
      `B: How big is your team? ${sizes}`,
      'V: 20',
      '  team_size = 11-50',
      `B: And when would you like to start? ${times}`,
      'V: asap',
      `B: ${askEmail}`,
      'V: ann@acme.com',
      'B: And who are we talking to?',
      "V: I'm Ann Smith",
      '  +20 Asks about pricing',
      '  +20 Team of 11–50',
      '  +25 Wants to start right away',
      '  +10 Can be reached by email',
      'B: That’s all I need, Ann. I’ve passed this to the team. You’ll get the answer here and by email at ann@acme.com.',
      '  handover: See pricing · team 11–50 · start: Right away',
    ]);
    expect(state).toMatchObject({ score: 75, outcome: 'handover' });
  });

  it('who says it all at once is asked nothing more', () => {
    const { lines, state } = play(qualify, ["hi I'm Ann from Acme, 20 people, ann@acme.com, need it next month"]);
    expect(state).toMatchObject({
      outcome: 'handover',
      answers: { size: '11-50', timing: 'soon', company: 'Acme', email: 'ann@acme.com', name: 'Ann' },
    });
    expect(lines.filter((line) => line.includes('?'))).toEqual([]);
  });

  it('who refuses everything is let through, is promised no mail and asked for no name', () => {
    const { lines, state } = play(qualify, ['demo pls', "I'd rather not", 'no', 'skip', 'nein danke']);
    expect(lines.filter((line) => line.startsWith('B:'))).toEqual([
      'B: A demo, gladly.',
      `B: How big is your team? ${sizes}`,
      'B: No problem. Which company is it for?',
      `B: No problem. And when would you like to start? ${times}`,
      `B: No problem. ${askEmail}`,
      'B: No problem, the chat works without it. That’s all I need. I’ve passed this to the team. You’ll get the answer here.',
    ]);
    expect(state).toMatchObject({ outcome: 'handover', answers: { need: 'demo', size: null, company: null, timing: null, email: null } });
  });

  it('who asks why at every step is told why at every step', () => {
    const { lines } = play(qualify, [
      'pricing',
      'why do you need that?',
      '8',
      'why?',
      'next month',
      'what will you do with my email?',
      'bo@acme.com',
      'what for?',
      "I'm Bo",
    ]);
    expect(lines.filter((line) => line.startsWith('B:'))).toEqual([
      'B: Happy to help with pricing.',
      `B: How big is your team? ${sizes}`,
      `B: The set-up and the price depend on how many people you are. How big is your team? ${sizes}`,
      `B: And when would you like to start? ${times}`,
      `B: So that the team knows how soon to get back to you. And when would you like to start? ${times}`,
      `B: ${askEmail}`,
      'B: So that the team’s answer reaches you even if you close this page. It’s used for nothing else. What’s your email address?',
      'B: And who are we talking to?',
      'B: Only so that the team can greet you properly. What’s your name?',
      'B: That’s all I need, Bo. I’ve passed this to the team. You’ll get the answer here and by email at bo@acme.com.',
    ]);
  });

  it('who wants a person is asked for an address once and then has one', () => {
    const { lines, state } = play(qualify, ['hello', 'can I talk to a real person please', 'no']);
    expect(lines).toEqual([
      'V: hello',
      'B: Hello! What brings you here today? [See pricing | Book a demo | Get support | Just looking]',
      'V: can I talk to a real person please',
      'B: Of course, I’ll get a person for you. They can also write to you if you leave. What’s your email address?',
      'V: no',
      'B: No problem, the chat works without it. I’ve told the team that you’d like a person. They’ll answer you here.',
      '  handover: Asked for a person',
    ]);
    expect(state.outcome).toBe('handover');
  });

  it('support asks what is wrong, how to reach the person, and no more', () => {
    const { lines, state } = play(qualify, ['[support]', 'I was charged twice, why?', 'bob@x.org', "I'm Bob"]);
    expect(lines.filter((line) => line.startsWith('B:'))).toEqual([
      'B: What’s happening? A sentence or two helps the team to help you.',
      `B: ${askEmail}`,
      'B: And who are we talking to?',
      'B: That’s all I need, Bob. I’ve passed this to the team. You’ll get the answer here and by email at bob@x.org.',
    ]);
    expect(state.answers['problem']).toBe('I was charged twice, why?');
  });

  it('who begins with the problem is not asked for it again', () => {
    expect(play(qualify, ["my order hasn't arrived"]).state).toMatchObject({
      step: 'email',
      answers: { need: 'support', problem: "my order hasn't arrived" },
    });
  });

  it('who is just looking is left in peace, but may ask', () => {
    expect(play(qualify, ['[just-looking]', 'no thanks']).state.outcome).toBe('end');
    expect(play(qualify, ['just looking around', 'do you have an API?', 'ann@acme.com', "I'm Ann"]).state).toMatchObject({
      outcome: 'handover',
      answers: { topic: 'do you have an API?' },
    });
  });

  it('a user whom the host app named is asked for neither email nor name', () => {
    const user = {
      ...stranger,
      'contact.type': 'user',
      'contact.email': 'z@acme.com',
      'contact.name': 'Zed Zo',
      'contact.company': 'Acme',
    };
    const { lines } = play(qualify, ['[demo]', '30 employees', 'in 2 months', 'skip'], user);
    expect(lines.filter((line) => line.startsWith('B:'))).toEqual([
      'B: A demo, gladly.',
      `B: How big is your team? ${sizes}`,
      `B: And when would you like to start? ${times}`,
      'B: Is there a number to call for the demo? You can skip this.',
      'B: Fine, email it is. That’s all I need, Zed. I’ve passed this to the team. You’ll get the answer here and by email at z@acme.com.',
    ]);
  });

  it('the longest way takes a willing visitor seven messages', () => {
    const { state, lines } = play(qualify, ['a demo please', '60', 'Acme', 'next quarter', 'ann@acme.com', "I'm Ann", '+49 151 23456789']);
    expect(state).toMatchObject({ outcome: 'handover', score: 30 + 30 + 10 + 5 });
    expect(lines.filter((line) => line.startsWith('V:')).length).toBe(7);
  });

  it.each([
    ['Quanto custa?', 'pricing'],
    ['was kostet das?', 'pricing'],
    ['料金を知りたいです', 'pricing'],
    ['хочу демо', 'demo'],
    ['我想预约演示', 'demo'],
    ['Ich habe ein Problem mit meiner Bestellung', 'support'],
    ['tengo un problema con mi pedido', 'support'],
    ['주문한 상품이 안 왔어요', 'support'],
    ['need help with pricing', 'pricing'],
    ['juste regarder', 'just-looking'],
    ['I’m just looking', 'just-looking'],
    ['I’m looking for a lamp for the hall', 'I’m looking for a lamp for the hall'],
    ['suport', 'support'],
    ['nothing works', 'support'],
    ['nothing loads any more', 'support'],
    ['Nothing happens when I click on pay', 'support'],
    ['nothing really works here', 'support'],
    ['nichts geht mehr', 'support'],
    ['rien ne marche', 'support'],
    ['ничего не работает', 'support'],
    ['nothing special', 'just-looking'],
    ['nothing really', 'just-looking'],
    ['there is nothing in my cart', 'there is nothing in my cart'],
    ['nothing', null],
    ['nothing, thanks', null],
    ['Do you integrate with Salesforce?', 'Do you integrate with Salesforce?'],
  ])('“%s” is taken as %s', (text, expected) => {
    expect(play(qualify, [text]).state.answers['need']).toBe(expected);
  });
});
