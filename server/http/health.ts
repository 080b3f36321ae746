// For load balancers and containers: is the process alive, and can it serve.
import { Router } from 'express';
import { failure } from '../../shared/errors.ts';
import { firstWorkspace } from '../store/workspaces.ts';
import { systemScope } from '../store/store.ts';
import type { HttpContext } from './context.ts';
import { sendProblem } from './problem.ts';

const patienceMs = 2000;

export function healthPages({ deps, isServing }: HttpContext): Router {
  const router = Router();
  router.get('/healthz', (_req, res) => {
    res.setHeader('Cache-Control', 'no-store');
    res.type('text/plain').send('ok\n');
  });
  router.get('/readyz', async (_req, res) => {
    res.setHeader('Cache-Control', 'no-store');
    if (isServing() && (await databaseAnswers(deps))) res.type('text/plain').send('ready\n');
    else sendProblem(res, failure('unavailable'), String(res.locals.requestId));
  });
  return router;
}

async function databaseAnswers(deps: HttpContext['deps']): Promise<boolean> {
  let timer: NodeJS.Timeout | undefined;
  const tooLate = new Promise<boolean>((resolve) => (timer = setTimeout(() => resolve(false), patienceMs)));
  const answer = deps.store
    .in(systemScope)
    .read(firstWorkspace)
    .then(
      () => true,
      () => false,
    );
  const isUp = await Promise.race([answer, tooLate]);
  clearTimeout(timer);
  return isUp;
}
