// @vitest-environment happy-dom
import { render, screen, waitFor, within } from '@testing-library/preact';
import userEvent from '@testing-library/user-event';
import { beforeEach, describe, expect, it, vi } from 'vitest';
import { createApi } from '../../inbox/api.ts';
import { addStep } from '../../inbox/flows/change.ts';
import { FlowContext } from '../../inbox/flows/context.ts';
import type { Scene as FlowScene } from '../../inbox/flows/context.ts';
import { createActs } from '../../inbox/flows/acts.ts';
import { createCanvas } from '../../inbox/flows/canvas.ts';
import { findKinds } from '../../inbox/flows/components/Palette.tsx';
import { StepPanel } from '../../inbox/flows/components/StepPanel.tsx';
import { findFacts, variableFor } from '../../inbox/flows/fields/VariablePicker.tsx';
import { createPreview } from '../../inbox/flows/preview.ts';
import { InboxContext } from '../../inbox/components/context.ts';
import { newStep } from '../../shared/bot/edit.ts';
import { fieldsOf } from '../../shared/bot/editor.ts';
import { parseDraft } from '../../shared/bot/flow.ts';
import { stepTypes } from '../../shared/bot/steps/index.ts';
import type { StepTypeName } from '../../shared/bot/steps/index.ts';
import { createFakeFlows, smallFlow, startEditor } from './flow-scene.ts';
import type { FakeFlows } from './flow-scene.ts';
import { open } from './page.tsx';

const types = Object.keys(stepTypes) as StepTypeName[];

beforeEach(() => {
  // happy-dom lays nothing out: the canvas has the size of a screen.
  vi.spyOn(HTMLElement.prototype, 'getBoundingClientRect').mockReturnValue({
    x: 0,
    y: 0,
    left: 0,
    top: 0,
    right: 1200,
    bottom: 800,
    width: 1200,
    height: 800,
    toJSON: () => ({}),
  });
});

async function openFlow(server: FakeFlows = createFakeFlows()) {
  const user = userEvent.setup();
  const scene = open({ api: createApi(server.request), path: '/inbox/flows/small' });
  await screen.findByRole('list', { name: 'Steps of the flow' });
  return { user, server, ...scene };
}

const step = (id: string): HTMLElement => screen.getByRole('button', { name: new RegExp(`(^|\\. )[^,]*, ${id}\\.`) });
const saved = (server: FakeFlows, check: (body: Record<string, unknown>) => void): Promise<void> =>
  waitFor(() => check((server.saves.at(-1)?.body.steps ?? {}) as Record<string, unknown>), { timeout: 3000 });

/** The form of one step, by itself. */
function openForm(type: StepTypeName) {
  const made = addStep(smallFlow, type, { step: 'hello', edge: 'next' });
  const server = createFakeFlows(made.flow);
  const inbox = open({ api: createApi(server.request), conversations: [] }).inbox;
  const editor = startEditor(server);
  const canvas = createCanvas(editor.drawing);
  const preview = createPreview({ api: createApi(server.request), flow: editor.drawing.flow, show: () => undefined });
  const scene: FlowScene = { inbox, editor, canvas, preview, acts: createActs(editor, canvas, inbox.toasts) };
  render(
    <InboxContext.Provider value={inbox}>
      <FlowContext.Provider value={scene}>
        <StepPanel id={made.id} />
      </FlowContext.Provider>
    </InboxContext.Provider>,
  );
  return { editor, id: made.id, panel: screen.getByRole('region', { name: stepTypes[type].title }) };
}

describe('the form of a step is made from its kind', () => {
  it.each(types)('%s: every field has its label and a control, and what a new step holds is shown and can be saved', async (type) => {
    const user = userEvent.setup();
    const { editor, id, panel } = openForm(type);
    const more = within(panel).queryByRole('button', { name: /More settings/ });
    if (more?.getAttribute('aria-expanded') === 'false') await user.click(more);
    for (const { name, label, control } of fieldsOf(type)) {
      const field = panel.querySelector(`[data-field="${name}"]`);
      expect(field?.textContent, `${type}.${name}`).toContain(label);
      expect(field?.querySelector('input, select, textarea, button'), `${type}.${name} (${control})`).not.toBeNull();
    }
    const unnamed = [...panel.querySelectorAll('input, select, textarea')].filter(
      (control) =>
        !control.getAttribute('aria-label') &&
        !control.getAttribute('aria-labelledby') &&
        (control as HTMLInputElement).labels?.length === 0,
    );
    expect(unnamed).toEqual([]);
    const { next: _, default: __, ...rest } = newStep(type);
    expect(editor.history.now.value.steps[id]).toMatchObject(rest);
  });

  it.each(types)('%s: a text that is written stands in the step, and the step stays well formed', async (type) => {
    const user = userEvent.setup();
    const { editor, id, panel } = openForm(type);
    const field = fieldsOf(type).find(({ control, isAdvanced }) => control === 'long-text' && isAdvanced !== true);
    if (!field) return;
    const box = within(panel).getByRole('textbox', { name: new RegExp(`^${field.label}`) });
    await user.clear(box);
    await user.type(box, 'Hello there');
    expect(editor.history.now.value.steps[id]?.[field.name]).toBe('Hello there');
    expect(parseDraft(editor.history.now.value).ok).toBe(true);
  });

  it('choices are added, renamed with their values, put elsewhere and taken away', async () => {
    const user = userEvent.setup();
    const { editor, id, panel } = openForm('ask-choice');
    const choices = (): unknown => editor.history.now.value.steps[id]?.['choices'];
    const labels = within(panel).getAllByRole('textbox', { name: /^Label/ });
    await user.clear(labels[0]!);
    await user.type(labels[0]!, 'See pricing');
    await user.click(within(panel).getByRole('button', { name: 'Add a choice' }));
    await user.keyboard('Book a demo');
    await user.click(within(panel).getByRole('button', { name: 'Move Book a demo up' }));
    await user.click(within(panel).getByRole('button', { name: 'Remove Another' }));
    expect(choices()).toEqual([
      { value: 'see-pricing', label: 'See pricing' },
      { value: 'book-a-demo', label: 'Book a demo' },
    ]);
  });

  it('a condition is built of this flow’s own answers', async () => {
    const user = userEvent.setup();
    const { editor, id, panel } = openForm('branch');
    await user.selectOptions(within(panel).getByRole('combobox', { name: 'Fact' }), 'answer.need');
    await user.selectOptions(within(panel).getByRole('combobox', { name: /^Comparison/ }), 'is');
    await user.selectOptions(within(panel).getByRole('combobox', { name: /^Value of/ }), 'support');
    expect(editor.history.now.value.steps[id]?.['cases']).toMatchObject([{ when: { fact: 'answer.need', op: 'is', value: 'support' } }]);
  });

  it('a rule without a condition says so, and gets one on demand', async () => {
    const user = userEvent.setup();
    const { editor, id, panel } = openForm('score');
    await user.click(within(panel).getByRole('button', { name: 'Always instead' }));
    expect(editor.history.now.value.steps[id]?.['rules']).toEqual([{ points: 10, reason: 'Can be reached by email' }]);
    await user.click(within(panel).getByRole('button', { name: 'Only if …' }));
    expect(editor.history.now.value.steps[id]?.['rules']).toMatchObject([{ when: { op: 'known' } }]);
  });

  it('a duration is entered in the unit one thinks in', async () => {
    const user = userEvent.setup();
    const { editor, id, panel } = openForm('wait');
    const count = within(panel).getByRole('spinbutton', { name: /how many/ });
    await user.clear(count);
    await user.type(count, '2');
    await user.selectOptions(within(panel).getByRole('combobox', { name: /unit/ }), 'hours');
    expect(editor.history.now.value.steps[id]?.['ms']).toBe(7_200_000);
  });

  it('a value is a text, a number, yes or no, or nothing', async () => {
    const user = userEvent.setup();
    const { editor, id, panel } = openForm('set-attribute');
    const value = (): unknown => editor.history.now.value.steps[id]?.['value'];
    const kind = within(panel).getByRole('combobox', { name: 'Kind of value' });
    await user.selectOptions(kind, 'flag');
    expect(value()).toBe(true);
    await user.selectOptions(kind, 'nothing');
    expect(value()).toBeNull();
    await user.selectOptions(kind, 'number');
    await user.type(within(panel).getByRole('spinbutton', { name: 'Value' }), '5');
    expect(value()).toBe(5);
  });

  it('people, teams and attributes are chosen by name', async () => {
    const user = userEvent.setup();
    const { editor, id, panel } = openForm('assign');
    await user.selectOptions(
      await within(panel).findByRole('combobox', { name: /Team/ }),
      await within(panel).findByRole('option', { name: 'Sales' }),
    );
    await user.selectOptions(within(panel).getByRole('combobox', { name: /Person/ }), 'Ada Holm');
    expect(editor.history.now.value.steps[id]).toMatchObject({ team: 3, agent: 7 });
  });

  it('a variable is put in where the caret stands', async () => {
    const user = userEvent.setup();
    const { editor, id, panel } = openForm('say');
    const text = within(panel).getByRole<HTMLTextAreaElement>('textbox', { name: 'Text' });
    await user.clear(text);
    await user.type(text, 'Hi !');
    text.setSelectionRange(3, 3);
    await user.click(within(panel).getByRole('button', { name: 'Put a variable into Text' }));
    await user.keyboard('first name{Enter}');
    expect(editor.history.now.value.steps[id]?.['text']).toBe('Hi {{contact.first_name|there}}!');
  });

  it('what is wrong stands at the field, and goes when it is mended', async () => {
    const user = userEvent.setup();
    const { panel } = openForm('say');
    const field = panel.querySelector<HTMLElement>('[data-field="text"]')!;
    const text = within(panel).getByRole('textbox', { name: 'Text' });
    await user.clear(text);
    expect(within(field).getByRole('alert').textContent).toContain('Says nothing');
    expect(text.getAttribute('aria-invalid')).toBe('true');
    await user.type(text, 'Hello');
    expect(within(field).queryByRole('alert')).toBeNull();
  });

  it('renaming changes all that speaks of the step; a name that is taken is refused in words', async () => {
    const user = userEvent.setup();
    const { editor, panel } = openForm('ask-email');
    const name = within(panel).getByRole('textbox', { name: 'Name' });
    await user.clear(name);
    await user.type(name, 'need{Enter}');
    expect(within(panel).getByRole('alert').textContent).toContain('There is a step “need” already.');
    await user.clear(name);
    await user.type(name, 'Work Mail{Enter}');
    expect(editor.history.now.value.steps['hello']?.['next']).toBe('work-mail');
  });
});

describe('the editor by keyboard alone', () => {
  it('arrows walk the steps, Enter opens the form, Escape goes back to the step', async () => {
    const { user } = await openFlow();
    step('hello').focus();
    await user.keyboard('{ArrowRight}');
    expect(document.activeElement).toBe(step('need'));
    await user.keyboard('{Enter}');
    const panel = screen.getByRole('region', { name: 'Ask to choose' });
    await waitFor(() => expect(panel.contains(document.activeElement)).toBe(true));
    await user.keyboard('{Escape}');
    expect(screen.queryByRole('region', { name: 'Ask to choose' })).toBeNull();
    expect(document.activeElement).toBe(step('need'));
  });

  it('A adds a step after the one in focus: the palette is searched, Enter takes the kind, its form has the focus', async () => {
    const { user, server } = await openFlow();
    step('need').focus();
    await user.keyboard('a');
    const palette = screen.getByRole('dialog', { name: 'Add a step' });
    expect(within(palette).getByRole('combobox')).toBe(document.activeElement);
    await user.keyboard('phone{Enter}');
    await waitFor(() => expect(screen.getByRole('region', { name: /phone/i }).contains(document.activeElement)).toBe(true));
    await saved(server, (steps) => expect(steps).toMatchObject({ need: { next: 'phone' }, phone: { type: 'ask-phone', next: 'email' } }));
  });

  it('Delete removes with a way back; Ctrl Z and Ctrl Shift Z undo and redo', async () => {
    const { user, server } = await openFlow();
    step('email').focus();
    await user.keyboard('{Delete}');
    expect(screen.queryByRole('button', { name: /, email\./ })).toBeNull();
    await screen.findByText('Removed “email”.');
    await saved(server, (steps) => expect(steps).toMatchObject({ need: { next: 'points' } }));
    await user.keyboard('{Control>}z{/Control}');
    expect(step('email')).toBeTruthy();
    await user.keyboard('{Control>}{Shift>}z{/Shift}{/Control}');
    expect(screen.queryByRole('button', { name: /, email\./ })).toBeNull();
  });

  it('letters in a field are letters', async () => {
    const { user, server } = await openFlow();
    step('hello').focus();
    await user.keyboard('{Enter}');
    const text = screen.getByRole('textbox', { name: 'Text' });
    await user.clear(text);
    await user.type(text, 'a0+- away');
    expect(screen.queryByRole('dialog', { name: 'Add a step' })).toBeNull();
    await saved(server, (steps) => expect(steps).toMatchObject({ hello: { text: 'a0+- away' } }));
  });

  it('+ and − zoom, 1 goes to 100 %', async () => {
    const { user } = await openFlow();
    step('hello').focus();
    const percent = (): string => screen.getByRole('button', { name: /to 100 %/ }).textContent ?? '';
    await user.keyboard('1');
    expect(percent()).toBe('100 %');
    await user.keyboard('-');
    expect(percent()).toBe('80 %');
    await user.keyboard('+');
    expect(percent()).toBe('100 %');
  });

  it('a screen reader hears what a step is, what it says, where it leads and what is wrong', async () => {
    await openFlow(createFakeFlows({ ...smallFlow, steps: { ...smallFlow.steps, email: { ...smallFlow.steps['email']!, next: '' } } }));
    expect(step('hello').getAttribute('aria-label')).toBe('Start. Say something, hello. Hi ‹name›!. leads to need');
    expect(step('email').getAttribute('aria-label')).toMatch(/Ask for the email address, email\. Your email\?.*leads nowhere/);
  });
});

describe('publishing on the page', () => {
  it('is refused with the faults listed, each a click from where it is mended', async () => {
    const { user } = await openFlow(
      createFakeFlows(
        { ...smallFlow, steps: { ...smallFlow.steps, hello: { type: 'say', text: '', next: 'need' } } },
        { published: false },
      ),
    );
    await user.click(screen.getByRole('button', { name: 'Publish' }));
    const dialog = await screen.findByRole('dialog', { name: 'Not ready to publish' });
    await user.click(within(dialog).getByRole('button', { name: /hello/ }));
    expect(screen.getByRole('region', { name: 'Say something' })).toBeTruthy();
  });

  it('shows what changed, takes a note, and says so', async () => {
    const { user, server } = await openFlow();
    step('email').focus();
    await user.keyboard('{Enter}');
    const text = screen.getByRole('textbox', { name: 'Question' });
    await user.clear(text);
    await user.type(text, 'Mail?');
    await user.click(screen.getByRole('button', { name: 'Publish' }));
    const dialog = await screen.findByRole('dialog', { name: 'Publish' });
    await within(dialog).findByText('1 step changed.');
    expect(dialog.textContent).toContain('Your email?');
    await user.type(within(dialog).getByRole('textbox', { name: /Note/ }), 'Shorter');
    await user.click(within(dialog).getByRole('button', { name: 'Publish' }));
    await screen.findByText(/Version 2 is published/);
    expect(server.asked.at(-1)).toMatchObject({ route: 'POST /api/v1/flows/small/publish', body: { note: 'Shorter' } });
    expect(screen.getByRole('button', { name: 'Published' })).toBeTruthy();
  });
});

it('funnel numbers stand on steps and edges, and a step where many leave is marked', async () => {
  const server = createFakeFlows();
  const count = (reached: number, dropped: number) => ({ reached, answered: reached - dropped, dropped, waiting: 0 });
  server.funnel = {
    flow: 'small',
    version: 1,
    since: '',
    conversations: 100,
    leads: 40,
    qualified: 10,
    steps: { hello: count(100, 0), need: count(100, 5), email: count(95, 55) },
    edges: { 'hello>need': 100, 'need>email': 95, 'email>points': 40 },
    sampled: false,
  };
  const { user } = await openFlow(server);
  await user.click(screen.getByRole('button', { name: 'Funnel' }));
  const figures = await screen.findByRole('region', { name: 'Funnel' });
  await waitFor(() => expect(figures.textContent).toContain('40 40 %leads'));
  const email = screen.getByRole('img', { name: /^95 reached this step, 40 answered or went on, 55 left here/ });
  expect(email.className).toContain('is-leak');
  expect(screen.getByRole('img', { name: /^100 reached this step, 95/ }).className).not.toContain('is-leak');
  expect(screen.getByTitle('95 went from need to email').textContent).toBe('95');
});

it('kinds are found by any of their words, in the order of their groups', () => {
  expect(findKinds('')).toHaveLength(types.length);
  expect(findKinds('email')[0]).toBe('ask-email');
  expect(findKinds('wait')).toContain('wait');
  expect(findKinds('nothing of this kind')).toEqual([]);
});

it('variables are found by name and label', () => {
  const facts = [
    { name: 'contact.first_name', label: 'First name', kind: 'text' as const },
    { name: 'page.url', label: 'Page address', kind: 'text' as const },
  ];
  expect(findFacts(facts, 'addr').map(({ name }) => name)).toEqual(['page.url']);
  expect([variableFor('contact.name'), variableFor('page.url')]).toEqual(['{{contact.name|there}}', '{{page.url}}']);
});

it('while one of 200 steps is dragged, only that step and its edges change', async () => {
  const steps = Object.fromEntries(
    Array.from({ length: 200 }, (_, i) => [`s${i}`, i === 199 ? { type: 'end' } : { type: 'say', text: `Text ${i}`, next: `s${i + 1}` }]),
  );
  await openFlow(createFakeFlows({ ...smallFlow, start: 's0', steps }));
  const root = screen.getByTestId('canvas');
  root.setPointerCapture = () => undefined;
  const card = step('s100').closest('li')!;
  const hand = (type: string, target: Element, x: number): boolean =>
    target.dispatchEvent(new PointerEvent(type, { bubbles: true, cancelable: true, pointerId: 1, button: 0, clientX: x, clientY: 0 }));
  const face = step('s100');
  // The canvas listens once it was drawn.
  await waitFor(() => {
    hand('pointercancel', root, 0);
    hand('pointerdown', face, 0);
    hand('pointermove', root, 20);
    expect(card.className).toContain('is-dragged');
  });
  const records: MutationRecord[] = [];
  const observer = new MutationObserver((more) => void records.push(...more));
  observer.observe(root, { subtree: true, childList: true, attributes: true, characterData: true });
  for (let x = 30; x < 200; x += 10) hand('pointermove', root, x);
  await waitFor(() => expect(card.getAttribute('style')).toMatch(/translate\(/));
  await Promise.resolve();
  observer.disconnect();
  const touched = new Set(records.map(({ target }) => target));
  expect(records.length).toBeGreaterThan(0);
  expect(records.every(({ type }) => type === 'attributes')).toBe(true);
  expect([...touched].filter((node) => node !== card && (node as Element).tagName.toLowerCase() !== 'path')).toEqual([]);
  // Two edges, each a line to see and a wider one to hit.
  expect(touched.size).toBeLessThanOrEqual(5);
  hand('pointerup', root, 200);
});
