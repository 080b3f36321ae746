// @vitest-environment happy-dom
import { afterEach, describe, expect, it, vi } from 'vitest';
import type { FormField } from '../../shared/bot/types.ts';
import { checkField } from '../../widget/messages/check-field.ts';
import { refusal, until } from './fakes.ts';
import { clearStage, MiniServer, setStage, type Stage } from './stage.ts';

afterEach(clearStage);

const fields: FormField[] = [
  { name: 'name', label: 'Your name', kind: 'name', required: false },
  { name: 'email', label: 'Email address', kind: 'email', required: true },
];
const bot = { kind: 'bot', id: null, name: null } as const;

async function withForm(more: object = {}): Promise<Stage & { id: number }> {
  const server = new MiniServer();
  const { message } = server.post(1, bot, 'Where can we reach you?', { kind: 'form', form: fields, ...more });
  const stage = setStage({ server, known: true });
  stage.call('show');
  await until(() => stage.all('.card').length === 1);
  return Object.assign(stage, { id: message.id });
}

function fill(stage: Stage, text: string): void {
  stage.find<HTMLInputElement>('.entry input').value = text;
  stage.find('.card').dispatchEvent(new Event('submit', { bubbles: true, cancelable: true }));
}
const label = (stage: Stage): string | null => stage.find('.card label').textContent;

describe('a form message', () => {
  it('asks one field at a time, with the keyboard and the saved value that help', async () => {
    const stage = await withForm();
    expect(label(stage)).toBe('Your name optional');
    expect(stage.find('.entry input').getAttribute('autocomplete')).toBe('name');
    fill(stage, 'Jo Reyes');
    await until(() => label(stage) === 'Email address');
    const input = stage.find('.entry input');
    expect([input.getAttribute('inputmode'), input.getAttribute('autocomplete')]).toEqual(['email', 'email']);
    await until(() => stage.root.activeElement === stage.find('.entry input'));
  });

  it('says in words what is wrong, and goes on once it is right', async () => {
    const stage = await withForm();
    stage.find('.ways button').click();
    await until(() => label(stage) === 'Email address');
    fill(stage, 'jo.example.com');
    await until(() => stage.find('.error').textContent!.includes('@ missing'));
    expect(stage.find('.entry input').getAttribute('aria-invalid')).toBe('true');
    fill(stage, 'jo@example.com');
    await until(() => stage.server.socket!.of('form.submit').length === 1);
    expect(stage.server.socket!.of('form.submit')[0]).toMatchObject({
      conversation: 1,
      message: stage.id,
      values: { email: 'jo@example.com' },
    });
    await until(() => stage.find('.answered').textContent!.includes('Thanks, got it.'));
  });

  it('goes back with what was written', async () => {
    const stage = await withForm();
    fill(stage, 'Jo Reyes');
    await until(() => label(stage) === 'Email address');
    stage.find('.ways button').click();
    await until(() => label(stage)!.startsWith('Your name'));
    expect(stage.find<HTMLInputElement>('.entry input').value).toBe('Jo Reyes');
  });

  it('[P10] waits in the outbox like any message, and shows what was given meanwhile', async () => {
    const stage = await withForm();
    stage.server.override = (name, body) => (name === 'form.submit' ? undefined : stage.server.answer(name, body));
    fill(stage, '');
    await until(() => label(stage) === 'Email address');
    fill(stage, 'jo@example.com');
    await until(() => stage.find('.answered').textContent!.includes('Sending…'));
    expect(stage.find('.answered dd').textContent).toBe('jo@example.com');
    expect((await stage.store.all())[0]!.body).toMatchObject({ kind: 'form', values: { email: 'jo@example.com' } });
  });

  it('a field the server does not take is asked for again, with its words and with the rest kept', async () => {
    const stage = await withForm();
    stage.server.override = (name, body) =>
      name === 'form.submit'
        ? refusal('form_invalid', { errors: [{ pointer: '/values/email', message: 'This address does not exist.' }] })
        : stage.server.answer(name, body);
    fill(stage, 'Jo Reyes');
    await until(() => label(stage) === 'Email address');
    fill(stage, 'jo@example.invalid');
    await until(() => stage.all('.error')[0]?.textContent === 'This address does not exist.');
    expect(stage.find<HTMLInputElement>('.entry input').value).toBe('jo@example.invalid');
    stage.server.override = null;
    fill(stage, 'jo@example.com');
    await until(() => stage.find('.answered').textContent!.includes('Thanks'));
    expect(stage.server.socket!.of('form.submit').at(-1)).toMatchObject({ values: { name: 'Jo Reyes', email: 'jo@example.com' } });
  });

  it('answered before, it shows what was given', async () => {
    const stage = await withForm({ answer: { name: 'Jo', email: 'jo@example.com' } });
    expect(stage.all('.answered dd').map((given) => given.textContent)).toEqual(['Jo', 'jo@example.com']);
    expect(stage.all('.entry')).toEqual([]);
  });
});

describe('a form with dates and choices', () => {
  const wood: FormField = {
    name: 'wood',
    label: 'Which wood?',
    kind: 'choice',
    required: true,
    options: [
      { value: 'oak', label: 'Oak' },
      { value: 'ash', label: 'Ash' },
    ],
  };
  const day: FormField = { name: 'day', label: 'Which day?', kind: 'date', required: true };

  it('takes a choice with one tap and goes on to the date; both are then said in words', async () => {
    const stage = await withForm({ form: [wood, day] });
    expect(stage.find('.toggles').getAttribute('aria-labelledby')).toBe(stage.find('.card label').id);
    stage.all('.toggles .chip')[1]!.click();
    await until(() => label(stage) === 'Which day?');
    expect(stage.find<HTMLInputElement>('.entry input').type).toBe('date');
    fill(stage, '');
    await until(() => stage.find('.error').textContent === 'Please choose a date');
    fill(stage, '2026-12-24');
    await until(() => stage.server.socket!.of('form.submit').length === 1);
    expect(stage.server.socket!.of('form.submit')[0]).toMatchObject({ values: { wood: 'ash', day: '2026-12-24' } });
    await until(() => stage.all('.answered dd').length === 2);
    expect(stage.all('.answered dd').map((given) => given.textContent)).toEqual(['Ash', 'Thursday, December 24, 2026']);
  });

  it('many choices are a list', async () => {
    const options = Array.from({ length: 9 }, (_, n) => ({ value: `v${n}`, label: `Label ${n}` }));
    const stage = await withForm({ form: [{ ...wood, options }] });
    const list = stage.find<HTMLSelectElement>('.entry select');
    expect(list.options).toHaveLength(10);
    stage.find('.card').dispatchEvent(new Event('submit', { bubbles: true, cancelable: true }));
    await until(() => stage.find('.error').textContent === 'Please choose one');
    list.value = 'v4';
    stage.find('.card').dispatchEvent(new Event('submit', { bubbles: true, cancelable: true }));
    await until(() => stage.server.socket!.of('form.submit').length === 1);
    expect(stage.server.socket!.of('form.submit')[0]).toMatchObject({ values: { wood: 'v4' } });
  });

  it('says what giving an address means', async () => {
    const stage = await withForm({ consent: 'See https://example.com/privacy' });
    expect(stage.all('.consent').map((line) => line.textContent)).toEqual(['See https://example.com/privacy']);
    expect(stage.find('.consent a').getAttribute('href')).toBe('https://example.com/privacy');
  });
});

describe('what a field takes', () => {
  it.each([
    ['email', 'jo@example.com', null],
    ['email', 'jo@example', 'needEmail'],
    ['email', 'jo example.com', 'needAt'],
    ['email', 'jo@@example.com', 'needEmail'],
    ['phone', '+47 22 33 44 55', null],
    ['phone', '(030) 1234-567', null],
    ['phone', '12 34', 'needPhone'],
    ['number', '1,200', null],
    ['number', '-3.5', null],
    ['number', 'twelve', 'needNumber'],
    ['date', '2026-12-24', null],
    ['date', '24.12.2026', 'needDate'],
    ['choice', '', 'chooseOne'],
    ['name', 'Jo', null],
    ['name', '  ', 'needText'],
  ] as const)('%s: %s', (kind, value, expected) => expect(checkField({ kind, required: true }, value)).toBe(expected));

  it('an optional field may stay empty', () => expect(vi.fn(() => checkField({ kind: 'email', required: false }, ''))()).toBeNull());
});
