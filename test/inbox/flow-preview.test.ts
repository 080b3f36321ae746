// @vitest-environment happy-dom
import { signal } from '@preact/signals';
import type { Signal } from '@preact/signals';
import { expect, it } from 'vitest';
import { createApi } from '../../inbox/api.ts';
import { createPreview } from '../../inbox/flows/preview.ts';
import type { Preview } from '../../inbox/flows/preview.ts';
import { parseDraft } from '../../shared/bot/flow.ts';
import type { Flow } from '../../shared/bot/flow.ts';
import { createFakeFlows, smallFlow } from './flow-scene.ts';

function flowOf(more: object = {}): Flow {
  const parsed = parseDraft({ ...smallFlow, ...more });
  if (!parsed.ok) throw new Error(parsed.faults[0]?.message);
  return parsed.flow;
}

function open(flow: Signal<Flow | null> = signal(flowOf())): Preview {
  const preview = createPreview({ api: createApi(createFakeFlows().request), flow, show: () => undefined });
  preview.restart();
  return preview;
}

const said = (preview: Preview): string[] => preview.entries.value.map((entry) => (entry.by === 'bot' ? entry.said.text : entry.text));

it('runs the flow as visitors get it, with the real extraction, and shows what it learned', async () => {
  const preview = open();
  expect(said(preview)).toEqual(['Hi there!', 'What brings you here?']);
  expect(preview.current.value).toBe('need');
  await preview.say('Pricing', { choice: 'pricing' });
  expect(preview.current.value).toBe('email');
  await preview.say('sure: ada at lumen dot com');
  expect(preview.pretence.captured.value.email?.value).toBe('ada@lumen.com');
  expect(preview.state.value).toMatchObject({ outcome: 'handover', score: 20, points: [{ points: 20, reason: 'Asks about pricing' }] });
  expect(said(preview).at(-1)).toBe('Handed over to the team: Wants an answer');
  expect([...preview.passed.value]).toEqual(expect.arrayContaining(['hello', 'need', 'email', 'points', 'bye']));
  expect(preview.steps.value.has('need>email')).toBe(true);
});

it('does not ask for what is set as known, and speaks the language that is set', async () => {
  const preview = open(signal(flowOf({ translations: { de: { 'need.text': 'Was führt Sie her?' } } })));
  preview.pretence.set({ known: { email: 'ada@lumen.com', name: 'Ada' }, language: 'de' });
  preview.restart();
  expect(said(preview)).toEqual(['Hi Ada!', 'Was führt Sie her?']);
  await preview.say('Support', { choice: 'support' });
  expect(preview.state.value?.outcome).toBe('handover');
});

it('skips a wait and answers a call by hand, well or not', async () => {
  const steps = {
    pause: { type: 'wait', ms: 7_200_000, next: 'ask' },
    ask: {
      type: 'call',
      method: 'POST',
      url: 'https://crm.example/x',
      mapping: [{ path: 'plan', attribute: 'plan' }],
      next: 'yes',
      failed: 'no',
    },
    yes: { type: 'end', text: 'Plan {{contact.plan}}' },
    no: { type: 'end', text: 'No plan' },
  };
  const preview = open(signal(flowOf({ start: 'pause', steps })));
  expect(preview.awaiting.value).toMatchObject({ kind: 'wait', ms: 7_200_000 });
  preview.skipWait();
  expect(preview.awaiting.value).toMatchObject({ kind: 'call', request: { method: 'POST', url: 'https://crm.example/x' } });
  preview.answerCall(true, { plan: 'pro' });
  expect(said(preview)).toContain('Plan pro');
  expect(preview.attributes.value).toEqual({ plan: 'pro' });
  preview.restart();
  preview.skipWait();
  preview.answerCall(false, null);
  expect(said(preview)).toContain('No plan');
});

it('starts at any step, and again from the beginning with everything forgotten', async () => {
  const preview = open();
  preview.restart('email');
  expect([said(preview), preview.current.value]).toEqual([['Your email?'], 'email']);
  await preview.say('ada@lumen.com');
  preview.restart();
  expect([preview.current.value, preview.pretence.captured.value, preview.state.value?.score]).toEqual(['need', {}, 0]);
});

it('goes on with the draft as it is by now', async () => {
  const flow = signal<Flow | null>(flowOf());
  const preview = open(flow);
  flow.value = flowOf({ steps: { ...smallFlow.steps, email: { type: 'ask-email', text: 'New question?', next: 'points' } } });
  await preview.say('Pricing', { choice: 'pricing' });
  expect(said(preview).at(-1)).toBe('New question?');
});

it('says so where the draft cannot run, and never throws', async () => {
  const flow = signal<Flow | null>(flowOf({ steps: { ...smallFlow.steps, hello: { type: 'say', text: 'Hi', next: 'nowhere' } } }));
  const preview = open(flow);
  expect(preview.entries.value.at(-1)).toMatchObject({ by: 'note', tone: 'fault' });
  flow.value = null;
  preview.restart();
  expect(preview.entries.value).toMatchObject([{ by: 'note', tone: 'fault' }]);
});

it('a jump to a flow that is not published is a fault in words', async () => {
  const preview = open(signal(flowOf({ start: 'j', steps: { j: { type: 'jump', flow: 'other' } } })));
  await expect.poll(() => said(preview).at(-1)).toContain('not published');
});

it('a form fills in what it asks for', async () => {
  const fields = [
    { name: 'email', label: 'Email', kind: 'email', required: true },
    { name: 'seats', label: 'Seats', kind: 'number', required: true },
  ];
  const preview = open(
    signal(
      flowOf({
        start: 'f',
        steps: { f: { type: 'form', text: 'Your details', fields, next: 'bye' }, bye: { type: 'end', text: 'Thanks' } },
      }),
    ),
  );
  await preview.submit([...(fields as never[])], { email: 'ada@lumen.com', seats: '12' });
  expect(preview.state.value?.outcome).toBe('end');
  expect(preview.pretence.captured.value.email?.value).toBe('ada@lumen.com');
});
