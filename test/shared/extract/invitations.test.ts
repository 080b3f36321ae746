import { describe, expect, it } from 'vitest';
import { learn } from './cases.ts';

/** One line a message: `language | message`. */
function messages(table: string): [language: string, text: string][] {
  return table
    .trim()
    .split('\n')
    .map((line) => {
      const [language = '', text = ''] = line.split(' | ');
      return [language, text.trim()];
    });
}

const given = (language: string, text: string): string | null => learn([{ role: 'visitor', text }], language).email;

describe('Who asks to be written to gives an address, a role mailbox too', () => {
  it.each(
    messages(`
en | You can write to x.lee@y.de
en | I need the brochure send it to office@lee-bau.de
en | I would like you to please send it to x.lee@y.de
en | Can I ask you to mail the offer to x.lee@y.de
en | Can I get the brochure send to x.lee@y.de
de | Sie haben mir an x.lee@y.de geschrieben
en | Please write to x.lee@y.de
en | Write to x.lee@y.de please
en | Mail goes to x.lee@y.de
en | you could write to x.lee@y.de or call 0301234567
en | send it to x.lee@y.de
en | reply to x.lee@y.de
en | best to mail me at x.lee@y.de
en | Could you write to x.lee@y.de?
en | I'm travelling, so please write to x.lee@y.de
en | can you reply to x.lee@y.de instead
en | feel free to write to x.lee@y.de
en | if anything comes up, write to x.lee@y.de
en | Invoices go to x.lee@y.de
en | you may contact me or write to x.lee@y.de
en | please respond to x.lee@y.de
en | email x.lee@y.de
en | You can send an email to x.lee@y.de
en | you can send your offer to x.lee@y.de
en | please send your answer to x.lee@y.de
en | drop me a line at x.lee@y.de
en | call me tomorrow or write to info@lee-bau.de
en | Please write to info@lee-bau.de
en | replies to x.lee@y.de please
en | all mail should go to x.lee@y.de
en | you'd better write to x.lee@y.de
en | it's best to write to x.lee@y.de
en | Just shoot an email to x.lee@y.de
en | You can email x.lee@y.de
en | You can mail the quote to office@lee-bau.de
en | You can contact us by writing to x.lee@y.de
de | Schreiben Sie an x.lee@y.de
de | Schreiben Sie bitte an info@lee-bau.de
de | bitte schreiben sie an x.lee@y.de
de | schreib an x.lee@y.de
de | Sie können an x.lee@y.de schreiben
de | Sie können mir gerne an x.lee@y.de schreiben
de | du kannst an info@lee-bau.de schreiben
de | Mail geht an x.lee@y.de
de | Antwort bitte an x.lee@y.de
de | schicken Sie das Angebot an info@lee-bau.de
de | schickt es an x.lee@y.de
de | am besten an x.lee@y.de schreiben
de | Können Sie mir an x.lee@y.de antworten?
de | Rechnung bitte an buchhaltung@lee-bau.de
fr | écrivez-moi à x.lee@y.de
fr | Écrivez à x.lee@y.de
fr | vous pouvez écrire à x.lee@y.de
fr | merci d'écrire à contact@lee-bau.fr
fr | vous pouvez m'envoyer le devis à x.lee@y.de
fr | répondez à x.lee@y.de svp
fr | veuillez répondre à contact@lee-bau.fr
fr | envoyez le devis à contact@lee-bau.fr
es | pueden escribir a x.lee@y.de
es | pueden escribir a info@lee-bau.es
es | puede escribirme a x.lee@y.de
es | escriba a x.lee@y.de
es | escríbanos a info@lee-bau.es
es | respondan a x.lee@y.de por favor
es | por favor escriban a info@lee-bau.es
es | envíen la oferta a ventas@lee-bau.es
es | manda el presupuesto a x.lee@y.de
pt | pode escrever para x.lee@y.de
pt | podem escrever para contato@lee-bau.com.br
pt | escreva para x.lee@y.de
pt | responda para x.lee@y.de por favor
pt | mande a proposta para contato@lee-bau.com.br
pt | pode enviar o orçamento para contato@lee-bau.com.br
it | potete scrivere a x.lee@y.de
it | può scrivere a info@lee-bau.it
it | scrivete a info@lee-bau.it
it | scriva pure a x.lee@y.de
it | rispondete a x.lee@y.de
it | mandate il preventivo a info@lee-bau.it
nl | je kunt schrijven naar x.lee@y.de
nl | u kunt mailen naar info@lee-bau.nl
nl | mail naar x.lee@y.de
nl | stuur het naar info@lee-bau.nl
nl | u kunt de offerte naar info@lee-bau.nl sturen
nl | antwoord graag naar x.lee@y.de
pl | proszę pisać na x.lee@y.de
pl | proszę pisać na biuro@lee-bau.pl
pl | możecie pisać na biuro@lee-bau.pl
pl | może Pan napisać na biuro@lee-bau.pl
pl | napiszcie na x.lee@y.de
pl | odpowiedź proszę wysłać na biuro@lee-bau.pl
tr | x.lee@y.de adresine yazabilirsiniz
tr | info@lee-bau.com.tr adresine yazabilirsiniz
tr | lütfen info@lee-bau.com.tr adresine yazın
tr | teklifi info@lee-bau.com.tr adresine gönderin
ru | пишите на x.lee@y.de
ru | можете написать на info@lee-bau.ru
ru | вы можете писать на info@lee-bau.ru
ru | напишите на info@lee-bau.ru
ru | отправьте предложение на info@lee-bau.ru
ru | ответьте на info@lee-bau.ru
uk | можете написати на info@lee-bau.com.ua
uk | пишіть на info@lee-bau.com.ua
cs | můžete psát na info@lee-bau.cz
cs | napište na info@lee-bau.cz
sv | du kan skriva till info@lee-bau.se
sv | skriv till info@lee-bau.se
fi | voitte kirjoittaa osoitteeseen info@lee-bau.fi
fi | kirjoittakaa osoitteeseen info@lee-bau.fi
id | silakan kirim ke info@lee-bau.id
id | anda bisa menulis ke info@lee-bau.id
vi | vui lòng gửi đến info@lee-bau.vn
vi | bạn có thể viết cho info@lee-bau.vn
ar | يمكنكم الكتابة إلى info@lee-bau.com
he | אפשר לכתוב אל info@lee-bau.co.il
hi | आप info@lee-bau.in पर लिख सकते हैं
hi | कृपया info@lee-bau.in पर भेजें
zh | 您可以写信到info@lee-bau.cn
zh | 请写信给info@lee-bau.cn
zh | 请回复到info@lee-bau.cn
ja | info@lee-bau.jp に送ってください
ja | info@lee-bau.jp にメールしてください
ja | 返信は info@lee-bau.jp までお願いします
ko | info@lee-bau.kr 로 보내 주세요
ko | info@lee-bau.kr 로 메일 주세요
en | hey, just reply to office@lee-bau.de
en | Sorry, not now. Write to office@lee-bau.de
en | I wrote to you last week, please reply to office@lee-bau.de
en | I got your message, please write to office@lee-bau.de
en | send me the details to office@lee-bau.de
en | Would you mail the brochure to office@lee-bau.de?
en | I'd like the invoice sent to office@lee-bau.de
en | can it be sent to office@lee-bau.de
en | invoices should be addressed to accounting@lee-bau.de
en | Please send all correspondence to office@lee-bau.de
en | I want you to reply to office@lee-bau.de
en | you can always reach us by writing to office@lee-bau.de
en | I am out all day but you can write to office@lee-bau.de
en | You can send me an email to lee@lee-bau.de
en | we wrote to your support twice. please answer to lee@lee-bau.de
en | ok then write to lee@lee-bau.de and I'll have a look
en | I can't see your prices, please send them to lee@lee-bau.de
de | Ich habe Ihnen schon geschrieben, bitte antworten Sie an info@lee-bau.de
de | Sonst einfach an info@lee-bau.de schreiben
de | Bitte die Unterlagen an info@lee-bau.de senden
de | Könnten Sie mir das Angebot an info@lee-bau.de schicken?
de | Ihr könnt mir auch an info@lee-bau.de mailen
fr | Bonjour, vous pouvez me répondre à contact@lee-bau.fr
fr | j'ai écrit hier, merci de répondre à contact@lee-bau.fr
es | me pueden mandar la cotización a info@lee-bau.es
es | o me escriben a info@lee-bau.es
pt | vocês podem responder para contato@lee-bau.com.br
it | mi può rispondere a info@lee-bau.it
it | inviatemi il catalogo a info@lee-bau.it
nl | Graag de factuur naar info@lee-bau.nl
pl | prosimy o wycenę na biuro@lee-bau.pl
ru | лучше пишите на info@lee-bau.ru
ru | пришлите, пожалуйста, прайс на info@lee-bau.ru
tr | fiyat listesini info@lee-bau.com.tr adresine mail atın
ja | 見積もりは info@lee-bau.jp へお送りください
`),
  )('%s: %s', (language, text) => expect(given(language, text)).toBe(/[\w.]+@[\w.-]+\w/.exec(text)?.[0]));
});

describe('Who wrote to an address, would write to it, or repeats what others say, does not', () => {
  it.each(
    messages(`
en | I wrote to support@y.de
en | I replied to x.lee@y.de
en | Could we send the form to x.lee@y.de?
en | I wrote to x.lee@y.de yesterday
en | we have written to x.lee@y.de
en | they told me to write to x.lee@y.de
en | your site says you can write to x.lee@y.de
en | your ad says write to sales@y.de, is that right?
en | can I write to x.lee@y.de?
en | should I reply to x.lee@y.de?
en | I will write to x.lee@y.de
en | I was asked to reply to x.lee@y.de
en | when I write to x.lee@y.de nobody answers
en | if you write to x.lee@y.de nobody answers
en | please write to my boss at x.lee@y.de
en | can you write to her at x.lee@y.de
en | please write to jane, x.lee@y.de
en | who do I write to, x.lee@y.de?
en | do I need to write to x.lee@y.de
en | I'm trying to send it to x.lee@y.de
en | she said you can write to x.lee@y.de
en | he told me: write to x.lee@y.de
en | don't write to x.lee@y.de
en | please do not reply to x.lee@y.de
en | stop writing to x.lee@y.de
en | You can write to x.lee@y.de, she handles it
en | Please write to my colleague x.lee@y.de
en | no reply from x.lee@y.de
en | I can't write to x.lee@y.de
en | you wrote to x.lee@y.de
en | you should have written to x.lee@y.de
en | the form goes to x.lee@y.de
en | Is it best to write to x.lee@y.de?
en | your bot said: write to x.lee@y.de
de | ich habe an x.lee@y.de geschrieben
de | kann ich an x.lee@y.de schreiben?
de | ich schreibe an x.lee@y.de
de | auf der Seite steht, schreiben Sie an x.lee@y.de
de | bitte schreiben Sie nicht an x.lee@y.de
de | mein Kollege meinte, Sie können an x.lee@y.de schreiben
de | ich habe Ihnen an x.lee@y.de eine Mail geschickt
de | soll ich das an x.lee@y.de schicken?
fr | j'ai écrit à x.lee@y.de
fr | puis-je écrire à x.lee@y.de ?
fr | j'écris à x.lee@y.de depuis une semaine
fr | votre site dit : écrivez à x.lee@y.de
fr | n'écrivez pas à x.lee@y.de
es | escribí a x.lee@y.de
es | puedo escribir a x.lee@y.de?
es | su web dice que pueden escribir a x.lee@y.de
es | le escribí a x.lee@y.de y nada
es | no escriban a x.lee@y.de
pt | escrevi para x.lee@y.de
pt | posso escrever para x.lee@y.de?
pt | não escreva para x.lee@y.de
it | ho scritto a x.lee@y.de
it | posso scrivere a x.lee@y.de?
it | non scrivete a x.lee@y.de
nl | ik heb naar x.lee@y.de geschreven
nl | kan ik naar x.lee@y.de mailen?
nl | ik mail naar x.lee@y.de
pl | pisałem na x.lee@y.de
pl | czy mogę pisać na x.lee@y.de?
pl | proszę nie pisać na x.lee@y.de
tr | x.lee@y.de adresine yazdım
tr | x.lee@y.de adresine yazabilir miyim?
ru | я писал на x.lee@y.de
ru | можно ли мне написать на x.lee@y.de?
ru | не пишите на x.lee@y.de
ja | x.lee@y.jp に送りました
ko | x.lee@y.kr 로 보냈어요
zh | 我写信给x.lee@y.cn了没人回
en | I went to the site and wrote to lee@y.de
en | I will go home and write to lee@y.de
en | We always reply to lee@y.de
en | I was going to write to lee@y.de
en | when you write to lee@y.de you get no answer
en | my accountant will answer, please write to lee@y.de
en | The sign reads: mail to lee@y.de
en | According to your site I can write to lee@y.de
en | he can be reached at lee@y.de
en | who should I write to, lee@y.de or sales@y.de?
en | How do I reply to lee@y.de
en | the mail I sent to lee@y.de came back
en | my wife wants the offer, you can send it to her at lee@y.de
de | meine Frau wartet, bitte schreiben Sie an lee@y.de
de | gestern an lee@y.de geschrieben, keine Antwort
de | laut Webseite: schreiben Sie an lee@y.de
fr | j'ai répondu à lee@y.de
es | mi jefe puede escribir a lee@y.de
es | envié el formulario a lee@y.de
it | il mio capo scrive a lee@y.de
ru | написал на lee@y.de
ru | на сайте написано: пишите на lee@y.de
tr | lee@y.de adresine mail attım
`),
  )('%s: %s', (language, text) => expect(given(language, text)).toBeNull());
});

it('what a bot or agent said before is not the visitor’s, invitation or not', () => {
  const turns = [
    { role: 'bot', text: 'Write to help@acme.com any time.' },
    { role: 'visitor', text: 'you can write to help@acme.com' },
  ] as const;
  expect(learn(turns, 'en').email).toBeNull();
});
