// compose.yml, Dockerfile and Caddyfile are read, not run: there is no container engine where these tests run.
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { z } from 'zod';
import { readConfig } from '../../server/config.ts';

const root = join(import.meta.dirname, '..', '..');
const read = (name: string): string => readFileSync(join(root, name), 'utf8');

const service = z.object({
  image: z.string(),
  build: z.string().optional(),
  environment: z.record(z.string(), z.string()).optional(),
  volumes: z.array(z.string()).optional(),
  depends_on: z.record(z.string(), z.object({ condition: z.string() })).optional(),
  healthcheck: z.object({ test: z.array(z.string()) }).optional(),
});
const composition = z.object({ services: z.record(z.string(), service), volumes: z.record(z.string(), z.null()) });
const { services, volumes } = composition.parse(parse(read('compose.yml'), { merge: true }));

/** As Compose fills them in: `${NAME}`, `${NAME:-}`, `${NAME:?why}`. */
function filledIn(text: string, env: Readonly<Record<string, string>>): string {
  return text.replaceAll(/\$\{(\w+)(?::([-?])([^}]*))?\}/g, (_, name: string, kind: string | undefined, rest: string) => {
    const value = env[name] ?? '';
    if (value === '' && kind === '?') throw new Error(`${name} is missing: ${rest}`);
    return value === '' && kind === '-' ? rest : value;
  });
}

const given = {
  PUBLIC_URL: 'https://chat.example.com',
  FOYER_HOST: 'chat.example.com',
  POSTGRES_PASSWORD: 'a1b2c3',
  SECRET_KEY: 'x'.repeat(64),
};
const envOf = (name: string, env: Record<string, string>): Record<string, string> =>
  Object.fromEntries(Object.entries(services[name]?.environment ?? {}).map(([key, value]) => [key, filledIn(value, env)]));

describe('compose.yml', () => {
  it('two nodes are the same in all but their name, and each of their variables is a setting that takes the value', () => {
    expect(services['foyer-b']).toEqual(services['foyer-a']);
    const environment = envOf('foyer-a', given);
    const result = readConfig([], environment, null, () => '');
    expect(result).toMatchObject({
      ok: true,
      warnings: [],
      config: {
        databaseUrl: 'postgres://foyer:a1b2c3@postgres:5432/foyer',
        redisUrl: 'redis://redis:6379',
        dataDir: '/data',
        trustProxy: 1,
        port: 3000,
      },
    });
    const others = {
      IDENTITY_MODE: 'required',
      ALLOWED_ORIGINS: 'https://a.example',
      SMTP_URL: 'smtp://m.example',
      MAIL_FROM: 'a@b.example',
      WEBSOCKET_ONLY: 'on',
      LOG_LEVEL: 'warn',
    };
    const full = envOf('foyer-a', { ...given, ...others });
    expect(readConfig([], full, null, () => '')).toMatchObject({
      ok: true,
      warnings: [],
      config: { websocketOnly: true, identityMode: 'required' },
    });
    // A name that is no setting would be passed over in silence in the environment: as flags they are all known.
    const argv = Object.entries(full).flatMap(([name, value]) => [`--${name.toLowerCase().replaceAll('_', '-')}`, value]);
    expect(readConfig(argv, {}, null, () => '')).toMatchObject({ ok: true });
  });

  it.each(['PUBLIC_URL', 'POSTGRES_PASSWORD', 'SECRET_KEY'])('does not begin without %s', (name) => {
    expect(() => envOf('foyer-a', { ...given, [name]: '' })).toThrow(name);
  });

  it('names only services, volumes, files and conditions that are there', () => {
    for (const [name, { depends_on: needs = {}, volumes: mounted = [], build }] of Object.entries(services)) {
      for (const [other, { condition }] of Object.entries(needs)) {
        expect(services[other], `${name} needs ${other}`).toBeDefined();
        if (condition === 'service_healthy') expect(services[other]?.healthcheck, `${other} says how it is`).toBeDefined();
      }
      for (const mount of mounted) {
        const [from = ''] = mount.split(':');
        if (from.startsWith('.')) expect(existsSync(join(root, from)), from).toBe(true);
        else expect(Object.keys(volumes)).toContain(from);
      }
      if (build !== undefined) expect(existsSync(join(root, build, 'Dockerfile'))).toBe(true);
    }
  });

  it('Caddy goes to these nodes, asks the page that tells whether a node can serve, and keeps who polls on one', () => {
    const caddy = read('deploy/Caddyfile');
    const nodes = /reverse_proxy (.*) \{/.exec(caddy)?.[1]?.split(' ') ?? [];
    expect(nodes).toEqual(
      Object.keys(services)
        .filter((name) => services[name]?.build !== undefined)
        .map((name) => `${name}:3000`),
    );
    expect(caddy).toContain('health_uri /readyz');
    expect(caddy).toContain('lb_policy client_ip_hash');
    expect(Object.keys(services['caddy']?.environment ?? {})).toEqual([...caddy.matchAll(/\{\$(\w+)\}/g)].map((match) => match[1]));
  });

  it('the image is made of what the build leaves, and runs what package.json starts', () => {
    const docker = read('Dockerfile');
    const { scripts, engines } = JSON.parse(read('package.json')) as { scripts: Record<string, string>; engines: { node: string } };
    const command = z.array(z.string()).parse(JSON.parse(/^CMD (.*)$/m.exec(docker)?.[1] ?? ''));
    expect(scripts['start']).toBe(`exec ${command.join(' ')}`);
    for (const [, version] of docker.matchAll(/^FROM node:(\d+)/gm))
      expect(Number(version)).toBeGreaterThanOrEqual(Number(/\d+/.exec(engines.node)?.[0]));
    for (const name of ['package.json', 'scripts/foyer.mjs']) expect(existsSync(join(root, name))).toBe(true);
    expect(docker).toMatch(/^USER node$/m);
    expect(read('.dockerignore').split('\n')).toEqual(expect.arrayContaining(['node_modules', 'data', '.git']));
  });
});
