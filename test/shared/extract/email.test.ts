import { describe, expect, it } from 'vitest';
import { editDistance, isPlaceholder, isRole, suggestEmail } from '../../../shared/extract/email-kind.ts';
import { extractDetails } from '../../../shared/extract/index.ts';
import { learn, parseCases } from './cases.ts';

const known = { email: null, name: null, phone: null };
const check = (table: string): void => {
  it.each(parseCases(table).map((c) => [c.line, c] as const))('%s', (_, c) => {
    expect(learn(c.turns, c.language, c.country).email).toBe(c.expect.email);
  });
};

describe('An address is read as typed, without what surrounds it', () => {
  check(String.raw`
en | B: Your email? // bob@x.org. => email bob@x.org
en | B: Your email? // BOB@X.ORG!!! => email bob@x.org
en | B: Your email? // “bob@x.org” => email bob@x.org
en | B: Your email? // sure, (bob@x.org) => email bob@x.org
en | B: Your email? // [bob@x.org](mailto:bob@x.org) => email bob@x.org
en | B: Your email? // e-mail:bob@x.org; => email bob@x.org
en | B: Your email? // o'leary@kilkenny.ie => email o'leary@kilkenny.ie
en | B: Your email? // ann+trial@fastmail.com => email ann+trial@fastmail.com
en | B: Your email? // info@möbel-krüger.de => email info@möbel-krüger.de
en | B: Your email? // bob@gmail,com => email bob@gmail.com
en | B: Your email? // bob@gmail com => email bob@gmail.com
en | B: Your email? // bob @gmail.com => email bob@gmail.com
en | B: Your email? // b o b @ gmail . com => email bob@gmail.com
en | B: Your email? // bob@NOSPAM.x.org => email bob@x.org
zh | 我的邮箱是li@qq.com谢谢 => email li@qq.com
ja | B: メールは？ // yuki＠sora.jp => email yuki@sora.jp
`);
});

describe('An address spelt out is put together, in any language', () => {
  check(String.raw`
en | B: Your email? // bob dot smith at corp dot co dot uk => email bob.smith@corp.co.uk
en | B: Your email? // ana underscore silva at gmail dot com => email ana_silva@gmail.com
en | B: Your email? // k.ito [at] hinode [dot] co [dot] jp => email k.ito@hinode.co.jp
en | john (at) acme (dot) com => email john@acme.com
es | B: ¿Tu correo? // pepe arroba gmail punto com => email pepe@gmail.com
pt | B: Qual seu e-mail? // caio ponto nunes arroba uol ponto com ponto br => email caio.nunes@uol.com.br
fr | B: Votre mail ? // marie point dupont arobase orange point fr => email marie.dupont@orange.fr
de | B: E-Mail? // max (ät) firma (punkt) de => email max@firma.de
it | B: La tua mail? // luca punto rossi chiocciola libero punto it => email luca.rossi@libero.it
nl | B: Je mail? // jan apenstaartje ziggo punt nl => email jan@ziggo.nl
pl | B: E-mail? // jan kropka nowak małpa wp kropka pl => email jan.nowak@wp.pl
ru | B: Ваша почта? // ivan точка petrov собака mail точка ru => email ivan.petrov@mail.ru
ko | B: 이메일 주소가 어떻게 되세요? // minsu 골뱅이 naver 닷컴 => email minsu@naver.com
ja | B: メールは？ // taro アットマーク example ドット co ドット jp => email taro@example.co.jp
en | B: Your email? // john dot doe // at gmail.com => email john.doe@gmail.com
en | B: Your email? // lydia.park // @hanmail.net => email lydia.park@hanmail.net
en | look at example dot com => nothing
en | i work at acme dot com => nothing
en | class at 12.00 => nothing
`);
});

describe('What looks like an address is not always one', () => {
  check(String.raw`
en | git clone git@github.com:acme/sdk.git => nothing
en | does it work with react@18.2.0? => nothing
en | https://user:pass@staging.acme.dev fails => nothing
en | my insta is @sara.bakes => nothing
en | B: Your email? // user@localhost => nothing
en | B: Your email? // asdf@asdf => nothing
en | B: Your email? // test@test.com => nothing
en | B: Your email? // none@none.com => nothing
en | B: Your email? // xxx@xxx.com => nothing
en | B: Your email? // no thanks => nothing
`);
  it('placeholders pair a fake mailbox with a fake host; real hosts stay', () => {
    expect(isPlaceholder('fake@fake.com')).toBe(true);
    expect(isPlaceholder('test@gmail.com')).toBe(false);
    expect(isPlaceholder('hello@hello-kitchen.com')).toBe(false);
  });
});

describe("Somebody else's address is not the visitor's", () => {
  check(String.raw`
en | I emailed support@acme.com twice and nobody answered => nothing
en | my boss is karen@bigco.com, she has the account => nothing
en | please invite pat@corp.io => nothing
en | can you remove ex@ourfirm.com from the team? => nothing
en | please forward this to my accountant at books@ledgerly.com => nothing
en | I got a weird mail from security@alerts.com, is that you? => nothing
en | is info@acme.com still monitored? => nothing
en | The customer jane@x.org complained => nothing
en | she signed up with jane@corp.io => nothing
en | speak with jane (jane@corp.io) about it => nothing
en | is sue@home.nl your address? => nothing
pt | o email da minha mãe é sue@casa.com.br => nothing
nl | ik kreeg een mail van sue@home.nl => nothing
ja | support@acme.jp にメールしました => nothing
en | Send an email to juan@gmail.com => nothing
en | B: Write to help@acme.com any time. // ok I will use help@acme.com => nothing
es | le escribí a ventas@tienda.es => nothing
fr | j'ai écrit à contact@acme.fr => nothing
de | Ich habe an info@acme.de geschrieben => nothing
it | ho scritto ad assistenza@acme.it ma niente => nothing
tr | destek@acme.com.tr adresine yazdım, cevap yok => nothing
ru | я писал на support@acme.ru => nothing
pl | pisałem na pomoc@acme.pl => nothing
zh | 我给support@acme.cn写过信没人回 => nothing
en | still broken\n\nOn Mon, 3 Jun Acme <support@acme.com> wrote:\n> Hi => nothing
`);
});

describe("The visitor's own address, said in many ways", () => {
  check(String.raw`
en | please send the brochure to peter@windmere.com => email peter@windmere.com
en | I registered with sue@home.nl and can't log in => email sue@home.nl
en | please delete my account sue@home.nl => email sue@home.nl
en | unsubscribe sue@home.nl => email sue@home.nl
en | E-mail:\nsue@home.nl => email sue@home.nl
es | escríbeme a sue@home.es => email sue@home.es
fr | envoyez-moi ça à sue@home.fr => email sue@home.fr
de | bitte an sue@home.de schicken => email sue@home.de
ru | пришлите на sue@mail.ru => email sue@mail.ru
ja | sue@home.jp に送ってください => email sue@home.jp
zh | 请发到sue@qq.com => email sue@qq.com
`);
});

describe('Of several addresses the own and preferred one counts', () => {
  check(String.raw`
en | work is a@corp.com but please use my private one b@gmail.com => email b@gmail.com
en | I wrote to support@acme.com last week from bea@loopline.fm => email bea@loopline.fm
en | change my email from old@corp.io to new@corp.io => email new@corp.io
en | my email isn't bob@corp.io, it's rob@corp.io => email rob@corp.io
en | joe@acme.io here. Please also call our CEO Ann at ann@acme.io => email joe@acme.io
en | B: Which email should we use? // our shared inbox, office@tallpines.co => email office@tallpines.co
`);
});

describe('A correction replaces; a second address does not', () => {
  check(String.raw`
en | my email is john@k.io // no wait, it's jon@k.io => email jon@k.io
en | B: Email? // kim@corp.io // B: Is kim@corp.io right? // nope kimmy@corp.io => email kimmy@corp.io
en | kim@gmial.com // B: Did you mean kim@gmail.com? // yes kim@gmail.com => email kim@gmail.com
en | B: Email? // kim@corp.io // B: Got it. // you can cc lee@corp.io too => email kim@corp.io
fr | mon mail est a@b.fr // pardon, c'est ab@b.fr => email ab@b.fr
pt | meu email é a@b.com.br // desculpa, é ab@b.com.br => email ab@b.com.br
`);
});

describe('Flags', () => {
  const first = (text: string) =>
    extractDetails(
      { text, previous: [{ role: 'bot', text: 'Your email?' }], known },
      { isDisposableDomain: (d) => d === 'mailinator.com' },
    )[0];
  it('a mistyped big provider keeps the address as typed and suggests the likely one', () => {
    expect(first('olivia@gmial.com')).toMatchObject({ value: 'olivia@gmial.com', flags: ['typo'], suggestion: 'olivia@gmail.com' });
  });
  it('a role address is kept and flagged', () => {
    expect(first('info@studio.design')).toMatchObject({ value: 'info@studio.design', flags: ['role'] });
    expect(isRole('ada@studio.design')).toBe(false);
  });
  it('a disposable address is flagged by the predicate the caller gives', () => {
    expect(first('ada@mailinator.com')?.flags).toEqual(['disposable']);
  });
});

describe('Suggestions', () => {
  it.each([
    ['a@gmial.com', 'a@gmail.com'],
    ['a@gmail.con', 'a@gmail.com'],
    ['a@gmail.co', 'a@gmail.com'],
    ['a@hotmial.com', 'a@hotmail.com'],
    ['a@yaho.com', 'a@yahoo.com'],
    ['a@outlok.com', 'a@outlook.com'],
    ['a@iclould.com', 'a@icloud.com'],
    ['a@acme.con', 'a@acme.com'],
    ['a@protonmial.com', 'a@protonmail.com'],
  ])('%s is likely %s', (typed, meant) => expect(suggestEmail(typed)).toBe(meant));
  it.each([
    'a@gmx.net',
    'a@cox.net',
    'a@gmail.com',
    'a@mail.com',
    'a@ymail.com',
    'a@email.com',
    'a@acme.co',
    'a@live.com',
    'a@me.com',
    'a@web.de',
    'a@aol.com',
    'a@corp.io',
  ])('%s is left alone', (typed) => expect(suggestEmail(typed)).toBeNull());
  it('swapping two neighbours is one edit', () => {
    expect(editDistance('gmial', 'gmail', 2)).toBe(1);
    expect(editDistance('gmx', 'cox', 2)).toBe(2);
  });
});
