// The widget's sheets come one by one, as they are wanted: a class that two of them style would look as the last one has it.

/** `.a, .b > c { … }` → what stands between the commas, at any depth. */
function selectorsOf(css: string): string[] {
  const plain = css.replaceAll(/\/\*.*?\*\//gs, '').replaceAll(/@(?:keyframes)[^{]*\{(?:[^{}]*\{[^{}]*\})*[^{}]*\}/g, '');
  return [...plain.matchAll(/([^{};]+)\{/g)]
    .flatMap(([, list = '']) => (list.includes('@') ? [] : list.split(',')))
    .map((one) => one.trim());
}

/** The classes which a sheet styles by themselves, `.x` and `.x:hover`, not where they stand around or beside another or have it within. */
function classesOf(css: string): Set<string> {
  return new Set(selectorsOf(css).flatMap((selector) => /^\.([\w-]+)(?::(?!has)[\w-]+(?:\([^)]*\))?)*$/.exec(selector)?.[1] ?? []));
}

/** @returns `count: list.css, parts.css` for each class that several sheets style by itself, and for each of `modifiers` that one does. */
export function styleMistakes(sheets: ReadonlyMap<string, string>, modifiers: readonly string[]): string[] {
  const sheetsByClass = new Map<string, string[]>();
  for (const [name, css] of sheets) for (const one of classesOf(css)) sheetsByClass.set(one, [...(sheetsByClass.get(one) ?? []), name]);
  return [...sheetsByClass]
    .filter(([one, names]) => names.length > 1 || modifiers.includes(one))
    .map(([one, names]) => `${one}: ${names.join(', ')}`)
    .toSorted();
}
