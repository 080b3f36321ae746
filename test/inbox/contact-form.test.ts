import { describe, expect, test } from 'vitest';
import { faultOf, formOf, patchOf } from '../../inbox/contact-form.ts';
import type { AttributeRow } from '../../inbox/contact-form.ts';
import { viewOf } from './contacts.ts';
import { summary } from './scene.ts';

const view = viewOf(
  { ...summary(1).contact, name: 'Lena', email: 'lena@acme.co' },
  { company: 'ACME', custom_attributes: { seats: 12, trial: true, code: '0042', plan: 'Pro' } },
);

describe('a contact edited by hand', () => {
  test('what is not changed is not sent', () => {
    expect(patchOf(view, formOf(view))).toBeNull();
    expect(patchOf(view, { ...formOf(view), name: ' Lena ' })).toBeNull();
  });

  test('what is emptied is cleared, what is changed is sent without the spaces around it', () => {
    expect(patchOf(view, { ...formOf(view), company: '', email: ' lena@new.co ' })).toEqual({ company: null, email: 'lena@new.co' });
  });

  test('an attribute keeps its kind: a number stays one, text with digits stays text, a switch stays a switch', () => {
    const changed = { seats: '15', trial: 'false', code: '0043', plan: '7' } as Record<string, string>;
    const attributes = formOf(view).attributes.map((row) => ({ ...row, value: changed[row.name] ?? row.value }));
    expect(patchOf(view, { ...formOf(view), attributes })).toEqual({
      custom_attributes: { seats: 15, trial: false, code: '0043', plan: '7' },
    });
  });

  test('an attribute taken off is cleared, one added is sent: as a number where it is written as one', () => {
    const form = formOf(view);
    const added: AttributeRow[] = [
      { name: 'zip', value: '01067', before: undefined },
      { name: 'age', value: '42', before: undefined },
      { name: '', value: '', before: undefined },
    ];
    const attributes = [...form.attributes.filter((row) => row.name !== 'plan'), ...added];
    expect(patchOf(view, { ...form, attributes })).toEqual({ custom_attributes: { plan: null, zip: '01067', age: 42 } });
  });

  test('a new attribute wants a name, and one that is not there yet', () => {
    const [seats] = formOf(view).attributes;
    const row = (name: string, value: string): AttributeRow => ({ name, value, before: undefined });
    const all = [seats!, row('', 'x'), row('seats', '3'), row('', '')];
    expect(all.map((each) => faultOf(each, all))).toEqual([null, 'Give it a name.', 'There is one by this name already.', null]);
  });
});
