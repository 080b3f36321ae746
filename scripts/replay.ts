// Plays real conversations through real sockets against a running server, and tells what it captured: npm run replay -- --help
import { parseArgs } from 'node:util';
import { connectAgent } from './replay/client.ts';
import { startOwnServer } from './replay/own-server.ts';
import { play } from './replay/play.ts';
import type { Played, Stage } from './replay/play.ts';
import { readRecords } from './replay/records.ts';
import type { RecordLine } from './replay/records.ts';
import { findScorer, score } from './replay/score.ts';
import type { Prediction } from './replay/score.ts';

const help = `Plays recorded conversations as visitors through real sockets, the agents' and bots' turns of the records through
an agent's socket, then reads from the contacts' cards what was captured and scores it.

  npm run replay -- [options] FILE.jsonl…

  --url URL         a running server; without it, a server of its own on a free port with a data directory that is
                    removed at the end. The bot of that server is off: its own questions would stand among the
                    records' and change what the visitors' answers mean.
  --cookie COOKIE   with --url: the Cookie header of a signed-in agent, foyer_agent=…
  --with-bot        the own server's bot is on, until the first agent's or bot's turn of a record silences it
  --limit N         the first N conversations only
  --concurrency N   conversations at the same time (default 16)
  --by source|lang|tag, --errors FILE    handed to the scorer, score.mjs in the folder above the records
  --json            one JSON object instead of words

Exit code 1 where a message was refused, lost, doubled or misplaced.`;

interface Wishes {
  files: string[];
  url: string | undefined;
  cookie: string | undefined;
  withBot: boolean;
  limit: number;
  concurrency: number;
  scoreOptions: string[];
  json: boolean;
}

class UsageError extends Error {}

function readWishes(argv: string[]): Wishes | 'help' {
  const text = { type: 'string' } as const;
  const flag = { type: 'boolean' } as const;
  const options = {
    url: text,
    cookie: text,
    limit: text,
    concurrency: text,
    by: text,
    errors: text,
    json: flag,
    'with-bot': flag,
    help: flag,
  };
  const { values, positionals } = parseArgs({ args: argv, options, allowPositionals: true });
  if (values.help) return 'help';
  if (positionals.length === 0) throw new UsageError('Name at least one file of conversations.');
  if ((values.url === undefined) !== (values.cookie === undefined)) throw new UsageError('--url and --cookie go together.');
  if (values.url !== undefined && values['with-bot'])
    throw new UsageError('--with-bot is for the own server; the one at --url has its bot as it is set there.');
  const handedOn = (['by', 'errors'] as const).flatMap((name) => (values[name] === undefined ? [] : [`--${name}`, values[name]]));
  return {
    files: positionals,
    url: values.url?.replace(/\/+$/, ''),
    cookie: values.cookie,
    withBot: values['with-bot'] ?? false,
    limit: count(values.limit, '--limit', Infinity),
    concurrency: count(values.concurrency, '--concurrency', 16),
    scoreOptions: handedOn,
    json: values.json ?? false,
  };
}

function count(given: string | undefined, name: string, fallback: number): number {
  if (given === undefined) return fallback;
  if (!/^[1-9]\d{0,6}$/.test(given)) throw new UsageError(`${name} wants a whole number from 1.`);
  return Number(given);
}

interface Outcome {
  played: { record: RecordLine; result: Played }[];
  failures: { id: string; error: string }[];
  seconds: number;
}

/** Plays all records, so many at a time; one that fails stops none of the others. */
async function playAll(records: readonly RecordLine[], stage: Stage, concurrency: number): Promise<Outcome> {
  const outcome: Outcome = { played: [], failures: [], seconds: 0 };
  const queue = records[Symbol.iterator]();
  const startedAt = performance.now();
  async function work(): Promise<void> {
    for (const record of queue) {
      try {
        outcome.played.push({ record, result: await play(record.record, stage) });
      } catch (error) {
        outcome.failures.push({ id: record.record.id, error: error instanceof Error ? error.message : String(error) });
      }
      const done = outcome.played.length + outcome.failures.length;
      if (process.stderr.isTTY && done % 50 === 0) process.stderr.write(`\r${done} of ${records.length} conversations `);
    }
  }
  await Promise.all(Array.from({ length: Math.min(concurrency, records.length) }, work));
  if (process.stderr.isTTY) process.stderr.write('\r\x1b[K');
  outcome.seconds = (performance.now() - startedAt) / 1000;
  return outcome;
}

async function appIdOf(url: string, cookie: string): Promise<string> {
  const answer = await fetch(`${url}/api/v1/me`, { headers: { cookie } });
  if (!answer.ok)
    throw new Error(`${url} does not know this agent (${answer.status}). Sign in to its inbox and copy the cookie foyer_agent.`);
  return ((await answer.json()) as { workspace: { app_id: string } }).workspace.app_id;
}

function predictionOf({ record, result }: Outcome['played'][number]): Prediction {
  const { email, name, phone } = result.contact;
  return { id: record.record.id, email, name, phone };
}

interface Counts {
  conversations: number;
  failed: number;
  messages: number;
  promotedToLead: number;
  seconds: number;
  messagesPerSecond: number;
}

function countsOf({ played, failures, seconds }: Outcome): Counts {
  const messages = played.reduce((sum, { result }) => sum + result.messages, 0);
  return {
    conversations: played.length,
    failed: failures.length,
    messages,
    promotedToLead: played.filter(({ result }) => result.contact.type === 'lead').length,
    seconds: Math.round(seconds * 10) / 10,
    messagesPerSecond: Math.round(messages / seconds),
  };
}

function report(outcome: Outcome, wishes: Wishes): void {
  const counts = countsOf(outcome);
  const predictions = outcome.played.map(predictionOf);
  const scorer = findScorer(wishes.files[0] ?? '');
  const scored = (more: string[]): string | null =>
    scorer &&
    score(
      scorer,
      outcome.played.map(({ record }) => record.line),
      predictions,
      [...wishes.scoreOptions, ...more],
    );
  if (wishes.json) {
    const scores = scored(['--json']);
    const all = {
      ...counts,
      failures: outcome.failures,
      scores: scores && (JSON.parse(scores) as unknown),
      ...(!scores && { captures: predictions }),
    };
    return void process.stdout.write(`${JSON.stringify(all, null, 1)}\n`);
  }
  process.stdout.write(scored([]) ?? predictions.map((p) => `${JSON.stringify(p)}\n`).join(''));
  for (const { id, error } of outcome.failures) process.stderr.write(`FAILED ${id}: ${error}\n`);
  const { conversations, failed, messages, promotedToLead, seconds, messagesPerSecond } = counts;
  process.stdout.write(
    `\nplayed               ${conversations} conversations, ${messages} messages in ${seconds} s (${messagesPerSecond}/s)\n` +
      `promoted to lead     ${promotedToLead}\nlost or failed       ${failed}\n`,
  );
}

async function main(argv: string[]): Promise<number> {
  const wishes = readWishes(argv);
  if (wishes === 'help') {
    process.stdout.write(`${help}\n`);
    return 0;
  }
  const records = wishes.files.flatMap(readRecords).slice(0, wishes.limit);
  if (records.length === 0) throw new UsageError('There is no conversation in these files.');
  const own = wishes.url === undefined ? await startOwnServer(wishes.withBot ? 'on' : 'off') : null;
  const url = own?.url ?? wishes.url ?? '';
  const cookie = own?.cookie ?? wishes.cookie ?? '';
  const appId = await appIdOf(url, cookie);
  const agent = await connectAgent(url, cookie);
  const outcome = await playAll(records, { url, appId, agent }, wishes.concurrency);
  agent.close();
  await own?.stop();
  report(outcome, wishes);
  return outcome.failures.length === 0 ? 0 : 1;
}

for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => process.exit(130));
// A reader that closes early (head) ends the run quietly.
process.stdout.on('error', (error: NodeJS.ErrnoException) => process.exit(error.code === 'EPIPE' ? 0 : 1));
try {
  process.exitCode = await main(process.argv.slice(2));
} catch (error) {
  const isUsage = error instanceof UsageError || (error as { code?: string }).code?.startsWith('ERR_PARSE_ARGS');
  process.stderr.write(
    `replay: ${error instanceof Error ? error.message : String(error)}\n${isUsage ? '\nnpm run replay -- --help tells more.\n' : ''}`,
  );
  // Whatever still runs, a server of our own among it, ends here.
  process.exit(isUsage ? 2 : 1);
}
