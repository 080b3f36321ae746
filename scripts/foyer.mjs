#!/usr/bin/env node
// `foyer` and `npm run -s foyer --`: the built server's command line, in this process.
import { existsSync } from 'node:fs';

const main = new URL('../dist/server/main.js', import.meta.url);
if (existsSync(main)) await import(main.href);
else {
  process.stderr.write('foyer: this checkout is not built yet. Run: npm run up (which also starts it), or: npm run build\n');
  process.exitCode = 1;
}
