import { execFile } from 'node:child_process';
import { mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { connectAgent, must, startServer } from '../helpers/server.ts';
import type { TestServer } from '../helpers/server.ts';

type Turns = [role: 'visitor' | 'agent' | 'bot', text: string][];
interface Sample {
  lang: string;
  country?: string;
  turns: Turns;
  email?: string;
  name?: string;
  phone?: string;
}

const v = (text: string): Turns[number] => ['visitor', text];
const samples: Sample[] = [
  { lang: 'en', turns: [v('Hi, I am Maria Lopez and my email is maria@lopez.studio')], email: 'maria@lopez.studio', name: 'Maria Lopez' },
  { lang: 'en', turns: [['agent', 'Hello, may I have your name?'], v('Jonas Weber')], name: 'Jonas Weber' },
  { lang: 'en', turns: [['bot', 'What is your email?'], v('it is kim.lee@harborlights.studio')], email: 'kim.lee@harborlights.studio' },
  { lang: 'de', country: 'DE', turns: [v('Rufen Sie mich an: 030 901820')], phone: '+4930901820' },
  { lang: 'en', country: 'GB', turns: [v('call me on 020 7946 0018 please')], phone: '+442079460018' },
  { lang: 'en', turns: [v('my number is +1 415 555 2671')], phone: '+14155552671' },
  {
    lang: 'en',
    turns: [v('my email is ann@oldmail.studio'), ['agent', 'Thanks!'], v('no wait, it is ann@newmail.studio')],
    email: 'ann@newmail.studio',
  },
  { lang: 'en', turns: [v('I wrote to support@acme.example last week and nobody answered')] },
  { lang: 'en', turns: [v('Where is my order 4930901820?')] },
  { lang: 'en', turns: [v('I am fine, thanks')] },
  { lang: 'es', turns: [v('Hola, me llamo Lucía Fernández')], name: 'Lucía Fernández' },
  { lang: 'fr', turns: [v("Bonjour, je m'appelle Claire Dupont")], name: 'Claire Dupont' },
  { lang: 'it', turns: [v('Mi chiamo Marco Bianchi')], name: 'Marco Bianchi' },
  { lang: 'pl', turns: [v('Nazywam się Anna Kowalska')], name: 'Anna Kowalska' },
  { lang: 'en', turns: [v('sam dot carter at gmail dot com')], email: 'sam.carter@gmail.com' },
  { lang: 'en', turns: [v('Do you ship to Norway?'), ['agent', 'We do.'], v('Great')] },
  { lang: 'en', turns: [['agent', 'Good morning!'], ['agent', 'What should we call you?'], v('Priya')], name: 'Priya' },
  { lang: 'en', turns: [v('reach me at info@northlight.studio')], email: 'info@northlight.studio' },
  { lang: 'en', turns: [v('hello'), v('anyone there?')] },
  { lang: 'en', turns: [v('The invoice is dated 2029-11-03, total 1,250.00')] },
];

let folder: string;
let server: TestServer | null;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'foyer-replay-test-'));
  server = null;
});
afterEach(async () => {
  await server?.stop();
  rmSync(folder, { recursive: true });
});

function write(list: readonly Sample[]): string {
  mkdirSync(join(folder, 'dev'), { recursive: true });
  const file = join(folder, 'dev', 'records.jsonl');
  const lines = list.map(({ lang, country, turns }, i) =>
    JSON.stringify({ id: `r${i}`, lang, ...(country && { country }), turns: turns.map(([role, text]) => ({ role, text })) }),
  );
  writeFileSync(file, lines.join('\n'));
  return file;
}

interface Report {
  conversations: number;
  failed: number;
  messages: number;
  promotedToLead: number;
  failures: { id: string; error: string }[];
  captures: { id: string; email: string | null; name: string | null; phone: string | null }[];
}

/** The command as people run it. Its temporary files go to the test's folder, so that what it leaves is seen. */
function replay(...args: string[]): Promise<{ code: number; stdout: string; stderr: string }> {
  return new Promise((resolve) => {
    const env = { ...process.env, TMPDIR: folder };
    execFile(process.execPath, ['--import', 'tsx', 'scripts/replay.ts', ...args], { env }, (error, stdout, stderr) => {
      resolve({ code: typeof error?.code === 'number' ? error.code : error ? -1 : 0, stdout, stderr });
    });
  });
}

/** Stands where the benchmark's scorer lies, and says what it was given. */
const scorer = `import { readFileSync } from 'node:fs';
const [, , , gold, , predictions] = process.argv;
console.log('gold ' + JSON.parse(readFileSync(gold, 'utf8')).id + ', predicted ' + readFileSync(predictions, 'utf8'));
`;

const expected = samples.map(({ email, name, phone }, i) => ({
  id: `r${i}`,
  email: email ?? null,
  name: name ?? null,
  phone: phone ?? null,
}));
const byId = (a: { id: string }, b: { id: string }): number => Number(a.id.slice(1)) - Number(b.id.slice(1));

// Each case starts processes, which take their time on a busy machine.
describe('npm run replay', { timeout: 60_000 }, () => {
  it('plays conversations on a server of its own, tells what the contacts’ cards then hold, and leaves nothing behind', async () => {
    const done = await replay('--json', '--concurrency', '5', write(samples));
    expect(done.stderr).toBe('');
    const report = JSON.parse(done.stdout) as Report;
    expect(report.captures.sort(byId)).toEqual(expected);
    expect(report).toMatchObject({ conversations: 20, failed: 0, messages: samples.flatMap((s) => s.turns).length });
    expect(report.promotedToLead).toBe(samples.filter((s) => s.email).length);
    expect(done.code).toBe(0);
    expect(readdirSync(folder).filter((name) => name.startsWith('foyer-'))).toEqual([]);
  });

  it('plays on a running server in the order of the record, replies through the agent, and scores by the score.mjs above the records', async () => {
    server = await startServer({ settings: { bot: 'off' } });
    const { cookie } = await server.agent();
    writeFileSync(join(folder, 'score.mjs'), scorer);
    const done = await replay('--url', server.url, '--cookie', cookie, write([samples[16] as Sample]));
    expect(done.stdout).toContain('gold r0, predicted {"id":"r0","email":null,"name":"Priya","phone":null}');
    expect(done.stdout).toContain('played               1 conversations, 3 messages');
    const agent = await connectAgent(server);
    const [row] = must(await agent.send('conversation.list', {})).conversations;
    const { changes } = must(await agent.send('conversation.history', { conversation: row?.id ?? 0 }));
    const said = changes.flatMap((change) => (change.kind === 'message' ? [[change.message.author.kind, change.message.text]] : []));
    expect(said).toEqual([
      ['agent', 'Good morning!'],
      ['agent', 'What should we call you?'],
      ['contact', 'Priya'],
    ]);
    expect(row?.contact).toMatchObject({ type: 'visitor', name: 'Priya' });
    agent.close();
  });

  it('ends with code 1 where a message is refused, names the conversation, and plays the others', async () => {
    server = await startServer({ settings: { bot: 'off' } });
    const { cookie } = await server.agent();
    const file = write([{ lang: 'en', turns: [v('x'.repeat(8001))] }, samples[0] as Sample]);
    const done = await replay('--json', '--url', server.url, '--cookie', cookie, file);
    const report = JSON.parse(done.stdout) as Report;
    expect(report.failures).toEqual([{ id: 'r0', error: expect.stringContaining('text_too_long') as string }]);
    expect(report).toMatchObject({ conversations: 1, failed: 1 });
    expect(done.code).toBe(1);
  });

  it('says what is wrong with its options or its files, and ends with code 2 or 1', async () => {
    expect(await replay('--url', 'http://localhost:1', 'x.jsonl')).toMatchObject({
      code: 2,
      stderr: expect.stringContaining('--cookie') as string,
    });
    writeFileSync(join(folder, 'bad.jsonl'), '{"id":"a"}');
    expect(await replay(join(folder, 'bad.jsonl'))).toMatchObject({ code: 1, stderr: expect.stringContaining('bad.jsonl:1') as string });
  });
});
