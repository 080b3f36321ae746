// Flows as files: what goes out comes in again.
import type { FlowDraft } from '../../shared/bot/edit.ts';

export type ReadFile = { ok: true; body: Readonly<Record<string, unknown>> } | { ok: false; message: string };

/** Keys in their order, two spaces: made to be read, compared and kept under version control. */
export function fileText(flow: FlowDraft): string {
  return `${JSON.stringify(flow, null, 2)}\n`;
}

export function fileName(flow: FlowDraft): string {
  return `${flow.id || 'flow'}.flow.json`;
}

/** At most what the server takes. */
const mostBytes = 512 * 1024;

export function readFlowFile(text: string): ReadFile {
  if (text.length > mostBytes) return { ok: false, message: 'The file is larger than 512 kB. A flow this large is not taken.' };
  let raw: unknown;
  try {
    raw = JSON.parse(text);
  } catch {
    return { ok: false, message: 'This is not JSON, so it is no exported flow. Choose a file that ends with .flow.json.' };
  }
  if (typeof raw !== 'object' || raw === null || Array.isArray(raw) || !('steps' in raw)) return noFlow;
  const { steps } = raw;
  return typeof steps === 'object' && steps !== null && !Array.isArray(steps) ? { ok: true, body: raw as Record<string, unknown> } : noFlow;
}

const noFlow: ReadFile = { ok: false, message: 'This file holds no flow: it has no steps.' };

export function download(name: string, text: string): void {
  const url = URL.createObjectURL(new Blob([text], { type: 'application/json' }));
  const link = document.createElement('a');
  link.href = url;
  link.download = name;
  link.click();
  // Later: some browsers read it only after the click.
  setTimeout(() => URL.revokeObjectURL(url), 10_000);
}
