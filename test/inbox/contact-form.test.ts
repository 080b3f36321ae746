import { describe, expect, test } from 'vitest';
import { carriedOver, faultOf, formOf, lockOf, patchOf } from '../../inbox/contact-form.ts';
import type { AttributeRow, ContactForm } from '../../inbox/contact-form.ts';
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

  test('what the app vouches for is locked: fields by their grade, company and attributes by its list', () => {
    const vouched = viewOf(
      { ...summary(1).contact, name: 'Lena', email: 'lena@acme.co' },
      {
        email_grade: 'verified',
        company: 'ACME',
        custom_attributes: { plan: 'Pro', seats: 3 },
        signed_fields: ['attributes.plan', 'company'],
      },
    );
    expect((['name', 'email', 'phone', 'company'] as const).map((field) => lockOf(vouched, field))).toEqual([
      null,
      'verified',
      null,
      'signed',
    ]);
    expect(formOf(vouched).attributes.map(({ name, isLocked }) => [name, isLocked])).toEqual([
      ['plan', true],
      ['seats', undefined],
    ]);
  });

  describe('where the contact was merged meanwhile', () => {
    const changed = (more: Partial<ContactForm>): ContactForm => ({ ...formOf(view), ...more });
    const rows = (values: Record<string, string | null>): AttributeRow[] => [
      ...formOf(view).attributes.flatMap((row) => {
        const value = Object.hasOwn(values, row.name) ? values[row.name] : row.value;
        return value === null || value === undefined ? [] : [{ ...row, value }];
      }),
      ...Object.entries(values).flatMap(([name, value]) =>
        name in view.custom_attributes || value === null ? [] : [{ name, value, before: undefined }],
      ),
    ];
    const survivor = viewOf(
      { ...summary(2).contact, name: 'Lena Holm', email: 'lena@holm.co' },
      {
        name_grade: 'signed',
        company: 'Holm',
        phone: '+49301234567',
        custom_attributes: { seats: 12, trial: true, code: '7', plan: 'Team', city: 'Ulm' },
        signed_fields: ['attributes.plan'],
      },
    );
    const carried = (form: ContactForm) => {
      const { form: next, left } = carriedOver(form, view, survivor);
      return [patchOf(survivor, next), left];
    };

    test('nothing changed is nothing changed', () => {
      expect(carried(formOf(view))).toEqual([null, []]);
    });

    test('what was changed and added is changed and added there, keeping its kind', () => {
      const attributes = rows({ seats: '15', trial: 'false', code: '0043', team: 'Light', city: 'Bonn' });
      expect(carried(changed({ company: 'ACME Lamps', phone: '0160 1', attributes }))).toEqual([
        {
          company: 'ACME Lamps',
          phone: '0160 1',
          custom_attributes: { seats: 15, trial: false, code: '0043', team: 'Light', city: 'Bonn' },
        },
        [],
      ]);
    });

    test('what is vouched for there, or is no text there, is left out and told', () => {
      const attributes = rows({ plan: 'Free' });
      expect(carried(changed({ name: 'Lena H', attributes }))).toEqual([
        null,
        [
          ['name', 'Lena H'],
          ['plan', 'Free'],
        ],
      ]);
      const odd = carriedOver(changed({ attributes: rows({ vip: 'maybe' }) }), view, { ...survivor, custom_attributes: { vip: true } });
      expect(odd.left).toEqual([['vip', 'maybe']]);
    });

    test('where the same stands there nothing is left out; what is there no more keeps its kind', () => {
      const same = { ...survivor, company: 'Lamps', custom_attributes: { plan: 'Free' } };
      const attributes = rows({ plan: 'Free', trial: 'false', code: '0043' });
      const { form: next, left } = carriedOver(changed({ company: 'Lamps', attributes }), view, same);
      expect([patchOf(same, next), left]).toEqual([{ custom_attributes: { trial: false, code: '0043' } }, []]);
    });

    test('what was taken off is taken off only where it is the same there: that one was meant', () => {
      expect(carried(changed({ company: '', attributes: rows({ seats: null, code: null, plan: null }) }))).toEqual([
        { custom_attributes: { seats: null } },
        [],
      ]);
    });

    test('an added row without a value takes nothing away', () => {
      expect(carried(changed({ attributes: rows({ city: '' }) }))).toEqual([null, []]);
    });
  });

  test('a new attribute wants a name, and one that is not there yet', () => {
    const [seats] = formOf(view).attributes;
    const row = (name: string, value: string): AttributeRow => ({ name, value, before: undefined });
    const all = [seats!, row('', 'x'), row('seats', '3'), row('', '')];
    expect(all.map((each) => faultOf(each, all))).toEqual([null, 'Give it a name.', 'There is one by this name already.', null]);
  });
});
