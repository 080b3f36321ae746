// @vitest-environment happy-dom
import { screen, waitFor, within } from '@testing-library/preact';
import userEvent from '@testing-library/user-event';
import { beforeEach, describe, expect, it } from 'vitest';
// Fetched when it is opened: here before anybody waits for it.
import '../../inbox/pages/FlowPage.tsx';
import { createApi } from '../../inbox/api.ts';
import { findKinds } from '../../inbox/flows/components/Palette.tsx';
import { findFacts, variableFor } from '../../inbox/flows/fields/VariablePicker.tsx';
import { stepTypes } from '../../shared/bot/steps/index.ts';
import type { StepTypeName } from '../../shared/bot/steps/index.ts';
import { createFakeFlows, layOut, smallFlow } from './flow-scene.ts';
import type { FakeFlows } from './flow-scene.ts';
import { open } from './page.tsx';

const types = Object.keys(stepTypes) as StepTypeName[];

beforeEach(layOut);

async function openFlow(server: FakeFlows = createFakeFlows()) {
  const user = userEvent.setup();
  const scene = open({ api: createApi(server.request), path: '/inbox/flows/small' });
  await screen.findByRole('list', { name: 'Steps of the flow' });
  return { user, server, ...scene };
}

const step = (id: string): HTMLElement => screen.getByRole('button', { name: new RegExp(`(^|\\. )[^,]*, ${id}\\.`) });
const saved = (server: FakeFlows, check: (body: Record<string, unknown>) => void): Promise<void> =>
  waitFor(() => check((server.saves.at(-1)?.body.steps ?? {}) as Record<string, unknown>), { timeout: 3000 });

describe('the editor by keyboard alone', () => {
  it('arrows walk the steps, Enter opens the form, Escape goes back to the step', async () => {
    const { user } = await openFlow();
    step('hello').focus();
    await user.keyboard('{ArrowRight}');
    expect(document.activeElement).toBe(step('need'));
    await user.keyboard('{Enter}');
    const panel = await screen.findByRole('region', { name: 'Ask to choose' });
    await waitFor(() => expect(panel.contains(document.activeElement)).toBe(true));
    await user.keyboard('{Escape}');
    expect(screen.queryByRole('region', { name: 'Ask to choose' })).toBeNull();
    expect(document.activeElement).toBe(step('need'));
  });

  it('A adds a step after the one in focus: the palette is searched, Enter takes the kind, its form has the focus', async () => {
    const { user, server } = await openFlow();
    step('need').focus();
    await user.keyboard('a');
    const palette = await screen.findByRole('dialog', { name: 'Add a step' });
    await waitFor(() => expect(within(palette).getByRole('combobox')).toBe(document.activeElement));
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
    const text = await screen.findByRole('textbox', { name: 'Text' });
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
