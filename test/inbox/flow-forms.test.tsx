// @vitest-environment happy-dom
// The forms of steps: made from their kinds, filled in, and faults where they are.
import { render, screen, waitFor, within } from '@testing-library/preact';
import userEvent from '@testing-library/user-event';
import { beforeEach, describe, expect, it } from 'vitest';
import { createApi } from '../../inbox/api.ts';
import { addStep } from '../../inbox/flows/change.ts';
import { FlowContext } from '../../inbox/flows/context.ts';
import type { Scene as FlowScene } from '../../inbox/flows/context.ts';
import { createActs } from '../../inbox/flows/acts.ts';
import { createCanvas } from '../../inbox/flows/canvas.ts';
import { StepPanel } from '../../inbox/flows/components/StepPanel.tsx';
import { createPreview } from '../../inbox/flows/preview.ts';
import { InboxContext } from '../../inbox/components/context.ts';
import { newStep } from '../../shared/bot/edit.ts';
import { fieldsOf } from '../../shared/bot/editor.ts';
import { parseDraft } from '../../shared/bot/flow.ts';
import { stepTypes } from '../../shared/bot/steps/index.ts';
import type { StepTypeName } from '../../shared/bot/steps/index.ts';
import { createFakeFlows, layOut, smallFlow, startEditor } from './flow-scene.ts';
import { open } from './page.tsx';

const types = Object.keys(stepTypes) as StepTypeName[];

beforeEach(layOut);

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
    await waitFor(() => expect(document.activeElement).toBe(within(panel).getAllByRole('textbox', { name: /^Label/ })[labels.length]));
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
