import { readFileSync } from 'node:fs';
import { defineConfig } from 'vite';
import type { UserConfig } from 'vite';

const { version } = JSON.parse(readFileSync('package.json', 'utf8')) as { version: string };
const jsx = { jsx: { runtime: 'automatic', importSource: 'preact' } } as const;
const define = { __FOYER_VERSION__: JSON.stringify(version) };

/** One configuration, three outputs: `vite build --mode widget | inbox | server`. */
const modes: Record<string, UserConfig> = {
  widget: {
    root: 'widget',
    base: './',
    publicDir: false,
    oxc: jsx,
    define,
    build: {
      outDir: '../dist/widget',
      emptyOutDir: true,
      target: 'es2022',
      modulePreload: false,
      cssCodeSplit: false,
      assetsInlineLimit: 100_000,
      rolldownOptions: {
        input: { widget: 'widget/loader.ts' },
        output: { entryFileNames: '[name].js', chunkFileNames: 'widget/[name]-[hash].js' },
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
      rolldownOptions: { input: { main: 'server/main.ts' }, output: { entryFileNames: '[name].js' } },
    },
  },
};

export default defineConfig(({ mode }) => {
  const config = modes[mode];
  if (!config) throw new Error(`vite build --mode ${Object.keys(modes).join(' | ')}, not ${mode}`);
  return config;
});
