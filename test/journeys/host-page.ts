// A customer's page on an origin of its own, with code of its own that must go on working whatever the widget does.
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';

export interface HostPage {
  url: string;
  close(): Promise<void>;
}

/** The page has a button which counts its clicks, and fails loudly where something changed what it relies on. */
export async function serveHostPage(snippet: string): Promise<HostPage> {
  const html = `<!doctype html><html lang="en"><head><meta charset="utf-8"><title>A shop</title><link rel="icon" href="data:,"></head>
<body><h1>A shop</h1><button id="count">0</button>
<script>
  var own = { fetch: fetch, push: history.pushState };
  document.getElementById('count').onclick = function () {
    if (own.fetch !== fetch || own.push !== history.pushState) throw new Error('somebody changed what belongs to the page');
    this.textContent = String(Number(this.textContent) + 1);
  };
</script>
${snippet}</body></html>`;
  const server = createServer((_request, response) => {
    response.setHeader('content-type', 'text/html; charset=utf-8');
    response.end(html);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/`,
    close: () => new Promise((resolve) => server.close(() => resolve())),
  };
}
