// What owners do about identity in the settings holds at once: for the pages that prove who is signed in, and for the servers that call.
import { createHmac } from 'node:crypto';
import { expect, it } from 'vitest';
import { seriousIn } from './serious-in.ts';
import { eventually, journeys, picture } from './stage.ts';
import type { AgentSide, Stage, VisitorSide } from './stage.ts';

type Page = AgentSide['page'];
type Foyer = (...args: unknown[]) => Promise<unknown>;

const desk = { width: 1440, height: 1000 };

async function openSettings(stage: Stage, section: string, options: Parameters<Stage['agent']>[0] = { viewport: desk }): Promise<Page> {
  const { page } = await stage.agent(options);
  await page.goto(`${stage.server.url}/inbox/settings/${section}`);
  return page;
}

/** As a page does that got its hash from the host's server; with no secret, it has none. @returns the answer, or the code of the refusal */
function identify(visitor: VisitorSide, userId: string, secret: string | null): Promise<unknown> {
  const proof = secret === null ? {} : { user_hash: createHmac('sha256', secret).update(userId).digest('hex') };
  return visitor.page.evaluate(
    async ([id, given]) => {
      const answer = await (window as unknown as { Foyer: Foyer }).Foyer('identify', id, given);
      return answer instanceof Error ? (answer as { code?: unknown }).code : answer;
    },
    [userId, proof] as const,
  );
}

async function reveal(page: Page, name: string): Promise<string> {
  const box = page.locator('.secret').filter({ hasText: new RegExp(name, 'i') });
  await box.getByRole('button', { name: `Reveal the ${name}` }).click();
  return box.locator('code').innerText();
}

journeys('identity settings', (stage) => {
  it('while the secret rotates a page proves its user by the old and by the new one; finished, by the new one alone', async () => {
    const page = await openSettings(stage, 'identity');
    await page.getByRole('button', { name: 'Start a rotation' }).click();
    await page.getByRole('heading', { name: 'Rotation under way' }).waitFor();
    const [present, next] = [await reveal(page, 'present secret'), await reveal(page, 'new secret')];
    expect(present).not.toBe(next);

    const visitor = await stage.visitor();
    expect(await identify(visitor, 'user-1', present)).toMatchObject({ type: 'user', verified: true });
    expect(await identify(visitor, 'user-2', next)).toMatchObject({ type: 'user', verified: true });
    await page.reload();
    await eventually(() => page.locator('.rotation-use dd').allTextContents(), ['last used just now', 'last used just now']);
    await page.getByText(/The present secret was used just now/).waitFor();
    await picture(page, 'identity-rotation');

    await page.getByRole('button', { name: 'Finish anyway' }).click();
    await picture(page, 'identity-finish');
    await page.getByRole('button', { name: 'Retire it' }).click();
    await page.getByText('The new secret is the only one now.').waitFor();
    expect(await reveal(page, 'identity secret')).toBe(next);
    expect(await identify(visitor, 'user-3', present)).toBe('identity_verification_failed');
    expect(await identify(visitor, 'user-3', next)).toMatchObject({ type: 'user', verified: true });
  });

  it('required, a page that proves nothing is refused; a key that does not fit its algorithm is told at the field', async () => {
    const page = await openSettings(stage, 'identity');
    await page.getByRole('radio', { name: /^Required/ }).check();
    await page.getByText('Saved', { exact: true }).waitFor();
    const visitor = await stage.visitor();
    expect(await identify(visitor, 'user-9', null)).toBe('identity_verification_failed');

    await page.getByRole('switch', { name: 'Check tokens by a public key' }).check();
    await page.getByRole('textbox', { name: 'Public key' }).fill(ed25519);
    await page.getByRole('button', { name: 'Save', exact: true }).click();
    await page.getByText(/RS256 wants an RSA key/).waitFor();
    await page.getByRole('textbox', { name: 'Public key' }).scrollIntoViewIfNeeded();
    await picture(page, 'identity-key');
    await page.getByRole('combobox', { name: 'Algorithm' }).selectOption('EdDSA');
    await page.getByRole('button', { name: 'Save', exact: true }).click();
    await page.locator('.save-bar.is-saved').waitFor();
  });

  it('a token reads a contact over REST until it is revoked', async () => {
    const visitor = await stage.visitor();
    await visitor.openChat();
    await visitor.say('Ida Kruse here: ida@lichthaus-kruse.de');
    const conversation = await stage.conversationWith('Ida Kruse here: ida@lichthaus-kruse.de');
    const contact = stage.server.rows<{ id: string }>('select contact_id as id from conversations where id = ?', conversation)[0]?.id ?? '';

    const page = await openSettings(stage, 'tokens');
    await page.getByText('No tokens yet').waitFor();
    await picture(page, 'tokens-empty');
    await page.getByRole('button', { name: 'Create a token' }).click();
    await page.locator('#token-name:focus').fill('CRM sync');
    await page.getByRole('checkbox', { name: /^Read contacts/ }).check();
    await picture(page, 'tokens-new');
    await page.getByRole('button', { name: 'Create', exact: true }).click();
    const token = await page.locator('.token-text').innerText();
    await picture(page, 'tokens-made');
    await page.getByRole('button', { name: 'I have copied it' }).click();

    const read = (): Promise<Response> =>
      fetch(`${stage.server.url}/api/v1/contacts/${contact}`, { headers: { authorization: `Bearer ${token}` } });
    const answer = await read();
    expect([answer.status, await answer.json()]).toMatchObject([200, { id: contact, email: 'ida@lichthaus-kruse.de' }]);
    const blocked = await fetch(`${stage.server.url}/api/v1/contacts/${contact}/block`, {
      method: 'POST',
      headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json' },
      body: JSON.stringify({ blocked: true }),
    });
    expect([blocked.status, await blocked.json()]).toMatchObject([403, { code: 'insufficient_scope' }]);
    await page.reload();
    await page.getByText('last used just now').waitFor();
    await picture(page, 'tokens');

    await page.getByRole('button', { name: 'Revoke CRM sync' }).click();
    await page.getByRole('button', { name: 'Revoke', exact: true }).click();
    await page.getByText('No longer valid (1)').waitFor();
    const refused = await read();
    expect([refused.status, await refused.json()]).toMatchObject([401, { code: 'invalid_token' }]);
  });

  it('the audit log says who did all of it, with the way to the person it happened to', async () => {
    const [found] = stage.server.rows<{ id: string }>('select id from contacts where email = ?', 'ida@lichthaus-kruse.de');
    const agent = await stage.agent({ viewport: desk });
    const { page } = agent;
    const me = (await (await page.request.get(`${stage.server.url}/api/v1/me`)).json()) as { csrf_token: string };
    await page.request.post(`${stage.server.url}/api/v1/contacts/${found?.id}/block`, {
      data: { blocked: true },
      headers: { 'x-csrf-token': me.csrf_token },
    });
    await page.goto(`${stage.server.url}/inbox/settings/audit`);
    await eventually(
      () => page.locator('.event-text').allTextContents(),
      [
        'Blocked by Mia Berg',
        'The API token CRM sync was revoked by Mia Berg',
        'The API token CRM sync was created by Mia Berg',
        'Identity settings changed by Mia Berg',
        'Identity settings changed by Mia Berg',
        'The identity secret was looked at by Mia Berg',
        'The former identity secret was retired by Mia Berg',
        'The identity secret was looked at by Mia Berg',
        'The identity secret was looked at by Mia Berg',
        'A second identity secret was made by Mia Berg',
      ],
    );
    await picture(page, 'audit');
    await page.getByRole('link', { name: /Ida Kruse/ }).click();
    await agent.sees('Ida Kruse here: ida@lichthaus-kruse.de');
  });

  for (const colorScheme of ['light', 'dark'] as const) {
    it(`axe-core finds nothing serious, on a desk and on the smallest phone (${colorScheme})`, async () => {
      for (const [name, viewport] of [
        ['desk', desk],
        ['phone', { width: 360, height: 740 }],
      ] as const) {
        const { page } = await stage.agent({ colorScheme });
        await page.setViewportSize(viewport);
        for (const section of ['identity', 'tokens', 'audit']) {
          await page.goto(`${stage.server.url}/inbox/settings/${section}`);
          await page.locator('.settings-card').first().waitFor();
          await eventually(() => page.locator('.page .bone').count(), 0);
          if (section === 'identity') await startRotation(page);
          if (section === 'tokens') await page.locator('.tokens-ended summary').click();
          expect(await seriousIn(page, 'body'), section).toEqual([]);
          const overflow = await page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth);
          expect(overflow, `${section} is as wide as the screen`).toBe(0);
          await picture(page, `settings-${section}-${name}-${colorScheme}`);
        }
        await page.goto(`${stage.server.url}/inbox/settings/tokens`);
        await page.getByRole('button', { name: 'Create a token' }).click();
        expect(await seriousIn(page, 'dialog'), 'new token').toEqual([]);
        await picture(page, `settings-new-token-${name}-${colorScheme}`);
      }
    });
  }
});

async function startRotation(page: Page): Promise<void> {
  const start = page.getByRole('button', { name: 'Start a rotation' });
  if (await start.isVisible()) await start.click();
  await page.getByRole('heading', { name: 'Rotation under way' }).scrollIntoViewIfNeeded();
}

const ed25519 = `-----BEGIN PUBLIC KEY-----
MCowBQYDK2VwAyEAGb9ECWmEzf6FQbrBZ9w7lshQhqowtrbLDFw4rXAxZuE=
-----END PUBLIC KEY-----`;
