// The build leaves @preact/signals' own tie to Preact out, unit tests do not: what is not tracked() is redrawn in tests alone.
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseSync } from 'vite';
import { describe, expect, it } from 'vitest';

interface Node {
  type: string;
  [key: string]: unknown;
}

interface Part {
  isTracked: boolean;
  reads: boolean;
  calls: Set<string>;
}

const isNode = (value: unknown): value is Node => typeof (value as Node | null)?.type === 'string';
const childrenOf = (node: Node): Node[] => Object.values(node).flat().filter(isNode);
const nameOf = (value: unknown): string => (isNode(value) && typeof value.name === 'string' ? value.name : '');
const isFunction = ({ type }: Node): boolean => /Function/.test(type);

/** `signal.value` where it is read; a field's `.value` hangs on `current`, `target` or `currentTarget`. */
function isRead({ type, property, object }: Node): boolean {
  if (type !== 'MemberExpression' || nameOf(property) !== 'value') return false;
  const owner = object as Node;
  return !/^(current|target|currentTarget|field|input)$/.test(
    nameOf(owner.type === 'MemberExpression' ? owner.property : unwrapped(owner)),
  );
}

function unwrapped(node: Node): unknown {
  return node.type === 'TSNonNullExpression' ? ((node.expression as Node).property ?? node.expression) : node;
}

/** Reads signals by calls: a look-up of the state's. */
const readers = new Set(['formItem']);

function look(node: Node, part: Part): void {
  if (node.type === 'JSXAttribute' && /^on[A-Z]/.test(nameOf(node.name))) return;
  if (node.type === 'AssignmentExpression' && isRead(node.left as Node)) return look(node.right as Node, part);
  if (isRead(node)) part.reads = true;
  if (node.type === 'CallExpression') {
    const callee = node.callee as Node;
    const name = nameOf(callee.type === 'MemberExpression' ? callee.property : callee);
    if (readers.has(name)) part.reads = true;
    part.calls.add(name);
  }
  for (const child of childrenOf(node)) look(child, part);
}

/** The functions at the top of a module by name, tracked or not. */
function partsOf(code: string, file: string): Map<string, Part> {
  const parts = new Map<string, Part>();
  const { program, errors } = parseSync(file, code);
  if (errors.length > 0) throw new Error(`${file}: ${errors[0]!.message}`);
  const take = (name: string, body: Node, isTracked: boolean): void => {
    const part: Part = { isTracked, reads: false, calls: new Set() };
    look(body, part);
    parts.set(name, part);
  };
  for (const statement of program.body as unknown as Node[]) {
    const declared = isNode(statement.declaration) ? statement.declaration : statement;
    if (isFunction(declared)) take(nameOf(declared.id) || 'default', declared, containsTracked(declared));
    for (const one of (declared.declarations as Node[] | undefined) ?? []) {
      const init = one.init as Node | null;
      if (init && (isFunction(init) || init.type === 'CallExpression')) take(nameOf(one.id), init, containsTracked(init));
    }
  }
  return parts;
}

/** `tracked(…)` itself, or a maker of components which returns it. */
function containsTracked(node: Node): boolean {
  if (node.type === 'CallExpression') return nameOf(node.callee) === 'tracked';
  const body = (node.body as Node | null)?.body;
  if (!Array.isArray(body)) return false;
  return body.some((one: Node) => one.type === 'ReturnStatement' && isNode(one.argument) && containsTracked(one.argument));
}

/** Names of components which read a signal, themselves or through a hook or helper beside them, and are not tracked. */
function forgotten(code: string, file = 'View.tsx'): string[] {
  const parts = partsOf(code, file);
  const reads = (name: string, seen: readonly string[] = []): boolean => {
    const part = parts.get(name);
    if (!part || seen.includes(name)) return false;
    return part.reads || [...part.calls].some((called) => reads(called, [...seen, name]));
  };
  return [...parts].filter(([name, { isTracked }]) => /^[A-Z]/.test(name) && !isTracked && reads(name)).map(([name]) => name);
}

describe('every component which reads a signal is tracked', () => {
  const folders = ['components', 'messages'].map((name) => join(import.meta.dirname, '../../widget', name));
  const files = folders.flatMap((folder) => readdirSync(folder, { withFileTypes: true }).filter(({ name }) => name.endsWith('.tsx')));

  it.each(files.map(({ parentPath, name }) => [name, join(parentPath, name)]))('in %s', (name, path) =>
    expect(forgotten(readFileSync(path, 'utf8'), name)).toEqual([]),
  );

  it('and a forgotten one is found', () => {
    expect(files.length).toBeGreaterThan(10);
    expect(forgotten('export function A() { const { state } = useApp(); return <p>{state.draft.value}</p>; }')).toEqual(['A']);
    expect(forgotten('const A = () => <p>{list.map((one) => state.online.value && one)}</p>;')).toEqual(['A']);
    expect(forgotten('function useIt() { return state.x.value; } function A() { useIt(); return null; }')).toEqual(['A']);
    expect(forgotten('function A() { return state.formItem(1); }')).toEqual(['A']);
    expect(forgotten('const A = other(function A() { return <p>{state.x.value}</p>; });')).toEqual(['A']);
  });

  it('and none which is tracked, only writes, or reads in a handler', () => {
    expect(forgotten('export const A = tracked(function A() { return <p>{state.draft.value}</p>; });')).toEqual([]);
    expect(forgotten('function A() { state.draft.value = ""; return null; }')).toEqual([]);
    expect(forgotten('function A() { return <input onInput={(event) => say(state.x.value, event.currentTarget.value)} />; }')).toEqual([]);
    expect(forgotten('function A() { return input.current!.value; }')).toEqual([]);
  });
});
