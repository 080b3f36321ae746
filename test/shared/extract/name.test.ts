import { describe, expect, it } from 'vitest';
import { learn, parseCases } from './cases.ts';

const check = (table: string): void => {
  it.each(parseCases(table).map((c) => [c.line, c] as const))('%s', (_, c) => {
    expect(learn(c.turns, c.language, c.country).name).toBe(c.expect.name);
  });
};

describe('A bare answer to the question is the name', () => {
  check(String.raw`
en | B: What's your name? // sara => name sara
en | B: What's your name? // will => name will
en | B: What's your name? // Dr Alan Grant => name Alan Grant
en | B: What's your name? // ludwig van der berg => name ludwig van der berg
en | B: What's your name? // D'Angelo => name D'Angelo
en | B: What's your name? // sure thing, Marcus => name Marcus
en | B: What's your name? // Sean. What's yours? => name Sean
en | B: What's your name? // Lily and yours? => name Lily
en | B: What's your name? // John Smith from Acme Ltd => name John Smith
en | B: What's your name? // WOW! so cool :) Sarah Brown => name Sarah Brown
en | B: Name and booking code? // kavitha sde 785 => name kavitha
en | B: May I have your name? // yes // Jordan Fisher => name Jordan Fisher
en | B: What's your name? // why? // B: So that I can address you. // ok it's Nadia => name Nadia
es | B: ¿Cómo te llamas? // luis fernando de la torre => name luis fernando de la torre
pt | B: Qual é o seu nome? // meu nome é ana paula => name ana paula
fr | B: Votre nom ? // Mme Lefèvre => name Lefèvre
de | B: Wie heißen Sie? // Herr Weber => name Weber
pl | B: Jak masz na imię? // ola => name ola
tr | B: Adınız? // adım zeynep => name zeynep
ru | B: Как вас зовут? // света => name света
ar | B: ما اسمك؟ // اسمي أحمد => name أحمد
hi | B: आपका नाम? // मेरा नाम राहुल वर्मा है => name राहुल वर्मा
he | B: מה שמך? // דנה => name דנה
ja | B: お名前は？ // 山田です => name 山田
zh | B: 您贵姓？ // 姓李 => name 李
ko | B: 성함이 어떻게 되세요? // 박지훈입니다 => name 박지훈
vi | B: Bạn tên gì? // Nguyễn Văn An => name Nguyễn Văn An
`);
});

describe('Refusals, counter-questions and other talk are no names', () => {
  check(String.raw`
en | B: What's your name? // why do you need it? => nothing
en | B: What's your name? // I'd rather not => nothing
en | B: What's your name? // none of your business => nothing
en | B: What's your name? // Do you ship to Alaska? => nothing
en | B: What's your name? // it's private => nothing
en | B: What's your name? // later maybe => nothing
en | B: What's your name? // pizza please => nothing
en | B: What's your name? // asdf => nothing
en | B: What's your name? // Hungry => nothing
en | B: May I have your name? // yes of course you can => nothing
es | B: ¿Cómo te llamas? // ¿es obligatorio? => nothing
fr | B: Votre nom ? // je préfère pas => nothing
de | B: Wie heißen Sie? // möchte ich nicht sagen => nothing
it | B: Come ti chiami? // non te lo dico => nothing
nl | B: Hoe heet je? // liever niet => nothing
pl | B: Jak się Pan nazywa? // a po co to Panu? => nothing
tr | B: Adınız? // söylemek istemiyorum => nothing
ru | B: Как вас зовут? // не скажу => nothing
ja | B: お名前は？ // なぜ必要ですか？ => nothing
zh | B: 请问您的姓名？ // 为什么要知道？ => nothing
ko | B: 성함이 어떻게 되시나요? // 왜 필요하죠? => nothing
`);
});

describe("Only the visitor's own name is asked for", () => {
  check(String.raw`
en | B: What is your company name? // Acme Corp => nothing
en | B: What's your username? // jdoe => nothing
en | B: What's your dog's name? // Rex => nothing
en | B: What was your mother's maiden name? // Cooper => nothing
en | B: Where are you based? // Lagos => nothing
en | B: Your name is next on the list. // Great => nothing
`);
});

describe('A name that words announce', () => {
  check(String.raw`
en | MY NAME IS GREGORY FINCH AND I AM STILL WAITING => name GREGORY FINCH
en | my name is Jean-Luc de la Tour and I need an invoice => name Jean-Luc de la Tour
en | I'm J.P. Morrow, we spoke on Friday => name J.P. Morrow
en | Hi, Lena from Brightside Bakery here => name Lena
en | O'Brien here, Siobhan O'Brien. => name Siobhan O'Brien
en | hey its mike from the oakland store => name mike
en | don't call me bill anymore - call me bob => name bob
en | cancel the booking under the name of Donita Panrell for 2 => name Donita Panrell
en | The name in the account is wrong, please change it to Moira Pagan => name Moira Pagan
en | ok. Renee, by the way => name Renee
en | First name Carry, last name Jocoy => name Carry Jocoy
en | no my name is Numbers => name Numbers
es | Hola, soy Lucía Benítez Roca => name Lucía Benítez Roca
pt | oi, aqui é a Larissa Prado => name Larissa Prado
fr | salut, je suis bob. => name bob
de | Guten Tag, mein Name ist Annegret Vogelsang => name Annegret Vogelsang
it | jenny è il mio nome. => name jenny
nl | Hoi, ik ben Femke van den Heuvel => name Femke van den Heuvel
ja | はじめまして、高橋美咲と申します。 => name 高橋美咲
zh | 我叫欧阳修文 => name 欧阳修文
ko | 안녕하세요, 저는 김서연이고요 => name 김서연
en | je m'appelle Lola => name Lola
`);
});

describe('What follows "I am" is mostly no name', () => {
  check(String.raw`
en | I'm interested in the premium plan => nothing
en | I'm fine, thanks. And you? => nothing
en | I'm Canadian, do you ship there? => nothing
en | I am Head of Marketing at a small studio => nothing
en | I'm Done with this app => nothing
en | i am waiting => nothing
en | This is ridiculous => nothing
en | it is cloudy today. => nothing
en | call me crazy but isn't this expensive => nothing
en | call me back tomorrow please => nothing
es | soy de Bilbao, ¿hacéis envíos? => nothing
pt | sou cliente há 5 anos => nothing
fr | je suis intéressée par la formule annuelle => nothing
de | ich bin Student, gibt es Rabatt? => nothing
it | sono interessato al piano base => nothing
nl | ik ben benieuwd naar de prijs => nothing
pl | jestem zainteresowana wersją pro => nothing
tr | ben sadece fiyat öğrenmek istiyorum => nothing
ru | я из Казани, есть доставка? => nothing
ar | أنا مهتم بالباقة السنوية => nothing
hi | मैं दिल्ली से हूँ, डिलीवरी होगी? => nothing
ja | 学生です。割引はありますか？ => nothing
zh | 我是学生，有优惠吗？ => nothing
ko | 저는 학생입니다 => nothing
en | hi, i am vegan. and you? => nothing
fr | salut, je suis cuisinier. et toi ? => nothing
it | ciao, sono timido. e tu? => nothing
id | hai, saya lapar. bagaimana dengan anda? => nothing
ja | こんにちは、私はエンジニアです。あなたは？ => nothing
zh | 你好，我是程序员。你呢？ => nothing
ko | 안녕, 나는 변호사야. 너는? => nothing
en | This horn is here, strictly speaking, a tusk => nothing
en | what we do in the name of security => nothing
`);
});

describe("Other people's names", () => {
  check(String.raw`
en | B: Hi, I'm Lily. How can I help? // Hi Lily, my parcel is late => nothing
en | B: This is Beatriz, what's up? // is this Beatriz from yesterday? => nothing
en | thank you john => nothing
en | my wife Anna ordered two chairs => nothing
en | my husband's name is Carl => nothing
en | I was told by Dave that you'd waive the fee => nothing
en | I'm not Sarah, stop calling me that => nothing
en | It's under my partner's name Amber Graham => nothing
en | Hi, we're Brightside Bakery and want a demo => nothing
ja | 彼の名前はティムです。 => nothing
zh | 我叫他狮子座。 => nothing
`);
});

describe('Signatures and cards', () => {
  check(String.raw`
en | Do you have the oak one in stock?\n\nThanks,\nRuth => name Ruth
en | looking forward to hearing from you - Imogen => name Imogen
en | Need pricing.\n\n--\nJoanna Reyes\nOperations Lead\njoanna@tidewater.com => name Joanna Reyes
en-AU | Priya Raman / priya@kestrel.com.au / 0412 345 678 => name Priya Raman
en | Name: Caleb Strand\nEmail: caleb@strand.com => name Caleb Strand
en | Jane Roe <jane@roe.org> => name Jane Roe
en-GB | Ann Lee, 07700 900123 => name Ann Lee
de | Mit freundlichen Grüßen\nHeike Brandt => name Heike Brandt
en | Thanks,\nThe Acme Team => nothing
`);
});

describe('First and last name in two answers are joined; a correction replaces', () => {
  check(String.raw`
en | B: First name? // Agnes // B: And your last name? // Lindqvist => name Agnes Lindqvist
de | B: Wie ist Ihr Vorname? // Uwe // B: Und Ihr Nachname? // Schmidt => name Uwe Schmidt
it | B: Nome? // Gianni // B: Cognome? // Morandi => name Gianni Morandi
en | I'm Steven // B: Hi Steven! // *Stephen, with a ph => name Stephen
en | B: What's your name? // Bob // B: How can I help? // actually my name is Robert => name Robert
en | B: What's your name? // Bob // B: How can I help, Bob? // Alice said you'd give a discount => name Bob
`);
});
