import type { Handler, HttpContext } from './context.ts';
import { describeMe } from './session.ts';

type Route = 'GET /api/v1/setup' | 'POST /api/v1/setup';

export function setupHandlers(context: HttpContext): { [K in Route]: Handler<K> } {
  const { auth } = context;
  return {
    async 'GET /api/v1/setup'({ query }) {
      return { valid: await auth.isSetupTokenValid(query.token) };
    },
    async 'POST /api/v1/setup'(call) {
      const session = await auth.setUp(call.body);
      call.setHeader('Set-Cookie', auth.cookie(session.token));
      return describeMe(context, call, session);
    },
  };
}
