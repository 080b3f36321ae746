// A small host page to try the widget on, with two sample accounts which this server vouches for.
import { Router } from 'express';
import type { Request } from 'express';
import { SignJWT } from 'jose';
import { Refusal } from '../actions/refusal.ts';
import { isNearAddress, isOwnHost } from '../caller.ts';
import { ownTokenKey, userHash } from '../identity.ts';
import { unseal } from '../seal.ts';
import { systemScope } from '../store/store.ts';
import type { Workspace } from '../store/workspaces.ts';
import { firstWorkspace } from '../store/workspaces.ts';
import { sendAsset } from './assets.ts';
import type { HttpContext } from './context.ts';

interface Account {
  user_id: string;
  name: string;
  email: string;
  company: string;
  /** When they signed up with the studio. */
  created_at: string;
  proof: 'user_hash' | 'user_jwt';
}

/** One for each kind of proof; nobody's real address. */
const accounts: Record<string, Account> = {
  ada: {
    user_id: 'demo-ada',
    name: 'Ada Holm',
    email: 'ada@northwind.example',
    company: 'Holm & Daughters',
    created_at: '2024-03-12',
    proof: 'user_hash',
  },
  tomas: {
    user_id: 'demo-tomas',
    name: 'Tomás Vega',
    email: 'tomas@northwind.example',
    company: 'Vega Interiors',
    created_at: '2026-09-30',
    proof: 'user_jwt',
  },
};

export function demoPages({ deps, assets, options }: HttpContext): Router {
  const router = Router();
  router.use('/demo', (req, _res, next) => next(options.demo === true || isOnThisMachine(req) ? undefined : 'router'));

  async function workspaceOf(): Promise<Workspace> {
    const workspace = await deps.store.in(systemScope).read(firstWorkspace);
    if (!workspace) throw new Refusal('not_found', 'There is no workspace yet.');
    return workspace;
  }

  router.get('/demo', async (_req, res) => {
    const page = assets.find('demo', 'index.html');
    if (!page) throw new Refusal('not_found', 'The demo page is not built: npm run build');
    const { appId } = await workspaceOf();
    res.setHeader('Cache-Control', 'no-cache');
    res.type('text/html').send(page.body.toString('utf8').replaceAll('{{app_id}}', appId));
  });

  /** What a host app's own server would answer to its signed-in user's page. */
  router.get('/demo/sign', async (req, res) => {
    const { account: name } = req.query;
    const account = typeof name === 'string' && Object.hasOwn(accounts, name) ? accounts[name] : undefined;
    if (!account) throw new Refusal('not_found', 'The sample accounts are ada and tomas.');
    refuseForeignReaders(req);
    const workspace = await workspaceOf();
    const secret = unseal(workspace.identitySecret, deps.secretKey);
    const { proof, ...person } = account;
    res.setHeader('Cache-Control', 'no-store');
    if (proof === 'user_hash') res.json({ ...person, user_hash: userHash(secret, person.user_id) });
    else res.json({ ...person, user_jwt: await jwtFor(person, jwtKey(workspace, secret), deps.now()) });
  });

  /** Where the host signs with a key of its own, which only it has, as `POST /api/v1/identity_tokens` does. */
  const jwtKey = ({ id, settings }: Workspace, secret: string): Uint8Array =>
    settings.identityKey ? ownTokenKey(deps.secretKey, id) : new TextEncoder().encode(secret);

  router.get('/demo/:file', (req, res, next) => {
    const file = req.params.file === 'index.html' ? null : assets.find('demo', req.params.file);
    if (file) sendAsset(req, res, file, 'no-cache');
    else next();
  });
  return router;
}

const forwardingHeaders = ['x-forwarded-for', 'x-forwarded-host', 'x-forwarded-proto', 'x-real-ip', 'forwarded', 'via'];

/**
 * The browser runs beside the server: by the name it was asked for, and not handed on by a proxy, of which some put their own
 * idea of the host there. The name alone would be whatever the client writes.
 */
function isOnThisMachine(req: Request): boolean {
  const host = `http://${req.headers.host}`;
  const isForwarded = forwardingHeaders.some((name) => req.headers[name] !== undefined);
  return URL.canParse(host) && isOwnHost(new URL(host).hostname) && !isForwarded && isNearAddress(req.socket.remoteAddress ?? '');
}

async function jwtFor(claims: Omit<Account, 'proof'>, key: Uint8Array, now: number): Promise<string> {
  const seconds = Math.floor(now / 1000);
  return new SignJWT({ ...claims })
    .setProtectedHeader({ alg: 'HS256', typ: 'JWT' })
    .setIssuedAt(seconds)
    .setExpirationTime(seconds + 3600)
    .sign(key);
}

/** Other sites cannot read the answer anyway (no CORS); they need not even get it. */
function refuseForeignReaders(req: Request): void {
  if (req.headers['sec-fetch-site'] === 'cross-site') throw new Refusal('forbidden');
}
