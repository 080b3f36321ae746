import { describe, expect, it } from 'vitest';
import { readConfig } from '../../server/config.ts';
import type { Config } from '../../server/config.ts';

const noFile = (path: string): string => {
  throw Object.assign(new Error(`no ${path}`), { code: 'ENOENT' });
};

function config(argv: string[] = [], env: Record<string, string> = {}, file: unknown = null, readFile = noFile): Config {
  const result = readConfig(argv, env, file, readFile);
  if (!result.ok) throw new Error(result.problems.join('\n'));
  return result.config;
}

function problems(argv: string[], env: Record<string, string> = {}, file: unknown = null): string[] {
  const result = readConfig(argv, env, file, noFile);
  return result.ok ? [] : result.problems;
}

describe('where a setting comes from', () => {
  it('without anything given it is port 3000, SQLite in ./data and the demo for this machine', () => {
    expect(config()).toMatchObject({
      port: 3000,
      host: null,
      publicUrl: null,
      dataDir: './data',
      databaseUrl: null,
      demo: 'local',
      trustProxy: false,
    });
  });

  it('flags win over the environment, the environment over the file, the file over the defaults', () => {
    const file = { port: 1, dataDir: 'from-file', logLevel: 'warn' };
    const env = { PORT: '2', DATA_DIR: 'from-env' };
    expect(config(['--port', '3'], env, file)).toMatchObject({ port: 3, dataDir: 'from-env', logLevel: 'warn' });
  });

  it('a flag takes its value behind a space or an equals sign', () => {
    expect(config(['--port=4', '--public-url', 'https://chat.example.com/'])).toMatchObject({
      port: 4,
      publicUrl: 'https://chat.example.com',
    });
  });

  it('the file may name a setting as the environment does', () => {
    expect(
      config([], {}, { PUBLIC_URL: 'https://a.example', allowed_origins: ['https://a.example', 'https://*.b.example'] }),
    ).toMatchObject({
      publicUrl: 'https://a.example',
      allowedOrigins: ['https://a.example', 'https://*.b.example'],
    });
  });

  it('an empty variable counts as not given', () => {
    expect(config([], { PORT: '', SECRET_KEY: '' })).toMatchObject({ port: 3000, secretKey: null });
  });

  it('a secret may lie in a file of its own', () => {
    const files: Record<string, string> = { '/run/secrets/key': 'x'.repeat(40) + '\n' };
    expect(config([], { SECRET_KEY_FILE: '/run/secrets/key' }, null, (path) => files[path] ?? noFile(path)).secretKey).toBe('x'.repeat(40));
    expect(config(['--database-url-file', '/db'], {}, null, () => 'postgres://foyer@db/foyer\n').databaseUrl).toBe(
      'postgres://foyer@db/foyer',
    );
  });
});

describe('a bad value stops with its name and the mend', () => {
  it.each([
    [['--port', '70000'], {}, '--port "70000": give a whole number from 0 to 65535.'],
    [[], { PORT: '3e3' }, 'PORT "3e3": give a whole number from 0 to 65535.'],
    [
      [],
      { PUBLIC_URL: 'chat.example.com' },
      'PUBLIC_URL "chat.example.com": give an address without a path, such as https://chat.example.com.',
    ],
    [
      [],
      { PUBLIC_URL: 'https://example.com/chat' },
      'PUBLIC_URL "https://example.com/chat": give an address without a path, such as https://chat.example.com.',
    ],
    [[], { IDENTITY_MODE: 'strict' }, 'IDENTITY_MODE "strict": give one of off, optional, required.'],
    [
      [],
      { ALLOWED_ORIGINS: 'https://ok.example, nonsense' },
      'ALLOWED_ORIGINS "https://ok.example, nonsense": give an address without a path, such as https://www.example.com or https://*.example.com.',
    ],
    [
      [],
      { TRUST_PROXY: 'everybody' },
      'TRUST_PROXY "everybody": give the number of proxies, or their addresses such as 10.0.0.0/8,loopback.',
    ],
    [
      [],
      { TRUST_PROXY: '10.0.0.0/33' },
      'TRUST_PROXY "10.0.0.0/33": give the number of proxies, or their addresses such as 10.0.0.0/8,loopback.',
    ],
    [[], { DEMO: 'maybe' }, 'DEMO "maybe": give on or off.'],
    [[], { SECRET_KEY_FILE: '/nowhere' }, 'SECRET_KEY_FILE "/nowhere": the file cannot be read (ENOENT).'],
    [['--port'], {}, '--port wants a value.'],
  ] as const)('%j %j', (argv, env, words) => {
    expect(problems([...argv], { ...env })).toEqual([words]);
  });

  it('a bad secret is named but not repeated', () => {
    expect(problems([], { SECRET_KEY: 'hunter2', DATABASE_URL: 'mysql://root:hunter2@db' })).toEqual([
      'DATABASE_URL: give an address such as postgres://user:password@host:5432/foyer.',
      'SECRET_KEY: give at least 32 random characters, for instance from: openssl rand -base64 32.',
    ]);
  });

  it('every bad value is told at once', () => {
    expect(problems(['--port', 'x'], { LOG_LEVEL: 'loud' }, { trustProxy: 'y' })).toHaveLength(3);
  });

  it('unknown flags and unknown keys of the file are refused with the list of the right ones', () => {
    expect(problems(['--prot', '3'])[0]).toMatch(/^--prot is no flag\. There are: --port --host /);
    expect(problems([], {}, { prot: 3 })[0]).toMatch(/^prot in foyer\.config\.json is no setting\. There are: port, host/);
    expect(problems([], {}, [3])).toEqual(['foyer.config.json: write an object such as {"port": 3000}.']);
  });

  it('a secret given twice in one place is refused', () => {
    expect(problems([], { METRICS_TOKEN: 'a'.repeat(16), METRICS_TOKEN_FILE: '/x' })).toEqual([
      'METRICS_TOKEN and METRICS_TOKEN_FILE are both given: keep one.',
      'METRICS_TOKEN_FILE "/x": the file cannot be read (ENOENT).',
    ]);
  });
});

describe('what a value means', () => {
  it.each([
    ['false', false],
    ['true', 1],
    ['2', 2],
    ['loopback, 10.0.0.0/8, fd00::/8', ['loopback', '10.0.0.0/8', 'fd00::/8']],
  ])('TRUST_PROXY=%s', (text, value) => {
    expect(config([], { TRUST_PROXY: text }).trustProxy).toEqual(value);
  });

  it.each([
    [{}, 'local'],
    [{ PUBLIC_URL: 'http://localhost:3000' }, 'local'],
    [{ HOST: '127.0.0.1' }, 'local'],
    [{ HOST: '0.0.0.0' }, 'local'],
    [{ PUBLIC_URL: 'https://chat.example.com' }, false],
    [{ PUBLIC_URL: 'http://chat.intern:3000' }, false],
    [{ HOST: '192.168.1.5' }, false],
  ] as const)('without being asked for, the demo with %j is %s', (env, demo) => {
    expect(config([], { ...env }).demo).toBe(demo);
    expect(config(['--demo'], { ...env }).demo).toBe(true);
    expect(config([], { ...env, DEMO: 'on' }).demo).toBe(true);
    expect(config(['--no-demo'], { ...env }).demo).toBe(false);
    expect(config([], { ...env, DEMO: 'off' }).demo).toBe(false);
  });

  it('ALLOWED_ORIGINS=* is every origin', () => {
    expect(config([], { ALLOWED_ORIGINS: '*' }).allowedOrigins).toEqual([]);
  });

  it('a setting which this version does not use yet is answered with a warning', () => {
    const result = readConfig([], { RETENTION_DAYS: '30' }, null, noFile);
    expect(result.ok && result.warnings).toEqual(['RETENTION_DAYS is not used by this version yet.']);
  });
});
