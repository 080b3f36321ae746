// REST calls, typed from the route table by inference. A refusal is a value: its code and words that say what to do.
import type { Problem, RouteBody, RouteName, RouteParams, RouteQuery, RouteReply } from '../shared/api.ts';

export interface ApiFailure {
  ok: false;
  code: string;
  message: string;
  /** Words per field, by the field's name. */
  fields: Record<string, string>;
  /** Of a contact that is gone: the one it was merged into. It was erased where this is missing. */
  mergedInto?: string;
}

export type ApiResult<T> = { ok: true; data: T } | ApiFailure;

export interface Api {
  call<K extends RouteName>(
    route: K,
    input?: {
      params?: RouteParams<K>;
      body?: RouteBody<K>;
      query?: RouteQuery<K>;
      /** Sent to its end although the page is left; a small body only. */
      outlivesPage?: boolean;
    },
  ): Promise<ApiResult<RouteReply<K>>>;
  /** Carried by everything that changes something; comes with `GET /api/v1/me`. */
  setCsrfToken(token: string | null): void;
}

export function createApi(request: typeof fetch = (...args) => fetch(...args)): Api {
  let csrfToken: string | null = null;
  return {
    setCsrfToken(token) {
      csrfToken = token;
    },
    async call(route, { params, body, query, outlivesPage } = {}) {
      const [method, pattern] = route.split(' ') as [string, string];
      const address = addressOf(pattern, params as object | undefined, query as object | undefined);
      const headers: Record<string, string> = { accept: 'application/json' };
      if (body !== undefined) headers['content-type'] = 'application/json';
      if (csrfToken !== null && method !== 'GET') headers['x-csrf-token'] = csrfToken;
      try {
        const response = await request(address, {
          method,
          headers,
          credentials: 'same-origin',
          keepalive: outlivesPage,
          body: body === undefined ? undefined : JSON.stringify(body),
        });
        if (!response.ok) {
          const failure = failureOf((await response.json().catch(() => null)) as Partial<Problem> | null, response.status);
          const mergedInto = successorPattern.exec(response.headers.get('link') ?? '')?.[1];
          return mergedInto === undefined ? failure : { ...failure, mergedInto };
        }
        return { ok: true, data: (await response.json()) as RouteReply<typeof route> };
      } catch {
        return unreachable;
      }
    },
  };
}

const successorPattern = /\/contacts\/([^/>]+)>; rel="successor-version"/;

/** `/flows/:flow` with its parameters put in; what is undefined in the query is left out. */
function addressOf(pattern: string, params: object = {}, query: object = {}): string {
  const values = new Map<string, unknown>(Object.entries(params));
  const path = pattern.replace(/:(\w+)/g, (_, name: string) => {
    if (!values.has(name)) throw new Error(`${pattern} was called without ${name}`);
    return encodeURIComponent(String(values.get(name)));
  });
  const given = Object.entries(query).flatMap(([name, value]) => (value === undefined ? [] : [[name, String(value)]]));
  return given.length === 0 ? path : `${path}?${new URLSearchParams(given).toString()}`;
}

const unreachable: ApiFailure = {
  ok: false,
  code: 'unreachable',
  // Whether it was done nobody knows: the answer may be what was lost.
  message: 'The server does not answer. Check the connection and try again.',
  fields: {},
};

function failureOf(problem: Partial<Problem> | null, status: number): ApiFailure {
  const fields: Record<string, string> = {};
  for (const error of problem?.errors ?? []) fields[error.pointer.replace(/^[#/]+/, '')] = sentence(error.message);
  return {
    ok: false,
    code: problem?.code ?? `http_${status}`,
    message: problem?.detail ?? problem?.title ?? `The server answered ${status}. Try again in a moment.`,
    fields,
  };
}

function sentence(words: string): string {
  const text = words.charAt(0).toUpperCase() + words.slice(1);
  return /[.!?]$/.test(text) ? text : `${text}.`;
}
