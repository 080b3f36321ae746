// From the draft to what is drawn, kept up to date: facts, faults, cards, places.
import { computed } from '@preact/signals';
import type { ReadonlySignal } from '@preact/signals';
import type { FlowDraft } from '../../shared/bot/edit.ts';
import type { Flow, FlowFault } from '../../shared/bot/flow.ts';
import { parseDraft } from '../../shared/bot/flow.ts';
import { validateFlow } from '../../shared/bot/validate.ts';
import type { ConditionFact } from '../conditions.ts';
import { isPoint } from './change.ts';
import { flowFacts } from './facts.ts';
import { freeSpot } from './geometry.ts';
import type { Box, Point } from './geometry.ts';
import { createGrapher, createPlacer, faultsByStep } from './graph.ts';
import type { Graph } from './graph.ts';
import type { Names } from './names.ts';
import { nodeWidth } from './node-content.ts';

export interface Drawing {
  readonly facts: ReadonlySignal<readonly ConditionFact[]>;
  /** The draft as the engine takes it; null while a step is not well formed. */
  readonly flow: ReadonlySignal<Flow | null>;
  readonly faults: ReadonlySignal<readonly FlowFault[]>;
  /** By step; those of the flow as a whole under the empty id. */
  readonly faultsOf: ReadonlySignal<ReadonlyMap<string, readonly FlowFault[]>>;
  readonly graph: ReadonlySignal<Graph>;
  /** Where each card stands. */
  readonly places: ReadonlySignal<ReadonlyMap<string, Box>>;
  /** Where an edge bends, as long as its ends stand where the layout put them. */
  readonly bends: ReadonlySignal<ReadonlyMap<string, readonly Point[]>>;
}

export function createDrawing(draft: ReadonlySignal<FlowDraft>, names: ReadonlySignal<Names>): Drawing {
  const facts = computed(() => flowFacts(draft.value, names.value.attributes));
  const checked = computed(() => check(draft.value, names.value.attributes));
  const faults = computed(() => checked.value.faults);
  const grapher = createGrapher();
  const graph = computed(() => grapher(draft.value, { facts: facts.value, names: names.value }));
  const placer = createPlacer();
  const layout = computed(() => placer(graph.value, draft.value.start));
  const places = computed(() => placesOf(graph.value, draft.value, layout.value.at));
  return {
    facts,
    flow: computed(() => checked.value.flow),
    faults,
    faultsOf: computed(() => faultsByStep(faults.value)),
    graph,
    places,
    bends: computed(() => {
      const { at, bends } = layout.value;
      const stands = (id: string): boolean => {
        const [place, own] = [places.value.get(id), at.get(id)];
        return place !== undefined && own !== undefined && place.x === own.x && place.y === own.y;
      };
      return new Map(graph.value.edges.flatMap(({ key, from, to }) => (stands(from) && stands(to) ? [[key, bends.get(key) ?? []]] : [])));
    }),
  };
}

function check(draft: FlowDraft, attributes: readonly string[]): { flow: Flow | null; faults: readonly FlowFault[] } {
  const parsed = parseDraft(draft);
  return parsed.ok ? { flow: parsed.flow, faults: validateFlow(parsed.flow, { attributes }) } : { flow: null, faults: parsed.faults };
}

/** Steps that were put somewhere stand there; the others where the layout has them, or below what is in the way. */
function placesOf(graph: Graph, draft: FlowDraft, at: ReadonlyMap<string, Point>): ReadonlyMap<string, Box> {
  const places = new Map<string, Box>();
  const fixed: Box[] = [];
  for (const { id, content } of graph.nodes) {
    const own = draft.steps[id]?.['at'];
    if (!isPoint(own)) continue;
    const box = { x: own.x, y: own.y, width: nodeWidth, height: content.height };
    places.set(id, box);
    fixed.push(box);
  }
  for (const { id, content } of graph.nodes) {
    if (places.has(id)) continue;
    const box = { ...(at.get(id) ?? { x: 0, y: 0 }), width: nodeWidth, height: content.height };
    const place = fixed.length === 0 ? box : freeSpot(box, fixed);
    // One that had to give way is in the way of the next.
    if (place !== box) fixed.push(place);
    places.set(id, place);
  }
  return places;
}
