// @vitest-environment happy-dom
import { afterEach, describe, expect, it, vi } from 'vitest';
import type { AskView } from '../../shared/bot/types.ts';
import type { MessageView } from '../../shared/conversation.ts';
import { dateInWords, isoDay } from '../../widget/messages/dates.ts';
import { bot, until } from './fakes.ts';
import { clearStage, MiniServer, setStage, type Stage } from './stage.ts';

afterEach(clearStage);

const chips = [
  { value: 'oak', label: 'Oak' },
  { value: 'ash', label: 'Ash' },
  { value: 'elm', label: 'Elm' },
];

async function withAsk(ask: AskView, more: Partial<MessageView> = {}): Promise<Stage> {
  const server = new MiniServer();
  server.post(1, bot, 'Tell us', { ask, ...more });
  const stage = setStage({ server, known: true });
  stage.call('show');
  await until(() => stage.all('.ask').length === 1);
  return stage;
}

const sent = (stage: Stage): Record<string, unknown>[] => stage.server.socket!.of('message.send');
const chip = (stage: Stage, label: string): HTMLElement => stage.all('.chip').find((one) => one.textContent!.trim() === label)!;
const done = (stage: Stage): HTMLElement => stage.find('.pill.main');
const gone = (stage: Stage): Promise<void> => until(() => stage.all('.ask').length === 0);

describe('several choices', () => {
  const ask: AskView = { kind: 'choices', min: 1, max: 2 };

  it('are toggled, counted, and said as one answer with their values', async () => {
    const stage = await withAsk(ask, { chips });
    expect(stage.find('.ask .hint').textContent).toBe('Choose up to 2');
    expect(done(stage).getAttribute('aria-disabled')).toBe('true');
    chip(stage, 'Elm').click();
    chip(stage, 'Oak').click();
    await until(() => done(stage).textContent === 'Done2');
    expect(stage.all('.chip').map((one) => one.getAttribute('aria-pressed'))).toEqual(['true', 'false', 'true']);
    done(stage).click();
    await until(() => sent(stage).length === 1);
    expect(sent(stage)[0]).toMatchObject({ text: 'Oak, Elm', choices: ['oak', 'elm'], conversation: 1 });
    expect(sent(stage)[0]).not.toHaveProperty('choice');
    await gone(stage);
    expect(stage.texts()).toEqual(['Tell us', 'Oak, Elm']);
  });

  it('no more than allowed, no fewer than wanted, and each can be taken back', async () => {
    const stage = await withAsk({ kind: 'choices', min: 2, max: 2 }, { chips });
    expect(stage.find('.ask .hint').textContent).toBe('Choose 2');
    chip(stage, 'Oak').click();
    await until(() => chip(stage, 'Oak').getAttribute('aria-pressed') === 'true');
    done(stage).click();
    chip(stage, 'Ash').click();
    await until(() => chip(stage, 'Elm').getAttribute('aria-disabled') === 'true');
    chip(stage, 'Elm').click();
    chip(stage, 'Oak').click();
    await until(() => chip(stage, 'Oak').getAttribute('aria-pressed') === 'false');
    expect(chip(stage, 'Elm').getAttribute('aria-pressed')).toBe('false');
    expect(sent(stage)).toEqual([]);
  });

  it.each([
    [{ min: 1, max: 3 }, 'Choose as many as you like'],
    [{ min: 2, max: 9 }, 'Choose at least 2'],
    [{ min: 2, max: 3 }, 'Choose at least 2'],
    [{ min: 0, max: 1 }, 'Choose up to 1'],
  ])('says how many: %o', async (range, words) => {
    const stage = await withAsk({ kind: 'choices', ...range }, { chips });
    expect(stage.find('.ask .hint').textContent).toBe(words);
  });

  it('the visitor may write instead', async () => {
    const stage = await withAsk(ask, { chips });
    stage.say('whatever is cheapest');
    await gone(stage);
    await until(() => sent(stage).length === 1);
    expect(sent(stage)[0]).not.toHaveProperty('choices');
  });

  it('a question asked again begins anew', async () => {
    const stage = await withAsk(ask, { chips });
    chip(stage, 'Elm').click();
    await until(() => chip(stage, 'Elm').classList.contains('on'));
    stage.server.post(1, bot, 'Again, please', { ask, chips });
    await until(() => stage.all('.chip.on').length === 0);
  });
});

describe('a rating', () => {
  const ask: AskView = { kind: 'rating', max: 5, style: 'stars', low: 'Bad', high: 'Good' };
  const stars = (stage: Stage): HTMLElement[] => stage.all('[role=radio]');

  it.each(['stars', 'numbers', 'faces'] as const)('in %s is given with a tap and said in words', async (style) => {
    const stage = await withAsk({ ...ask, style });
    expect(stars(stage).map((star) => star.getAttribute('aria-label'))).toEqual([
      '1 of 5, Bad',
      '2 of 5',
      '3 of 5',
      '4 of 5',
      '5 of 5, Good',
    ]);
    expect(stage.find('.ends').textContent).toBe('BadGood');
    stars(stage)[3]!.click();
    await until(() => sent(stage).length === 1);
    expect(sent(stage)[0]).toMatchObject({ text: '4/5', choice: '4' });
    await gone(stage);
  });

  it('is one stop for the keyboard: arrows move along and around, and give nothing yet', async () => {
    const stage = await withAsk(ask);
    const tabStops = (): number[] => stars(stage).map((star) => star.tabIndex);
    expect(stage.find('[role=radiogroup]').getAttribute('aria-label')).toBe('Tell us');
    expect(tabStops()).toEqual([0, -1, -1, -1, -1]);
    stars(stage)[0]!.focus();
    const focused = (n: number): Promise<void> => until(() => stage.root.activeElement === stars(stage)[n - 1]);
    for (const [key, n] of [
      ['ArrowRight', 2],
      ['ArrowUp', 3],
      ['ArrowLeft', 2],
      ['End', 5],
      ['ArrowRight', 1],
      ['ArrowDown', 5],
      ['Home', 1],
    ] as const) {
      expect(stage.press(key, {}, stage.root.activeElement as HTMLElement).defaultPrevented).toBe(true);
      await focused(n);
      await until(() => tabStops()[n - 1] === 0);
    }
    expect(sent(stage)).toEqual([]);
  });
});

describe('a date', () => {
  const day = (offset: number): string => isoDay(offset);

  function give(stage: Stage, date: string): void {
    stage.find<HTMLInputElement>('.ask input').value = date;
    stage.find('.ask form').dispatchEvent(new Event('submit', { bubbles: true, cancelable: true }));
  }

  it('is given by a tap where it is near, as a calendar day of the visitor', async () => {
    const stage = await withAsk({ kind: 'date' });
    expect(stage.all('.ask .chip').map((one) => one.textContent)).toEqual(['Today', 'Tomorrow']);
    chip(stage, 'Tomorrow').click();
    await until(() => sent(stage).length === 1);
    expect(sent(stage)[0]).toMatchObject({ text: dateInWords(day(1), 'en-US'), choice: day(1) });
  });

  it('offers no day outside of what is asked for, and says so where one is written', async () => {
    const stage = await withAsk({ kind: 'date', min: day(1), max: day(30) });
    expect(stage.all('.ask .chip').map((one) => one.textContent)).toEqual(['Tomorrow']);
    give(stage, '');
    await until(() => stage.find('.ask .error').textContent === 'Please choose a date');
    give(stage, day(0));
    await until(() => stage.find('.ask .error').textContent!.startsWith('Not before'));
    give(stage, day(31));
    await until(() => stage.find('.ask .error').textContent!.startsWith('Not after'));
    expect(sent(stage)).toEqual([]);
    give(stage, day(30));
    await until(() => sent(stage).length === 1);
    expect(sent(stage)[0]).toMatchObject({ choice: day(30) });
  });

  it('is a day of the calendar, whatever the hour and the time zone', () => {
    expect(isoDay(0, new Date(2026, 0, 31, 23, 59))).toBe('2026-01-31');
    expect(isoDay(1, new Date(2026, 0, 31, 0, 1))).toBe('2026-02-01');
    expect(dateInWords('2026-02-01', 'en-GB').replace(',', '')).toBe('Sunday 1 February 2026');
    expect(dateInWords('soon', 'en-GB')).toBe('soon');
  });
});

describe('beside a question', () => {
  it('what giving an address means stands under it, with a link', async () => {
    const server = new MiniServer();
    server.post(1, bot, 'Where can we write to you?', {
      input: 'email',
      consent: 'We use it to answer you. https://example.com/privacy',
    });
    const stage = setStage({ server, known: true });
    stage.call('show');
    await until(() => stage.all('.consent').length === 1);
    expect(stage.find('.consent').textContent).toBe('We use it to answer you. https://example.com/privacy');
    expect(stage.find('.consent a').getAttribute('href')).toBe('https://example.com/privacy');
  });

  it('chips of a question with a control may be tapped too', async () => {
    const stage = await withAsk({ kind: 'date' }, { chips: [{ value: 'skip', label: 'Not yet' }] });
    stage.all('.chips .chip')[0]!.click();
    await until(() => sent(stage).length === 1);
    expect(sent(stage)[0]).toMatchObject({ text: 'Not yet', choice: 'skip' });
  });

  it('files are asked for with their own control', async () => {
    const server = new MiniServer();
    server.post(1, bot, 'Show us the room', { ask: { kind: 'file', accept: ['image/*'], maxMb: 5 } });
    const stage = setStage({ server, known: true });
    stage.call('show');
    await until(() => stage.all('.file-ask').length === 1);
  });

  it('files sent without a word are shown in place of their names', async () => {
    const server = new MiniServer();
    const file = { id: 'u1', name: 'plan.pdf', type: 'application/pdf', size: 1200, url: '/files/u1' };
    server.post(1, { kind: 'contact', id: 'c1', name: null }, 'plan.pdf', { files: [file] });
    server.post(1, { kind: 'contact', id: 'c1', name: null }, 'and the other', { files: [{ ...file, id: 'u2', url: '/files/u2' }] });
    const stage = setStage({ server, known: true });
    stage.call('show');
    await vi.waitFor(() => expect(stage.all('.files a')).toHaveLength(2));
    expect(stage.texts()).toEqual(['and the other']);
  });
});
