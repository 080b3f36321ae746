// @vitest-environment happy-dom
import { afterEach, describe, expect, it, vi } from 'vitest';
import { maya, refusal, until } from './fakes.ts';
import { clearStage, MiniServer, setStage, token, type Stage, type StageOptions } from './stage.ts';

afterEach(clearStage);

async function opened(options?: StageOptions): Promise<Stage> {
  const stage = setStage(options);
  await until(() => stage.all('.panel').length === 1);
  stage.call('show');
  await until(() => stage.find('.panel').classList.contains('open'));
  return stage;
}

const greeting = ['Hi, I am a bot.', 'What brings you here?'];
const shows = (stage: Stage, texts: string[]): Promise<void> => vi.waitFor(() => expect(stage.texts()).toEqual(texts));

describe('first sight', () => {
  it('is never empty: who answers, the greeting and its chips stand there before any conversation exists', async () => {
    const stage = await opened();
    await shows(stage, greeting);
    expect(stage.find('.intro').textContent).toContain('Northwind');
    expect(stage.find('.intro').textContent).toContain('Usually replies in about 4 minutes');
    expect(stage.all('.chip').map((chip) => chip.textContent)).toEqual(['See pricing', 'Book a demo']);
  });

  it('[M1] opening and looking stores nothing and speaks to the server without a token', async () => {
    const stage = await opened();
    await until(() => stage.server.socket?.connected === true);
    expect(stage.server.socket!.introductions[0]).not.toHaveProperty('token');
    expect(document.cookie).not.toMatch(/=./);
    expect(localStorage.length).toBe(0);
    expect(await stage.store.all()).toEqual([]);
  });

  it('without a bot it is simply ready for a message', async () => {
    const stage = await opened({ settings: { greeting: { texts: [], chips: [] } } });
    expect(stage.texts()).toEqual([]);
    expect(stage.find('textarea').getAttribute('placeholder')).toBe('Write a message…');
  });
});

describe('the first message', () => {
  it('makes and stores the token before it is sent, and begins the conversation without a flicker', async () => {
    const stage = await opened();
    stage.say('We need twelve desks');
    await until(() => stage.server.logs.size === 1);
    expect(document.cookie).toContain(`foyer_app_test=${String(stage.server.socket!.introductions.at(-1)!.token)}`);
    await shows(stage, [...greeting, 'We need twelve desks']);
    expect(stage.events.map(([name]) => name)).toContain('conversation:started');
    expect(stage.events).toContainEqual(['message:sent', expect.objectContaining({ conversation: 1, text: 'We need twelve desks' })]);
    await until(() => stage.find('.mark').textContent === 'Delivered');
  });

  it('a tapped chip is said in its own words, with its value, and the chips collapse into it', async () => {
    const stage = await opened();
    await until(() => stage.all('.chip').length === 2);
    stage.all('.chip')[1]!.click();
    await until(() => stage.server.socket!.of('message.send').length === 1);
    expect(stage.server.socket!.of('message.send')[0]).toMatchObject({ text: 'Book a demo', choice: 'demo' });
    await shows(stage, [...greeting, 'Book a demo']);
    expect(stage.all('.chip')).toEqual([]);
  });

  it('what is typed while the line is away is kept, shown as waiting and sent when it is back', async () => {
    const stage = await opened();
    stage.say('one');
    await shows(stage, [...greeting, 'one']);
    stage.server.socket!.refuse = () => new Error('websocket error');
    stage.server.socket!.drop();
    stage.say('two');
    stage.say('three');
    await shows(stage, [...greeting, 'one', 'two', 'three']);
    await until(() => stage.find('.connection').textContent === 'Reconnecting…');
    expect(stage.all('.live'), 'who is there is not known now').toEqual([]);
    expect(stage.find('.mark').textContent).toBe('Waiting for the connection…');
    stage.server.socket!.refuse = null;
    window.dispatchEvent(new Event('online'));
    await until(() => stage.server.logs.get(1)!.filter((change) => change.kind === 'message').length === 5);
    await until(() => stage.all('.pending').length === 0);
    await shows(stage, [...greeting, 'one', 'two', 'three']);
    expect(stage.find('.connection').textContent).toBe('');
    expect(stage.all('.live')).not.toEqual([]);
  });

  it('without a line nobody is said to be online', async () => {
    const stage = await opened({ settings: { replyMinutes: null } });
    const words = (): string[] => stage.all('.presence').map((element) => element.textContent ?? '');
    await until(() => words().every((text) => text === 'We’re online'));
    stage.server.socket!.refuse = () => new Error('websocket error');
    stage.server.socket!.drop();
    await until(() => words().every((text) => text === ''));
    expect(stage.all('.live')).toEqual([]);
    stage.server.socket!.refuse = null;
    window.dispatchEvent(new Event('online'));
    await until(() => words().every((text) => text === 'We’re online'));
  });

  it('a link breaks between lines without a letter more', async () => {
    const stage = await opened();
    const link = 'https://example.com/a/b?c=1';
    stage.say(`see ${link}`);
    await until(() => stage.all('.bubble a').length === 1);
    expect(stage.find('.bubble a').textContent).toBe(link);
    expect(stage.all('.bubble a > wbr')).toHaveLength(3);
  });
});

describe('after a reload', () => {
  it('the conversation is there again', async () => {
    const server = new MiniServer();
    server.post(1, { kind: 'contact', id: 'c1', name: null }, 'hello', { cid: 'cid-before' });
    server.post(1, maya, 'Hi, Maya here');
    const stage = setStage({ server, known: true });
    stage.call('show');
    await vi.waitFor(() => expect(stage.texts()).toEqual(['hello', 'Hi, Maya here']));
    expect(server.socket!.introductions[0]).toMatchObject({ token });
  });

  it('what was unsent goes out', async () => {
    const server = new MiniServer();
    server.post(1, { kind: 'contact', id: 'c1', name: null }, 'hello', { cid: 'cid-before' });
    const { memoryStore } = await import('../../widget/memory-store.ts');
    const store = memoryStore([{ cid: 'cid-unsent', to: 1, body: { kind: 'message', text: 'typed before the reload' }, at: Date.now() }]);
    const stage = setStage({ server, known: true, store });
    stage.call('show');
    await shows(stage, ['hello', 'typed before the reload']);
    expect(await store.all()).toEqual([]);
  });

  it('the greeting does not flash up while history is on its way', async () => {
    const server = new MiniServer();
    server.post(1, maya, 'Hi');
    server.override = () => undefined;
    const stage = await opened({ server, known: true });
    await until(() => server.socket?.connected === true);
    expect(stage.texts()).toEqual([]);
    expect(stage.all('.skeleton')).toHaveLength(1);
  });

  it('an unread message is counted on the launcher of a closed panel, told as an event, and read once it is seen', async () => {
    const server = new MiniServer();
    server.post(1, maya, 'Are you still there?');
    const stage = setStage({ server, known: true });
    await until(() => stage.find('.badge').textContent === '1');
    expect(stage.launcher.getAttribute('aria-label')).toBe('Open chat, 1 unread message');
    expect(stage.api.unreadCount).toBe(1);
    stage.call('show');
    await until(() => server.socket!.of('conversation.read').length === 1);
    await until(() => stage.api.unreadCount === 0);
    expect(stage.events.filter(([name]) => name === 'unread').map(([, count]) => count)).toEqual([1, 0]);
  });
});

describe('an agent', () => {
  it('joins, types and writes; the visitor sees who it is', async () => {
    const stage = await opened();
    stage.say('hello');
    await until(() => stage.server.logs.size === 1);
    stage.server.add(1, { kind: 'assigned', agent: maya, by: maya });
    await until(() => stage.all('.note').some((note) => note.textContent === 'Maya Lindqvist joined'));
    expect(stage.find('.names h2').textContent).toBe('Maya Lindqvist');
    stage.server.socket!.say('typing', { conversation: 1, by: maya, on: true });
    await until(() => stage.find('.typing').textContent!.includes('Maya Lindqvist is typing'));
    stage.server.post(1, maya, 'Hi, I am Maya');
    await shows(stage, [...greeting, 'hello', 'Hi, I am Maya']);
    expect(stage.all('.typing')).toEqual([]);
    expect(stage.find('.group:not(.mine) .name').textContent).toBe('Maya Lindqvist');
    expect(stage.events).toContainEqual(['message:received', expect.objectContaining({ text: 'Hi, I am Maya' })]);
  });

  it('has read up to here: the mark says so', async () => {
    const stage = await opened();
    stage.say('hello');
    await until(() => stage.find('.mark').textContent === 'Delivered');
    stage.server.add(1, { kind: 'read', by: 'agent', upTo: 3 });
    await until(() => stage.find('.mark').textContent === 'Seen');
  });

  it('sees the visitor type, told at most every three seconds', async () => {
    const stage = await opened();
    stage.say('hello');
    await until(() => stage.server.logs.size === 1 && stage.find('.mark').textContent === 'Delivered');
    for (const text of ['w', 'wh', 'wha', 'what']) stage.type(text);
    await until(() => stage.server.socket!.of('typing').length > 0);
    expect(stage.server.socket!.of('typing')).toEqual([{ conversation: 1, on: true }]);
  });

  it('what anybody writes never becomes markup', async () => {
    const stage = await opened();
    stage.say('<img src=x onerror=alert(1)>');
    await shows(stage, [...greeting, '<img src=x onerror=alert(1)>']);
    stage.server.post(1, maya, '<b>bold</b> https://example.com/?q=<script>');
    await until(() => stage.all('.bubble a').length === 1);
    expect(stage.all('.bubble img, .bubble b, .bubble script')).toEqual([]);
    expect(stage.find('.bubble a').getAttribute('rel')).toContain('noopener');
  });
});

describe('a message that will not go', () => {
  async function failed(code: Parameters<typeof refusal>[0]): Promise<Stage> {
    const stage = await opened();
    stage.server.override = (name, body) => (name === 'message.send' ? refusal(code) : stage.server.answer(name, body));
    stage.say('too bad');
    await until(() => stage.all('.failure').length === 1);
    return stage;
  }

  it('[P10] turns red and says why, with retry, copy and delete', async () => {
    const stage = await failed('text_too_long');
    expect(stage.find('.failure').textContent).toContain('Not sent. It is too long: 8,000 characters at most.');
    expect(stage.all('.choices button').map((button) => button.textContent)).toEqual(['Try again', 'Copy', 'Delete']);
    expect(stage.events).toContainEqual(['error', expect.objectContaining({ code: 'text_too_long' })]);
  });

  it('goes out when tried again', async () => {
    const stage = await failed('forbidden');
    stage.server.override = null;
    stage.find('.choices button').click();
    await shows(stage, [...greeting, 'too bad']);
    expect(stage.all('.failure')).toEqual([]);
  });

  it('is gone when deleted', async () => {
    const stage = await failed('forbidden');
    stage.all('.choices button')[2]!.click();
    await shows(stage, greeting);
  });
});

describe('the composer', () => {
  it('Enter sends, Shift+Enter breaks the line, and the Enter that ends a composition does neither', async () => {
    const stage = await opened();
    stage.type('hello');
    expect(stage.press('Enter', { shiftKey: true }).defaultPrevented).toBe(false);
    expect(stage.press('Enter', { isComposing: true }).defaultPrevented).toBe(false);
    expect(stage.press('Enter', { keyCode: 229 }).defaultPrevented).toBe(false);
    expect(stage.server.logs.size).toBe(0);
    expect(stage.press('Enter').defaultPrevented).toBe(true);
    await shows(stage, [...greeting, 'hello']);
    expect(stage.find<HTMLTextAreaElement>('textarea').value).toBe('');
  });

  it('sends nothing that is empty or too long, and counts down near the end', async () => {
    const stage = await opened();
    stage.say('   ');
    stage.type('x'.repeat(7900));
    await until(() => stage.find('.rest').textContent === '100 characters left');
    stage.type('x'.repeat(8001));
    await until(() => stage.find('.rest').textContent === '1 characters too many' || stage.find('.rest').classList.contains('over'));
    stage.press('Enter');
    expect(stage.find('.send').getAttribute('aria-disabled')).toBe('true');
    expect(document.cookie).not.toMatch(/=./);
  });

  it('offers the keyboard that helps with the bot’s question', async () => {
    const stage = await opened();
    stage.say('hello');
    await until(() => stage.server.logs.size === 1);
    stage.server.post(1, { kind: 'bot', id: null, name: null }, 'Where can we reach you?', { input: 'email' });
    await until(() => stage.find('textarea').getAttribute('inputmode') === 'email');
    expect(stage.find('textarea').getAttribute('autocomplete')).toBe('email');
  });

  it('says so where the browser keeps nothing', async () => {
    const consoleError = vi.spyOn(console, 'error').mockImplementation(() => {});
    Object.defineProperty(document, 'cookie', { configurable: true, get: () => '', set() {} });
    const forbid = (): never => {
      throw new DOMException('blocked', 'SecurityError');
    };
    const stage = await opened();
    vi.stubGlobal('localStorage', { getItem: () => null, setItem: forbid, removeItem: forbid, clear() {} });
    stage.say('hello');
    await until(() => stage.find('.hint').textContent!.includes('keeps nothing'));
    await shows(stage, [...greeting, 'hello']);
    expect(consoleError).toHaveBeenCalledWith(expect.stringContaining('storage_blocked'));
    Reflect.deleteProperty(document, 'cookie');
    vi.restoreAllMocks();
  });
});

describe('keyboard and screen readers', () => {
  it('opening moves the focus to the composer, Escape closes and gives it back to the launcher', async () => {
    const stage = await opened();
    await until(() => stage.root.activeElement === stage.find('textarea'));
    stage.press('Escape');
    await until(() => !stage.find('.panel').classList.contains('open'));
    await until(() => stage.root.activeElement === stage.launcher);
    expect(stage.launcher.getAttribute('aria-expanded')).toBe('false');
  });

  it('keys typed in the chat do not reach the page’s shortcuts', async () => {
    const heard = vi.fn<() => void>();
    document.addEventListener('keydown', heard);
    const stage = await opened();
    stage.press('k');
    document.removeEventListener('keydown', heard);
    expect(heard).not.toHaveBeenCalled();
  });

  it('the panel is a named dialog, the thread a log, what changes by itself a status', async () => {
    const stage = await opened();
    expect(stage.find('[role=dialog]').getAttribute('aria-label')).toBe('Chat with Northwind');
    expect(stage.find('[role=log]').getAttribute('aria-live')).toBe('polite');
    expect(stage.all('[role=status]').length).toBeGreaterThan(0);
    for (const button of stage.all('button')) expect(button.textContent || button.getAttribute('aria-label')).toBeTruthy();
  });

  it('a closed panel is out of reach', async () => {
    const stage = await opened();
    stage.call('hide');
    await until(() => stage.find('.panel').hasAttribute('inert'));
  });
});
