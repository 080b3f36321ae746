import { describe, expect, it } from 'vitest';
import { recognisers } from '../../../shared/bot/recognise/index.ts';
import { fold } from '../../../shared/bot/understand/fold.ts';
import { detailsOf } from './play.ts';

const read = (name: keyof typeof recognisers, text: string, asked: boolean): string | number | null =>
  recognisers[name]({ raw: text, folded: fold(text), details: detailsOf(text) }, asked);

describe('the size of a team', () => {
  it.each([
    ["hi I'm Ann from Acme, 20 people, ann@acme.com, need it next month", 20],
    ['we are a team of 35', 35],
    ["we're about 12 people", 12],
    ['1,200 employees', 1200],
    ['2k employees', 2000],
    ['10-20 users', 15],
    ['20 full time employees', 20],
    ['just me', 1],
    ['somos 15 personas', 15],
    ['nous sommes 8 personnes', 8],
    ['wir sind 40 Mitarbeiter', 40],
    ['нас 20 человек', 20],
    ['20人です', 20],
    ['我们有50人', 50],
    ['직원 30명', 30],
    ['نحن ٢٠ شخصا', 20],
    ['हम 20 लोग हैं', 20],
  ])('is read unasked in “%s”', (text, expected) => {
    expect(read('team-size', text, false)).toBe(expected);
  });

  it.each([
    'my order 12345 is late',
    'we are 5 years old',
    'in 2 weeks',
    'it costs $20',
    'call me at +49 151 23456789',
    'version 3.2',
    'ann20@acme.com',
    'we have 3 offices and one website',
    'at 10:30',
  ])('is not read unasked in “%s”', (text) => {
    expect(read('team-size', text, false)).toBe(null);
  });

  it.each([
    ['20', 20],
    ['~ 25', 25],
    ['between 10 and 20', 15],
    ['10 to 20', 15],
    ['twenty', 20],
    ['me', 1],
    ['a few', 4],
    ['dozens of us', 36],
    ['big', null],
  ])('asked, “%s” is %s', (text, expected) => {
    expect(read('team-size', text, true)).toBe(expected);
  });
});

describe('the timing, in days', () => {
  it.each([
    ['need it next month', 30],
    ['asap', 1],
    ['we need it within 2 weeks', 14],
    ['in 2-3 months', 75],
    ['in a month', 30],
    ['next quarter please', 120],
    ['lo antes posible', 1],
    ['dans 2 mois', 60],
    ['in drei Monaten', 90],
    ['nächsten Monat', 30],
    ['через 2 недели', 14],
    ['в следующем месяце', 30],
    ['来月', 30],
    ['2週間以内に', 14],
    ['下个月', 30],
    ['3个月后', 90],
    ['다음 달', 30],
    ['खरीदना है अगले महीने', 30],
    ['الشهر القادم', 30],
    ['gelecek ay', 30],
  ])('is read unasked in “%s”', (text, expected) => {
    expect(read('timing', text, false)).toBe(expected);
  });

  it.each([
    'I bought it 2 weeks ago',
    'we have been waiting for 3 months',
    'it does not work now',
    'a 30 day trial',
    'today my login broke',
    'I will tell you later',
    'Monday',
    'the status of my claim from a few weeks ago',
    'on the 12th of this month',
  ])('is not read unasked in “%s”', (text) => {
    expect(read('timing', text, false)).toBe(null);
  });

  it.each([
    ['now', 1],
    ['tomorrow', 1],
    ['2 months', 60],
    ['a year', 365],
    ['later', 365],
    ['jetzt', 1],
    ['明日', 1],
    ['when the budget is there', null],
  ])('asked, “%s” is %s', (text, expected) => {
    expect(read('timing', text, true)).toBe(expected);
  });
});

describe('the company', () => {
  it.each([
    ["hi I'm Ann from Acme, 20 people", 'Acme'],
    ["I'm Ann, CTO at Acme Corp. We need chat", 'Acme Corp'],
    ['This is Bob from Smith & Sons', 'Smith & Sons'],
    ['I work for Globex', 'Globex'],
    ["we're from 37signals", '37signals'],
    ['My company is Initech.', 'Initech'],
    ['Hallo, ich bin Max von Siemens', 'Siemens'],
    ['Trabajo en Telefonica', 'Telefonica'],
  ])('is read unasked in “%s”', (text, expected) => {
    expect(read('company', text, false)).toBe(expected);
  });

  it.each([
    "I'm Ann from Berlin",
    'I am from Germany',
    'I was waiting from Monday to Friday',
    "I'm interested in a demo of Foyer",
    "I'm interested, saw you at Hannover Messe",
    'Mail me at Noon',
    'need it from March',
    'I found you with Google',
    "I'm at University now",
    "I'm Ann and I have a booking at Lucca",
    'My name is Mark, the party starts at 4pm',
    'I used to work for Deloitte',
    "I'm Naomi Ryan, originally from Mavčiče",
  ])('is not read unasked in “%s”', (text) => {
    expect(read('company', text, false)).toBe(null);
  });

  it.each([
    ["We're Acme", 'Acme'],
    ["it's called blue door", 'blue door'],
    ['I work at acme', 'acme'],
  ])('asked, “%s” is %s', (text, expected) => {
    expect(read('company', text, true)).toBe(expected);
  });
});
