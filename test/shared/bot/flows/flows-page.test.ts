// docs/flows.md promises that a flow can be written from it alone: its example is played as it stands there.
import { mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { run } from '../../../../scripts/flow-test/run.ts';
import { readTranscripts } from '../../../../scripts/flow-test/transcripts.ts';
import { fieldsOf } from '../../../../shared/bot/editor.ts';
import { parseFlow } from '../../../../shared/bot/flow.ts';
import { readyFlows } from '../../../../shared/bot/flows/index.ts';
import { recognisers } from '../../../../shared/bot/recognise/index.ts';
import { stepTypes } from '../../../../shared/bot/steps/index.ts';
import type { StepTypeName } from '../../../../shared/bot/steps/index.ts';
import { askPolicies } from '../../../../shared/bot/types.ts';
import { languages } from '../../../../shared/bot/understand/languages.ts';
import { isFactName } from '../../../../shared/facts.ts';

const page = readFileSync('docs/flows.md', 'utf8');

function blockOf(label: string): string {
  const block = page.split(`\`\`\`${label}\n`)[1]?.split('\n```')[0];
  if (block === undefined) throw new Error(`docs/flows.md has no block “${label}”`);
  return block;
}

/** The rows of the tables, as cells. */
const rows = page
  .split('\n')
  .filter((line) => line.startsWith('| '))
  .map((line) => line.split('|').slice(1, -1));
const rowOf = (name: string): string => rows.find(([first]) => first?.includes(`\`${name}\``))?.join('|') ?? '';
/** Told once for all steps that ask, or for all steps. */
const common = ['text', 'again', 'why', 'retry', 'retries', 'refused', 'next', 'note', 'attribute'];

describe('docs/flows.md', () => {
  it('has a flow and transcripts that pass as they stand there', () => {
    const folder = mkdtempSync(join(tmpdir(), 'flows-page-'));
    const [flow, talks] = [join(folder, 'flow.json'), join(folder, 'talks.jsonl')];
    writeFileSync(flow, blockOf('json flow'));
    writeFileSync(talks, blockOf('jsonl transcripts'));
    const out: string[] = [];
    const code = run([flow, talks], { print: (line) => out.push(line), complain: (line) => out.push(line) });
    expect(out.at(-1)).toBe(`${readTranscripts(talks).length} passed, 0 failed`);
    expect(code).toBe(0);
    expect(parseFlow(JSON.parse(blockOf('json flow')))).toMatchObject({ ok: true });
  });

  it.each(Object.keys(stepTypes) as StepTypeName[])('names the step “%s” and its fields', (name) => {
    const row = rowOf(name);
    expect(row).not.toBe('');
    for (const field of fieldsOf(name)) if (!common.includes(field.name)) expect(row).toContain(`\`${field.name}\``);
  });

  it('names no fact that is unknown', () => {
    const named = rows
      .flatMap((cells) => cells.join('|').match(/`(?:contact|team|queue|page|now)\.[a-z_]+`/g) ?? [])
      .map((fact) => fact.slice(1, -1));
    expect(named.length).toBeGreaterThan(15);
    expect(named.filter((fact) => !isFactName(fact))).toEqual([]);
  });

  it('names every policy, recogniser, ready flow and language', () => {
    for (const name of [...askPolicies, ...Object.keys(recognisers), ...readyFlows.map(({ id }) => id)])
      expect(page).toContain(`\`${name}\``);
    expect(page.replace(/\s+/g, ' ')).toContain(languages.join(' '));
  });
});
