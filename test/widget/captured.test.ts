// @vitest-environment happy-dom
import { afterEach, describe, expect, it } from 'vitest';
import type { CapturedView } from '../../shared/conversation.ts';
import { memoryStore } from '../../widget/memory-store.ts';
import { bot, refusal, until, visitor } from './fakes.ts';
import { clearStage, MiniServer, setStage, type Stage, type StageOptions } from './stage.ts';

afterEach(clearStage);

const email: CapturedView = { field: 'email', value: 'ada@lovelace.org' };
const typo: CapturedView = { field: 'email', value: 'ada@gmail.con', suggestion: 'ada@gmail.com' };
const name: CapturedView = { field: 'name', value: 'Ada Lovelace' };
const hourMs = 3_600_000;

interface Talk extends Stage {
  message: number;
  answers(): Record<string, unknown>[];
}

/** A talk in which the visitor gave these details. */
async function withDetails(captured: CapturedView[], options: StageOptions = {}): Promise<Talk> {
  const server = options.server ?? new MiniServer();
  const { message } = server.post(1, visitor, 'I am Ada, ada@lovelace.org', { cid: 'cid-given', captured });
  const stage = setStage({ server, known: true, ...options });
  stage.call('show');
  await until(() => stage.texts().length > 0 && server.socket?.connected === true);
  return Object.assign(stage, { message: message.id, answers: () => server.socket!.of('detail.answer') });
}

const asked = (stage: Stage): string[] => stage.all('.detail').map((row) => row.getAttribute('aria-label') ?? '');
const button = (stage: Stage, text: string): HTMLElement => {
  const found = stage
    .all('.captured button')
    .find((one) => [one.textContent, one.getAttribute('aria-label')].some((own) => own?.trim() === text));
  if (!found) throw new Error(`no button ${text}`);
  return found;
};
const shown = (stage: Stage, rows: number): Promise<void> => until(() => stage.all('.detail').length === rows);
const gone = (stage: Stage): Promise<void> => until(() => stage.all('.captured button').length === 0);
/** Empties what can be written to and submits it. */
function edit(stage: Stage, text: string): void {
  stage.find<HTMLInputElement>('.editing input').value = text;
  stage.find('.editing').dispatchEvent(new Event('submit', { bubbles: true, cancelable: true }));
}

describe('a captured detail', () => {
  it('is shown under the message it came from, and one tap confirms it', async () => {
    const stage = await withDetails([email]);
    await shown(stage, 1);
    expect(asked(stage)).toEqual(['Is this your email? ada@lovelace.org']);
    expect(stage.find('.mine .line .captured')).toBeTruthy();
    button(stage, 'Yes').click();
    await gone(stage);
    expect(stage.answers()).toEqual([
      { cid: expect.any(String), conversation: 1, message: stage.message, field: 'email', answer: 'right' },
    ]);
    expect(stage.find('.captured [role=status]').textContent).toBe('Thanks, got it.');
  });

  it('with a likely typo it offers both addresses, and the tapped one is told', async () => {
    const stage = await withDetails([typo]);
    await shown(stage, 1);
    expect(stage.all('.captured button').map((one) => one.textContent)).toEqual(['Change', 'ada@gmail.com', 'Keep ada@gmail.con']);
    button(stage, 'ada@gmail.com').click();
    await until(() => stage.answers().length === 1);
    expect(stage.answers()[0]).toMatchObject({ answer: 'change', value: 'ada@gmail.com' });
    await gone(stage);
  });

  it('may be kept as it was written', async () => {
    const stage = await withDetails([typo]);
    await shown(stage, 1);
    button(stage, 'Keep ada@gmail.con').click();
    await until(() => stage.answers().length === 1);
    expect(stage.answers()[0]).toMatchObject({ answer: 'right' });
    expect(stage.answers()[0]).not.toHaveProperty('value');
  });

  it('is changed in place, with the keyboard that helps; Enter saves', async () => {
    const stage = await withDetails([email]);
    await shown(stage, 1);
    button(stage, 'Change').click();
    await until(() => stage.root.activeElement === stage.find('.editing input'));
    const input = stage.find<HTMLInputElement>('.editing input');
    expect([input.value, input.inputMode, input.getAttribute('autocomplete')]).toEqual(['ada@lovelace.org', 'email', 'email']);
    edit(stage, ' ada@analytical.engine ');
    await until(() => stage.answers().length === 1);
    expect(stage.answers()[0]).toMatchObject({ answer: 'change', value: 'ada@analytical.engine' });
    await gone(stage);
  });

  it('what cannot be an address is said so before it is sent', async () => {
    const stage = await withDetails([email]);
    await shown(stage, 1);
    button(stage, 'Change').click();
    await until(() => stage.all('.editing').length === 1);
    edit(stage, 'ada.lovelace.org');
    await until(() => stage.find('.editing .error').textContent!.includes('@ missing'));
    expect(stage.answers()).toEqual([]);
  });

  it('Escape closes the field and not the panel, and gives the focus back', async () => {
    const stage = await withDetails([email]);
    await shown(stage, 1);
    button(stage, 'Change').click();
    await until(() => stage.all('.editing').length === 1);
    stage.press('Escape', {}, stage.find('.editing input'));
    await until(() => stage.all('.editing').length === 0);
    expect(stage.find('.panel').classList.contains('open')).toBe(true);
    await until(() => stage.root.activeElement === button(stage, 'Change'));
  });

  it('that is somebody else’s is taken back', async () => {
    const stage = await withDetails([email]);
    await shown(stage, 1);
    button(stage, 'Change').click();
    await until(() => stage.all('.editing').length === 1);
    button(stage, 'Not mine').click();
    await until(() => stage.answers().length === 1);
    expect(stage.answers()[0]).toMatchObject({ answer: 'withdraw' });
    await gone(stage);
  });

  it('several of one message are one card with a row each; what is answered goes, the focus goes on', async () => {
    const stage = await withDetails([name, email]);
    await shown(stage, 2);
    expect(stage.all('.captured')).toHaveLength(1);
    button(stage, 'Yes').focus();
    button(stage, 'Yes').click();
    await shown(stage, 1);
    expect(asked(stage)).toEqual(['Is this your email? ada@lovelace.org']);
    await until(() => stage.root.activeElement === button(stage, 'Yes'));
    button(stage, 'Yes').click();
    await gone(stage);
    await until(() => stage.root.activeElement === stage.find('textarea'));
    expect(stage.answers().map(({ field }) => field)).toEqual(['name', 'email']);
  });

  it('does not keep the bot’s chips from being tapped while it is on its way', async () => {
    const server = new MiniServer();
    const stage = await withDetails([email], { server });
    server.post(1, bot, 'How big is your team?', { chips: [{ value: 's', label: 'Small' }] });
    server.override = (name, body) => (name === 'detail.answer' ? undefined : server.answer(name, body));
    await until(() => stage.all('.chip').length === 1);
    button(stage, 'Yes').click();
    await gone(stage);
    expect(stage.all('.chip')).toHaveLength(1);
  });
});

describe('which details are asked about', () => {
  it('those answered before are not, in whatever tab or device that was', async () => {
    const server = new MiniServer();
    const stage = await withDetails([email, name], { server });
    await shown(stage, 2);
    server.add(1, { kind: 'detail', message: stage.message, field: 'email', value: 'ada@lovelace.org', status: 'confirmed' });
    await shown(stage, 1);
    server.add(1, { kind: 'detail', message: stage.message, field: 'name', value: null, status: 'withdrawn' });
    await gone(stage);
    expect(stage.answers()).toEqual([]);
  });

  it('those of history which nobody answered are, within a day', async () => {
    const server = new MiniServer();
    server.post(1, visitor, 'old', { captured: [name], at: Date.now() - 25 * hourMs });
    server.post(1, visitor, 'today', { captured: [email], at: Date.now() - 23 * hourMs });
    const stage = setStage({ server, known: true });
    stage.call('show');
    await shown(stage, 1);
    expect(asked(stage)).toEqual(['Is this your email? ada@lovelace.org']);
  });

  it('of two addresses only the later one is, and none of a message far up', async () => {
    const server = new MiniServer();
    server.post(1, visitor, 'call me on +49 40 2840690', { captured: [{ field: 'phone', value: '+49402840690' }] });
    server.post(1, visitor, 'ada@gmail.con', { captured: [typo] });
    server.post(1, visitor, 'no wait, ada@lovelace.org', { captured: [email] });
    for (const text of ['one', 'two', 'three']) server.post(1, visitor, text);
    const stage = setStage({ server, known: true });
    stage.call('show');
    await shown(stage, 1);
    expect(asked(stage)).toEqual(['Is this your email? ada@lovelace.org']);
  });
});

describe('[P10] an answer about a detail', () => {
  it('is kept until it is acknowledged, and its card is gone at once', async () => {
    const server = new MiniServer();
    const store = memoryStore();
    const stage = await withDetails([email], { server, store });
    await shown(stage, 1);
    server.override = (name, body) => (name === 'detail.answer' ? undefined : server.answer(name, body));
    button(stage, 'Yes').click();
    await gone(stage);
    await until(() => stage.answers().length === 1);
    expect((await store.all()).map(({ body }) => body)).toEqual([
      { kind: 'detail', message: stage.message, field: 'email', answer: 'right' },
    ]);
  });

  it('goes out after a reload, once, and is not asked for meanwhile', async () => {
    const server = new MiniServer();
    const { message } = server.post(1, visitor, 'ada@lovelace.org', { cid: 'cid-given', captured: [email] });
    const body = { kind: 'detail', message: message.id, field: 'email', answer: 'right' } as const;
    const store = memoryStore([{ cid: 'cid-answer', to: 1, body, at: Date.now() }]);
    const stage = setStage({ server, known: true, store });
    stage.call('show');
    await until(() => server.socket?.of('detail.answer').length === 1);
    expect(server.socket!.of('detail.answer')[0]).toMatchObject({ cid: 'cid-answer', answer: 'right' });
    await until(() => server.logs.get(1)!.length === 2);
    expect(await store.all()).toEqual([]);
    expect(stage.all('.captured button')).toEqual([]);
  });

  it('that is refused says why, with what was written still there to be mended', async () => {
    const server = new MiniServer();
    const stage = await withDetails([email], { server });
    await shown(stage, 1);
    server.override = (name, body) =>
      name === 'detail.answer'
        ? refusal('form_invalid', { errors: [{ pointer: '/value', message: 'This address does not exist.' }] })
        : server.answer(name, body);
    button(stage, 'Change').click();
    await until(() => stage.all('.editing').length === 1);
    edit(stage, 'ada@lovelace.invalid');
    await until(() => stage.all('.captured .error')[0]?.textContent === 'This address does not exist.');
    expect(stage.find<HTMLInputElement>('.editing input').value).toBe('ada@lovelace.invalid');
    server.override = null;
    edit(stage, 'ada@lovelace.com');
    await gone(stage);
    await until(() => stage.answers().length === 2);
    expect(stage.answers()[1]).toMatchObject({ value: 'ada@lovelace.com' });
    expect(stage.answers()[1]!.cid).not.toBe(stage.answers()[0]!.cid);
    expect(await stage.store.all()).toEqual([]);
  });

  it('that is refused without words can be given again', async () => {
    const server = new MiniServer();
    const stage = await withDetails([email], { server });
    await shown(stage, 1);
    server.override = (name, body) => (name === 'detail.answer' ? refusal('forbidden') : server.answer(name, body));
    button(stage, 'Yes').click();
    await until(() => stage.all('.captured .error')[0]?.textContent === 'That didn’t work. Please try again.');
    server.override = null;
    button(stage, 'Yes').click();
    await gone(stage);
  });
});
