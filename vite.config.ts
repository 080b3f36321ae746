import { readFileSync } from 'node:fs';
import { build, defineConfig } from 'vite';
import type { Plugin, UserConfig } from 'vite';

const { version } = JSON.parse(readFileSync('package.json', 'utf8')) as { version: string };
const jsx = { jsx: { runtime: 'automatic', importSource: 'preact' } } as const;
const define = { __FOYER_VERSION__: JSON.stringify(version) };

/**
 * The loader is a classic script and must stand alone: it is built by itself, wrapped in a function, and told the app's
 * hashed file name.
 */
function loader(): Plugin {
  return {
    name: 'foyer-loader',
    async generateBundle(_options, bundle) {
      const app = Object.values(bundle).find((file) => file.type === 'chunk' && file.isEntry);
      if (!app) throw new Error('the widget build has no entry chunk');
      const built = await build({
        configFile: false,
        root: 'widget',
        publicDir: false,
        logLevel: 'warn',
        define: { ...define, __FOYER_APP__: JSON.stringify(app.fileName) },
        build: {
          write: false,
          target: 'es2022',
          lib: { entry: 'loader.ts', formats: ['iife'], name: 'Foyer', fileName: () => 'widget.js' },
        },
      });
      const output = [built].flat().flatMap((result) => ('output' in result ? result.output : []));
      for (const file of output) if (file.type === 'chunk') this.emitFile({ type: 'asset', fileName: file.fileName, source: file.code });
    },
  };
}

/**
 * Chunks are imported relative to the file that asks for them, by a plain `import()`: Vite's preloading of links (1.1 kB) is not wanted, nor
 * the call around every import which is left of it (0.2 kB).
 */
const plainImports: Plugin = {
  name: 'foyer-plain-imports',
  enforce: 'pre',
  load: (id) => (id.endsWith('vite/preload-helper.js') ? 'export const __vitePreload = (load) => load()' : null),
  renderChunk: (code) =>
    code.replaceAll(
      /__vitePreload\((?:async \(\) => \{\s*const \{[^}]*\} = await )?(?:\(\) => )?(import\("[^"]+"\))(?:;\s*return \{[^}]*\};\s*\})?, __VITE_PRELOAD__, import\.meta\.url\)/g,
      '$1',
    ),
};

/**
 * What the socket's libraries carry and the widget never uses, in the short: we speak text alone, over WebSocket and polling, in browsers
 * that read addresses themselves, on one connection each, and reconnect by our own rules (widget/connection.ts). 1.7 kB of the first open.
 */
const shortSocket: Record<string, string> = {
  'engine.io-client/build/esm/transports/webtransport.js': 'export const WT = undefined',
  'engine.io-parser/build/esm/encodePacket.browser.js': `import { PACKET_TYPES } from './commons.js';
export const encodePacket = ({ type, data }, _binary, callback) => callback(PACKET_TYPES[type] + (data || ''));
export const encodePacketToBinary = undefined;`,
  'engine.io-parser/build/esm/decodePacket.browser.js': `import { ERROR_PACKET, PACKET_TYPES_REVERSE } from './commons.js';
export const decodePacket = (text) => {
  const type = PACKET_TYPES_REVERSE[text[0]];
  return type ? { type, data: text.length > 1 ? text.slice(1) : undefined } : ERROR_PACKET;
};`,
  'socket.io-parser/build/esm/is-binary.js': 'export const isBinary = () => false; export const hasBinary = isBinary;',
  'socket.io-parser/build/esm/binary.js': 'export const deconstructPacket = undefined; export const reconstructPacket = undefined;',
  'socket.io-client/build/esm/index.js': `import { Manager } from './manager.js';
export function io(text, options) {
  const { origin, pathname } = new URL(text);
  return new Manager(origin, options).socket(pathname, options);
}`,
  'engine.io-client/build/esm/contrib/parseuri.js': `export function parse(text) {
  const { protocol, hostname, port } = new URL(text);
  return { protocol: protocol.slice(0, -1), host: hostname.replace(/[[\\]]/g, ''), port };
}`,
  'engine.io-client/build/esm/contrib/parseqs.js': `export const encode = (query) => new URLSearchParams(query).toString();
export const decode = (text) => Object.fromEntries(new URLSearchParams(text));`,
  'engine.io-client/build/esm/contrib/has-cors.js': 'export const hasCORS = true;',
  'socket.io-client/build/esm/contrib/backo2.js': 'export class Backoff { attempts = 0; reset() {} }',
};

const textSocket: Plugin = {
  name: 'foyer-text-socket',
  enforce: 'pre',
  load: (id) => Object.entries(shortSocket).find(([path]) => id.endsWith(`/node_modules/${path}`))?.[1] ?? null,
};

/** One configuration, three outputs: `vite build --mode widget | inbox | server`. */
const modes: Record<string, UserConfig> = {
  widget: {
    root: 'widget',
    base: './',
    publicDir: false,
    oxc: jsx,
    define,
    plugins: [plainImports, textSocket, loader()],
    // The tie to components is widget/components/tracked.ts.
    resolve: { alias: { '@preact/signals': '@preact/signals-core' } },
    build: {
      outDir: '../dist/widget',
      emptyOutDir: true,
      target: 'es2022',
      modulePreload: false,
      cssCodeSplit: false,
      assetsInlineLimit: 100_000,
      rolldownOptions: {
        input: { app: 'widget/main.tsx' },
        preserveEntrySignatures: 'allow-extension',
        output: {
          entryFileNames: 'widget/[name]-[hash].js',
          chunkFileNames: 'widget/[name]-[hash].js',
          // What the app needs at once is one file, also where the transport's chunk needs a part of it too.
          codeSplitting: { groups: [{ name: 'app', test: /[\\/]widget[\\/]main\.tsx$/ }] },
        },
      },
    },
  },
  inbox: {
    root: 'inbox',
    base: '/inbox/',
    oxc: jsx,
    define,
    build: {
      outDir: '../dist/inbox',
      emptyOutDir: true,
      target: 'es2022',
      // Agents have a current browser: light-dark(), oklch() and nesting stay as written.
      cssTarget: ['chrome123', 'firefox128', 'safari17.5'],
      rolldownOptions: { input: 'inbox/index.html' },
    },
    server: { proxy: { '/api': 'http://localhost:3000', '/socket.io': { target: 'http://localhost:3000', ws: true } } },
  },
  server: {
    define,
    build: {
      ssr: true,
      outDir: 'dist/server',
      emptyOutDir: true,
      target: 'node20',
      // Beside each other: the server looks for dist/widget and the others from where its code lies.
      rolldownOptions: { input: { main: 'server/main.ts' }, output: { entryFileNames: '[name].js', chunkFileNames: '[name]-[hash].js' } },
    },
  },
};

export default defineConfig(({ mode }) => {
  const config = modes[mode];
  if (!config) throw new Error(`vite build --mode ${Object.keys(modes).join(' | ')}, not ${mode}`);
  return config;
});
