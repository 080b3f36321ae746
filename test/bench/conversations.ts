// Varied visitors of the qualifying flow, eight messages each, made from a seed so that runs can be compared.

const firstNames = [
  'Ann',
  'Luis',
  'Chiara',
  'Jürgen',
  'Aoife',
  'Mateusz',
  'Priya',
  'Noah',
  'Élodie',
  'Sanne',
  'Kenji',
  'Omar',
  'Zofia',
  'Tiago',
  'Maya',
  'Hannah',
];
const lastNames = [
  'Keller',
  'Moreau',
  "O'Brien",
  'van den Berg',
  'Nowak',
  'Silva',
  'Okafor',
  'Rossi',
  'García',
  'Schmidt',
  'Tanaka',
  'Haddad',
];
const openings = [
  'hi there, we are looking at pricing for our support team',
  'Hello! Could somebody show us a demo?',
  "I'm comparing chat tools for our shop and have a few questions",
  'How much is it for a small company?',
  'good morning, does your product work with Shopify?',
  'We need something that captures leads on our landing pages',
];
const sizes = ['about 20 people', 'just me for now', 'we are 150', '11-50', 'a team of 8 agents', 'more than 300 people at Contoso'];
const timings = ['next month', 'as soon as possible', 'in Q3 maybe', 'not sure yet', 'within two weeks', 'no hurry, later this year'];
const whys = ['why do you need it?', 'ok', 'sure, here you go', 'is that really needed?', 'can I talk to a human later?', 'fine'];
const extras = [
  'we pay about 1,200.50 a month today',
  'order 4512-88913 was late, by the way',
  'our site is https://shop.example.org/en?id=42',
  'we are open from 9 to 17:30',
  'thanks a lot',
  'that sounds good to me',
];

/** A generator of numbers in [0, 1): mulberry32. */
export function seeded(seed: number): () => number {
  let a = seed >>> 0;
  return () => {
    a = (a + 0x6d2b79f5) >>> 0;
    let t = Math.imul(a ^ (a >>> 15), a | 1);
    t ^= t + Math.imul(t ^ (t >>> 7), t | 61);
    return ((t ^ (t >>> 14)) >>> 0) / 4_294_967_296;
  };
}

export function conversation(index: number, random: () => number): string[] {
  const pick = (list: readonly string[]): string => list[Math.floor(random() * list.length)] ?? '';
  const [first, last] = [pick(firstNames), pick(lastNames)];
  const ascii = `${first}.${last}`
    .normalize('NFKD')
    .toLowerCase()
    .replace(/[^a-z.]/g, '');
  const email = `${ascii}${index}@${pick(['acme.example.com', 'gmail.com', 'contoso.de', 'mail.nordwind.io'])}`;
  const phone = `+1 415 555 ${String(1000 + (index % 9000))}`;
  const name = random() < 0.5 ? `my name is ${first} ${last}` : `${first} ${last}`;
  const contact = random() < 0.3 ? `you can reach me at ${email} or ${phone}` : email;
  return [
    pick(openings),
    pick(sizes),
    pick(timings),
    pick(whys),
    contact,
    name,
    pick(extras),
    random() < 0.3 ? `call me on ${phone}` : pick(extras),
  ];
}
