import { describe, expect, it } from 'vitest';
import { learn, parseCases } from './cases.ts';

const check = (table: string): void => {
  it.each(parseCases(table).map((c) => [c.line, c] as const))('%s', (_, c) => {
    expect(learn(c.turns, c.language, c.country).phone).toBe(c.expect.phone);
  });
};

describe('A number with a country code or a known country becomes E.164', () => {
  check(String.raw`
en-US | B: Phone? // (212) 555-0142 => phone e164 12125550142
en-US | B: Phone? // 212.555.0142 => phone e164 12125550142
en-GB | B: Phone? // 07700 900 123 => phone e164 447700900123
en-GB | B: Phone? // 0044 7700 900123 => phone e164 447700900123
en | B: Phone? // +44 (0)7400 123488 => phone e164 447400123488
fr-FR | B: Votre téléphone ? // 06.12.34.56.78 => phone e164 33612345678
de-DE | B: Ihre Telefonnummer? // 030/123456 => phone e164 4930123456
ru-RU | B: Ваш телефон? // 8 (912) 345-67-89 => phone e164 79123456789
hi-IN | B: आपका फोन नंबर? // ९८७६५ ४३२११ => phone e164 919876543211
ar-EG | B: رقم هاتفك؟ // ٠١٠٠١٢٣٤٥٦٧ => phone e164 201001234567
ja-JP | B: お電話番号は？ // ０８０－１２３４－５６７８ => phone e164 818012345678
en | whatsapp +34 612 34 56 78 => phone e164 34612345678
`);
});

describe('An extension is kept, spelt digits are read', () => {
  check(String.raw`
en-US | B: Phone? // 312-555-0166 ext 42 => phone e164 13125550166;ext=42
en-US | B: Phone? // four one five, five five five, zero one six four => phone e164 14155550164
en-US | B: Phone? // two one two 555 0142 => phone e164 12125550142
`);
});

describe('Without a country the digits are kept where they were asked for or announced', () => {
  check(String.raw`
en | B: Phone? // 06354640807 => phone 06354640807
en | call me at 415-555-0101 => phone 4155550101
en | My phone number is 223-4567. => phone 2234567
es | llámame al 612 345 678 => phone 612345678
tr | beni 05321234567 numaradan arayın => phone 05321234567
zh | 我的手机号是138-0013-8000 => phone 13800138000
en | 415-555-0101 => nothing
`);
});

describe('Other numbers are no phones', () => {
  check(String.raw`
en-US | my order #4155550132 is late => nothing
en-US | Order 415-555-0132 => nothing
en-US | B: What's your phone number? // my order number is 3125550166, check that first => nothing
en-US | B: Can I have your order number? // 4155550132 => nothing
en-US | B: What's your account number? // 415-555-0132 => nothing
en-US | tracking 1Z999AA10123456784 => nothing
en-US | card ending 4242 4242 4242 4242 => nothing
en-US | IBAN DE89 3704 0044 0532 0130 00 => nothing
en-US | my SSN is 123-45-6789 => nothing
en-US | server 192.168.100.24 is down => nothing
en-US | charged on 2024-05-17 14:22:09 => nothing
en-US | is $1,250,000 in coverage enough? => nothing
en-US | Can I pay $4156667777? => nothing
en-US | coordinates 40.712776, -74.005974 => nothing
en-US | ISBN 978-3-16-148410-0 => nothing
en-US | 1712345678901 => nothing
pt-BR | meu CPF é 123.456.789-09 => nothing
de-DE | Bestellung 2024-0151-23456, wo bleibt die? => nothing
fr-FR | ma commande n° 0612345678 n'est pas arrivée => nothing
ko-KR | 주문번호 01012345679인데 언제 오나요? => nothing
ar-SA | رقم الطلب ٠٥٠١٢٣٤٥٦٨ لم يصل => nothing
`);
});

describe("Somebody else's number is not the visitor's", () => {
  check(String.raw`
en-US | B: You can call us at 800-555-0155. // 800-555-0155 is always busy => nothing
en-US | I called 1-800-555-0199 and nobody picked up => nothing
en-US | I got a call from 202-555-0188, was that you? => nothing
en-US | my mom's number is 202-555-0188 => nothing
en-US | your number 800-555-0100 doesn't work => nothing
`);
});

describe("A number beside the visitor's own name or address needs no other cue", () => {
  check(String.raw`
en-US | Hi I'm Bob, 415-555-0132 => phone e164 14155550132
en-GB | Ann Lee, 07700 900123 => phone e164 447700900123
en-US | ann@lee.org 415-555-0132 => phone e164 14155550132
en-US | this is Ann, order 415-555-0132 => nothing
en-US | I'm Bob, invoice 2024-0151-23456 => nothing
`);
});

describe('The right one of several, and corrections', () => {
  check(String.raw`
en-US | order 7781234567, phone 312-555-0133 => phone e164 13125550133
en-US | B: Phone? // 2125550142 or 2125550143 => phone e164 12125550142
en-US | B: Address and phone? // 12 Main St 15205 1 8004264735 => phone e164 18004264735
en-US | call me on 415-555-0143 // sorry 415-555-0134 => phone e164 14155550134
fr-FR | B: Votre numéro ? // 06 12 34 56 78 // B: Merci // non pardon 06 12 34 56 79 => phone e164 33612345679
`);
});
