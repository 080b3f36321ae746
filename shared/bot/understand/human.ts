// “Talk to a human”, however it is said, in fifteen languages.
import { createPhrases } from './phrases.ts';
import { fold } from './fold.ts';
import type { Folded } from './fold.ts';
import type { Language, Phrasebook } from './languages.ts';
import { allPhrases, languages } from './languages.ts';

interface Wish {
  /** Getting in touch. */
  verbs: string;
  /** With whom. Plurals are left out where they would name the visitor's own customers. */
  people: string;
  /** The person may stand before the verb. */
  anyOrder: boolean;
  /** Words that turn the wish round when they stand shortly before it. */
  not: string;
}

const wishes: Partial<Record<Language, Wish>> = {
  en: {
    verbs: 'talk, speak, chat, connect, transfer, reach, contact, get, want, need, give, put, pass',
    people:
      'human, humans, person, someone, somebody, agent, representative, rep, operator, advisor, adviser, salesperson, salesman, staff, manager, colleague',
    anyOrder: false,
    not: 'dont, not, no, without, never',
  },
  es: {
    verbs: 'hablar, hablo, chatear, comunicarme, contactar, conectar, pasar, páseme, pásame, quiero',
    people: 'humano, humana, persona, alguien, agente, asesor, asesora, representante, operador, operadora, ejecutivo',
    anyOrder: false,
    not: 'no, sin',
  },
  pt: {
    verbs: 'falar, conversar, quero, passar, contatar, contactar',
    people: 'humano, humana, pessoa, alguém, atendente, agente, operador, representante, consultor, vendedor',
    anyOrder: false,
    not: 'não, sem',
  },
  fr: {
    verbs: 'parler, discuter, échanger, joindre, contacter, passez, veux, voudrais',
    people: 'humain, humaine, quelqu, conseiller, conseillère, agent, opérateur, commercial, personne',
    anyOrder: false,
    not: 'ne, pas, sans',
  },
  de: {
    verbs: 'sprechen, reden, chatten, verbinden, verbinde, spreche, telefonieren, schreiben, kontaktieren, will, möchte',
    people: 'mensch, menschen, jemand, jemandem, jemanden, mitarbeiter, berater, person, ansprechpartner, kundenberater, agent, agenten',
    anyOrder: true,
    not: 'nicht, kein, keinen, keinem, ohne',
  },
  it: {
    verbs: 'parlare, parlo, chattare, contattare, passami, voglio, vorrei',
    people: 'umano, umana, persona, qualcuno, operatore, operatrice, agente, consulente, addetto',
    anyOrder: false,
    not: 'non, senza',
  },
  nl: {
    verbs: 'praten, spreken, chatten, verbinden, contact, wil',
    people: 'mens, iemand, medewerker, persoon, adviseur, collega',
    anyOrder: true,
    not: 'niet, geen, zonder',
  },
  pl: {
    verbs: 'rozmawiać, porozmawiać, pogadać, połącz, połączyć, skontaktować, chcę',
    people: 'człowiekiem, człowieka, kimś, konsultantem, konsultanta, pracownikiem, doradcą, osobą, agentem',
    anyOrder: false,
    not: 'nie, bez',
  },
  tr: {
    verbs: 'konuşmak, konuşabilir, görüşmek, görüşebilir, bağlan, bağlanmak, bağla, bağlayın, bağlar, yazışmak, istiyorum',
    people:
      'insan, insanla, insana, biriyle, birisiyle, birine, temsilci, temsilciyle, temsilciye, temsilcisine, temsilcisiyle, yetkili, yetkiliyle, yetkiliye, kişiyle',
    anyOrder: true,
    not: 'istemiyorum',
  },
  ru: {
    verbs: 'поговорить, говорить, пообщаться, общаться, связаться, свяжите, соедините, переключите, позовите, переведите, хочу, нужен',
    people:
      'человеком, человека, человек, оператором, оператора, оператор, менеджером, менеджера, менеджер, специалистом, специалиста, консультантом, сотрудником, кем',
    anyOrder: true,
    not: 'не, без',
  },
  ar: {
    verbs: 'التحدث, أتحدث, اتحدث, التكلم, أتكلم, اتكلم, التواصل, أتواصل, أكلم, اكلم, تحويلي, حولني, أريد, اريد, ابي, عايز, احكي',
    people: 'شخص, إنسان, انسان, موظف, ممثل, بشري, أحد, حد, مندوب, بشر',
    anyOrder: false,
    not: 'لا, بدون, مش',
  },
  hi: {
    verbs: 'बात, baat, जोड़, जोड़िए, जोड़ें, कनेक्ट, चाहिए, संपर्क',
    people: 'इंसान, व्यक्ति, किसी, एजेंट, आदमी, प्रतिनिधि, insaan, insan, kisi, agent',
    anyOrder: true,
    not: 'नहीं, nahi',
  },
};

/** As a whole message, or with a softener. */
const wholes: Phrasebook = {
  en: 'human, a human, human please, agent, agent please, live agent, operator, representative, person, a person, real person, a real person, person please, support agent, someone real, talk, talk to sales, help me human, staff',
  es: 'humano, un humano, persona, agente, operador, asesor, una persona real',
  pt: 'humano, atendente, pessoa, agente, um humano, uma pessoa real',
  fr: 'humain, un humain, conseiller, un conseiller, agent, opérateur, une vraie personne',
  de: 'mensch, mensch bitte, ein mensch, mitarbeiter, berater, echter mensch, einen menschen bitte',
  it: 'umano, operatore, un operatore, una persona, persona reale',
  nl: 'mens, een mens, medewerker, echt persoon, een echt mens',
  pl: 'człowiek, konsultant, człowieka, agent',
  tr: 'insan, temsilci, canlı destek, müşteri temsilcisi, yetkili',
  ru: 'человек, оператор, живой человек, оператора, менеджер, позовите человека',
  ar: 'إنسان, موظف, شخص حقيقي, ممثل, خدمة العملاء',
  hi: 'इंसान, एजेंट, व्यक्ति',
  ja: '人間, オペレーター, 担当者, 有人対応, スタッフ, 人',
  zh: '人工, 真人, 人工客服, 转人工, 客服, 人工服务',
  ko: '사람, 상담원, 상담사, 상담원 연결, 직원, 상담',
};

/** Anywhere in a message. */
const anywhere: Phrasebook = {
  en: 'real person, real human, actual human, actual person, human being, human agent, live agent, live person, live chat agent, customer service representative, talk to sales, speak to sales, talk to support, speak to support, speak with support, talk to your team, speak to your team, speak with your team, talk to one of you, talk with sales, speak with sales, is there a human, not a bot, not with a bot, not to a bot, don’t want to talk to a bot, dont want to talk to a bot, don’t want a bot, dont want a bot, don’t want to chat with a bot, stop the bot, i hate bots, somebody call me, get me a person, get me someone, get me somebody, want a person, someone call me, someone contact me, someone from your team, someone from sales',
  es: 'persona real, ser humano, atención al cliente, con un asesor, con una persona',
  pt: 'pessoa real, pessoa de verdade, ser humano, atendimento humano',
  fr: 'vraie personne, être humain, un humain, service client, à quelqu’un, avec quelqu’un, à une personne, avec une personne',
  de: 'echten menschen, echter mensch, echte person, echten person, mit einem mitarbeiter, kein bot, nicht mit einem bot',
  it: 'persona vera, persona reale, essere umano, operatore umano, servizio clienti',
  nl: 'echt mens, echt persoon, echte persoon, met een medewerker, met een mens',
  pl: 'żywym człowiekiem, prawdziwym człowiekiem, z człowiekiem, z konsultantem',
  tr: 'canlı destek, gerçek bir insan, gerçek kişi, müşteri temsilcisi, müşteri hizmetleri',
  ru: 'живой человек, живым человеком, живого человека, реальным человеком, с человеком, с оператором, с менеджером',
  ar: 'شخص حقيقي, موظف حقيقي, خدمة العملاء, مع شخص, مع موظف, مع إنسان, الى موظف, إلى موظف, إلى شخص',
  hi: 'असली इंसान, असली व्यक्ति, इंसान से बात, किसी से बात, एजेंट से बात',
  ja: '人と話, 人間と話, 誰かと話, 担当者と, 担当者に, 担当の方, スタッフと, スタッフに, オペレーターと, オペレーターに, オペレータ, 有人チャット, 有人対応, 人に代わ, 人間に代わ, 直接話',
  zh: '转人工, 人工客服, 人工服务, 找人工, 要人工, 真人客服, 和真人, 跟真人, 真人聊, 和人聊, 跟人聊, 和人说, 跟人说, 找客服, 接客服, 联系客服, 人工谈, 与人交谈, 和客服, 跟客服, 和真实的人',
  ko: '상담원, 상담사, 사람과 이야기, 사람과 대화, 사람이랑, 사람과 얘기, 사람하고, 직원과, 직원이랑, 직원 연결, 담당자와, 담당자랑, 담당자 연결, 실제 사람, 진짜 사람',
};

/** In English these wish for a person only right before “a human”: “I need someone” may be about hiring. */
const weakVerbs = new Set(
  fold(
    'get want need give put pass contact quiero voglio vorrei veux voudrais will mochte wil chce хочу нужен istiyorum चाहिए اريد ابي عايز',
  ).words,
);
const weakPeople = new Set(
  fold(
    'manager staff colleague someone somebody jemand jemanden person persona personne pessoa agent agente rep mitarbeiter medewerker iemand alguien alguem quelqu qualcuno менеджер менеджера специалиста сотрудником кем شخص احد حد किसी kisi insan kisiyle temsilci yetkili commercial consulente vendedor ejecutivo',
  ).words,
);

type Role = { language: Language; part: 'verb' | 'person' | 'not'; weak: boolean };

const roles = new Map<string, Role[]>();
for (const language of languages) {
  const wish = wishes[language];
  if (wish === undefined) continue;
  for (const [part, list, weaks] of [
    ['verb', wish.verbs, weakVerbs],
    ['person', wish.people, weakPeople],
    ['not', wish.not, new Set<string>()],
  ] as const) {
    for (const word of fold(list).words) {
      roles.set(word, [...(roles.get(word) ?? []), { language, part, weak: weaks.has(word) }]);
    }
  }
}

const wholePhrases = createPhrases(allPhrases(wholes).map((phrase) => [phrase, true] as const));
const anywherePhrases = createPhrases(allPhrases(anywhere).map((phrase) => [phrase, true] as const));

/** How many words a wish may span, and how far before it a “not” still turns it round. */
const span = 5;

export function wantsHuman(text: Folded): boolean {
  if (wholePhrases.whole(text) !== null) return true;
  const hit = anywherePhrases.find(text);
  if (hit !== null) return text.cjk || !isNegated(text.words, hit.at);
  return holdsWish(text.words);
}

interface Sighting {
  at: number;
  weak: boolean;
}

function holdsWish(words: readonly string[]): boolean {
  const verbs = new Map<Language, Sighting>();
  const people = new Map<Language, Sighting>();
  for (let at = 0; at < words.length; at++) {
    for (const { language, part, weak } of roles.get(words[at] ?? '') ?? []) {
      if (part === 'not') continue;
      const here: Sighting = { at, weak };
      const other = part === 'verb' ? (wishes[language]?.anyOrder ? people.get(language) : undefined) : verbs.get(language);
      if (other !== undefined && at - other.at <= span && !(weak && other.weak) && !isNegated(words, Math.min(at, other.at))) return true;
      (part === 'verb' ? verbs : people).set(language, here);
    }
  }
  return false;
}

/** A “not” of any language within three words before; the contrast “not a bot” is a phrase of its own. */
function isNegated(words: readonly string[], at: number): boolean {
  for (let i = Math.max(0, at - 3); i < at; i++) {
    if (roles.get(words[i] ?? '')?.some((role) => role.part === 'not')) return true;
  }
  return false;
}
