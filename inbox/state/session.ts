// Who is signed in on this browser: set-up, login, logout.
import { signal } from '@preact/signals';
import type { ReadonlySignal } from '@preact/signals';
import type { MeReply } from '../../shared/api.ts';
import type { Api, ApiFailure } from '../api.ts';

export interface Session {
  /** Undefined until the server has said; null where nobody is signed in. */
  readonly me: ReadonlySignal<MeReply | null | undefined>;
  /** Why the login page is shown, where the agent did not ask for it. */
  readonly endedBecause: ReadonlySignal<string | null>;
  /** Why nothing could be loaded. */
  readonly failure: ReadonlySignal<ApiFailure | null>;
  load(): Promise<void>;
  checkSetupLink(token: string): Promise<'valid' | 'invalid' | ApiFailure>;
  setUp(agent: { token: string; name: string; email: string; password: string }): Promise<ApiFailure | null>;
  logIn(email: string, password: string): Promise<ApiFailure | null>;
  logOut(): Promise<void>;
  /** The server or another tab ended it. */
  end(reason: string | null): void;
}

export function createSession(api: Api): Session {
  const me = signal<MeReply | null | undefined>(undefined);
  const endedBecause = signal<string | null>(null);
  const failure = signal<ApiFailure | null>(null);
  const begin = (reply: MeReply): void => {
    api.setCsrfToken(reply.csrf_token);
    endedBecause.value = null;
    failure.value = null;
    me.value = reply;
  };
  const end = (reason: string | null): void => {
    api.setCsrfToken(null);
    endedBecause.value = reason;
    me.value = null;
  };
  return {
    me,
    endedBecause,
    failure,
    async load() {
      failure.value = null;
      const result = await api.call('GET /api/v1/me');
      if (result.ok) begin(result.data);
      else if (result.code === 'unauthorized' || result.code === 'session_revoked') end(endedBecause.peek());
      else failure.value = result;
    },
    async checkSetupLink(token) {
      if (token === '') return 'invalid';
      const result = await api.call('GET /api/v1/setup', { query: { token } });
      if (!result.ok) return result.code === 'setup_link_invalid' || result.code === 'bad_request' ? 'invalid' : result;
      return result.data.valid ? 'valid' : 'invalid';
    },
    async setUp(agent) {
      const result = await api.call('POST /api/v1/setup', { body: agent });
      if (result.ok) begin(result.data);
      return result.ok ? null : result;
    },
    async logIn(email, password) {
      const result = await api.call('POST /api/v1/session', { body: { email, password } });
      if (result.ok) begin(result.data);
      return result.ok ? null : result;
    },
    async logOut() {
      await api.call('DELETE /api/v1/session');
      end(null);
    },
    end,
  };
}
