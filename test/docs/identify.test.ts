// The code in docs/identify.md as readers copy it: taken out of the page, run by its own language, judged by the server's check.
import { execFile, execFileSync, spawnSync } from 'node:child_process';
import { createHmac, generateKeyPairSync } from 'node:crypto';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { promisify } from 'node:util';
import { runInNewContext } from 'node:vm';
import { SignJWT } from 'jose';
import type { JWTPayload } from 'jose';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createApiToken } from '../../server/actions/identity/api-tokens.ts';
import { checkProof, userHash } from '../../server/identity.ts';
import type { ProofInput } from '../../server/identity.ts';
import { connectVisitor, startServer } from '../helpers/server.ts';

const page = readFileSync(join(import.meta.dirname, '../../docs/identify.md'), 'utf8');

/** Not ASCII, not safe in JSON, URLs or base64: what a slip of encoding would show at. */
const secret = 'Zm9v+/_-ünïcode "secret" 0123456789';
const person = { user_id: 'jörg/42 "ü" ~?', name: 'Jörg <Ünal> & Söhne', email: 'joerg@example.org' };

/** The code below a heading of the page. */
function codeOf(heading: string): string {
  const code = new RegExp(`^### ${heading.replaceAll(/[#+]/g, '\\$&')}\\n[^]*?^\`\`\`\\w+\\n([^]*?)^\`\`\``, 'm').exec(page)?.[1];
  if (code === undefined) throw new Error(`docs/identify.md has no code under "### ${heading}"`);
  return code;
}

/** A check of no proof at all. */
const nothing = {
  userId: null,
  email: null,
  userHash: undefined,
  userJwt: undefined,
  secrets: [],
  publicKey: null,
  ownKey: Buffer.alloc(32),
  nowMs: Date.now(),
} satisfies ProofInput;

interface Language {
  program: string;
  versionFlag?: string;
  /** Files besides, and with the page's code: by name. */
  files(code: string): Record<string, string>;
  /** Prints the user_hash, then the user_jwt where there is one, a line each; finds SECRET, USER_ID, NAME and EMAIL in its environment. */
  commands: string[][];
  makesJwt: boolean;
}

const languages: Record<string, Language> = {
  Node: {
    program: process.execPath,
    files: (code) => ({
      'foyer.mjs': code,
      'main.mjs': `import { userHash, userJwt } from './foyer.mjs';
const { SECRET, USER_ID, NAME, EMAIL } = process.env;
console.log(userHash(SECRET, USER_ID));
console.log(userJwt(SECRET, { user_id: USER_ID, name: NAME, email: EMAIL }));`,
    }),
    commands: [[process.execPath, 'main.mjs']],
    makesJwt: true,
  },
  PHP: {
    program: 'php',
    files: (code) => ({
      'main.php': `<?php
${code}
echo foyer_user_hash(getenv('SECRET'), getenv('USER_ID')), "\\n";
echo foyer_user_jwt(getenv('SECRET'), ['user_id' => getenv('USER_ID'), 'name' => getenv('NAME'), 'email' => getenv('EMAIL')]), "\\n";`,
    }),
    commands: [['php', 'main.php']],
    makesJwt: true,
  },
  Ruby: {
    program: 'ruby',
    files: (code) => ({
      'main.rb': `${code}
puts foyer_user_hash(ENV['SECRET'], ENV['USER_ID'])
puts foyer_user_jwt(ENV['SECRET'], { user_id: ENV['USER_ID'], name: ENV['NAME'], email: ENV['EMAIL'] })`,
    }),
    commands: [['ruby', 'main.rb']],
    makesJwt: true,
  },
  Python: {
    program: 'python3',
    files: (code) => ({
      'main.py': `${code}
import os
print(user_hash(os.environ["SECRET"], os.environ["USER_ID"]))
print(user_jwt(os.environ["SECRET"], {"user_id": os.environ["USER_ID"], "name": os.environ["NAME"], "email": os.environ["EMAIL"]}))`,
    }),
    commands: [['python3', 'main.py']],
    makesJwt: true,
  },
  Go: {
    program: 'go',
    versionFlag: 'version',
    files: (code) => ({
      'go.mod': 'module example\n\ngo 1.18\n',
      'foyer/proof.go': code,
      'main.go': `package main

import (
	"fmt"
	"os"
	"time"

	"example/foyer"
)

func main() {
	fmt.Println(foyer.UserHash(os.Getenv("SECRET"), os.Getenv("USER_ID")))
	claims := map[string]any{"user_id": os.Getenv("USER_ID"), "name": os.Getenv("NAME"), "email": os.Getenv("EMAIL")}
	token, err := foyer.UserJWT(os.Getenv("SECRET"), claims, time.Hour)
	if err != nil {
		panic(err)
	}
	fmt.Println(token)
}`,
    }),
    commands: [['go', 'run', '.']],
    makesJwt: true,
  },
  Java: {
    program: 'javac',
    files: (code) => ({
      'FoyerProof.java': code,
      'Main.java': `class Main {
  public static void main(String[] args) throws Exception {
    System.out.println(FoyerProof.userHash(System.getenv("SECRET"), System.getenv("USER_ID")));
  }
}`,
    }),
    commands: [
      ['javac', '-encoding', 'UTF-8', 'Main.java', 'FoyerProof.java'],
      ['java', '-cp', '.', 'Main'],
    ],
    makesJwt: false,
  },
};

const isHere = ({ program, versionFlag = '--version' }: Language): boolean =>
  spawnSync(program, [versionFlag], { stdio: 'ignore' }).status === 0;
/** What .ci/run installs must not be missing there. */
const required = new Set((process.env['FOYER_TEST_LANGUAGES'] ?? 'Node').split(' '));

let folder: string;
beforeEach(() => (folder = mkdtempSync(join(tmpdir(), 'foyer-docs-'))));
afterEach(() => rmSync(folder, { recursive: true, force: true }));

function linesOf(language: Language, code: string): string[] {
  for (const [name, text] of Object.entries(language.files(code))) {
    mkdirSync(dirname(join(folder, name)), { recursive: true });
    writeFileSync(join(folder, name), text);
  }
  const env = { ...process.env, LC_ALL: 'C.UTF-8', SECRET: secret, USER_ID: person.user_id, NAME: person.name, EMAIL: person.email };
  const printed = language.commands.map(([program = '', ...args]) => execFileSync(program, args, { cwd: folder, env, encoding: 'utf8' }));
  return (printed.at(-1) ?? '').trim().split('\n');
}

async function expectProofs(hash: unknown, jwt: unknown): Promise<void> {
  const given = { ...nothing, userId: person.user_id, secrets: [secret] };
  expect(await checkProof({ ...given, userHash: hash })).toMatchObject({ ok: true, proof: { verified: true, userId: person.user_id } });
  if (jwt === null) return;
  const proved = { ok: true, proof: { verified: true, userId: person.user_id, claims: person } };
  expect(await checkProof({ ...given, userId: null, userJwt: jwt })).toMatchObject(proved);
  const inTwoHours = Date.now() + 2 * 3_600_000;
  expect(await checkProof({ ...given, userJwt: jwt, nowMs: inTwoHours })).toMatchObject({
    ok: false,
    reason: expect.stringContaining('expired'),
  });
}

describe('docs/identify.md: the code proves who somebody is', () => {
  for (const [name, language] of Object.entries(languages)) {
    const what = `${name}: user_hash${language.makesJwt ? ' and user_jwt' : ''}`;
    if (!isHere(language) && !required.has(name)) {
      it.skip(`${what} (SKIPPED: no ${language.program} on this machine)`, () => {});
      continue;
    }
    // A first compiler run on a busy machine takes its time.
    it(what, { timeout: 60_000 }, async () => {
      const [hash, jwt = null] = linesOf(language, codeOf(name));
      expect(jwt !== null).toBe(language.makesJwt);
      await expectProofs(hash, jwt);
    });
  }

  it('C#: user_hash and user_jwt, by its text read as JavaScript with the library’s calls played; .NET itself is not run', async () => {
    const [hash, jwt] = playedInJs(codeOf('C#'));
    await expectProofs(hash, jwt);
  });

  it('each language has its section, and each section its test', () => {
    const section = /^## In your language\n([^]*?)^## /m.exec(page)?.[1] ?? '';
    expect([...section.matchAll(/^### (.+)$/gm)].map((match) => match[1])).toEqual([...Object.keys(languages), 'C#']);
  });
});

describe('docs/identify.md: what is said of wrong proofs', () => {
  /** Code, and the reason up to where the page leaves off. */
  const rows = [...page.matchAll(/^\| `(identity_\w+)` \| `([^`…]+)…?([^`]*)`/gm)].map(([, code, start = '', end = '']) => ({
    code,
    start,
    end,
  }));
  const stranger = generateKeyPairSync('ed25519');
  const publicKey = { algorithm: 'EdDSA' as const, pem: stranger.publicKey.export({ type: 'spki', format: 'pem' }) as string };
  const signed = (claims: JWTPayload, key = secret, alg = 'HS256'): Promise<string> =>
    new SignJWT(claims).setProtectedHeader({ alg }).sign(new TextEncoder().encode(key));
  const now = Math.floor(Date.now() / 1000);

  it('the page has the code and the reason of every one, and no other', async () => {
    const other = generateKeyPairSync('ed25519').privateKey;
    const wrong: Partial<ProofInput>[] = [
      { userHash: 'c2VjcmV0', userId: '1' },
      { userHash: userHash('another', '1'), userId: '1' },
      { userHash: userHash(secret, '1') },
      { userJwt: await signed({ user_id: '1' }, 'another secret, as long as one has to be') },
      { userJwt: await signed({ user_id: '1' }, secret.repeat(2), 'HS512') },
      { userJwt: await new SignJWT({ user_id: '1' }).setProtectedHeader({ alg: 'EdDSA' }).sign(other), publicKey },
      { userJwt: await signed({ user_id: '1', nbf: now + 3600 }) },
      { userJwt: await signed({ user_id: '1', email: 7 }) },
      { userJwt: await signed({ user_id: '1', exp: now - 3600 }) },
      { userJwt: await signed({ email: 'a@b.example' }) },
      { userJwt: await signed({ user_id: 2 ** 53 }) },
      { userJwt: await signed({ user_id: ' 1' }) },
      { userJwt: await signed({ user_id: '1', exp: Date.now() + 3_600_000 }) },
      { userJwt: await signed({ user_id: '1' }), userId: '2' },
      { userJwt: 'not.a.token' },
    ];
    const named = new Set<unknown>();
    for (const input of wrong) {
      const result = await checkProof({ ...nothing, secrets: [secret], ...input });
      if (result.ok) throw new Error(`taken: ${JSON.stringify(input)}`);
      const row = rows.find(
        ({ code, start, end }) => code === result.code && result.reason.startsWith(start) && result.reason.endsWith(end),
      );
      expect(row, `${result.code}: ${result.reason}`).toBeDefined();
      named.add(row);
    }
    const claims = readFileSync(join(import.meta.dirname, '../../server/actions/identity-claim.ts'), 'utf8');
    expect(rows.filter((row) => !named.has(row) && !claims.includes(row.start))).toEqual([]);
  });
});

describe('docs/identify.md: a token without crypto', () => {
  it('the call of the page gets a user_jwt which the server takes', async () => {
    const server = await startServer({ identityMode: 'required' });
    const { agent } = await server.agent();
    const wish = { name: 'Shop', scopes: ['identity' as const] };
    const { token } = await createApiToken(server.deps, { kind: 'agent', agent }, wish);
    const call = /^```sh\n(curl [^]*?identity_tokens [^]*?)^```/m.exec(page)?.[1] ?? '';
    expect(call).toContain('https://chat.example.com');
    const env = { ...process.env, FOYER_TOKEN: token };
    const { stdout } = await promisify(execFile)('bash', ['-c', call.replace('https://chat.example.com', server.url)], { env });
    const answer = JSON.parse(stdout) as { token: string; expires_at: string };
    expect(Date.parse(answer.expires_at) - Date.now()).toBeGreaterThan(3_500_000);
    const visitor = await connectVisitor(server);
    expect(await visitor.send('identify', { user_jwt: answer.token })).toMatchObject({ ok: true, type: 'user', verified: true });
    visitor.close();
    await server.stop();
  });
});

/**
 * C#'s members as JavaScript functions: this finds a wrong argument order, encoding or alphabet, and a call that is not in the list below;
 * it does not find what only the compiler would.
 */
function playedInJs(code: string): [unknown, unknown] {
  const body = code.slice(code.indexOf('{') + 1, code.lastIndexOf('}'));
  const js = body
    .replaceAll(
      /new Dictionary<string, object>\((\w+)\) \{ \["(\w+)"\] = ([^,]+), \["(\w+)"\] = ([^}]+) \}/g,
      '({ ...$1, $2: $3, $4: $5 })',
    )
    .replaceAll(
      /(?:public )?static [\w[\]]+ (\w+)\(([^)]*)\) =>\s*([^]*?);\n/g,
      (_, name: string, args: string, value: string) => `function ${name}(${namesOf(args)}) { return ${value}; }\n`,
    )
    .replaceAll(
      /(?:public )?static [\w[\]]+ (\w+)\(([^)]*)\)\n/g,
      (_, name: string, args: string) => `function ${name}(${namesOf(args)})\n`,
    );
  const utf8 = { GetBytes: (text: string) => Buffer.from(text, 'utf8') };
  const library = {
    Convert: {
      ToHexString: (bytes: Buffer) => bytes.toString('hex').toUpperCase(),
      ToBase64String: (bytes: Buffer) => bytes.toString('base64'),
    },
    Encoding: { UTF8: utf8 },
    HMACSHA256: { HashData: (key: Buffer, source: Buffer) => createHmac('sha256', key).update(source).digest() },
    JsonSerializer: { SerializeToUtf8Bytes: (value: unknown) => Buffer.from(JSON.stringify(value)) },
    DateTimeOffset: { UtcNow: { ToUnixTimeSeconds: () => Math.floor(Date.now() / 1000) } },
    secret,
    person,
  };
  const strings = `Object.assign(String.prototype, {
    ToLowerInvariant() { return this.toLowerCase(); },
    TrimEnd(sign) { return this.replace(new RegExp(sign + '+$'), ''); },
    Replace(from, to) { return this.replaceAll(from, to); },
  });`;
  return runInNewContext(`${strings}\n${js}\n[UserHash(secret, person.user_id), UserJwt(secret, person)]`, library) as [unknown, unknown];
}

/** `string secret, int seconds = 3600` → `secret, seconds = 3600`. */
const namesOf = (args: string): string => args.replaceAll(/(?:Dictionary<string, object>|string|int|byte\[\]) (\w+)/g, '$1');
