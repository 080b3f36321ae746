// The import rule as pure functions over a map of sources, so that it can be tried on planted mistakes.
import { posix } from 'node:path';
import { parseSync } from 'vite';

export type Sources = ReadonlyMap<string, string>;

export interface Import {
  specifier: string;
  /** Erased by the compiler: free. An inline `type` among braces is not, the import itself stays. */
  isType: boolean;
}

/** Stands for an import whose target is known only when it runs. */
const computed = '(computed)';
/** The loader names the app's chunk by its server and hashed file, which the build tells it. */
const mayCompute = ['widget/loader.ts'];

export function importsOf(path: string, source: string): Import[] {
  const { module } = parseSync(path, source);
  const isType = (start: number): boolean => /^(import|export)\s+type\b/.test(source.slice(start, start + 40));
  const literal = (start: number, end: number): string => /^(['"])([^'"]*)\1$/.exec(source.slice(start, end))?.[2] ?? computed;
  return [
    ...module.staticImports.map((i) => ({ specifier: i.moduleRequest.value, isType: isType(i.start) })),
    ...module.staticExports.flatMap((statement) =>
      statement.entries.flatMap((e) => (e.moduleRequest ? [{ specifier: e.moduleRequest.value, isType: isType(statement.start) }] : [])),
    ),
    ...module.dynamicImports.map((i) => ({ specifier: literal(i.moduleRequest.start, i.moduleRequest.end), isType: false })),
  ];
}

/** A relative import's path from the root, or null for a package. */
function resolved(from: string, specifier: string): string | null {
  if (!specifier.startsWith('.')) return null;
  return posix.join(posix.dirname(from), specifier.replace(/\?.*$/, ''));
}

/** `@scope/name/sub` and `name/sub` → the package's name. */
export function packageOf(specifier: string): string {
  const parts = specifier.split('/');
  return specifier.startsWith('@') ? parts.slice(0, 2).join('/') : (parts[0] ?? specifier);
}

const apps = ['widget', 'inbox', 'server'];
const contactPackages = ['libphonenumber-js', 'tldts', 'disposable-email-domains-js'];
const schemaFiles = ['shared/protocol.ts', 'shared/api.ts', 'shared/schema-pieces.ts'];
const driverFiles = ['server/store/open.ts', 'server/store/sqlite.ts', 'server/store/postgres.ts'];
const edges = ['realtime', 'http', 'jobs', 'cli'];
export const widgetPackages = ['preact', '@preact/signals', 'socket.io-client'];

function packageMistake(path: string, name: string): string | null {
  if (name === computed) return mayCompute.includes(path) ? null : 'a computed import cannot be checked';
  if (path.startsWith('shared/')) {
    const allowed = path.startsWith('shared/extract/')
      ? contactPackages
      : schemaFiles.includes(path) || path.startsWith('shared/bot/')
        ? ['zod']
        : [];
    return allowed.includes(name) ? null : `shared/ is pure and may not import ${name} here`;
  }
  if ((path.startsWith('widget/') || path.startsWith('inbox/')) && name.startsWith('node:')) return `a browser has no ${name}`;
  if (['pg', 'better-sqlite3'].includes(name) && !driverFiles.includes(path)) return `${name} belongs into server/store/open.ts`;
  if ((name === 'redis' || name.startsWith('@socket.io/redis')) && path !== 'server/realtime/adapter.ts') {
    return `${name} belongs into server/realtime/adapter.ts`;
  }
  return null;
}

function layerMistake(path: string, target: string): string | null {
  const layerOf = (p: string): string => (p.split('/').length > 2 ? (p.split('/')[1] ?? '') : '');
  const [from, to] = [layerOf(path), layerOf(target)];
  if (from === '' || from === to) return null;
  if (to === '') return ['server/app.ts', 'server/main.ts'].includes(target) ? `${target} is the top; nothing below imports it` : null;
  if (from === 'store') return `store/ imports shared/ only, not ${to}/`;
  if (from === 'locales') return `locales/ are words only, without ${to}/`;
  if (from === 'actions' && to !== 'store' && to !== 'locales') return `actions/ may import store/ and locales/, not ${to}/`;
  if (edges.includes(from) && edges.includes(to)) return `${from}/ and ${to}/ are equals and meet in actions/`;
  return null;
}

function folderMistake(path: string, target: string): string | null {
  const [from = '', to = ''] = [path.split('/')[0], target.split('/')[0]];
  if (from === 'shared' && to !== 'shared') return `shared/ may not import ${target}`;
  if (apps.includes(from) && to !== from && to !== 'shared') return `${from}/ may not import ${target}`;
  return from === 'server' && to === 'server' ? layerMistake(path, target) : null;
}

/** Every breach of the import rule as `file: words`. */
export function importMistakes(sources: Sources): string[] {
  const mistakes: string[] = [];
  for (const [path, source] of sources) {
    for (const { specifier, isType } of importsOf(path, source)) {
      if (isType) continue;
      const target = resolved(path, specifier);
      const mistake = target === null ? packageMistake(path, packageOf(specifier)) : folderMistake(path, target);
      if (mistake) mistakes.push(`${path}: ${mistake}`);
    }
  }
  return mistakes;
}

/** What the widget would ship: every package its value imports reach, also through shared/, with one way there. */
export function shippedPackages(sources: Sources): Map<string, string> {
  const ways = new Map<string, string>();
  const queue = [...sources.keys()].filter((path) => path.startsWith('widget/')).map((path) => ({ path, way: path }));
  const seen = new Set(queue.map(({ path }) => path));
  for (let next = queue.shift(); next; next = queue.shift()) {
    for (const { specifier, isType } of importsOf(next.path, sources.get(next.path) ?? '')) {
      if (isType || specifier === computed) continue;
      const target = resolved(next.path, specifier);
      if (target === null) ways.set(packageOf(specifier), ways.get(packageOf(specifier)) ?? `${next.way} → ${specifier}`);
      else if (sources.has(target) && !seen.has(target)) {
        seen.add(target);
        queue.push({ path: target, way: `${next.way} → ${target}` });
      }
    }
  }
  return ways;
}

const rawHtml = /dangerouslySetInnerHTML|\b(?:inner|outer)HTML\b|insertAdjacentHTML|document\.write|setHTMLUnsafe|createContextualFragment/;

/** The loader draws its button from one constant text: elements by hand would cost it a tenth of its bytes. */
const constantMarkup = ['widget/launcher.ts'];

/** Lines of widget/ and inbox/ which put text into the page as markup. */
export function rawHtmlMistakes(sources: Sources): string[] {
  return [...sources]
    .filter(([path]) => (path.startsWith('widget/') || path.startsWith('inbox/')) && !constantMarkup.includes(path))
    .flatMap(([path, source]) =>
      source.split('\n').flatMap((line, i) => {
        const code = line.replace(/(^|\s)\/\/.*$/, '');
        return rawHtml.test(code) ? [`${path}:${i + 1}: ${line.trim()}`] : [];
      }),
    );
}

export function longFiles(sources: Sources, limit: number): string[] {
  return [...sources]
    .map(([path, source]) => ({ path, lines: source.split('\n').length - 1 }))
    .filter(({ lines }) => lines > limit)
    .map(({ path, lines }) => `${path}: ${lines} lines`);
}
