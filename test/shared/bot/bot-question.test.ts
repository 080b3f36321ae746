import { describe, expect, it } from 'vitest';
import { asksIfBot } from '../../../shared/bot/understand/bot.ts';
import { fold } from '../../../shared/bot/understand/fold.ts';
import { qualify } from '../../../shared/bot/flows/qualify.ts';
import { startFlow } from '../../../shared/bot/engine.ts';
import { defaultWords } from '../../../shared/bot/words.ts';
import { colour, end, flowOf, play, say, single, stranger } from './play.ts';

const { isBot } = defaultWords;

describe('“are you a bot?”', () => {
  it.each([
    'are you a bot?',
    'Are you a real person',
    'am I talking to a real person?',
    'hi, are you human or a robot?',
    'bot?',
    '¿Eres un bot?',
    '¿Estoy hablando con una persona real?',
    'você é um robô?',
    'êtes-vous un robot ?',
    'Bist du ein Bot?',
    'Spreche ich mit einem echten Menschen?',
    'sei un bot?',
    'praat ik met een mens?',
    'Czy rozmawiam z człowiekiem?',
    'gerçek bir insan mısın?',
    'ты живой человек?',
    'هل أتحدث مع شخص حقيقي؟',
    'क्या आप इंसान हैं?',
    '人間ですか？',
    '你是真人吗',
    '사람인가요?',
  ])('is understood: %s', (text) => {
    const { state, lines } = play(single(colour), [text]);
    expect(lines.slice(1)).toEqual([`B: ${isBot} Which colour? [Red | Dark blue | Blue]`]);
    expect(state).toMatchObject({ step: 'ask', retries: 0, outcome: null });
  });

  it.each([
    'can I talk to a real person',
    'I want a real person',
    'is there a real person here?',
    'are you a bot? I want to talk to a human',
    'quiero hablar con una persona real',
    'je veux parler à une vraie personne',
    'Kann ich mit einem echten Menschen sprechen?',
    'posso parlare con una persona vera?',
    'chcę rozmawiać z człowiekiem',
    'gerçek bir insanla konuşmak istiyorum',
    'хочу поговорить с живым человеком',
    'أريد التحدث مع شخص حقيقي',
    '人と話したい',
    '你是机器人吗？我要转人工',
    '사람과 이야기하고 싶어요',
  ])('is not what who wants a person says: %s', (text) => {
    expect(play(single(colour), [text]).state.outcome).toBe('handover');
  });

  it.each(['is it automated?', 'do you have a bot for slack?', 'we sell robots', 'my bot is broken', 'Robert'])('is not “%s”', (text) => {
    expect(asksIfBot(text, fold(text))).toBe(null);
  });

  it('is answered where any words are an answer, and is none', () => {
    const { state, effects } = say(qualify, startFlow(qualify, stranger).state, 'are you a bot?');
    expect(state).toMatchObject({ step: 'need', answers: {} });
    expect(effects[0]).toMatchObject({ kind: 'say', text: expect.stringContaining(isBot) as string });
  });

  it('beside an answer is answered in one breath with what comes next', () => {
    const flow = flowOf({ mail: { type: 'ask-email', text: 'Mail?', next: 'ask' }, ask: colour, end });
    expect(play(flow, ['ann@acme.com - are you a bot?']).lines[1]).toBe(`B: ${isBot} Which colour? [Red | Dark blue | Blue]`);
  });

  it('over and over is let go in the end', () => {
    const { state } = play(single({ ...colour, retries: 1 }), ['are you a bot?', 'are you a bot?', 'are you a bot?']);
    expect(state).toMatchObject({ outcome: 'end', answers: { ask: null } });
  });
});
