// @vitest-environment happy-dom
import { createHmac } from 'node:crypto';
import { runInNewContext } from 'node:vm';
import { screen, waitFor, within } from '@testing-library/preact';
import userEvent from '@testing-library/user-event';
import { describe, expect, test } from 'vitest';
import { identifySnippet } from '../../inbox/identify-snippet.ts';
import { open } from './page.tsx';
import { createFakeApi, me } from './scene.ts';

const secret = 'a-secret-of-the-workspace';

/** @returns how often the secret was asked for */
async function openInstall(answer: () => { status?: number; body: unknown }): Promise<{ asked(): number }> {
  let asked = 0;
  const api = createFakeApi({
    'GET /api/v1/identity_secret': () => {
      asked += 1;
      return answer();
    },
  });
  open({ api });
  const user = userEvent.setup();
  await user.click(screen.getByRole('button', { name: /Ada Holm Online/ }));
  await user.click(screen.getByRole('menuitem', { name: 'Install the widget' }));
  await screen.findByRole('dialog', { name: 'Install' });
  return { asked: () => asked };
}

describe('the install sheet', () => {
  test('shows the snippet, the code for the server and the way to the demo, whatever the checklist says', async () => {
    const user = userEvent.setup();
    await openInstall(() => ({ body: {} }));
    expect(screen.getByText(me.workspace.snippet)).toBeTruthy();
    expect(screen.getByText(/ALLOWED_ORIGINS/)).toBeTruthy();
    expect(screen.getByRole('link', { name: /demo page/ }).getAttribute('href')).toBe('/demo');
    await user.click(screen.getByRole('button', { name: 'Copy the code' }));
    expect(await navigator.clipboard.readText()).toBe(identifySnippet);
  });

  test('fetches the identity secret only when it is asked for, and forgets it when it is hidden', async () => {
    const user = userEvent.setup();
    const { asked } = await openInstall(() => ({ body: { identity_secret: secret } }));
    expect([asked(), screen.queryByText(secret)]).toEqual([0, null]);
    await user.click(screen.getByRole('button', { name: 'Reveal the identity secret' }));
    await screen.findByText(secret);
    await user.click(screen.getByRole('button', { name: 'Copy the identity secret' }));
    expect(await navigator.clipboard.readText()).toBe(secret);
    await user.click(screen.getByRole('button', { name: 'Hide the identity secret' }));
    expect([asked(), screen.queryByText(secret)]).toEqual([1, null]);
  });

  test('forgets the secret when it is closed', async () => {
    const user = userEvent.setup();
    await openInstall(() => ({ body: { identity_secret: secret } }));
    await user.click(screen.getByRole('button', { name: 'Reveal the identity secret' }));
    await screen.findByText(secret);
    await user.click(within(screen.getByRole('dialog', { name: 'Install' })).getByRole('button', { name: 'Close' }));
    await waitFor(() => expect(screen.queryByRole('dialog', { name: 'Install' })).toBeNull());
    await user.click(screen.getByRole('button', { name: /Ada Holm Online/ }));
    await user.click(screen.getByRole('menuitem', { name: 'Install the widget' }));
    await screen.findByRole('button', { name: 'Reveal the identity secret' });
    expect(screen.queryByText(secret)).toBeNull();
  });

  test('tells who may see the secret where this agent may not', async () => {
    const user = userEvent.setup();
    await openInstall(() => ({ status: 403, body: { code: 'forbidden', detail: 'Not allowed.' } }));
    await user.click(screen.getByRole('button', { name: 'Reveal the identity secret' }));
    await screen.findByText(/Only an owner of this workspace/);
  });

  test('offers to try again where the server did not answer', async () => {
    const user = userEvent.setup();
    let isUp = false;
    await openInstall(() => (isUp ? { body: { identity_secret: secret } } : { status: 503, body: { detail: 'Try again soon.' } }));
    await user.click(screen.getByRole('button', { name: 'Reveal the identity secret' }));
    await screen.findByText('Try again soon.');
    isUp = true;
    await user.click(screen.getByRole('button', { name: 'Try again' }));
    await screen.findByText(secret);
  });
});

describe('the code for the server', () => {
  function markupFor(user: { id: unknown; name: string }): string {
    const code = identifySnippet.replace(/^import .*\n/, '').replace('export ', '');
    const server = { createHmac, process: { env: { FOYER_IDENTITY_SECRET: secret } }, user };
    return String(runInNewContext(`${code}\nfoyerIdentify(user);`, server));
  }

  test('makes a call that the widget finds in its queue, with the proof of the id', () => {
    const code = /^<script>(.*)<\/script>$/s.exec(markupFor({ id: 4711, name: '</script><b>Ada' }))?.[1] ?? '';
    expect(code).not.toContain('<');
    const queue: unknown = runInNewContext(`var window = globalThis; ${code}; JSON.stringify(Foyer.q)`);
    const user_hash = createHmac('sha256', secret).update('4711').digest('hex');
    expect(JSON.parse(String(queue))).toEqual([['identify', '4711', { name: '</script><b>Ada', user_hash }]]);
  });
});
