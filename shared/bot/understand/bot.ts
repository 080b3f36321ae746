// “Are you a bot?”, “am I talking to a real person?”, in fifteen languages.
import type { Folded } from './fold.ts';
import { wantsHuman } from './human.ts';
import type { Phrasebook } from './languages.ts';
import { splitPhrases } from './languages.ts';
import { createPhrases } from './phrases.ts';

/** Whole questions. Longer ones come first by themselves: the longest that occurs is found. */
const questions: Phrasebook = {
  en: '',
  es: 'eres un bot, eres un robot, eres humano, eres humana, eres real, eres una persona, eres una persona real, eres un humano, eres una máquina, eres una ia, es usted un bot, es usted un robot, es usted humano, es usted una persona, es usted una persona real, esto es un bot, es un bot, es un robot, es esto un bot, hablo con un bot, hablo con un robot, hablo con una persona, hablo con una persona real, hablo con un humano, hablo con una máquina, estoy hablando con un bot, estoy hablando con un robot, estoy hablando con una persona, estoy hablando con una persona real, estoy hablando con un humano, estoy hablando con una máquina',
  pt: 'você é um bot, você é um robô, você é humano, você é humana, você é real, você é uma pessoa, você é uma pessoa real, você é uma pessoa de verdade, você é um humano, você é uma ia, és um bot, és um robô, és humano, és uma pessoa, és uma pessoa real, isso é um bot, isto é um bot, isso é um robô, é um bot, é um robô, estou falando com um bot, estou falando com um robô, estou falando com uma pessoa, estou falando com uma pessoa real, estou falando com um humano, estou falando com uma máquina, estou a falar com um bot, estou a falar com um robô, estou a falar com uma pessoa, estou a falar com uma pessoa real, falo com um robô, falo com uma pessoa',
  fr: 'es tu un bot, es tu un robot, es tu humain, es tu réel, es tu une personne, es tu une vraie personne, es tu un humain, es tu une ia, tu es un bot, tu es un robot, tu es humain, tu es un humain, tu es une vraie personne, t’es un bot, t’es un robot, êtes vous un bot, êtes vous un robot, êtes vous humain, êtes vous humaine, êtes vous réel, êtes vous un humain, êtes vous une personne, êtes vous une vraie personne, êtes vous une personne réelle, êtes vous une machine, vous êtes un bot, vous êtes un robot, vous êtes humain, vous êtes une vraie personne, c’est un bot, c’est un robot, est ce un bot, est ce un robot, suis je en train de parler à un robot, suis je en train de parler à une vraie personne, je parle à un robot, je parle à un bot, je parle à une vraie personne, je parle à un humain, je parle à une personne, je parle avec un robot, je parle avec un humain',
  de: 'bist du ein bot, bist du ein roboter, bist du ein mensch, bist du menschlich, bist du echt, bist du eine ki, bist du eine maschine, bist du ein echter mensch, bist du eine echte person, bist du eine person, sind sie ein bot, sind sie ein roboter, sind sie ein mensch, sind sie echt, sind sie eine ki, sind sie ein echter mensch, sind sie eine echte person, sind sie eine maschine, ist das ein bot, ist das hier ein bot, ist das ein roboter, ist das ein mensch, ist das ein echter mensch, spreche ich mit einem bot, spreche ich mit einem roboter, spreche ich mit einem menschen, spreche ich mit einem echten menschen, spreche ich mit einer person, spreche ich mit einer echten person, spreche ich mit einer maschine, rede ich mit einem bot, rede ich mit einem roboter, rede ich mit einem menschen, rede ich mit einem echten menschen, rede ich mit einer maschine, schreibe ich mit einem bot, schreibe ich mit einem menschen, schreibe ich mit einem echten menschen, chatte ich mit einem bot, chatte ich mit einem menschen, chatte ich mit einem echten menschen',
  it: 'sei un bot, sei un robot, sei umano, sei umana, sei reale, sei vero, sei una persona, sei una persona vera, sei una persona reale, sei un umano, sei una macchina, sei un essere umano, lei è un bot, lei è un robot, lei è una persona, lei è una persona vera, siete un bot, è un bot, è un robot, questo è un bot, sto parlando con un bot, sto parlando con un robot, sto parlando con una persona, sto parlando con una persona vera, sto parlando con una persona reale, sto parlando con un umano, sto parlando con una macchina, parlo con un bot, parlo con un robot, parlo con una persona, parlo con una persona vera',
  nl: 'ben je een bot, ben je een robot, ben je een mens, ben je menselijk, ben je echt, ben je een echt mens, ben je een echt persoon, ben je een persoon, ben jij een bot, ben jij een robot, ben jij een mens, ben jij een echt mens, ben jij een echt persoon, bent u een bot, bent u een robot, bent u een mens, bent u een echt mens, bent u een echt persoon, is dit een bot, is dit een robot, is dit een mens, is dit een echt persoon, praat ik met een bot, praat ik met een robot, praat ik met een mens, praat ik met een echt mens, praat ik met een echt persoon, praat ik met een persoon, spreek ik met een bot, spreek ik met een robot, spreek ik met een mens, spreek ik met een echt mens, spreek ik met een echt persoon, chat ik met een bot, chat ik met een mens, chat ik met een echt persoon',
  pl: 'jesteś botem, jesteś robotem, jesteś człowiekiem, jesteś prawdziwy, jesteś prawdziwym człowiekiem, jesteś prawdziwą osobą, jesteś żywym człowiekiem, jesteś maszyną, jesteś bot, jest pan botem, jest pani botem, jest pan człowiekiem, jest pani człowiekiem, czy to bot, czy to robot, czy to jest bot, czy to człowiek, rozmawiam z botem, rozmawiam z robotem, rozmawiam z człowiekiem, rozmawiam z prawdziwym człowiekiem, rozmawiam z prawdziwą osobą, rozmawiam z żywym człowiekiem, rozmawiam z maszyną, piszę z botem, piszę z człowiekiem',
  tr: 'bot musun, bot musunuz, robot musun, robot musunuz, insan mısın, insan mısınız, gerçek misin, gerçek misiniz, gerçek bir insan mısın, gerçek bir insan mısınız, gerçek insan mısın, gerçek insan mısınız, gerçek kişi misin, gerçek kişi misiniz, gerçek bir kişi misiniz, yapay zeka mısın, yapay zeka mısınız, makine misin, bu bir bot mu, bu bot mu, bu bir robot mu, bir botla mı konuşuyorum, botla mı konuşuyorum, robotla mı konuşuyorum, bir robotla mı konuşuyorum, bir insanla mı konuşuyorum, insanla mı konuşuyorum, gerçek bir insanla mı konuşuyorum, gerçek biriyle mi konuşuyorum, gerçek bir kişiyle mi konuşuyorum',
  ru: 'ты бот, ты робот, ты человек, ты живой, ты живой человек, ты настоящий, ты настоящий человек, ты реальный человек, ты машина, вы бот, вы робот, вы человек, вы живой, вы живой человек, вы настоящий человек, вы реальный человек, вы машина, это бот, это робот, это человек, это живой человек, это настоящий человек, это чат бот, я говорю с ботом, я говорю с роботом, я говорю с человеком, я говорю с живым человеком, я разговариваю с ботом, я разговариваю с роботом, я разговариваю с человеком, я разговариваю с живым человеком, я общаюсь с ботом, я общаюсь с роботом, я общаюсь с человеком, я общаюсь с живым человеком, я пишу боту, я пишу человеку, вы не бот, ты не бот, вы не робот',
  ar: 'هل أنت روبوت, هل أنت بوت, هل أنت إنسان, هل أنت بشر, هل أنت شخص, هل أنت شخص حقيقي, هل أنت إنسان حقيقي, هل أنت حقيقي, هل أنت آلة, هل انت روبوت, هل انت بوت, هل انت انسان, هل انت بشر, هل انت شخص حقيقي, هل انت حقيقي, أنت روبوت, انت روبوت, انت بوت, أنت بوت, انت انسان, انت شخص حقيقي, انت بني آدم, هل هذا روبوت, هل هذا بوت, هل أتحدث مع روبوت, هل أتحدث مع بوت, هل أتحدث مع إنسان, هل أتحدث مع شخص حقيقي, هل أتحدث مع شخص, هل أتحدث إلى روبوت, هل أتحدث إلى إنسان, هل أتحدث إلى شخص حقيقي, هل اتحدث مع روبوت, هل اتحدث مع شخص حقيقي, هل اتكلم مع روبوت, هل اتكلم مع انسان, هل اتكلم مع شخص حقيقي',
  hi: 'आप बॉट हैं, क्या आप बॉट हैं, क्या आप एक बॉट हैं, क्या आप रोबोट हैं, क्या आप एक रोबोट हैं, क्या आप इंसान हैं, क्या आप एक इंसान हैं, क्या आप असली हैं, क्या आप असली इंसान हैं, क्या आप एक असली इंसान हैं, क्या आप असली व्यक्ति हैं, क्या तुम बॉट हो, क्या तुम रोबोट हो, क्या तुम इंसान हो, क्या तुम असली हो, क्या यह बॉट है, क्या ये बॉट है, क्या यह रोबोट है, क्या मैं बॉट से बात कर रहा हूँ, क्या मैं बॉट से बात कर रहा हूं, क्या मैं इंसान से बात कर रहा हूँ, क्या मैं इंसान से बात कर रहा हूं, क्या मैं असली इंसान से बात कर रहा हूँ, क्या मैं असली इंसान से बात कर रहा हूं, क्या मैं किसी इंसान से बात कर रहा हूँ, kya aap bot hain, kya aap robot hain, kya aap insaan hain, kya aap insan hain, kya aap real hain, kya tum bot ho, aap bot ho, tum bot ho',
  ja: 'あなたはボットですか, ボットですか, あなたはロボットですか, ロボットですか, あなたは人間ですか, 人間ですか, 本物の人ですか, 本当の人ですか, 実在の人ですか, 本物の人間ですか, 本当に人間ですか, aiですか, 機械ですか, ボットなの, ロボットなの, 人間なの, ボット？, ロボット？, 人と話していますか, 人間と話していますか, 人間と話してますか, ボットと話していますか, ロボットと話していますか, 中の人はいますか, チャットボットですか, 自動応答ですか',
  zh: '你是机器人, 您是机器人, 你是真人, 您是真人, 你是人吗, 您是人吗, 你是人还是机器, 是机器人吗, 是真人吗, 是机器人还是真人, 是真人还是机器人, 你是ai, 你是人工智能, 你是机器, 这是机器人, 我在和机器人, 我在跟机器人, 我是在和真人, 我是在跟真人, 我在和真人, 我在跟真人, 是人还是机器人, 你是活人, 你是人类, 你是機器人, 是機器人嗎',
  ko: '봇인가요, 봇이에요, 봇입니까, 봇이야, 봇이세요, 로봇인가요, 로봇이에요, 로봇입니까, 로봇이야, 로봇이세요, 사람인가요, 사람이에요, 사람입니까, 사람이야, 사람이세요, 사람 맞나요, 사람 맞아요, 진짜 사람인가요, 진짜 사람이에요, 진짜 사람이세요, 실제 사람인가요, 실제 사람입니까, 인간인가요, 인간입니까, 기계인가요, ai인가요, ai예요, 챗봇인가요, 챗봇이에요, 봇이랑 대화, 봇과 대화하고, 로봇과 대화하고, 사람과 대화하고 있는, 사람과 이야기하고 있는',
};

const subjects =
  'are you, r u, are u, is this, is it, is that, am i talking to, am i speaking to, am i speaking with, am i talking with, am i chatting with, am i chatting to, am i writing to, do i talk to, you, u, you’re, you are, so you are, this is';
const natures =
  'bot, a bot, chatbot, a chatbot, chat bot, a chat bot, robot, a robot, ai, an ai, a machine, a computer, automated, human, a human, a human being, a real human, real, real person, a real person, a person, an actual person, an actual human, a live person, a live agent, a real agent, an actual human being, chatgpt, gpt, a real human being, someone real, a real live person, a bot or a human, a human or a bot, a bot or a person, a bot or a real person, a person or a bot, a real person or a bot, a robot or a human, a human or a robot, human or bot, bot or human, a real person or a robot, a robot or a real person, a human or bot, a bot or human, an ai or a human, an ai or a real person';
/** “Is it automated?” may well be about what is sold here. */
const ofThings = new Set(['is it', 'is that', 'this is']);
const ofThingsToo = new Set(splitPhrases('ai, an ai, a machine, a computer, automated, human, real, chatgpt, gpt'));
const english = splitPhrases(subjects).flatMap((subject) =>
  splitPhrases(natures)
    .filter((nature) => !(ofThings.has(subject) && ofThingsToo.has(nature)))
    .map((nature) => `${subject} ${nature}`),
);
const bare = splitPhrases(
  'bot, robot, ai, a bot, a robot, is bot, chatbot, human or bot, bot or human, real or bot, who am i talking to, who am i chatting with, who am i speaking to, who am i speaking with, who are you',
);

const phrases = createPhrases([...english, ...Object.values(questions).flatMap(splitPhrases)].map((phrase) => [phrase, true] as const));
const bareAsked = createPhrases(bare.map((phrase) => [phrase, true] as const));
const mark = /[?？؟]\s*$/;

/** Statements in the same words, such as “you are a bot”, count only as so short a message. */
const maxWords = 12;

export interface BotQuestion {
  /** The message asks nothing else, so that it answers no question of ours. */
  isWhole: boolean;
}

/** Null where the visitor does not ask it, or wants a person beside: that wish goes first. */
export function asksIfBot(raw: string, text: Folded): BotQuestion | null {
  if (text.words.length > maxWords && !text.cjk) return null;
  if (mark.test(raw) && bareAsked.whole(text) !== null) return { isWhole: true };
  const hit = phrases.find(text);
  if (hit === null) return null;
  if (text.cjk) {
    const joined = text.words.join('');
    const left = `${joined.slice(0, hit.at)} ${joined.slice(hit.at + hit.length)}`.trim();
    if (wantsHuman({ ...text, text: left, words: left.split(' ') })) return null;
    return { isWhole: left.length <= softLetters };
  }
  const rest = [...text.words.slice(0, hit.at), ...text.words.slice(hit.at + hit.length)];
  if (wantsHuman({ ...text, text: rest.join(' '), words: rest })) return null;
  return { isWhole: rest.length <= softWords };
}

/** So much may stand beside it and say nothing: “hi, are you a bot or what”. */
const softWords = 4;
const softLetters = 8;
