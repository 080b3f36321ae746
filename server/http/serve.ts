// Binds the route table of shared/api.ts to its handlers: who may call, what fits the schema, how a refusal looks.
import { randomUUID } from 'node:crypto';
import compression from 'compression';
import express from 'express';
import type { ErrorRequestHandler, Express, Request, RequestHandler, Response } from 'express';
import type { z } from 'zod';
import { routes } from '../../shared/api.ts';
import type { RouteName, TokenScope } from '../../shared/api.ts';
import { failure } from '../../shared/errors.ts';
import { Refusal } from '../actions/refusal.ts';
import type { SignedIn } from '../auth.ts';
import { warnOfProxy } from '../caller.ts';
import type { Caller } from '../caller.ts';
import { createTokenReader } from '../api-tokens.ts';
import type { TokenReader } from '../api-tokens.ts';
import type { Actor } from '../actions/actor.ts';
import { createNames } from '../actions/flow/known-names.ts';
import { isSameHost } from '../origin.ts';
import { accessOf } from './access.ts';
import { apiTokenHandlers } from './api-tokens.ts';
import { botSettingsHandlers } from './bot-settings.ts';
import { checklistHandlers } from './checklist.ts';
import { bodyLimits } from './context.ts';
import type { Call, Handler, HttpContext } from './context.ts';
import { contactHandlers } from './contacts.ts';
import { demoPages } from './demo.ts';
import { flowHandlers } from './flows.ts';
import { healthPages } from './health.ts';
import { identityHandlers } from './identity.ts';
import { staticPages } from './pages.ts';
import { failureOf, sendProblem } from './problem.ts';
import { reportHandlers } from './reports.ts';
import { callerOfRequest, hereOf, parsed } from './request.ts';
import { protect } from './security.ts';
import { sessionHandlers } from './session.ts';
import { settingsHandlers } from './settings.ts';
import { setupHandlers } from './setup.ts';
import { teamHandlers } from './teams.ts';
import { uploadPages } from './uploads.ts';
import { verifyPages } from './verify.ts';

export function createHttp(context: HttpContext): Express {
  const app = express();
  app.disable('x-powered-by');
  app.disable('etag');
  app.set('trust proxy', context.options.trustProxy);
  app.use(requestId, protect(context.options));
  app.use(healthPages(context));
  app.use('/api/widget', openToPages, compression(), uploadPages(context));
  bindRoutes(app, context);
  app.use('/api', (_req, _res) => {
    throw new Refusal('not_found', 'There is no such route.');
  });
  if (context.options.demo) app.use(demoPages(context));
  app.use(verifyPages(context));
  app.use(staticPages(context));
  app.use((_req, res) => void res.status(404).type('text/plain').send('Not found\n'));
  app.use(answerError(context));
  return app;
}

function bindRoutes(app: Express, context: HttpContext): void {
  const names = createNames(context.deps);
  const tokens = createTokenReader(context.deps);
  const handlers: { [K in RouteName]: Handler<K> } = {
    ...settingsHandlers(context),
    ...setupHandlers(context),
    ...sessionHandlers(context),
    ...checklistHandlers(context),
    ...identityHandlers(context),
    ...apiTokenHandlers(context),
    ...flowHandlers(context, names),
    ...reportHandlers(context),
    ...botSettingsHandlers(context, names),
    ...teamHandlers(context, names),
    ...contactHandlers(context),
  };
  for (const name of Object.keys(routes) as RouteName[]) {
    const [method = '', path = ''] = name.split(' ');
    const handle = handlers[name] as (call: unknown) => Promise<unknown>;
    app[method.toLowerCase() as 'get' | 'post' | 'put' | 'patch' | 'delete'](path, async (req: Request, res: Response) => {
      res.setHeader('Cache-Control', 'no-store');
      res.json(await handle(await callOf(name, req, res, context, tokens)));
    });
  }
}

/** Everything is checked here and nothing in the handlers: who asks, then what. A stranger's body is not even read. */
async function callOf(name: RouteName, req: Request, res: Response, context: HttpContext, tokens: TokenReader): Promise<Call<RouteName>> {
  const caller = callerFrom(req, context);
  const { signedIn, actor } = await admit(name, req, res, context, tokens);
  const route = routes[name] as object as { params?: z.ZodType; query?: z.ZodType; body?: z.ZodType };
  if (route.body) await readJson(req, res, bodyLimits[name] ?? 65_536);
  return {
    params: route.params && parsed(route.params, req.params),
    query: route.query && parsed(route.query, req.query),
    body: route.body && parsed(route.body, bodyOf(req)),
    signedIn: signedIn as SignedIn,
    actor,
    caller,
    origin: req.headers.origin,
    referrer: req.headers.referer,
    here: hereOf(req),
    setHeader: (header, value) => void res.setHeader(header, value),
  } as Call<RouteName>;
}

function callerFrom(req: Request, { deps }: HttpContext): Caller {
  const caller = callerOfRequest(req);
  warnOfProxy(deps.log, caller);
  return caller;
}

interface Admitted {
  signedIn: SignedIn | null;
  actor: Actor | null;
}

/** A request with a token speaks for that token alone: its cookie is not even looked at. */
async function admit(name: RouteName, req: Request, res: Response, context: HttpContext, tokens: TokenReader): Promise<Admitted> {
  const bearer = /^bearer(?: +(.*))?$/i.exec(req.headers.authorization ?? '');
  if (!bearer) return admitAgent(name, req, res, context);
  const { who, token: scope } = accessOf(name);
  if (who === 'everybody') return { signedIn: null, actor: null };
  return { signedIn: null, actor: await admitToken(bearer[1] ?? '', scope, res, tokens) };
}

/** No CSRF token: no page makes a browser send this header for it. @throws Refusal invalid_token, insufficient_scope */
async function admitToken(text: string, scope: TokenScope | null, res: Response, tokens: TokenReader): Promise<Actor> {
  const token = await tokens.read(text).catch((error: unknown) => {
    if (error instanceof Refusal) res.setHeader('WWW-Authenticate', 'Bearer error="invalid_token"');
    throw error;
  });
  if (scope === null) throw new Refusal('insufficient_scope', 'No API token opens this: sign in to the inbox for it.');
  if (!token.scopes.includes(scope)) {
    res.setHeader('WWW-Authenticate', `Bearer error="insufficient_scope", scope="${scope}"`);
    throw new Refusal('insufficient_scope', `This API token lacks the scope ${scope}.`);
  }
  return { kind: 'token', id: token.id, name: token.name, workspaceId: token.workspaceId };
}

/** Session, role, CSRF token. @throws Refusal unauthorized, forbidden, csrf_failed */
async function admitAgent(name: RouteName, req: Request, res: Response, { auth }: HttpContext): Promise<Admitted> {
  const { who } = accessOf(name);
  const isOpen = who === 'everybody';
  const signedIn = await auth.agentFromCookie(req.headers.cookie);
  if (!isOpen && !signedIn) throw new Refusal('unauthorized');
  if (req.method !== 'GET') refuseForeignPages(req);
  if (req.method !== 'GET' && !isOpen && signedIn && !auth.isCsrfToken(signedIn, req.get('x-csrf-token'))) throw new Refusal('csrf_failed');
  if (signedIn && !isOpen && (signedIn.isProlonged || name === 'GET /api/v1/me')) {
    res.setHeader('Set-Cookie', auth.renewedCookie(req.headers.cookie));
  }
  if (who === 'owners' && signedIn?.agent.role !== 'owner') throw new Refusal('forbidden', 'This is for owners of the workspace.');
  return { signedIn, actor: signedIn && { kind: 'agent', agent: signedIn.agent } };
}

function refuseForeignPages(req: Request): void {
  const { origin } = req.headers;
  const isForeign = req.headers['sec-fetch-site'] === 'cross-site' || (origin !== undefined && !isSameHost(origin, hereOf(req)));
  if (isForeign) throw new Refusal('csrf_failed', 'This request came from a page of another site.');
}

const jsonReaders = new Map<number, RequestHandler>();

/** Puts the parsed body into `req.body`; nothing where it is no JSON. */
function readJson(req: Request, res: Response, limit: number): Promise<void> {
  let read = jsonReaders.get(limit);
  if (!read) jsonReaders.set(limit, (read = express.json({ limit, type: 'application/json' })));
  const reader = read;
  return new Promise((done, failed) => void reader(req, res, (error?: unknown) => (error === undefined ? done() : failed(error))));
}

function bodyOf(req: Request): unknown {
  if (req.body === undefined) throw new Refusal('bad_request', 'Send a JSON body with content-type: application/json.');
  return req.body;
}

/** A proxy's id is taken over, so that one request has one id in all logs. */
const requestId: RequestHandler = (req, res, next) => {
  const given = req.get('x-request-id');
  const id = given && /^[\w.-]{8,64}$/.test(given) ? given : randomUUID();
  res.locals.requestId = id;
  res.setHeader('X-Request-Id', id);
  next();
};

/** The widget asks from the host's page, and must be able to read why it was refused. */
const openToPages: RequestHandler = (_req, res, next) => {
  res.setHeader('Access-Control-Allow-Origin', '*');
  res.setHeader('Cross-Origin-Resource-Policy', 'cross-origin');
  res.vary('Origin');
  next();
};

function answerError({ deps }: HttpContext): ErrorRequestHandler {
  return (error: unknown, req, res, _next) => {
    const id = String(res.locals.requestId);
    const known = failureOf(error);
    if (!known) deps.log.error({ error, request_id: id, method: req.method, path: req.path }, 'a request failed');
    sendProblem(res, known ?? failure('internal'), id);
  };
}
