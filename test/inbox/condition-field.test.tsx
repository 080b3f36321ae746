// @vitest-environment happy-dom
import { cleanup, render, screen } from '@testing-library/preact';
import userEvent from '@testing-library/user-event';
import { useState } from 'preact/hooks';
import { afterEach, expect, test } from 'vitest';
import { ConditionField } from '../../inbox/components/ConditionField.tsx';
import { conditionFacts } from '../../inbox/conditions.ts';
import type { Condition } from '../../shared/conditions.ts';

afterEach(cleanup);
const facts = conditionFacts(['contact'], ['team_size']);

function show(initial: Condition, more: { isReadOnly?: boolean; showsFaults?: boolean } = {}): { value: Condition } {
  const held = { value: initial };
  function Holder() {
    const [value, setValue] = useState<Condition>(initial);
    held.value = value;
    return <ConditionField value={value} onChange={setValue} facts={facts} {...more} />;
  }
  render(<Holder />);
  return held;
}

const factFields = (): HTMLSelectElement[] => screen.getAllByRole<HTMLSelectElement>('combobox', { name: 'Fact' });

test('a test is built from fact, operator and value', async () => {
  const user = userEvent.setup();
  const held = show({ fact: 'contact.email', op: 'known' });
  await user.selectOptions(factFields()[0]!, 'contact.score');
  await user.selectOptions(screen.getByRole('combobox', { name: 'Comparison of Lead score' }), 'at-least');
  await user.type(screen.getByRole('spinbutton', { name: 'Value of Lead score' }), '40');
  expect(held.value).toEqual({ fact: 'contact.score', op: 'at-least', value: 40 });
});

test('values of a choice are ticked', async () => {
  const user = userEvent.setup();
  const held = show({ fact: 'contact.type', op: 'in', value: ['lead'] });
  await user.click(screen.getByRole('checkbox', { name: 'User' }));
  await user.click(screen.getByRole('checkbox', { name: 'Lead' }));
  expect(held.value).toEqual({ fact: 'contact.type', op: 'in', value: ['user'] });
});

test('words are taken by Enter or a comma, and given back by Backspace', async () => {
  const user = userEvent.setup();
  const held = show({ fact: 'contact.company', op: 'in', value: [] });
  const field = screen.getByRole('textbox', { name: 'Value of Company' });
  await user.type(field, 'Acme{Enter}Globex,Initech{Enter}');
  expect(held.value).toMatchObject({ value: ['Acme', 'Globex', 'Initech'] });
  await user.type(field, '{Backspace}');
  expect(held.value).toMatchObject({ value: ['Acme', 'Globex'] });
  expect((field as HTMLInputElement).value).toBe('Initech');
});

test('Enter in a value adds the next test and goes to it; removing goes back', async () => {
  const user = userEvent.setup();
  const held = show({ fact: 'contact.score', op: 'at-least', value: 5 });
  await user.type(screen.getByRole('spinbutton'), '{Enter}');
  expect(factFields()).toHaveLength(2);
  expect(document.activeElement).toBe(factFields()[1]);
  expect(held.value).toHaveProperty('and');
  await user.click(screen.getAllByRole('button', { name: /^Remove the condition/ })[1]!);
  expect(document.activeElement).toBe(factFields()[0]);
  expect(held.value).toEqual({ fact: 'contact.score', op: 'at-least', value: 5 });
});

test('a group within a group keeps its own mode', async () => {
  const user = userEvent.setup();
  const held = show({ fact: 'contact.email', op: 'known' });
  await user.click(screen.getByRole('button', { name: 'Add group' }));
  expect(held.value).toMatchObject({ and: [{ fact: 'contact.email' }, { or: [{ op: 'is' }] }] });
  const [, inner] = screen.getAllByRole('combobox', { name: 'How the conditions go together' });
  await user.selectOptions(inner!, 'none');
  expect(held.value).toMatchObject({ and: [{ fact: 'contact.email' }, { not: { or: [{ op: 'is' }] } }] });
  await user.click(screen.getByRole('button', { name: 'Remove the group' }));
  expect(held.value).toEqual({ fact: 'contact.email', op: 'known' });
});

test('what is missing is marked when asked for, at its field', () => {
  show({ fact: 'contact.email', op: 'contains', value: '' }, { showsFaults: true });
  const field = screen.getByRole('textbox', { name: 'Value of Email' });
  expect(field.getAttribute('aria-invalid')).toBe('true');
  expect(document.getElementById(field.getAttribute('aria-describedby') ?? '')?.textContent).toBe('Enter a value.');
});

test('a fact nobody lists any more is shown and kept', () => {
  const held = show({
    and: [
      { fact: 'contact.gone', op: 'is', value: 'x' },
      { fact: 'contact.email', op: 'known' },
    ],
  });
  expect(factFields()[0]!.selectedOptions[0]?.textContent).toBe('Gone (not in use)');
  expect(held.value).toMatchObject({ and: [{ fact: 'contact.gone' }, {}] });
});

test('who may only read cannot change it', () => {
  show({ fact: 'contact.email', op: 'known' }, { isReadOnly: true });
  expect(factFields()[0]!.closest('fieldset')?.disabled).toBe(true);
});
