// A customer's site of several pages, on every name that leads to this machine.
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';

export interface Site {
  /** Address of a page; `host` is `127.0.0.1` unless another name is given. */
  at(path?: string, host?: string): string;
  close(): Promise<void>;
}

export interface SitePage {
  title: string;
  /** Within the body, before the snippet. */
  body?: string;
  /** Within the head. */
  head?: string;
}

export interface SiteOptions {
  /** The snippet as the inbox shows it, or what the site has made of it. */
  snippet: string;
  pages: Record<string, SitePage>;
  /** Scripts by path. */
  scripts?: Record<string, string>;
  /** Where the snippet stands. */
  in?: 'head' | 'body';
}

export async function serveSite({ snippet, pages, scripts = {}, in: place = 'body' }: SiteOptions): Promise<Site> {
  const server = createServer((request, response) => {
    const path = new URL(request.url ?? '/', 'http://site').pathname;
    const [script, page] = [scripts[path], pages[path]];
    response.setHeader('content-type', script === undefined ? 'text/html; charset=utf-8' : 'text/javascript; charset=utf-8');
    if (!page && script === undefined) response.statusCode = 404;
    response.end(script ?? (page ? html(page, snippet, place) : 'no such page'));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  return {
    at: (path = '/', host = '127.0.0.1') => `http://${host}:${port}${path}`,
    async close() {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

function html({ title, head = '', body = `<h1>${title}</h1>` }: SitePage, snippet: string, place: 'head' | 'body'): string {
  const links = '<nav><a href="/">Home</a> <a href="/prices">Prices</a> <a href="/basket">Basket</a></nav>';
  return `<!doctype html><html lang="en"><head><meta charset="utf-8"><title>${title}</title><link rel="icon" href="data:,">
${head}${place === 'head' ? snippet : ''}</head><body>${links}<main>${body}</main>${place === 'body' ? snippet : ''}</body></html>`;
}
