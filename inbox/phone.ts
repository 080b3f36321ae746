// A stored phone number as people read it. Grouping by calling code alone: the national plans would take libphonenumber.

const oneDigit = /^[17]/;
const twoDigits = /^(?:2[07]|3[0-469]|4[013-9]|5[1-8]|6[0-6]|8[1246]|9[0-58])/;
const e164 = /^\+(\d{6,15})(?:;ext=(\d+))?$/;

/** "+4915123456789" → "+49 151 23456789", "+14155552671;ext=12" → "+1 415 555 2671 ext. 12"; what is not E.164 stays as it is. */
export function phoneWords(phone: string): string {
  const [, digits, extension] = e164.exec(phone) ?? [];
  if (digits === undefined) return phone;
  const length = oneDigit.test(digits) ? 1 : twoDigits.test(digits) ? 2 : 3;
  const groups = [`+${digits.slice(0, length)}`, ...nationalGroups(digits.slice(length), digits.startsWith('1'))];
  return extension === undefined ? groups.join(' ') : `${groups.join(' ')} ext. ${extension}`;
}

/** North America writes 3, 3, 4; elsewhere three digits, then the rest, halved where it is too long for one look. */
function nationalGroups(national: string, isNorthAmerican: boolean): string[] {
  if (national.length < 7) return [national];
  const rest = national.slice(3);
  const at = isNorthAmerican && rest.length === 7 ? 3 : rest.length > 8 ? Math.ceil(rest.length / 2) : rest.length;
  return [national.slice(0, 3), rest.slice(0, at), rest.slice(at)].filter((group) => group !== '');
}
