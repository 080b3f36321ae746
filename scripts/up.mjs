// README's first command: sets up, builds what is out of date and starts the server in this process, with all arguments.
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { build, isBuilt } from './build.mjs';
import { guarded, root, setup } from './setup.mjs';

guarded(() => setup());
if (!isBuilt()) {
  process.stderr.write('up: building\n');
  try {
    build({ quiet: true });
  } catch (error) {
    process.stderr.write(`up: ${error.message}\n`);
    process.exit(1);
  }
}
// What the server calls its start leaves out the build.
performance.mark('foyer:start');
// In this process and not as a child: signals, exit code and arguments need no forwarding.
await import(pathToFileURL(join(root, 'dist', 'server', 'main.js')).href);
