// What is left of a message once the details found in it are taken out.
import type { Detail } from '../../extract/types.ts';
import { fold } from './fold.ts';

/** The text without the details, tidied at the seams. */
export function withoutDetails(raw: string, details: readonly Detail[]): string {
  let text = '';
  let at = 0;
  for (const detail of [...details].sort((a, b) => a.start - b.start)) {
    if (detail.start > at) text += `${raw.slice(at, detail.start)} `;
    at = Math.max(at, detail.end);
  }
  return (text + raw.slice(at)).replace(/\s+/g, ' ').replace(/^[\s,.;:–—|/-]+|[\s,;:–—|/-]+$/g, '');
}

// Words that only hold details together: "my email is …", "call me at …", "I'm … and you can reach me on …".
const glue = new Set(
  'my our your the a an e mail email mails address adress is its it are was and or also oh no wait sorry actually correction not hi hello hey dear name names im i am me we you can could may please reach contact write call text send at on via under to here by with this that thats use phone number mobile cell tel telephone whatsapp thanks thank ok okay yes sure or mi correo es nombre soy me llamo telefono numero y el la o meu minha e mail nome sou telefone celular mon ma nom est je suis adresse telephone numero et mein meine ist name ich bin unter erreichbar und oder nummer handy telefonnummer adresse lautet hallo il mio la mia sono chiamo telefono mijn naam nummer ben ik en mailadres moj moja to jest imie nazywam sie numer benim adim adresim e posta telefonum numaram ben mein merhaba здравствуите привет меня зовут мое моя мои имя почта адрес телефон номер это я и اسمي بريدي ايميلي الالكتروني رقمي هو هي و انا مرحبا मेरा मेरी नाम ईमेल फोन नंबर है मैं और हूं हूँ'
    .split(' ')
    .flatMap((word) => fold(word).words),
);
const cjkGlue =
  /メールアドレス|メール|アドレス|電話番号|電話|名前|私の|私は|私|です|は|と申します|こちら|我的|邮箱|邮件|电子邮件|地址|电话|手机|号码|名字|我叫|我是|你好|是|叫|이메일|메일|주소|전화번호|전화|번호|이름|제|저는|입니다|이에요|예요|은|는/g;

/** True where nothing is left that could answer another question. */
export function isOnlyDetails(raw: string, details: readonly Detail[]): boolean {
  if (details.length === 0) return false;
  const rest = fold(withoutDetails(raw, details));
  if (rest.cjk) return !/[\p{L}\p{N}]/u.test(rest.text.replace(cjkGlue, ''));
  return rest.words.every((word) => glue.has(word));
}
