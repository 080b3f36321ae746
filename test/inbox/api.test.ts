import { expect, test } from 'vitest';
import { createApi } from '../../inbox/api.ts';
import { createFakeFetch } from './scene.ts';

function recorded(): { urls: string[]; request: typeof fetch } {
  const urls: string[] = [];
  const request = (async (url: string, init?: RequestInit) => {
    urls.push(`${init?.method} ${url}`);
    return new Response('{}');
  }) as unknown as typeof fetch;
  return { urls, request };
}

test('parameters of a route stand in its path, escaped, and the rest in the query', async () => {
  const { urls, request } = recorded();
  const api = createApi(request);
  await api.call('GET /api/v1/flows/:flow/funnel', { params: { flow: 'sales' }, query: { version: 2, days: undefined } });
  await api.call('GET /api/v1/flows/:flow/versions/:version', { params: { flow: 'a/b', version: 3 } });
  await api.call('GET /api/v1/reports/capture', { query: {} });
  expect(urls).toEqual(['GET /api/v1/flows/sales/funnel?version=2', 'GET /api/v1/flows/a%2Fb/versions/3', 'GET /api/v1/reports/capture']);
});

test('a route called without its parameter is a mistake that is seen, not a request for nobody', async () => {
  const { urls, request } = recorded();
  await expect(createApi(request).call('DELETE /api/v1/teams/:team')).rejects.toThrow(/without team/);
  expect(urls).toEqual([]);
});

test('whatever changes something carries its body and the token', async () => {
  const { request, asked } = createFakeFetch({ 'PATCH /api/v1/settings/bot': () => ({ body: { bot: 'off' } }) });
  const api = createApi(request);
  api.setCsrfToken('t1');
  const result = await api.call('PATCH /api/v1/settings/bot', { body: { bot: 'off' } });
  expect(result).toMatchObject({ ok: true, data: { bot: 'off' } });
  expect(asked[0]).toMatchObject({ body: { bot: 'off' }, headers: { 'x-csrf-token': 't1' } });
});
