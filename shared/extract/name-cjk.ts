// Names in Chinese and Japanese, where no spaces or capitals mark them: the cue before and the ending after do.
import type { NameFound, NameScene } from './name.ts';

const CJK = /[\u3040-\u30ff\u3400-\u9fff]/;
const NAME = '[\\p{Script=Han}\\u3040-\\u30ff々·・=＝ーA-Za-z][\\p{Script=Han}\\u3040-\\u30ff々·・=＝ーA-Za-z ]{0,24}?';
const END = '(?=[，,。.！!？?、；;\\s~～]|$)';

const ZH_STATED = new RegExp(`(?:我的名字(?:是|叫做?)?|我叫做?|名字(?:是|叫)|姓名[:：是]?|本人(?:姓名)?(?:是|叫)?|叫我|称呼我(?:为)?|敝姓|我姓)[:：\\s]{0,2}(${NAME})${END}`, 'u');
const ZH_SELF = new RegExp(`(?:^|[，,。.！!？?\\s])(?:您好|你好|嗨|嘿|哈喽)?[，,！!\\s]?(?:我是|这里是|這裡是)\\s?(${NAME})${END}`, 'u');
const ZH_NOT = /[的了吗呢不在有和很个一你他她它们这那什么想要来去会能可以用买从到说看做住过得就都也还没被把给为因所但]|学生|客户|顾客|老师|医生|护士|厨师|工程师|人$|师$|生$|员$|者$|迷$|先生|女士|经理|公司|新用户|用户|妈妈|爸爸|朋友|单身|素食/u;

const JA_STATED = new RegExp(`(?:名前|氏名|なまえ)は[、,\\s]?(${NAME})(?=で(?:す|ございます|、|,|,)|と(?:申|言|い)|。|だ|$|、|,)`, 'u');
const JA_SAYS = new RegExp(`(?:^|[。、！!？?，,\\s]|私は|わたしは|僕は|俺は)(${NAME})(?:と申します|といいます|と言います|と申し|と呼んで)`, 'u');
const JA_SELF = new RegExp(`(?:^|[。、！!？?，,\\s])(?:私は|わたしは|僕は|ぼくは|俺は)?(${NAME})です(?=[。、！!，,\\s]|$)`, 'u');
const JA_ANSWER = new RegExp(`^\\s*(?:はい[、,]?\\s*)?(${NAME})(?:です|と申します|といいます|だよ|と言います)?[。.!！\\s]*$`, 'u');
const JA_NOT = /[はがをにのへとでもかだたてい]|です|ます|ない|元気|学生|歳|料理|仕事|シェフ|プレイ|さん$|様$|好き|嫌い|一人|独身|医者|先生|看護|教師|人$|者$|師$|生$|員$|家$|何|誰|今日|明日|昨日|最高|大丈夫|本当|残念|必要|犬|猫|音楽|映画/u;
const KATAKANA = /^[\u30a0-\u30ffー・=＝ ]+$/;
const REFUSAL = /[？?吗呢]|不|没|为什么|什么|怎么|谢谢|可以|稍|先|なぜ|嫌|いや|ちょっと|必要|どうして|言いたく|秘密|はい$|いいえ/u;

function found(scene: NameScene, match: RegExpExecArray | null, stated: boolean, not: RegExp): NameFound | null {
  const raw = match?.[1];
  if (!match || !raw) return null;
  const name = raw.trim();
  if (not.test(name) && !(KATAKANA.test(name))) return null;
  const han = /\p{Script=Han}/u.test(name);
  if (han && name.replace(/[·・]/g, '').length > 8) return null;
  const start = match.index + match[0].lastIndexOf(raw) + raw.indexOf(name);
  return { value: scene.text.slice(start, start + name.length), start, end: start + name.length, part: 'full', stated };
}

const zhTail = (f: NameFound | null): NameFound | null => {
  if (!f) return null;
  const cut = f.value.replace(/(?:啊|呀|哦|噢|吧|哈|呢|先生|女士|小姐)$/u, '');
  return cut ? { ...f, value: cut, end: f.start + cut.length } : f;
};

function chinese(scene: NameScene): NameFound | null {
  const text = scene.folded;
  const stated = found(scene, ZH_STATED.exec(text), true, /什么|啥|[的吗呢不]/u);
  if (stated) return zhTail(stated);
  const self = ZH_SELF.exec(text);
  const byself = found(scene, self, false, ZH_NOT);
  if (byself && (byself.value.length <= 4 || /[A-Za-z·]/.test(byself.value))) return byself;
  if (!scene.asked.name || REFUSAL.test(text)) return null;
  const answer = /^\s*(?:好的?[，,]\s*)?([\p{Script=Han}·]{2,8}|[A-Za-z][A-Za-z .'-]{1,30})[。.!！\s]*$/u.exec(text);
  return /^[A-Za-z]/.test(answer?.[1] ?? '') ? null : zhTail(found(scene, answer, false, ZH_NOT));
}

function japanese(scene: NameScene): NameFound | null {
  const text = scene.folded;
  const stated = found(scene, JA_STATED.exec(text), true, /何|なん|誰|[はをが]|です/u) ?? found(scene, JA_SAYS.exec(text), true, /何|誰|[はをが]|です/u);
  if (stated) return stated;
  const self = found(scene, JA_SELF.exec(text), false, JA_NOT);
  if (self && (KATAKANA.test(self.value) || scene.asked.name)) return /^[\p{Script=Han}\u3040-\u309f]+$/u.test(self.value) && !scene.asked.name ? null : self;
  if (!scene.asked.name || REFUSAL.test(text)) return null;
  return found(scene, JA_ANSWER.exec(text), false, JA_NOT);
}

export function findCjkName(scene: NameScene): NameFound | null {
  if (!CJK.test(scene.folded)) return null;
  const kana = /[\u3040-\u30ff]/.test(scene.folded) || scene.input.language?.startsWith('ja') === true;
  return kana ? japanese(scene) : chinese(scene);
}
