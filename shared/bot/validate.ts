// Names everything that would make a flow fail, hang or puzzle, in words for the person who edits it.
import { factsIn } from '../conditions.ts';
import { detailFields } from '../contact-fields.ts';
import { isFactName, isReservedAttribute } from '../facts.ts';
import { targetsOf } from './edit.ts';
import type { Flow, FlowFault } from './flow.ts';
import { textsOf } from './localize.ts';
import { attributesIn, conditionsIn, textPlaces } from './places.ts';
import type { Step } from './steps/index.ts';
import { stepTypeOf } from './steps/index.ts';
import { factsInTemplate, parseTemplate } from './template.ts';
import { defaultWords } from './words.ts';

export interface KnownNames {
  /** The workspace's own contact attributes, without `contact.`. */
  attributes?: readonly string[];
  /** Steps of other flows, which jump here: their answers are known. */
  answers?: readonly string[];
}

export function validateFlow(flow: Flow, known: KnownNames = {}): FlowFault[] {
  if (!Object.hasOwn(flow.steps, flow.start)) {
    return [
      {
        code: 'no-start',
        step: null,
        message:
          flow.start === '' ? 'The flow does not say where it begins.' : `The flow begins at “${flow.start}”, but there is no such step.`,
      },
    ];
  }
  const isKnown = factChecker(flow, known);
  const steps = Object.entries(flow.steps);
  return [
    ...steps.flatMap(([id, step]) => stepFaults(flow, id, step, isKnown)),
    ...humanFaults(flow),
    ...wordFaults(flow, isKnown),
    ...translationFaults(flow, isKnown),
    ...unreachable(flow),
    ...endlessLoops(flow),
  ];
}

type FactCheck = (fact: string) => string | null;

/** What is wrong with the name of a fact, or null. */
function factChecker(flow: Flow, known: KnownNames): FactCheck {
  const attributes = new Set(known.attributes ?? []);
  for (const step of Object.values(flow.steps)) {
    for (const name of attributesIn(step)) attributes.add(name);
  }
  return (fact) => {
    if (isFactName(fact)) return null;
    if (fact.startsWith('contact.') && attributes.has(fact.slice('contact.'.length))) return null;
    if (!fact.startsWith('answer.')) return `speaks of “${fact}”, which nothing is known about`;
    const id = fact.slice('answer.'.length);
    const step = Object.hasOwn(flow.steps, id) ? flow.steps[id] : undefined;
    if (step === undefined)
      return known.answers?.includes(id) === true ? null : `speaks of the answer to “${id}”, but there is no such step`;
    return stepTypeOf(step).kind === 'asks' ? null : `speaks of the answer to “${id}”, but that step asks nothing`;
  };
}

function stepFaults(flow: Flow, id: string, step: Step, isKnown: FactCheck): FlowFault[] {
  const type = stepTypeOf(step);
  const fault = (code: FlowFault['code'], message: string): FlowFault => ({ code, step: id, message: `Step “${id}” ${message}` });
  const faults: FlowFault[] = (type.faults?.(step) ?? []).map(({ code, message }) => fault(code, message));
  for (const name of keptNames(step).filter(isReservedAttribute))
    faults.push(fault('bad-value', `keeps something as “${name}”, which is known otherwise. Choose another name.`));
  for (const { name, to, label } of targetsOf(step)) {
    // An empty default is a fault of the branch's own.
    if (to === '' && name !== 'default')
      faults.push(fault('missing-target', `leads nowhere${name === 'next' ? '' : ` at “${label}”`}. Choose the step that comes next.`));
    else if (to !== '' && !Object.hasOwn(flow.steps, to))
      faults.push(fault('missing-target', `leads to “${to}”, but there is no such step.`));
  }
  for (const { place, text, isShown } of textPlaces(step)) {
    if (isShown && text.trim() === '')
      faults.push(fault('empty-text', place === 'text' ? 'says nothing: its text is empty.' : `has an empty “${place}”.`));
    faults.push(...textFaults(text, isKnown, fault));
  }
  for (const name of new Set(conditionsIn(step).flatMap(factsIn))) {
    const wrong = isKnown(name);
    if (wrong !== null) faults.push(fault('unknown-fact', `${wrong}.`));
  }
  return faults;
}

/** What it writes itself: a form's details are read by the extraction, whatever their fields are called. */
function keptNames(step: Step): string[] {
  if (step.type !== 'form') return attributesIn(step);
  return step.fields.filter(({ kind }) => !(detailFields as readonly string[]).includes(kind)).map(({ name }) => name);
}

function textFaults(text: string, isKnown: FactCheck, fault: (code: FlowFault['code'], message: string) => FlowFault): FlowFault[] {
  const template = parseTemplate(text);
  const faults = template.fault === null ? [] : [fault('bad-text', `cannot be read: ${template.fault}.`)];
  for (const name of new Set(factsInTemplate(template))) {
    const wrong = isKnown(name);
    if (wrong !== null) faults.push(fault('unknown-fact', `${wrong}.`));
  }
  return faults;
}

function humanFaults(flow: Flow): FlowFault[] {
  if (flow.human === undefined) return [];
  const faults: FlowFault[] = [];
  const { collect, next } = flow.human;
  if (!Object.hasOwn(flow.steps, next))
    faults.push({
      code: 'missing-target',
      step: null,
      message: `A visitor who asks for a person is led to “${next}”, but there is no such step.`,
    });
  if (collect === undefined) return faults;
  const step = Object.hasOwn(flow.steps, collect) ? flow.steps[collect] : undefined;
  if (step === undefined)
    faults.push({
      code: 'missing-target',
      step: null,
      message: `A visitor who asks for a person is asked “${collect}”, but there is no such step.`,
    });
  else if (stepTypeOf(step).kind !== 'asks')
    faults.push({
      code: 'not-a-question',
      step: collect,
      message: `A visitor who asks for a person is asked “${collect}”, but that step asks nothing.`,
    });
  return faults;
}

function wordFaults(flow: Flow, isKnown: FactCheck): FlowFault[] {
  const texts = { ...flow.words, 'a person': flow.human?.text };
  return Object.entries(texts).flatMap(([word, text]) => {
    if (text === undefined) return [];
    const fault = (code: FlowFault['code'], message: string): FlowFault => ({
      code,
      step: null,
      message: `What the bot says for “${word}” ${message}`,
    });
    return [...(text.trim() === '' ? [fault('empty-text', 'is empty.')] : []), ...textFaults(text, isKnown, fault)];
  });
}

/** What would never be read: translations of a text that is not there, or under an id that is taken by the flow itself. */
function translationFaults(flow: Flow, isKnown: FactCheck): FlowFault[] {
  if (flow.translations === undefined) return [];
  const faults: FlowFault[] = ['human', 'words']
    .filter((id) => Object.hasOwn(flow.steps, id))
    .map((step) => ({
      code: 'bad-id',
      step,
      message: `In a flow with translations no step can be called “${step}”. Give it another name.`,
    }));
  const steps = new Map(textsOf(flow).map(({ key, step }) => [key, step]));
  for (const [language, texts] of Object.entries(flow.translations)) {
    for (const [key, text] of Object.entries(texts)) {
      const step = steps.get(key);
      const fault = (code: FlowFault['code'], message: string): FlowFault => ({
        code,
        step: step ?? null,
        message: `The translation of “${key}” (${language}) ${message}`,
      });
      // A word of the bot's may be put in other words in one language alone.
      if (step === undefined && !isWordKey(key)) faults.push(fault('unknown-text', 'belongs to no text of the flow.'));
      else if (text.trim() === '') faults.push(fault('empty-text', 'is empty.'));
      faults.push(...textFaults(text, isKnown, fault));
    }
  }
  return faults;
}

function isWordKey(key: string): boolean {
  return key.startsWith('words.') && Object.hasOwn(defaultWords, key.slice('words.'.length));
}

function stepsAfter(flow: Flow, id: string): string[] {
  const step = flow.steps[id];
  return step === undefined ? [] : targetsOf(step).flatMap(({ to }) => (Object.hasOwn(flow.steps, to) ? [to] : []));
}

function unreachable(flow: Flow): FlowFault[] {
  const reached = new Set<string>();
  const open = [flow.start, flow.human?.collect, flow.human?.next].filter((id) => id !== undefined && Object.hasOwn(flow.steps, id));
  for (let id = open.pop(); id !== undefined; id = open.pop()) {
    if (reached.has(id)) continue;
    reached.add(id);
    open.push(...stepsAfter(flow, id));
  }
  return Object.keys(flow.steps)
    .filter((id) => !reached.has(id))
    .map((step) => ({ code: 'unreachable', step, message: `Nothing leads to step “${step}”, so no visitor will ever see it.` }));
}

/** A way round in which nothing waits for the visitor would go on for ever. Each such way is named once. */
function endlessLoops(flow: Flow): FlowFault[] {
  const done = new Set<string>();
  const faults: FlowFault[] = [];
  const silent = (id: string): boolean => {
    const step = flow.steps[id];
    return step !== undefined && stepTypeOf(step).kind !== 'asks';
  };
  // Without recursion: a flow may have more steps than the stack has room for.
  for (const from of Object.keys(flow.steps).filter(silent)) {
    /** The way to here, each step with those after it that are still to be looked at. */
    const way = new Map<string, string[]>();
    const enter = (id: string): void => {
      if (way.has(id)) faults.push(loopFault([...way.keys()], id));
      else if (!done.has(id)) way.set(id, stepsAfter(flow, id).filter(silent).toReversed());
    };
    const open = [from];
    enter(from);
    for (let id = open.at(-1); id !== undefined; id = open.at(-1)) {
      const to = way.get(id)?.pop();
      if (to === undefined) {
        open.pop();
        way.delete(id);
        done.add(id);
      } else {
        const isNew = !way.has(to) && !done.has(to);
        enter(to);
        if (isNew) open.push(to);
      }
    }
  }
  return faults;
}

/** As many steps as a person can follow. */
const longestWay = 12;

function loopFault(path: readonly string[], id: string): FlowFault {
  const round = [...path.slice(path.indexOf(id)), id].map((step) => `“${step}”`);
  const way = round.length > longestWay ? [...round.slice(0, longestWay - 1), '…', `“${id}”`] : round;
  const message = `The flow can go round for ever without waiting for the visitor: ${way.join(' → ')}. Put a question in between.`;
  return { code: 'endless-loop', step: id, message };
}
