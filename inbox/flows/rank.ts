// Which column each step stands in: the longest way from where the flow begins, with the edges that lead back left out.

export interface Link {
  from: string;
  to: string;
}

/** Nodes in the order a depth-first walk first meets them, and the links that lead back to a node on its way. */
export interface Walk {
  order: string[];
  back: ReadonlySet<Link>;
}

/** Without recursion: a flow may be a chain of many hundred steps. */
export function walk(ids: readonly string[], links: readonly Link[], roots: readonly string[]): Walk {
  const out = outgoing(ids, links);
  const state = new Map<string, 'open' | 'done'>();
  const order: string[] = [];
  const back = new Set<Link>();
  for (const root of [...roots, ...ids]) {
    if (state.has(root) || !out.has(root)) continue;
    const stack = [{ id: root, next: 0 }];
    state.set(root, 'open');
    order.push(root);
    for (let top = stack.at(-1); top !== undefined; top = stack.at(-1)) {
      const link = out.get(top.id)?.[top.next++];
      if (link === undefined) {
        state.set(top.id, 'done');
        stack.pop();
      } else if (state.get(link.to) === 'open') back.add(link);
      else if (!state.has(link.to)) {
        state.set(link.to, 'open');
        order.push(link.to);
        stack.push({ id: link.to, next: 0 });
      }
    }
  }
  return { order, back };
}

/** Every link that does not lead back goes to a higher rank; ranks begin at 0. */
export function ranksOf(ids: readonly string[], links: readonly Link[], { back }: Walk): Map<string, number> {
  const forward = links.filter((link) => !back.has(link));
  const out = outgoing(ids, forward);
  const waiting = new Map(ids.map((id) => [id, 0]));
  for (const { to } of forward) waiting.set(to, (waiting.get(to) ?? 0) + 1);
  const ranks = new Map(ids.map((id) => [id, 0]));
  const ready = ids.filter((id) => waiting.get(id) === 0);
  for (let id = ready.pop(); id !== undefined; id = ready.pop()) {
    for (const { to } of out.get(id) ?? []) {
      ranks.set(to, Math.max(ranks.get(to) ?? 0, (ranks.get(id) ?? 0) + 1));
      const left = (waiting.get(to) ?? 0) - 1;
      waiting.set(to, left);
      if (left === 0) ready.push(to);
    }
  }
  return ranks;
}

function outgoing(ids: readonly string[], links: readonly Link[]): Map<string, Link[]> {
  const out = new Map<string, Link[]>(ids.map((id) => [id, []]));
  for (const link of links) if (out.has(link.to)) out.get(link.from)?.push(link);
  return out;
}

/** Groups that no link joins, the one of the first root first. */
export function islands(ids: readonly string[], links: readonly Link[], first: string): string[][] {
  const near = new Map<string, string[]>(ids.map((id) => [id, []]));
  for (const { from, to } of links) {
    if (!near.has(from) || !near.has(to)) continue;
    near.get(from)?.push(to);
    near.get(to)?.push(from);
  }
  const seen = new Set<string>();
  const found: string[][] = [];
  for (const id of near.has(first) ? [first, ...ids] : ids) {
    if (seen.has(id)) continue;
    const members = new Set<string>([id]);
    for (const member of members) for (const other of near.get(member) ?? []) members.add(other);
    for (const member of members) seen.add(member);
    found.push(ids.filter((each) => members.has(each)));
  }
  return found;
}
