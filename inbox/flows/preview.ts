// A conversation with the draft, on this machine alone: the real engine and the real extraction; what the server would do is
// written down or asked for.
import { batch, computed, signal } from '@preact/signals';
import type { ReadonlySignal } from '@preact/signals';
import { advance, continueFlow, resumeFlow, startFlow } from '../../shared/bot/engine.ts';
import type { Advance } from '../../shared/bot/engine.ts';
import type { Flow } from '../../shared/bot/flow.ts';
import { parseDraft } from '../../shared/bot/flow.ts';
import { localize } from '../../shared/bot/localize.ts';
import type { BotEffect, BotInput, BotState, CallRequest, FactValue, FormField } from '../../shared/bot/types.ts';
import type { Detail } from '../../shared/extract/types.ts';
import type { FlowSummary, FlowVersionView } from '../../shared/api.ts';
import type { Api } from '../api.ts';
import { durationWords } from './duration.ts';
import { createPretence } from './pretence.ts';
import type { Pretence } from './pretence.ts';

type Said = Extract<BotEffect, { kind: 'say' | 'form' }>;

export type PreviewEntry = { id: number } & (
  | { by: 'bot'; said: Said; isAnswered: boolean }
  | { by: 'visitor'; text: string; captured: readonly Detail[] }
  /** What happens out of the visitor's sight. */
  | { by: 'note'; text: string; tone: 'plain' | 'done' | 'fault' }
);

/** What the flow waits for that is not the visitor. */
export type Awaiting = { kind: 'wait'; step: string; ms: number } | { kind: 'call'; step: string; request: CallRequest } | null;

export interface Preview {
  readonly isOn: ReadonlySignal<boolean>;
  readonly entries: ReadonlySignal<readonly PreviewEntry[]>;
  readonly state: ReadonlySignal<BotState | null>;
  readonly awaiting: ReadonlySignal<Awaiting>;
  /** The step it stands at. */
  readonly current: ReadonlySignal<string | null>;
  readonly passed: ReadonlySignal<ReadonlySet<string>>;
  /** The edges gone along, as `from>to`. */
  readonly steps: ReadonlySignal<ReadonlySet<string>>;
  readonly attributes: ReadonlySignal<Readonly<Record<string, FactValue>>>;
  readonly tags: ReadonlySignal<readonly string[]>;
  /** Who the visitor is taken for, and where. */
  readonly pretence: Pretence;
  /** From the flow's start, or from this step. */
  restart(from?: string | null): void;
  close(): void;
  say(text: string, how?: { choice?: string; choices?: readonly string[]; files?: readonly string[] }): Promise<void>;
  submit(fields: readonly FormField[], values: Readonly<Record<string, FactValue>>): Promise<void>;
  skipWait(): void;
  answerCall(ok: boolean, json: unknown): void;
  /** As an agent would. */
  handBack(): void;
}

interface Deps {
  api: Api;
  flow: ReadonlySignal<Flow | null>;
  show(isShown: boolean): void;
}

/** More rounds than this without a word of the visitor is two flows that jump to each other. */
const mostJumps = 8;

export function createPreview({ api, flow, show }: Deps): Preview {
  const isOn = signal(false);
  const entries = signal<readonly PreviewEntry[]>([]);
  const state = signal<BotState | null>(null);
  const awaiting = signal<Awaiting>(null);
  const pretence = createPretence(api);
  const attributes = signal<Readonly<Record<string, FactValue>>>({});
  const tags = signal<readonly string[]>([]);
  /** The flow that speaks: another one after a jump. */
  let other: Flow | null = null;
  let nextId = 1;
  let round = 0;
  let turn: Promise<void> = Promise.resolve();

  const add = (
    entry:
      | Omit<Extract<PreviewEntry, { by: 'note' }>, 'id'>
      | Omit<Extract<PreviewEntry, { by: 'bot' }>, 'id'>
      | Omit<Extract<PreviewEntry, { by: 'visitor' }>, 'id'>,
  ): void => void (entries.value = [...entries.peek(), { ...entry, id: nextId++ } as PreviewEntry]);
  const note = (text: string, tone: 'plain' | 'done' | 'fault' = 'plain'): void => add({ by: 'note', text, tone });
  const speaking = (): Flow | null => {
    const now = other ?? flow.peek();
    return now === null ? null : localize(now, pretence.settings.peek().language);
  };
  const facts = (): Record<string, FactValue> => pretence.facts(attributes.peek(), tags.peek());

  /** Never throws: a draft may lead nowhere. */
  function run(work: (flow: Flow) => Advance): void {
    const now = speaking();
    if (now === null) return note('This flow cannot run yet. Its faults are listed on the left of “Publish”.', 'fault');
    try {
      const { state: next, effects } = work(now);
      batch(() => {
        awaiting.value = null;
        state.value = next;
        for (const effect of effects) take(effect);
      });
      if (next.outcome === 'jump' && next.jumpTo !== undefined) void jump(next, next.jumpTo);
    } catch (error) {
      note(`The flow cannot go on: ${error instanceof Error ? error.message : String(error)}.`, 'fault');
    }
  }

  function take(effect: BotEffect): void {
    switch (effect.kind) {
      case 'say':
      case 'form':
        return add({ by: 'bot', said: effect, isAnswered: false });
      case 'attribute':
        attributes.value = { ...attributes.peek(), [effect.name]: effect.value };
        return;
      case 'score':
        return note(`${effect.points < 0 ? '−' : '+'}${Math.abs(effect.points)} points: ${effect.reason}`);
      case 'tag':
        tags.value = effect.on ? [...new Set([...tags.peek(), effect.name])] : tags.peek().filter((tag) => tag !== effect.name);
        return note(`${effect.on ? 'Tagged' : 'Tag taken off'}: ${effect.name}`);
      case 'assign':
        return note('Given to a team or a person');
      case 'wait':
        awaiting.value = effect;
        return note(`Waits for ${durationWords(effect.ms)}`);
      case 'call':
        awaiting.value = effect;
        return note(`Calls ${effect.request.method} ${effect.request.url}`);
      case 'jump':
        return note(`Jumps to the flow “${effect.flow}”`);
      case 'handover':
        return note(`Handed over to the team: ${effect.reason}`, 'done');
      case 'end':
        return note('The flow has come to its end', 'done');
    }
  }

  async function jump(from: BotState, to: string, jumps = 1): Promise<void> {
    const asked = round;
    const loaded = to === flow.peek()?.id ? flow.peek() : await published(api, to);
    if (asked !== round) return;
    if (loaded === null || jumps > mostJumps) return note(`The flow “${to}” is not published, so nobody would go on here.`, 'fault');
    other = loaded;
    run((next) => continueFlow(next, from, facts(), pretence.terms()));
  }

  /** What stands before the visitor's next words counts as answered: its chips and controls go. */
  function settle(): void {
    entries.value = entries.peek().map((entry) => (entry.by === 'bot' && !entry.isAnswered ? { ...entry, isAnswered: true } : entry));
  }

  /** One after the other, as the server takes them: reading a message takes a while, the first one longer. */
  function hear(text: string, more: Partial<Extract<BotInput, { kind: 'message' }>>): Promise<void> {
    const asked = round;
    return (turn = turn.then(() => answer(asked, text, more)));
  }

  async function answer(asked: number, text: string, more: Partial<Extract<BotInput, { kind: 'message' }>>): Promise<void> {
    const before = state.peek();
    if (before === null || asked !== round) return;
    const last = entries.peek().findLast((entry) => entry.by === 'bot');
    const asks = last?.said.kind === 'say' ? (last.said.asks ?? null) : null;
    const previous = entries
      .peek()
      .flatMap((entry) => (entry.by === 'note' ? [] : [{ role: entry.by, text: entry.by === 'bot' ? entry.said.text : entry.text }]));
    const details = await pretence.read(text, previous.slice(-6), asks, more.values);
    if (asked !== round) return;
    batch(() => {
      settle();
      add({ by: 'visitor', text, captured: details });
      pretence.learn(details);
    });
    run((now) => advance(now, before, { kind: 'message', text, details, ...more }, facts(), pretence.terms()));
  }

  return {
    isOn,
    entries,
    state,
    awaiting,
    attributes,
    tags,
    pretence,
    current: computed(() => (other === null ? (state.value?.step ?? awaiting.value?.step ?? null) : null)),
    passed: computed(() => new Set(pathOf(state.value))),
    steps: computed(() => {
      const path = pathOf(state.value);
      return new Set(path.slice(1).map((to, index) => `${path[index]}>${to}`));
    }),
    restart(from = null) {
      round += 1;
      other = null;
      batch(() => {
        isOn.value = true;
        show(true);
        entries.value = [];
        state.value = null;
        awaiting.value = null;
        attributes.value = {};
        tags.value = [];
        pretence.forget();
      });
      run((now) => startFlow(from === null ? now : { ...now, start: from }, facts(), {}, pretence.terms()));
    },
    close() {
      round += 1;
      isOn.value = false;
      show(false);
    },
    say: (text, how = {}) => hear(text, how),
    async submit(fields, values) {
      const words = fields.flatMap(({ name, label }) =>
        values[name] === undefined || values[name] === null || values[name] === '' ? [] : [`${label}: ${String(values[name])}`],
      );
      await hear(words.join('\n'), { values });
    },
    skipWait() {
      const now = awaiting.peek();
      const before = state.peek();
      if (now?.kind !== 'wait' || before === null) return;
      note(`${durationWords(now.ms)} later`);
      run((flow) => advance(flow, before, { kind: 'timer', step: now.step }, facts(), pretence.terms()));
    },
    answerCall(ok, json) {
      const now = awaiting.peek();
      const before = state.peek();
      if (now?.kind !== 'call' || before === null) return;
      note(ok ? 'The call was answered' : 'The call failed');
      run((flow) => advance(flow, before, { kind: 'called', step: now.step, ok, json }, facts(), pretence.terms()));
    },
    handBack() {
      const before = state.peek();
      if (before === null) return;
      note('An agent hands back to the bot');
      run((flow) => resumeFlow(flow, before, facts(), pretence.terms()));
    },
  };
}

function pathOf(state: BotState | null): readonly string[] {
  if (state === null) return [];
  const path = state.path ?? state.passed;
  return state.step === null || path.at(-1) === state.step ? path : [...path, state.step];
}

async function published(api: Api, flow: string): Promise<Flow | null> {
  const found = await api.call('GET /api/v1/flows/:flow', { params: { flow } });
  const version = found.ok ? (found.data as FlowSummary & { versions: FlowVersionView[] }).published_version : null;
  if (version === null) return null;
  const result = await api.call('GET /api/v1/flows/:flow/versions/:version', { params: { flow, version } });
  const parsed = result.ok ? parseDraft(result.data.body) : null;
  return parsed?.ok ? parsed.flow : null;
}
