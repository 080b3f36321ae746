// The draft as a drawing: a card for each step, a line for each way on. Pure; cards of steps that did not change stay the same.
import type { FlowFault } from '../../shared/bot/flow.ts';
import type { FlowDraft, StepJson } from '../../shared/bot/edit.ts';
import type { ConditionFact } from '../conditions.ts';
import { branchAfter } from './change.ts';
import { headHeight, nodeWidth } from './node-content.ts';
import type { NodeContent, Port } from './node-content.ts';
import { contentOf } from './node-content.ts';
import { layOut } from './layout.ts';
import type { Layout, LayoutEdge, LayoutNode } from './layout.ts';
import type { Names } from './names.ts';
import { walk } from './rank.ts';
import { lookOf } from './step-looks.ts';
import type { Look } from './step-looks.ts';

/** The id of the card that says where a visitor goes who asks for a person; no step can be called so. */
export const humanId = '(person)';

export interface GraphNode {
  id: string;
  type: string;
  look: Look;
  content: NodeContent;
  isStart: boolean;
}

export interface GraphEdge extends LayoutEdge {
  port: Port;
}

export interface Graph {
  /** In the order in which a visitor meets them. */
  nodes: readonly GraphNode[];
  byId: ReadonlyMap<string, GraphNode>;
  edges: readonly GraphEdge[];
}

export interface GraphDeps {
  facts: readonly ConditionFact[];
  names: Names;
}

/** Makes graphs one after the other; what is the same in both is the same object. */
export function createGrapher(): (flow: FlowDraft, deps: GraphDeps) => Graph {
  let before = new Map<string, { key: readonly unknown[]; node: GraphNode }>();
  return (flow, deps) => {
    const now = new Map<string, { key: readonly unknown[]; node: GraphNode }>();
    const factsKey = deps.facts.map(({ name }) => name).join();
    for (const [id, step] of Object.entries(flow.steps)) {
      const branchId = step['type'] === 'ask-choice' ? branchAfter(flow, id) : null;
      const branch = branchId === null ? undefined : flow.steps[branchId];
      const isStart = id === flow.start;
      const key = [step, branch, isStart, deps.names, step['type'] === 'branch' ? factsKey : ''];
      const old = before.get(id);
      const isSame = old !== undefined && key.every((part, i) => part === old.key[i]);
      now.set(id, isSame ? old : { key, node: nodeOf(id, step, isStart, { ...deps, branch }) });
    }
    before = now;
    const nodes = [...now.values()].map(({ node }) => node);
    const human = humanNode(flow);
    return graphOf(human === null ? nodes : [...nodes, human], flow.start);
  };
}

function nodeOf(id: string, step: StepJson, isStart: boolean, deps: Parameters<typeof contentOf>[2]): GraphNode {
  const type = typeof step['type'] === 'string' ? step['type'] : '';
  return { id, type, look: lookOf(type), content: contentOf(id, step, deps), isStart };
}

function humanNode({ human }: FlowDraft): GraphNode | null {
  if (human === undefined) return null;
  const top = headHeight;
  const port = (name: string, label: string, to: string, row: number): Port => ({
    name,
    label,
    to,
    kind: 'plain',
    isRow: true,
    y: top + row * 30 + 15,
  });
  const ports = human.collect === undefined ? [] : [port('collect', 'Asked first', human.collect, 0)];
  ports.push(port('human', 'Then', human.next, ports.length));
  const content: NodeContent = { text: '', textLines: 0, items: [], ports, height: top + ports.length * 30 + 6 };
  return { id: humanId, type: humanId, look: { ...lookOf('handover'), title: 'Asks for a person' }, content, isStart: false };
}

function graphOf(nodes: readonly GraphNode[], start: string): Graph {
  const byId = new Map(nodes.map((node) => [node.id, node]));
  const edges = nodes.flatMap(({ id, content }) =>
    content.ports
      // A choice goes by the branch after it, whose case is drawn.
      .filter((port) => port.kind !== 'choice' && byId.has(port.to))
      .map((port): GraphEdge => ({ key: `${id} ${port.name}`, from: id, to: port.to, fromY: port.y, port })),
  );
  const { order } = walk([...byId.keys()], edges, [start]);
  return { nodes: order.flatMap((id) => byId.get(id) ?? []), byId, edges };
}

/** Lays out anew only where the drawing's shape is another. */
export function createPlacer(): (graph: Graph, start: string) => Layout {
  let last: { shape: string; layout: Layout } | null = null;
  return (graph, start) => {
    const nodes: LayoutNode[] = graph.nodes.map(({ id, content: { height } }) => ({ id, width: nodeWidth, height }));
    const shape = JSON.stringify([
      start,
      nodes.map(({ id, height }) => [id, height]),
      graph.edges.map(({ key, to, fromY }) => [key, to, fromY]),
    ]);
    if (last?.shape !== shape) last = { shape, layout: layOut(nodes, graph.edges, start) };
    return last.layout;
  };
}

/** The steps with faults; those of the flow as a whole under the empty id. */
export function faultsByStep(faults: readonly FlowFault[]): ReadonlyMap<string, readonly FlowFault[]> {
  const map = new Map<string, FlowFault[]>();
  for (const fault of faults) {
    const id = fault.step ?? '';
    const list = map.get(id);
    if (list) list.push(fault);
    else map.set(id, [fault]);
  }
  return map;
}
