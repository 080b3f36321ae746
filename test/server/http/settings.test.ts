import { afterEach, describe, expect, it } from 'vitest';
import { readyFlows } from '../../../shared/bot/flows/index.ts';
import { languagesOf } from '../../../shared/bot/localize.ts';
import type { WidgetSettings } from '../../../shared/settings.ts';
import { flowDesk, saying } from '../../helpers/flow-desk.ts';
import type { FlowDesk } from '../../helpers/flow-desk.ts';
import { setUpOwner, startHttp } from '../../helpers/http-server.ts';
import type { HttpServer, HttpServerOptions } from '../../helpers/http-server.ts';

let server: HttpServer;
afterEach(() => server.close());

async function settings(
  options: HttpServerOptions = {},
  headers: Record<string, string> = {},
  appId?: string,
): Promise<{ response: Response; body: Record<string, unknown> }> {
  server = await startHttp(options);
  return ask(headers, appId ?? server.workspace.appId);
}

async function ask(headers: Record<string, string>, appId: string): Promise<{ response: Response; body: Record<string, unknown> }> {
  const response = await fetch(`${server.url}/api/widget/settings?app_id=${appId}`, { headers });
  return { response, body: (await response.json()) as Record<string, unknown> };
}

describe('what the loader is told', () => {
  it('is the same for everybody, readable by any page, kept for a minute and at most 2 kB', async () => {
    const { response, body } = await settings({}, { origin: 'https://shop.example' });
    expect(response.status).toBe(200);
    expect(response.headers.get('access-control-allow-origin')).toBe('*');
    expect(response.headers.get('cache-control')).toBe('public, max-age=60');
    expect(response.headers.get('set-cookie')).toBeNull();
    expect(JSON.stringify(body).length).toBeLessThanOrEqual(2048);
    expect(body).toMatchObject({
      appId: server.workspace.appId,
      theme: 'auto',
      alignment: 'right',
      load: 'intent',
      storage: 'on-act',
      online: false,
      team: [],
    });
  });

  it('the greeting of the default flow is there before any conversation exists', async () => {
    const { body } = await settings();
    const { texts, chips } = body.greeting as { texts: string[]; chips: { label: string }[] };
    expect(texts.length).toBeGreaterThan(0);
    expect(texts.join(' ')).not.toMatch(/[[\]{}]/);
    expect(chips.length).toBeGreaterThanOrEqual(2);
    expect(chips.length).toBeLessThanOrEqual(4);
  });

  it('shows the faces of the team, and whether one of them is looking', async () => {
    await settings();
    await setUpOwner(server);
    expect((await ask({}, server.workspace.appId)).body).toMatchObject({ team: [{ name: 'Mia Berg', avatar: null }], online: false });
    server.online.add(1);
    expect((await ask({}, server.workspace.appId)).body.online).toBe(true);
  });

  it('says nothing of the identity secret or of agents’ addresses', async () => {
    await settings();
    await setUpOwner(server);
    const text = JSON.stringify((await ask({}, server.workspace.appId)).body);
    expect(text).not.toContain('mia@example.com');
    expect(text).not.toMatch(/secret/i);
  });
});

describe('the greeting in the visitor’s language', () => {
  const translated = {
    ...saying('Hello!'),
    language: 'en',
    translations: { de: { 'hello.text': 'Guten Tag!' }, 'pt-BR': { 'hello.text': 'Olá!' } },
  };
  const inLanguage = async (desk: FlowDesk, language?: string): Promise<WidgetSettings> => {
    const query = language === undefined ? '' : `&language=${encodeURIComponent(language)}`;
    return (await (
      await fetch(`${server.url}/api/widget/settings?app_id=${desk.server.workspace.appId}${query}`)
    ).json()) as WidgetSettings;
  };
  async function speaking(flow: object): Promise<FlowDesk> {
    const desk = await flowDesk();
    server = desk.server;
    const { id } = await desk.create({ flow });
    await desk.publish(id, 1);
    await desk.ask('POST', `/api/v1/flows/${id}/activate`, {});
    return desk;
  }

  it('is told with its language, and in the flow’s own where there is no other that serves', async () => {
    const desk = await speaking(translated);
    const told = [];
    for (const language of [undefined, 'en-GB', 'de-AT', 'DE', 'pt', 'ja', 'x y']) {
      const settings = await inLanguage(desk, language);
      told.push([settings.greeting.texts[0], settings.language]);
    }
    expect(told).toEqual([
      ['Hello!', 'en'],
      ['Hello!', 'en'],
      ['Guten Tag!', 'de'],
      ['Guten Tag!', 'de'],
      ['Olá!', 'pt-BR'],
      ['Hello!', 'en'],
      ['Hello!', 'en'],
    ]);
  });

  it('is told without a language where the flow has only its own', async () => {
    expect(await inLanguage(await speaking(saying('Hello!')), 'de')).not.toHaveProperty('language');
  });

  it.each(readyFlows.map(({ id, flow }) => [id, flow] as const))(
    'the ready flow %s stays within 2 kB in each of its languages',
    async (_, flow) => {
      const desk = await speaking(flow);
      for (const language of languagesOf(flow)) {
        const settings = await inLanguage(desk, language);
        expect(settings.greeting.texts.length).toBeGreaterThan(0);
        expect(Buffer.byteLength(JSON.stringify(settings)), language).toBeLessThanOrEqual(2048);
      }
    },
  );
});

describe('outside business hours', () => {
  const nineToFive = [{ from: 9 * 60, to: 17 * 60 }];
  const hours = {
    timeZone: 'UTC',
    week: [nineToFive, nineToFive, nineToFive, nineToFive, nineToFive, [], []],
    holidays: [{ date: '2030-01-01' }],
  };
  const backAt = async (desk: FlowDesk): Promise<unknown> => (await ask({}, desk.server.workspace.appId)).body.backAt;

  it('the settings say when the team is back, and nothing within them or where none are kept', async () => {
    const desk = await flowDesk();
    server = desk.server;
    expect(await backAt(desk)).toBeUndefined();
    await desk.ask('PATCH', '/api/v1/settings/bot', { hours });
    const opening = Date.UTC(2030, 0, 2, 9);
    expect(await backAt(desk)).toBe(opening);
    server.pass(opening - server.deps.now());
    expect(await backAt(desk)).toBeUndefined();
    server.pass(8 * 3_600_000);
    expect(await backAt(desk)).toBe(Date.UTC(2030, 0, 3, 9));
    await desk.ask('PATCH', '/api/v1/settings/bot', { hours: { ...hours, week: [[], [], [], [], [], [], []], holidays: [] } });
    expect(await backAt(desk)).toBeUndefined();
  });
});

describe('a page that may not', () => {
  it('a wrong app id is told so, readably for the page', async () => {
    const { response, body } = await settings({}, { origin: 'https://shop.example' }, 'app_nothing');
    expect(response.status).toBe(404);
    expect(body.code).toBe('unknown_app');
    expect(body.detail).toMatch(/Copy the snippet/);
    expect(response.headers.get('access-control-allow-origin')).toBe('*');
  });

  it('a missing app id is a bad request', async () => {
    await settings();
    const response = await fetch(`${server.url}/api/widget/settings`);
    expect(response.status).toBe(400);
  });

  it('a refused origin is told so, and the script does not count as seen', async () => {
    const { response, body } = await settings({ allowedOrigins: ['https://shop.example'] }, { origin: 'https://evil.example' });
    expect(response.status).toBe(403);
    expect(body.code).toBe('origin_refused');
    expect(response.headers.get('access-control-allow-origin')).toBe('*');
    expect((await ask({ origin: 'https://shop.example' }, server.workspace.appId)).response.status).toBe(200);
  });

  it('the demo page of this server is always allowed', async () => {
    await settings({ allowedOrigins: ['https://shop.example'] });
    expect((await ask({ origin: server.url }, server.workspace.appId)).response.status).toBe(200);
  });
});
