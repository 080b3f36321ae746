// `/verify`: the link in a verification mail. GET shows a button and changes nothing, since programs that look after mail open links;
// POST confirms. The token stands in the query, so that the page works without a script: it is used once, no referrer carries it on,
// and no line of the log has it (docs/decisions/0013).
import express, { Router } from 'express';
import type { Request, RequestHandler, Response } from 'express';
import { errors } from '../../shared/errors.ts';
import { tokenPattern } from '../../shared/ids.ts';
import { confirmEmail, readLink } from '../actions/contact/confirm-email.ts';
import type { Link } from '../actions/contact/confirm-email.ts';
import type { Limits } from '../limits.ts';
import { Refusal } from '../actions/refusal.ts';
import { bestLanguage, locales } from '../locales/index.ts';
import type { Language } from '../locales/index.ts';
import { isSameHost } from '../origin.ts';
import { takeOne } from '../take-one.ts';
import type { HttpContext } from './context.ts';
import { failureOf } from './problem.ts';
import { callerOfRequest, hereOf } from './request.ts';
import { askPage, sayPage } from './verify-page.ts';
import type { Saying, VerifyPage } from './verify-page.ts';

/** Links that were none, in ten minutes: of one address, and of all who come by a proxy that TRUST_PROXY does not name. */
const missLimits = { perAddress: 30, perProxy: 1000 };
const noToken = 'A'.repeat(43);

export function verifyPages(context: HttpContext): Router {
  const router = Router();
  const guard = createGuard(context.deps.limits);
  router.use('/verify', withoutTraces);
  router.get(
    '/verify',
    answer(context, guard, (req) => tokenIn(req.query), readLink),
  );
  router.post(
    '/verify',
    refuseForeign,
    express.urlencoded({ extended: false, limit: 2048 }),
    answer(context, guard, (req) => tokenIn(req.body), confirmEmail),
  );
  return router;
}

/** What is no token is looked up all the same, as one that is nobody's: it takes as long. */
function tokenIn(given: unknown): string {
  const { token } = (given ?? {}) as { token?: unknown };
  return typeof token === 'string' && tokenPattern.test(token) ? token : noToken;
}

type Look = (deps: HttpContext['deps'], token: string) => Promise<Link>;

function answer(context: HttpContext, guard: Guard, tokenOf: (req: Request) => string, look: Look): RequestHandler {
  return async (req, res) => {
    const language = languageOf(req);
    try {
      const token = tokenOf(req);
      const link = await guard(req, () => look(context.deps, token));
      const { state, email, workspace } = link;
      if (state === 'open' && email !== null) return send(res, 200, askPage({ language, workspace, email, token }));
      const status = state === 'confirmed' ? 200 : errors.verification_invalid.status;
      return send(res, status, sayPage({ language, workspace, saying: state as Saying, email }));
    } catch (error) {
      return sendTrouble(context, res, error, language);
    }
  };
}

function sendTrouble({ deps }: HttpContext, res: Response, error: unknown, language: Language): void {
  const known = failureOf(error);
  if (!known) deps.log.error({ error, request_id: String(res.locals.requestId), path: '/verify' }, 'a request failed');
  if (known?.retryAfterMs !== undefined) res.setHeader('Retry-After', String(Math.ceil(known.retryAfterMs / 1000)));
  const saying = known?.code === 'rate_limited' ? 'tooMany' : 'trouble';
  send(res, errors[known?.code ?? 'internal'].status, sayPage({ language, workspace: null, saying, email: null }));
}

function send(res: Response, status: number, { body, policy }: VerifyPage): void {
  res.setHeader('Content-Security-Policy', policy);
  res.status(status).type('html').send(body);
}

function languageOf(req: Request): Language {
  const wanted = req.acceptsLanguages(...Object.keys(locales));
  return bestLanguage([wanted === false ? null : wanted]);
}

const withoutTraces: RequestHandler = (_req, res, next) => {
  res.setHeader('Cache-Control', 'no-store');
  res.setHeader('Referrer-Policy', 'no-referrer');
  res.setHeader('X-Robots-Tag', 'noindex, nofollow');
  res.vary('Accept-Language');
  next();
};

/** Browsers write `null` for the origin of a page without referrers, ours among them. Whoever has the token needs no session to misuse. */
const refuseForeign: RequestHandler = (req, _res, next) => {
  const { origin } = req.headers;
  const isForeign =
    req.headers['sec-fetch-site'] === 'cross-site' || (origin !== undefined && origin !== 'null' && !isSameHost(origin, hereOf(req)));
  if (isForeign) throw new Refusal('csrf_failed', 'This request came from a page of another site.');
  next();
};

type Guard = (req: Request, look: () => Promise<Link>) => Promise<Link>;

/** Counts what is no link as a guess. Each is counted before it is looked up, or many at once would all pass. */
function createGuard(limits: Limits): Guard {
  const own = limits.limiter('links from an address', missLimits.perAddress, 600);
  const shared = limits.limiter('links by a proxy', missLimits.perProxy, 600);
  return async (req, look) => {
    const { address, proxy } = callerOfRequest(req);
    const buckets = [...(address === null ? [] : [{ of: own, key: address }]), ...(proxy === null ? [] : [{ of: shared, key: proxy }])];
    for (const { of, key } of buckets) await takeOne(of, key, 'Too many links that are none; wait a few minutes.');
    const link = await look();
    if (link.state !== 'used') for (const { of, key } of buckets) await of.reward(key);
    return link;
  };
}
