// `/verify`: what a mailed link opens. Read as a browser without a session reads it.
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { createHash } from 'node:crypto';
import { sendVerification } from '../../../server/actions/contact/send-verification.ts';
import { hexOfBrand } from '../../../server/brand-colour.ts';
import { unseal } from '../../../server/seal.ts';
import { insertWorkspace, updateWorkspace } from '../../../server/store/workspaces.ts';
import { locales } from '../../../server/locales/index.ts';
import { newVisitorToken } from '../../helpers/server.ts';
import { aContact } from '../../helpers/rows.ts';
import { aColleague, setUpOwner, startHttp } from '../../helpers/http-server.ts';
import type { Agent, HttpServer } from '../../helpers/http-server.ts';

let server: HttpServer;
beforeEach(async () => {
  server = await startHttp();
  return () => server.close();
});

/** A claimed address and the token of the link that was mailed to it. */
async function aLink(email = 'ada@acme.com'): Promise<{ token: string; id: string }> {
  const { deps, workspace } = server;
  const contact = await aContact(deps.store.in(workspace.id), { email, emailGrade: 'claimed', leadAt: 1 });
  const token = { kind: 'token', id: 1, name: 'CRM', workspaceId: workspace.id } as const;
  await sendVerification(deps, token, contact.id, 'https://chat.example.com');
  const [job] = await deps.store
    .in('')
    .read((tx) => tx.execute((db) => db.selectFrom('jobs').selectAll().where('kind', '=', 'mail').orderBy('id', 'desc')));
  return { token: unseal((JSON.parse(job?.payload ?? '{}') as { token: string }).token, deps.secretKey), id: contact.id };
}

interface Page {
  status: number;
  headers: Headers;
  text: string;
}
async function visit(token: string, headers: Record<string, string> = {}, method = 'GET'): Promise<Page> {
  const answer = await fetch(`${server.url}/verify?token=${encodeURIComponent(token)}`, { method, headers });
  return { status: answer.status, headers: answer.headers, text: await answer.text() };
}
async function confirm(token: string, headers: Record<string, string> = {}): Promise<Page> {
  const answer = await fetch(`${server.url}/verify`, {
    method: 'POST',
    headers: { 'content-type': 'application/x-www-form-urlencoded', ...headers },
    body: new URLSearchParams({ token }).toString(),
  });
  return { status: answer.status, headers: answer.headers, text: await answer.text() };
}
const gradeOf = async (id: string): Promise<string | null | undefined> =>
  (await server.deps.store.in('').read((tx) => tx.execute((db) => db.selectFrom('contacts').select('email_grade').where('id', '=', id))))[0]
    ?.email_grade;

describe('the link', () => {
  it('[M20] opened, it asks by a button and changes nothing, however often: what opens links of its own accord proves nothing', async () => {
    const { token, id } = await aLink();
    for (const method of ['GET', 'HEAD', 'GET']) expect((await visit(token, {}, method)).status).toBe(200);
    const { text } = await visit(token);
    expect(text).toContain('<form method="post" action="/verify">');
    expect(text).toContain(`<input type="hidden" name="token" value="${token}"`);
    expect(text).toContain('ada@acme.com');
    expect(await gradeOf(id)).toBe('claimed');
  });

  it('[M20] confirmed by the button it proves the address, without a session; a second time it says that there is nothing to do', async () => {
    const { token, id } = await aLink();
    const first = await confirm(token);
    expect([first.status, await gradeOf(id)]).toEqual([200, 'verified']);
    expect(first.text).toContain('Your address is confirmed');
    expect(first.text).not.toContain(token);
    const second = await confirm(token);
    expect(second.status).toBe(410);
    expect(second.text).toContain('there is nothing more to do');
  });

  it('too old, or for an address that changed, it says so', async () => {
    const { token, id } = await aLink();
    const change = (email: string) =>
      server.deps.store.in('').write((tx) => tx.execute((db) => db.updateTable('contacts').set({ email }).where('id', '=', id)));
    await change('other@acme.com');
    for (const page of [await visit(token), await confirm(token)]) {
      expect(page.status).toBe(410);
      expect(page.text).toContain('This address is not in use any more');
      expect(page.text).not.toMatch(/(ada|other)@acme/);
    }
    await change('ada@acme.com');
    server.pass(24 * 3_600_000);
    for (const page of [await visit(token), await confirm(token)]) {
      expect(page.status).toBe(410);
      expect(page.text).toContain('This link is too old');
      expect(page.text).not.toContain('ada@acme');
    }
    expect(await gradeOf(id)).toBe('claimed');
  });

  it('used, unknown, cut off or mangled, it says the same, to the letter', async () => {
    const { token } = await aLink();
    await confirm(token);
    const used = await visit(token);
    expect(used.status).toBe(410);
    for (const other of [newVisitorToken(), token.slice(0, 40), '', '../../etc/passwd', `${token}=`, 'ä'.repeat(43)]) {
      const page = await visit(other);
      expect([page.status, page.text]).toEqual([used.status, used.text]);
      expect((await confirm(other)).text).toBe(used.text);
    }
    expect(await (await fetch(`${server.url}/verify?token=${token}&token=x`)).text()).toBe(used.text);
  });

  it('says so also where there are several workspaces, and names none of them then', async () => {
    const { token } = await aLink();
    const row = {
      id: 'other',
      appId: 'app_other',
      name: 'Rival',
      identitySecret: 's',
      identityMode: 'optional',
      settings: {},
      now: 1,
    } as const;
    await server.deps.store.in('other').write((tx) => insertWorkspace(tx, row));
    expect((await visit(token)).text).toContain(server.workspace.name);
    await confirm(token);
    const used = await visit(token);
    expect(used.text).not.toMatch(new RegExp(`${server.workspace.name}|Rival`));
    expect((await visit(newVisitorToken())).text).toBe(used.text);
  });

  it('no part of what was asked for stands on the page, nor in the log', async () => {
    const { token } = await aLink();
    const nasty = '"><script>alert(1)</script>';
    for (const page of [await visit(nasty), await confirm(nasty), await visit(newVisitorToken(), { 'accept-language': nasty })]) {
      expect(page.text).not.toContain('alert(1)');
      expect(page.text).not.toContain('<script');
    }
    await confirm(token);
    expect(server.logged.join()).not.toContain(token);
  });

  it('whatever a workspace or an address is called, it is text', async () => {
    await server.deps.store.in(server.workspace.id).write((tx) => updateWorkspace(tx, { name: '<b>Bold & "Co"</b>' }));
    const { token } = await aLink("o'hara&<i>@acme.com".replace(/[<>]/g, ''));
    const { text } = await visit(token);
    expect(text).toContain('&lt;b&gt;Bold &amp; &quot;Co&quot;&lt;/b&gt;');
    expect(text).toContain('o&#39;hara&amp;i@acme.com');
    expect(text).not.toContain('<b>Bold');
  });
});

describe('who may press the button', () => {
  it.each([
    ['a page of another site', { origin: 'https://evil.example' }],
    ['a request the browser calls foreign', { 'sec-fetch-site': 'cross-site' }],
  ])('not %s', async (_, headers) => {
    const { token, id } = await aLink();
    expect((await confirm(token, headers)).status).toBe(403);
    expect(await gradeOf(id)).toBe('claimed');
  });

  it.each([
    ['our own page', () => ({ origin: server.url, 'sec-fetch-site': 'same-origin' })],
    [
      'our own page, whose origin the browser hides because it sends no referrer',
      () => ({ origin: 'null', 'sec-fetch-site': 'same-origin' }),
    ],
  ])('%s', async (_, headers) => {
    const { token } = await aLink();
    expect((await confirm(token, headers())).status).toBe(200);
  });

  it('whoever guesses is stopped; who has a link is not counted', async () => {
    const { token } = await aLink();
    const from = { 'x-forwarded-for': '198.51.100.7' };
    for (let i = 0; i < 40; i++) expect((await visit(token, from)).status).toBe(200);
    const statuses: number[] = [];
    for (let i = 0; i < 31; i++) statuses.push((await (i % 2 === 0 ? visit : confirm)(newVisitorToken(), from)).status);
    expect(statuses).toEqual([...Array.from({ length: 30 }, () => 410), 429]);
    const stopped = await visit(newVisitorToken(), from);
    expect(stopped.text).toContain('A short break, please');
    expect(Number(stopped.headers.get('retry-after'))).toBeGreaterThan(0);
    expect((await visit(newVisitorToken(), { 'x-forwarded-for': '198.51.100.8' })).status).toBe(410);
  });
});

describe('how it is sent', () => {
  it('nothing runs, nothing is fetched, nothing is kept, and no other site hears of the link', async () => {
    const { token } = await aLink();
    for (const { headers, text } of [await visit(token), await visit(newVisitorToken()), await confirm(token)]) {
      const css = /<style>([\s\S]*)<\/style>/.exec(text)?.[1] ?? '';
      expect(headers.get('content-security-policy')).toBe(
        `default-src 'none'; style-src 'sha256-${createHash('sha256').update(css).digest('base64')}'; img-src data:; form-action 'self'; base-uri 'none'; frame-ancestors 'none'`,
      );
      expect(headers.get('content-type')).toBe('text/html; charset=utf-8');
      expect(headers.get('cache-control')).toBe('no-store');
      expect(headers.get('referrer-policy')).toBe('no-referrer');
      expect(headers.get('x-frame-options')).toBe('DENY');
      expect(headers.get('x-content-type-options')).toBe('nosniff');
      expect(headers.get('x-robots-tag')).toBe('noindex, nofollow');
      expect(headers.getSetCookie()).toEqual([]);
      expect(text).not.toMatch(/ style=|<script|src=|https?:\/\//);
    }
  });

  it.each([
    ['de-CH,de;q=0.9,en;q=0.1', 'de'],
    ['es-419', 'es'],
    ['fr', 'fr'],
    ['pt-PT,pt', 'pt'],
    ['nl,pt;q=0.5', 'pt'],
    ['ja', 'en'],
    ['*', 'en'],
    [';;;q=x', 'en'],
  ] as const)('in the language of the browser: %s', async (wanted, language) => {
    const { token } = await aLink();
    const page = await visit(token, { 'accept-language': wanted });
    expect(page.text).toContain(`<html lang="${language}">`);
    expect(page.text).toContain(locales[language].page.ask.button);
    expect(page.headers.get('vary')).toContain('Accept-Language');
    const done = await confirm(token, { 'accept-language': wanted });
    expect(done.text).toContain(locales[language].page.confirmed.title);
  });

  it('in the workspace’s name and colour, light and dark', async () => {
    const { settings } = server.workspace;
    const brand = { hue: 25, chroma: 0.16, lightness: 0.6 };
    await server.deps.store
      .in(server.workspace.id)
      .write((tx) => updateWorkspace(tx, { name: 'Northwind', settings: { ...settings, brand } }));
    const { text } = await visit((await aLink()).token);
    expect(text).toContain('<title>Is this your address? · Northwind</title>');
    expect(text).toContain('--fill: oklch(0.52 0.16 25)');
    expect(text).toContain(`--fill: ${hexOfBrand(brand)}`);
    expect(text).toContain('prefers-color-scheme: dark');
  });

  it('with the database gone it says that nothing was changed, as a page', async () => {
    const { token } = await aLink();
    const { read } = server.deps.store.in('');
    const gone = server.deps.store.in;
    server.deps.store.in = () => ({ read: () => Promise.reject(new Error('gone')), write: () => Promise.reject(new Error('gone')) });
    const page = await visit(token);
    server.deps.store.in = gone;
    expect(read).toBeTypeOf('function');
    expect([page.status, page.text.includes('That did not work just now')]).toEqual([500, true]);
    expect(server.logged.join()).not.toContain(token);
  });
});

it('white on the brand can be read for any hue', () => {
  const channel = (hex: string): number => {
    const value = Number.parseInt(hex, 16) / 255;
    return value <= 0.04045 ? value / 12.92 : ((value + 0.055) / 1.055) ** 2.4;
  };
  for (let hue = 0; hue < 360; hue += 3)
    for (const chroma of [0, 0.05, 0.19, 0.37]) {
      const [, r = '', g = '', b = ''] = /^#(..)(..)(..)$/.exec(hexOfBrand({ hue, chroma })) ?? [];
      const luminance = 0.2126 * channel(r) + 0.7152 * channel(g) + 0.0722 * channel(b);
      expect(1.05 / (luminance + 0.05), `hue ${hue}, chroma ${chroma}`).toBeGreaterThanOrEqual(4.5);
    }
});

describe('POST /api/v1/contacts/:contact/verification', () => {
  const mail = {
    server: { host: 'localhost', port: 1, secure: false, requireTLS: false, ignoreTLS: false, rejectUnauthorized: true, auth: null },
    from: { address: 'hello@acme.example', name: null },
  };
  let mailing: HttpServer;
  let colleague: Agent;
  beforeAll(async () => {
    mailing = await startHttp({ mail, publicUrl: 'https://chat.example.com' });
    await setUpOwner(mailing);
    colleague = await aColleague(mailing);
  });
  afterAll(() => mailing.close());
  const ask = (id: string, agent = colleague) => agent.call('POST', `/api/v1/contacts/${id}/verification`, {});
  const aLead = async (at: HttpServer, email: string): Promise<string> =>
    (await aContact(at.deps.store.in(at.workspace.id), { email, emailGrade: 'claimed', leadAt: 1 })).id;

  it('is for every agent, answers where it went and how long it works, and the link leads to PUBLIC_URL', async () => {
    const answer = await ask(await aLead(mailing, 'rest@acme.com'));
    expect(answer).toMatchObject({ status: 200, body: { sent_to: 'rest@acme.com', expires_at: '2030-01-02T00:00:00.000Z' } });
    const [job] = await mailing.deps.store
      .in('')
      .read((tx) => tx.execute((db) => db.selectFrom('jobs').selectAll().where('kind', '=', 'mail')));
    expect(JSON.parse(job?.payload ?? '{}')).toMatchObject({ from: 'https://chat.example.com' });
  });

  it('too soon, it says when', async () => {
    const id = await aLead(mailing, 'soon@acme.com');
    await ask(id);
    const again = await ask(id);
    expect(again).toMatchObject({ status: 429, body: { code: 'rate_limited' } });
    expect(again.headers.get('retry-after')).toBe('60');
  });

  it('without mail it says what to set, and without PUBLIC_URL the link leads where the agent is', async () => {
    const plain = await aColleague(server);
    const id = await aLead(server, 'plain@acme.com');
    expect(await plain.call('POST', `/api/v1/contacts/${id}/verification`, {})).toMatchObject({
      status: 409,
      body: { code: 'mail_not_configured', detail: expect.stringContaining('SMTP_URL and MAIL_FROM') },
    });
    const near = await startHttp({ mail });
    try {
      const agent = await aColleague(near);
      expect((await ask(await aLead(near, 'near@acme.com'), agent)).status).toBe(200);
      const [job] = await near.deps.store
        .in('')
        .read((tx) => tx.execute((db) => db.selectFrom('jobs').selectAll().where('kind', '=', 'mail')));
      expect(JSON.parse(job?.payload ?? '{}')).toMatchObject({ from: near.url });
    } finally {
      await near.close();
    }
  });
});
