// The flow a test names: a file with its JSON, or one of the ready flows by its id.
import type { Flow } from '../../shared/bot/flow.ts';
import { parseFlow } from '../../shared/bot/flow.ts';
import { readyFlows } from '../../shared/bot/flows/index.ts';
import { BadInput } from './bad-input.ts';
import { readText } from './transcripts.ts';

/** @throws BadInput with every fault of the flow */
export function readFlow(name: string): Flow {
  const ready = readyFlows.find(({ id }) => id === name);
  if (ready !== undefined) return ready.flow;
  if (!name.endsWith('.json')) {
    const ids = readyFlows.map(({ id }) => id).join(', ');
    throw new BadInput(`${name}: is neither a file ending in .json nor a ready flow (${ids})`);
  }
  const text = readText(name);
  let raw: unknown;
  try {
    raw = JSON.parse(text);
  } catch (error) {
    throw new BadInput(`${name}: is not JSON (${error instanceof Error ? error.message : String(error)})`);
  }
  const parsed = parseFlow(withOwnNames(raw));
  if (parsed.ok) return parsed.flow;
  throw new BadInput(parsed.faults.map(({ step, message }) => `${name}: ${step === null ? '' : `steps.${step}: `}${message}`).join('\n'));
}

/** A flow drawn in the editor gets its id and version when it is saved and published; for a test any will do. */
function withOwnNames(raw: unknown): unknown {
  return typeof raw === 'object' && raw !== null && !Array.isArray(raw) ? { id: 'flow', version: 0, name: '', ...raw } : raw;
}
