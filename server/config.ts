// What an operator can set: flags > environment > foyer.config.json > defaults. One entry per setting; a bad value names itself.
import { isIP } from 'node:net';
import { isOwnHost } from './caller.ts';
import { readSender, readSmtpUrl } from './mail-settings.ts';
import type { Sender, SmtpServer } from './mail-settings.ts';

export type LogLevel = 'trace' | 'debug' | 'info' | 'warn' | 'error' | 'fatal' | 'silent';

export interface Config {
  port: number;
  /** Null: every address of the machine. */
  host: string | null;
  /** Where browsers reach this server, without a slash at the end. Null: http://localhost with the port that was bound. */
  publicUrl: string | null;
  dataDir: string;
  /** PostgreSQL; null: SQLite in `dataDir`. */
  databaseUrl: string | null;
  redisUrl: string | null;
  /** No polling: several nodes then need no sticky sessions, and who is behind a proxy without WebSockets cannot chat. */
  websocketOnly: boolean;
  /** Null: made once and kept in `dataDir`/secret.key. */
  secretKey: string | null;
  /** Null: as stored in the workspace. */
  identityMode: 'off' | 'optional' | 'required' | null;
  /** Origins that may embed the widget; null: as stored in the workspace. */
  allowedOrigins: string[] | null;
  /** As Express takes it: hops, or addresses of proxies. */
  trustProxy: false | number | string[];
  /** Null: no mail is sent. */
  smtpUrl: SmtpServer | null;
  mailFrom: Sender | null;
  uploadMaxMb: number;
  /** 0: for ever. */
  retentionDays: number;
  logLevel: LogLevel;
  metricsToken: string | null;
  /** Flows may call addresses of private networks: for development. */
  allowPrivateWebhooks: boolean;
  /** The page /demo with its sample accounts, whose users it signs; `local`: for browsers on this very machine. */
  demo: boolean | 'local';
}

/** Thrown by a parser; `mend` tells what would be right. */
class Bad extends Error {}

function bad(mend: string): never {
  throw new Bad(mend);
}

const integer = (min: number, max: number) => (text: string) => {
  const value = /^\d{1,9}$/.test(text) ? Number(text) : Number.NaN;
  return value >= min && value <= max ? value : bad(`give a whole number from ${min} to ${max}`);
};

const oneOf =
  <const T extends string>(...values: T[]) =>
  (text: string): T =>
    values.find((value) => value === text) ?? bad(`give one of ${values.join(', ')}`);

const flag = (text: string): boolean => {
  if (['on', 'true', 'yes', '1'].includes(text)) return true;
  return ['off', 'false', 'no', '0'].includes(text) ? false : bad('give on or off');
};

const parseUrl = (text: string): URL | null => (URL.canParse(text) ? new URL(text) : null);

const url =
  (protocols: string[], example: string) =>
  (text: string): string => {
    const parsed = parseUrl(text);
    return parsed && protocols.includes(parsed.protocol) ? text : bad(`give an address such as ${example}`);
  };

const origin =
  (example: string) =>
  (text: string): string => {
    const parsed = parseUrl(text);
    const isOrigin =
      parsed && /^https?:$/.test(parsed.protocol) && parsed.pathname === '/' && !parsed.search && !parsed.hash && !parsed.username;
    return isOrigin ? parsed.origin : bad(`give an address without a path, such as ${example}`);
  };

const words = (text: string): string[] =>
  text
    .split(',')
    .map((word) => word.trim())
    .filter((word) => word !== '');

/** `https://*.example.com` stands for every host below example.com. */
const originPattern = (text: string): string => {
  const plain = origin('https://www.example.com or https://*.example.com')(text.replace('://*.', '://wildcard.'));
  return plain.replace('://wildcard.', '://*.');
};

const proxyNames = ['loopback', 'linklocal', 'uniquelocal'];
const trustProxy = (text: string): Config['trustProxy'] => {
  if (text === 'false' || text === 'off' || text === '0') return false;
  // Express's `true` believes whatever the visitor writes into X-Forwarded-For; one hop is what people mean by it.
  if (text === 'true' || text === 'on') return 1;
  if (/^\d+$/.test(text)) return integer(1, 32)(text);
  const isProxy = (word: string): boolean => {
    const [address = '', bits, ...rest] = word.split('/');
    const version = isIP(address);
    return (
      version !== 0 && rest.length === 0 && (bits === undefined || (/^\d{1,3}$/.test(bits) && Number(bits) <= (version === 4 ? 32 : 128)))
    );
  };
  const list = words(text);
  return list.every((word) => proxyNames.includes(word) || isProxy(word))
    ? list
    : bad('give the number of proxies, or their addresses such as 10.0.0.0/8,loopback');
};

const secret = (text: string): string =>
  text.length >= 32 ? text : bad('give at least 32 random characters, for instance from: openssl rand -base64 32');
const token = (text: string): string => (text.length >= 16 ? text : bad('give at least 16 random characters'));
const smtpServer = (text: string): SmtpServer => {
  const server = readSmtpUrl(text);
  return typeof server === 'string' ? bad(server) : server;
};
const senderExample = 'give an address such as "Example <hello@example.com>"';
const sender = (text: string): Sender => readSender(text) ?? bad(senderExample);
const postgresExample = 'postgres://user:password@host:5432/foyer';

interface Setting<T> {
  parse(text: string): T;
  fallback: T;
  /** May also come from a file, named by NAME_FILE. */
  secret?: true;
  /** Accepted already, used by a later version: given, it earns a warning instead of silence. */
  later?: true;
}

const settings: { [K in keyof Config]: Setting<Config[K]> } = {
  port: { parse: integer(0, 65_535), fallback: 3000 },
  host: { parse: (text) => text, fallback: null },
  publicUrl: { parse: origin('https://chat.example.com'), fallback: null },
  dataDir: { parse: (text) => text, fallback: './data' },
  databaseUrl: { parse: url(['postgres:', 'postgresql:'], postgresExample), fallback: null, secret: true },
  redisUrl: { parse: url(['redis:', 'rediss:'], 'redis://localhost:6379'), fallback: null, secret: true },
  websocketOnly: { parse: flag, fallback: false },
  secretKey: { parse: secret, fallback: null, secret: true },
  identityMode: { parse: oneOf('off', 'optional', 'required'), fallback: null },
  allowedOrigins: { parse: (text) => (text === '*' ? [] : words(text).map(originPattern)), fallback: null },
  trustProxy: { parse: trustProxy, fallback: false },
  smtpUrl: { parse: smtpServer, fallback: null, secret: true },
  mailFrom: { parse: sender, fallback: null },
  uploadMaxMb: { parse: integer(1, 1000), fallback: 20 },
  retentionDays: { parse: integer(0, 36_500), fallback: 0, later: true },
  logLevel: { parse: oneOf('trace', 'debug', 'info', 'warn', 'error', 'fatal', 'silent'), fallback: 'info' },
  metricsToken: { parse: token, fallback: null, secret: true, later: true },
  allowPrivateWebhooks: { parse: flag, fallback: false },
  demo: { parse: flag, fallback: 'local' },
};

const keys = Object.keys(settings) as (keyof Config)[];
const envName = (key: string): string => key.replace(/[A-Z]/g, (letter) => `_${letter}`).toUpperCase();
const flagName = (key: string): string => `--${envName(key).toLowerCase().replaceAll('_', '-')}`;
/** `publicUrl`, `public-url` and `PUBLIC_URL` are one name. */
const folded = (name: string): string => name.toLowerCase().replaceAll(/[_-]/g, '');
const keyOf = new Map(keys.map((key) => [folded(key), key]));

interface Given {
  text: string;
  /** As the operator wrote it: `--port`, `PORT`, `port in foyer.config.json`. */
  name: string;
  /** `text` is the path of a file that holds the value. */
  isFile: boolean;
}

type Source = Map<keyof Config, Given>;

export type ConfigResult = { ok: true; config: Config; warnings: string[] } | { ok: false; problems: string[] };

/**
 * @param argv what follows the program's name
 * @param file the parsed foyer.config.json, or null
 * @param readFile for the `*_FILE` settings; may throw
 */
export function readConfig(
  argv: readonly string[],
  env: Readonly<Record<string, string | undefined>>,
  file: unknown,
  readFile: (path: string) => string,
): ConfigResult {
  const problems: string[] = [];
  const warnings: string[] = [];
  const sources = [fromFlags(argv, problems), fromEnv(env, problems), fromFile(file, problems)];

  const value = <K extends keyof Config>(key: K): Config[K] => {
    const given = sources.map((source) => source.get(key)).find((entry) => entry !== undefined);
    if (!given) return settings[key].fallback;
    if (settings[key].later) warnings.push(`${given.name} is not used by this version yet.`);
    try {
      const text = given.isFile ? readFile(given.text).trim() : given.text;
      return settings[key].parse(text);
    } catch (error) {
      // A secret's value is not repeated: these words go to logs.
      const shown = settings[key].secret && !given.isFile ? '' : ` "${given.text}"`;
      const why = error instanceof Bad ? error.message : `the file cannot be read (${(error as { code?: string }).code ?? String(error)})`;
      problems.push(`${given.name}${shown}: ${why}.`);
      return settings[key].fallback;
    }
  };
  const config = Object.fromEntries(keys.map((key) => [key, value(key)])) as unknown as Config;
  const isGiven = (key: keyof Config): boolean => sources.some((source) => source.has(key));
  if (isGiven('smtpUrl') && !isGiven('mailFrom')) problems.push(`MAIL_FROM is missing, which SMTP_URL needs: ${senderExample}.`);
  if (isGiven('mailFrom') && !isGiven('smtpUrl')) warnings.push('MAIL_FROM is given without SMTP_URL: no mail is sent.');
  if (problems.length > 0) return { ok: false, problems };

  // The demo signs in anybody as its sample users: where others are meant to come, only if it is asked for.
  if (!isGiven('demo') && isReachedByOthers(config)) config.demo = false;
  return { ok: true, config, warnings };
}

function isReachedByOthers({ publicUrl, host }: Config): boolean {
  const everywhere = [null, '0.0.0.0', '::'];
  return (publicUrl !== null && !isOwnHost(new URL(publicUrl).hostname)) || (!everywhere.includes(host) && !isOwnHost(host ?? ''));
}

function add(source: Source, problems: string[], name: string, label: string, text: string): boolean {
  const plain = keyOf.get(folded(name));
  const key = plain ?? (/_?-?file$/i.test(name) ? keyOf.get(folded(name).replace(/file$/, '')) : undefined);
  if (!key || (!plain && !settings[key].secret)) return false;
  const before = source.get(key);
  if (before) problems.push(`${before.name} and ${label} are both given: keep one.`);
  source.set(key, { text, name: label, isFile: !plain });
  return true;
}

function fromFlags(argv: readonly string[], problems: string[]): Source {
  const source: Source = new Map();
  for (let i = 0; i < argv.length; i++) {
    const word = argv[i] ?? '';
    const [, name = '', , inline] = /^--([a-z][a-z-]*)(=(.*))?$/s.exec(word) ?? [];
    if (name === 'demo' || name === 'no-demo') {
      source.set('demo', { text: inline ?? (name === 'demo' ? 'on' : 'off'), name: `--${name}`, isFile: false });
      continue;
    }
    const text = inline ?? argv[i + 1];
    if (name === '' || !(keyOf.has(folded(name)) || name.endsWith('-file'))) {
      problems.push(`${word} is no flag. There are: ${settingsFlags.join(' ')}.`);
      continue;
    }
    if (text === undefined) problems.push(`--${name} wants a value.`);
    else if (!add(source, problems, name, `--${name}`, text)) problems.push(`--${name} is no flag.`);
    if (inline === undefined) i++;
  }
  return source;
}

/** How many of the words belong to the setting that `words[0]` names: 0 where it names none. */
export function settingLength(words: readonly string[]): 0 | 1 | 2 {
  const [, name = '', inline] = /^--([a-z][a-z-]*)(=.*)?$/s.exec(words[0] ?? '') ?? [];
  const isSetting = name === 'no-demo' || keyOf.has(folded(name)) || keyOf.has(folded(name.replace(/-file$/, '')));
  if (!isSetting) return 0;
  return inline !== undefined || name === 'demo' || name === 'no-demo' || words.length < 2 ? 1 : 2;
}

function fromEnv(env: Readonly<Record<string, string | undefined>>, problems: string[]): Source {
  const source: Source = new Map();
  for (const key of keys) {
    for (const name of [envName(key), `${envName(key)}_FILE`]) {
      // Compose files and shells pass on what is not set as an empty text.
      if (env[name] && (name === envName(key) || settings[key].secret)) add(source, problems, name, name, env[name]);
    }
  }
  return source;
}

function fromFile(file: unknown, problems: string[]): Source {
  const source: Source = new Map();
  if (file === null || file === undefined) return source;
  if (typeof file !== 'object' || Array.isArray(file)) {
    problems.push('foyer.config.json: write an object such as {"port": 3000}.');
    return source;
  }
  for (const [name, value] of Object.entries(file as Record<string, unknown>)) {
    if (value === null || name === '$schema') continue;
    const text = Array.isArray(value) ? value.join(',') : typeof value === 'object' ? null : `${value as string | number | boolean}`;
    const label = `${name} in foyer.config.json`;
    if (text === null) problems.push(`${label}: give a text, a number or a list.`);
    else if (!add(source, problems, name, label, text)) problems.push(`${label} is no setting. There are: ${keys.join(', ')}.`);
  }
  return source;
}

export const settingsFlags: readonly string[] = [...keys.map(flagName), '--no-demo'];

/** One line for each, with the variable beside the flag. */
export function settingsHelp(): string {
  return keys
    .map((key) => `  ${flagName(key).padEnd(20)} ${envName(key)}${settings[key].secret ? ` or ${envName(key)}_FILE` : ''}`)
    .join('\n');
}
