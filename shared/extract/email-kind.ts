// What sort of mailbox an address is: nobody's (a placeholder), a role's, or a likely mistyping of a well-known one.
import { TLD_SLIPS } from './email-scan.ts';

const FAKE = new Set(
  `test tests testing tester fake none no nope noemail nomail nothing null asdf asdfg asdfgh qwerty qwer abc abcd xyz xxx aaa foo bar baz blah dummy sample anon anonymous nobody nowhere
noone noname notgiven na user12 1234 123 12345 lol hello hi me you spam trash invalid placeholder something whatever donotreply noreply no-reply nada keine nein niemand aucun rien niente ninguno nenhum brak niet`.split(
    /\s+/,
  ),
);
const FAKE_HOSTS = new Set(
  'test tests testing fake none no nope noemail nomail nothing null asdf asdfg asdfgh qwerty qwer abc xyz xxx aaa foo bar blah dummy sample anon nobody nowhere spam trash invalid lol me you hi hello na something whatever mail email'.split(
    ' ',
  ),
);

/** "test@test.com", "none@none.com", "asdf@asdf.com": given so as not to give one. */
export function isPlaceholder(email: string): boolean {
  const [local = '', domain = ''] = email.split('@');
  const host = domain.split('.')[0] ?? '';
  if (/^(.)\1*$/.test(local) && /^(.)\1*$/.test(host)) return true;
  if (/^(?:donotreply|noreply|no-reply|mailer-daemon)$/.test(local)) return true;
  const mailHost = host === 'mail' || host === 'email' || host === 'me' || host === 'hello';
  return FAKE.has(local) && FAKE_HOSTS.has(host) && (!mailHost || local === host);
}

const ROLES = new Set(
  `support help helpdesk info contact sales billing admin administrator office hello hi team service services customerservice customercare care feedback press media jobs careers hr marketing
legal privacy security abuse postmaster webmaster hostmaster root noreply no-reply accounts accounting finance invoice invoices orders order booking bookings reservations reception enquiries inquiries general mail
soporte ayuda ventas contacto atencion facturacion pedidos suporte vendas contato financeiro assistenza vendite ordini amministrazione contatti commerciale serviceclient ventes commercial comptabilite
kontakt hilfe vertrieb buchhaltung bestellung kundenservice kundendienst service klantenservice verkoop administratie destek satis iletisim bilgi pomoc biuro sprzedaz podpora obchod kundtjanst`.split(
    /\s+/,
  ),
);

export function isRole(email: string): boolean {
  const local = (email.split('@')[0] ?? '').split('+')[0] ?? '';
  return ROLES.has(local);
}

const PROVIDERS =
  `gmail.com googlemail.com yahoo.com yahoo.co.uk yahoo.fr yahoo.de yahoo.es yahoo.it yahoo.com.br yahoo.co.in ymail.com rocketmail.com hotmail.com hotmail.co.uk hotmail.fr hotmail.de hotmail.es hotmail.it
outlook.com outlook.de outlook.fr live.com live.co.uk live.fr msn.com icloud.com me.com mac.com aol.com protonmail.com proton.me gmx.de gmx.net gmx.com web.de t-online.de freenet.de orange.fr wanadoo.fr free.fr laposte.net
libero.it virgilio.it mail.ru yandex.ru yandex.com bk.ru inbox.ru list.ru rambler.ru wp.pl onet.pl o2.pl interia.pl seznam.cz centrum.cz comcast.net verizon.net att.net cox.net sbcglobal.net bellsouth.net
btinternet.com sky.com bigpond.com telenet.be skynet.be kpnmail.nl ziggo.nl uol.com.br bol.com.br terra.com.br qq.com 163.com 126.com sina.com naver.com hanmail.net daum.net fastmail.com zoho.com mail.com email.com
hey.com tutanota.com rediffmail.com ukr.net abv.bg`.split(/\s+/);
const KNOWN = new Set(PROVIDERS);
/** Providers that are no target of a suggestion, since their names are short or near another's. */
const FREE = new Set([
  ...PROVIDERS,
  ...`tuta.io tuta.com tutamail.com mail.de posteo.de posteo.net mailbox.org arcor.de gmx.at gmx.ch gmx.fr bluewin.ch hispeed.ch a1.net aon.at sfr.fr bbox.fr neuf.fr numericable.fr gmail.fr tiscali.it alice.it tin.it fastwebnet.it
email.it poste.it xs4all.nl planet.nl home.nl hetnet.nl casema.nl chello.nl upcmail.nl telefonica.net ono.com sapo.pt iol.pt clix.pt ig.com.br globo.com yandex.ua ya.ru internet.ru meta.ua i.ua bigmir.net op.pl tlen.pl gazeta.pl vp.pl
poczta.fm mynet.com hanmail.com kakao.com nate.com korea.com foxmail.com sina.cn sohu.com 139.com 189.cn aliyun.com yeah.net docomo.ne.jp ezweb.ne.jp au.com softbank.ne.jp i.softbank.jp nifty.com biglobe.ne.jp so-net.ne.jp excite.co.jp
india.com in.com maktoob.com walla.co.il windstream.net charter.net optonline.net earthlink.net juno.com netzero.net frontier.com rogers.com shaw.ca sympatico.ca telus.net videotron.ca optusnet.com.au iinet.net.au tpg.com.au xtra.co.nz
ntlworld.com blueyonder.co.uk virginmedia.com talktalk.net tiscali.co.uk o2.co.uk eircom.net duck.com pm.me protonmail.ch startmail.com runbox.com hushmail.com lycos.com inbox.com gmx.us usa.com post.com europe.com centrum.sk azet.sk
volny.cz freemail.hu citromail.hu telia.com spray.se bredband.net online.no luukku.com suomi24.fi kolumbus.fi webmail.co.za mweb.co.za libero.com laposte.fr relay.firefox.com privaterelay.appleid.com`.split(
    /\s+/,
  ),
]);
/** Large providers hold a domain in every country. */
const FREE_ANYWHERE = /^(?:yahoo|hotmail|outlook|live|gmx|yandex|msn|ymail|googlemail|aol)\.(?:[a-z]{2,3}|com?\.[a-z]{2})$/;
export type EmailKind = 'work' | 'free' | 'role' | 'disposable';

/** What an address says about a lead: thrown away, nobody's in particular, of a known mailbox provider, or an employer's. */
export function emailKind(email: string, isDisposable?: (domain: string) => boolean): EmailKind {
  const address = email.trim().toLowerCase();
  const domain = address.slice(address.lastIndexOf('@') + 1);
  if (isDisposable?.(domain)) return 'disposable';
  if (isRole(address)) return 'role';
  return FREE.has(domain) || FREE_ANYWHERE.test(domain) ? 'free' : 'work';
}

/** Those a slip may be mapped to: the big ones, with a name long enough that one edit is a slip and not another name. */
const TARGETS =
  `gmail.com googlemail.com yahoo.com yahoo.co.uk yahoo.fr yahoo.de yahoo.es yahoo.it yahoo.com.br ymail.com hotmail.com hotmail.co.uk hotmail.fr hotmail.de hotmail.es hotmail.it outlook.com outlook.de outlook.fr
icloud.com protonmail.com t-online.de freenet.de orange.fr wanadoo.fr laposte.net libero.it virgilio.it yandex.ru rambler.ru interia.pl seznam.cz comcast.net verizon.net sbcglobal.net bellsouth.net
btinternet.com bigpond.com naver.com hanmail.net fastmail.com rediffmail.com`.split(/\s+/);

/** Optimal string alignment: insert, delete, substitute, or swap two neighbours. Stops counting past `limit`. */
export function editDistance(a: string, b: string, limit: number): number {
  if (Math.abs(a.length - b.length) > limit) return limit + 1;
  let older: number[] = [];
  let above = Array.from({ length: b.length + 1 }, (_, j) => j);
  for (let i = 1; i <= a.length; i++) {
    const row = [i];
    for (let j = 1; j <= b.length; j++) {
      const cost = a[i - 1] === b[j - 1] ? 0 : 1;
      let best = Math.min((above[j] ?? 0) + 1, (row[j - 1] ?? 0) + 1, (above[j - 1] ?? 0) + cost);
      if (i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1]) best = Math.min(best, (older[j - 2] ?? 0) + 1);
      row.push(best);
    }
    older = above;
    above = row;
  }
  return above[b.length] ?? limit + 1;
}

function repairedEnd(domain: string): string {
  const cut = domain.lastIndexOf('.');
  const right = TLD_SLIPS[domain.slice(cut + 1)];
  return right ? domain.slice(0, cut + 1) + right : domain;
}

/** Endings no mail provider has but that are one slip from .com; country domains like .cm or .co stay unless the host is a big provider's. */
const NEAR_COM = /^(.*)\.(?:co|cm|om|cim|comn|c0m)$/;

/** The likely meant address, or null where the domain is fine or nothing is near: 1 edit, or 2 in a name of 9 letters or more. */
export function suggestEmail(email: string): string | null {
  const at = email.lastIndexOf('@');
  const domain = email.slice(at + 1);
  if (KNOWN.has(domain)) return null;
  const local = email.slice(0, at + 1);
  const near = NEAR_COM.exec(domain);
  if (near && KNOWN.has(`${near[1]}.com`)) return `${local}${near[1]}.com`;
  const ended = repairedEnd(domain);
  if (KNOWN.has(ended)) return local + ended;
  const [host = ''] = ended.split('.');
  const rest = ended.slice(host.length);
  for (const target of TARGETS) {
    const [name = ''] = target.split('.');
    if (target.slice(name.length) !== rest || name[0] !== host[0]) continue;
    if (name.length < 5) continue;
    const limit = name.length >= 9 ? 2 : 1;
    if (editDistance(host, name, limit) <= limit) return local + target;
  }
  return ended === domain ? null : local + ended;
}
