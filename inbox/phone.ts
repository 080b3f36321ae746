// A stored phone number as people read it. Only the calling code is set apart: the national plans would take libphonenumber.

const oneDigit = /^[17]/;
const twoDigits = /^(?:2[07]|3[0-469]|4[013-9]|5[1-8]|6[0-6]|8[1246]|9[0-58])/;
const e164 = /^\+(\d{6,15})(?:;ext=(\d+))?$/;

/** "+4915123456789" → "+49 151 2345 6789", "+14155552671;ext=12" → "+1 415 555 2671 ext. 12"; what is not E.164 stays as it is. */
export function phoneWords(phone: string): string {
  const [, digits, extension] = e164.exec(phone) ?? [];
  if (digits === undefined) return phone;
  const length = oneDigit.test(digits) ? 1 : twoDigits.test(digits) ? 2 : 3;
  const groups = [`+${digits.slice(0, length)}`, ...blocks(digits.slice(length))];
  return extension === undefined ? groups.join(' ') : `${groups.join(' ')} ext. ${extension}`;
}

/**
 * Threes, the last one or two of them fours: even blocks to read by. Area codes differ in length within most countries, so
 * none is set apart; North America's 3, 3, 4 comes of itself.
 */
function blocks(national: string): string[] {
  const fours = national.length % 3;
  const threes = Math.floor(national.length / 3) - fours;
  if (threes < 0) return [national];
  const sizes = [...Array<number>(threes).fill(3), ...Array<number>(fours).fill(4)];
  let at = 0;
  return sizes.map((size) => national.slice(at, (at += size)));
}
