import { describe, expect, it } from 'vitest';
import { readyFlows } from '../../../../shared/bot/flows/index.ts';
import { differences } from '../../../../scripts/flow-test/compare.ts';
import { play } from '../../../../scripts/flow-test/play.ts';
import { readTranscripts } from '../../../../scripts/flow-test/transcripts.ts';

const flows = readyFlows.map(({ flow }) => flow);
const cases = flows.flatMap((flow) =>
  readTranscripts(`test/shared/bot/flows/${flow.id}.jsonl`).map(({ transcript }) => [flow.id, transcript.id, flow, transcript] as const),
);
const promise = /\b(?:by email at|e-mail|correo en|E-Mail an|宛てのメール|البريد)/;

describe('the ready flows, played by personas', () => {
  it.each(cases)('“%s”, “%s”: what comes of it is what is expected', (_flow, _id, flow, transcript) => {
    const played = play(flow, transcript, { flows });
    expect(played.impossible).toEqual([]);
    expect(transcript.expect?.outcome).toBeDefined();
    expect(differences(transcript.expect ?? {}, played)).toEqual([]);
  });

  it.each(cases)('“%s”, “%s”: thanks at most once a message, and promises no email without an address', (_flow, _id, flow, transcript) => {
    const played = play(flow, transcript, { flows });
    for (const text of played.said) {
      expect(text.match(/\bthanks?\b/gi)?.length ?? 0).toBeLessThanOrEqual(1);
      expect(text).not.toMatch(/[[{\]}]/);
    }
    if (played.contact.email === null) expect(played.said.at(-1)).not.toMatch(promise);
  });

  it.each(cases.filter(([, , , transcript]) => transcript.policy === 'never'))(
    '“%s”, “%s”: nobody is asked for details',
    (_flow, _id, flow, transcript) => {
      expect(play(flow, transcript, { flows }).asked).not.toEqual(
        expect.arrayContaining([expect.stringMatching(/^(?:email|name|phone)$/)]),
      );
    },
  );

  it.each(cases)('“%s”, “%s”: the same talk gives the same path again', (_flow, _id, flow, transcript) => {
    expect(play(flow, transcript, { flows })).toEqual(play(flow, transcript, { flows }));
  });
});
