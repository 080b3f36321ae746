import type { MeReply } from '../../shared/api.ts';
import type { SignedIn } from '../auth.ts';
import { snippet } from '../snippet.ts';
import { getWorkspace } from '../store/workspaces.ts';
import type { Call, Handler, HttpContext } from './context.ts';

type Route = 'POST /api/v1/session' | 'DELETE /api/v1/session' | 'GET /api/v1/me';

export function sessionHandlers(context: HttpContext): { [K in Route]: Handler<K> } {
  const { auth, live } = context;
  return {
    async 'POST /api/v1/session'(call) {
      const session = await auth.logIn({ ...call.body, caller: call.caller });
      if (call.signedIn) await endSession(context, call.signedIn);
      call.setHeader('Set-Cookie', auth.cookie(session.token));
      return describeMe(context, call, session);
    },
    async 'DELETE /api/v1/session'(call) {
      await endSession(context, call.signedIn);
      call.setHeader('Set-Cookie', auth.cookie(null));
      return { ok: true };
    },
    async 'GET /api/v1/me'(call) {
      return describeMe(context, call, call.signedIn);
    },
  };

  async function endSession({ auth: sessions }: HttpContext, { sessionHash }: SignedIn): Promise<void> {
    await sessions.logOut(sessionHash);
    live.endAgentSession(sessionHash);
  }
}

/** Who is signed in, with what the inbox needs to start. */
export async function describeMe(
  { deps, live, options }: HttpContext,
  call: Pick<Call<'GET /api/v1/me'>, 'here'>,
  signedIn: SignedIn,
): Promise<MeReply> {
  const { agent } = signedIn;
  const workspace = await deps.store.in(agent.workspaceId).read(getWorkspace);
  if (!workspace) throw new Error(`agent ${agent.id} has no workspace ${agent.workspaceId}`);
  return {
    agent: { id: agent.id, name: agent.name, email: agent.email, avatar: agent.avatar, online: live.isAgentOnline(workspace.id, agent.id) },
    role: agent.role === 'owner' ? 'owner' : 'agent',
    csrf_token: signedIn.csrfToken,
    workspace: {
      id: workspace.id,
      name: workspace.name,
      app_id: workspace.appId,
      snippet: snippet(options.publicUrl ?? call.here, workspace.appId),
    },
  };
}
