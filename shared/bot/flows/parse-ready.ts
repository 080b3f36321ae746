import type { Flow } from '../flow.ts';
import { parseFlow } from '../flow.ts';

/** A ready flow out of its definition; a fault in one is ours, so it throws. */
export function parseReady(definition: { id: string }): Flow {
  const result = parseFlow(definition);
  if (!result.ok) throw new Error(`the flow “${definition.id}” is faulty: ${result.faults.map((fault) => fault.message).join(' ')}`);
  return result.flow;
}
