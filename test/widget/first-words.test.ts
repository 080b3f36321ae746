// @vitest-environment happy-dom
import { afterEach, describe, expect, it, vi } from 'vitest';
import type { WidgetSettings } from '../../shared/settings.ts';
import { until, settings as usual } from './fakes.ts';
import { clearStage, MiniServer, setStage, type Stage, type StageOptions } from './stage.ts';

afterEach(clearStage);

const german: WidgetSettings['greeting'] = { texts: ['Hallo, ich bin ein Bot.'], chips: [{ value: 'pricing', label: 'Preise' }] };

type Fetched = (url: string) => Promise<Response>;

async function opened(options: StageOptions, fetched?: Fetched): Promise<Stage> {
  if (fetched) vi.stubGlobal('fetch', fetched);
  const stage = setStage(options);
  await until(() => stage.all('.panel').length === 1);
  stage.call('show');
  return stage;
}

const inGerman: StageOptions = { settings: { language: 'en' }, options: { locale: 'de-AT' } };

describe('the greeting', () => {
  it('is asked for once in the language of the page, where the flow has several', async () => {
    const fetched = vi.fn<Fetched>(async () => Response.json({ ...usual, language: 'de', greeting: german }));
    const stage = await opened(inGerman, fetched);
    await until(() => stage.texts().length === 1);
    expect(stage.texts()).toEqual(german.texts);
    expect(stage.all('.chip').map((chip) => chip.textContent)).toEqual(['Preise']);
    expect(fetched.mock.calls.map(([url]) => url)).toEqual(['https://chat.example.com/api/widget/settings?app_id=app_test&language=de-AT']);
  });

  it.each([
    ['the flow speaks one language', {}],
    ['it is in the page’s language already', { language: 'de' }],
  ])('is not asked for where %s', async (_, more) => {
    const fetched = vi.fn<Fetched>();
    const stage = await opened({ ...inGerman, settings: more }, fetched);
    await until(() => stage.texts().length === 2);
    expect(fetched).not.toHaveBeenCalled();
  });

  it.each<[string, Fetched]>([
    ['the network fails', () => Promise.reject(new TypeError('Failed to fetch'))],
    ['the server refuses', async () => Response.json({ code: 'busy' }, { status: 503 })],
    ['the answer is none', async () => new Response('<html>')],
  ])('is said in the flow’s own language where %s', async (_, fetched) => {
    const stage = await opened(inGerman, fetched);
    await until(() => stage.texts().length === 2);
    expect(stage.texts()).toEqual(usual.greeting.texts);
  });

  it('meanwhile the bot is seen to type, and who writes first is not held up', async () => {
    let answer = (_response: Response): void => {};
    const stage = await opened(inGerman, () => new Promise((resolve) => (answer = resolve)));
    await until(() => stage.all('.typing').length === 1);
    stage.say('Guten Tag');
    await until(() => stage.server.socket?.of('message.send').length === 1);
    answer(Response.json({ ...usual, greeting: german }));
    await until(() => stage.all('.typing').length === 0);
    expect(stage.texts()).toContain('Guten Tag');
  });

  it('that ends with a question has its control and its consent text', async () => {
    const ask = { kind: 'choices', min: 1, max: 2 } as const;
    const stage = await opened({ settings: { greeting: { ...usual.greeting, ask, consent: 'See https://example.com/privacy' } } });
    await until(() => stage.all('.ask .chip').length === 2);
    expect(stage.all('.consent').map((line) => line.textContent)).toEqual(['See https://example.com/privacy']);
    stage.all('.ask .chip')[1]!.click();
    await until(() => stage.find('.pill.main').textContent === 'Done1');
    stage.find('.pill.main').click();
    await until(() => stage.server.socket?.of('message.send').length === 1);
    expect(stage.server.socket!.of('message.send')[0]).toMatchObject({ text: 'Book a demo', choices: ['demo'] });
  });

  it('is not fetched for a visitor whose talk is there already', async () => {
    const server = new MiniServer();
    server.post(1, { kind: 'agent', id: 7, name: 'Maya' }, 'Hallo');
    const fetched = vi.fn<Fetched>();
    const stage = await opened({ ...inGerman, server, known: true }, fetched);
    await until(() => stage.texts().length === 1);
    expect(fetched).not.toHaveBeenCalled();
  });
});

describe('outside of business hours', () => {
  const tomorrowAt9 = (): number => {
    const now = new Date();
    return new Date(now.getFullYear(), now.getMonth(), now.getDate() + 1, 9).getTime();
  };
  const presence = (stage: Stage): string => stage.find('.intro .presence').textContent ?? '';

  it.each([
    ['en-GB', 'Back tomorrow, 9:00 your time'],
    ['de', 'Wieder da morgen, 9:00 Ihrer Zeit'],
    ['es', 'De vuelta: mañana, 9:00 (tu hora)'],
    ['fr', 'De retour demain, 9:00 (votre heure)'],
    ['pt', 'De volta amanhã, 9:00 (na sua hora)'],
  ])('in %s it says when the team is back, and nobody is said to be online', async (locale, words) => {
    vi.spyOn(navigator, 'languages', 'get').mockReturnValue([locale]);
    const stage = await opened({ settings: { backAt: tomorrowAt9(), online: true }, options: { locale } });
    // Whether a nought leads is for the locale's data to say, which differs by version.
    expect(presence(stage).replace('09:', '9:')).toBe(words);
    expect(stage.all('.live')).toEqual([]);
    vi.restoreAllMocks();
  });

  it('once that time has come it says what is known of now', async () => {
    const stage = await opened({ settings: { backAt: Date.now() + 300 } });
    await until(() => presence(stage) === 'Usually replies in about 4 minutes');
  });
});
