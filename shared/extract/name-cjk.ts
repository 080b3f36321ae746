// Names in Chinese and Japanese, where no spaces or capitals mark them: the cue before and the ending after do.
import type { NameFound, NameScene } from './name-scene.ts';

const CJK = /[\u3040-\u30ff\u3400-\u9fff]/;
const LATIN = "[A-Za-z][A-Za-z'-]{0,20}(?: [A-Za-z][A-Za-z'-]{1,20}){0,2}";
const ZH_NAME = `(?:${LATIN}|[\\p{Script=Han}·・]{1,12})`;
const ZH_END = '(?=[，,。.！!？?、；;\\s~～]|$)';
const JA_NAME = `(?:${LATIN}|[\\p{Script=Han}\\u3040-\\u30ff々·・=＝ー ]{1,16}?)`;

const ZH_STATED = new RegExp(
  `(?:(?<![的他她它你])名字(?:是|叫做?)|我的名字(?:是|叫做?)?|我叫做?(?!他|她|它|你)|姓名[:：是]?|本人(?:姓名)?(?:是|叫)?|(?:^|[，,。\\s请以就])叫我|称呼我(?:为)?|敝姓|我姓)[:：\\s]{0,2}(${ZH_NAME})${ZH_END}`,
  'gu',
);
const ZH_SELF = new RegExp(
  `(?:^|[，,。.！!？?\\s])(?:您好|你好|嗨|嘿|哈喽)?[，,！!\\s]?(?:我是|这里是|這裡是)\\s?(${ZH_NAME})${ZH_END}`,
  'gu',
);
const ZH_ANSWER =
  /^\s*(?:(?:好的?|您好|你好|嗨|哈喽|可以)[，,。！!\s]\s*){0,2}(?:免贵)?(?:我?姓|我?叫|名字)?([\p{Script=Han}·]{1,8})[。.!！\s]*$/gu;
const ZH_STATED_NOT = /什么|啥|[的吗呢不]|工程师$|老师$|医生$|学生$|客户$|用户$|人员$|经理$|会员$/u;
const ZH_NOT =
  /[的了吗呢不在有和很个一你他她它们这那什么想要来去会能可以用买从到说看做住过得就都也还没被把给为因所但只最]|大[一二三四]|学生|客户|顾客|老师|医生|护士|厨师|工程师|[人师生员者迷家座]$|先生|女士|经理|公司|新用户|用户|妈妈|爸爸|朋友|单身|素食|爷|奶|姐|兄弟|老板|撇子|警察|歌手|胖子|瘦子|导演|司机|秘书|模特|农民/u;
/** "小王", "老李", "阿强" */
const ZH_FAMILIAR = /^[小老阿大][\p{Script=Han}]{1,2}$/u;
/** Everyday words that begin with a character that is also a family name. */
const ZH_PHRASE =
  /^(?:马上|方便|高兴|周[一二三四五六日末]|何必|何时|任何|许多|成功|安排|关于|解决|万一|白天|方法|常用|金额|江苏|温州|石油|安全|安静|车票|司机|管理|关系|关闭|文件|时间|明天|明白|等等|等下|随便|随意|算了|哈+|呵+|嘿+|嗯+|哦+|啊+|好+的?|小心|老板|大家|大概|小时|阿里.*)$/u;
const ZH_ANSWER_NOT =
  /[的了吗嗎呢不你他她它们們这這那什么麼想]|客服|人工|先生$|女士$|学生|客户|退款|订单|价格|运费|快递|发货|多少|你好|您好|谢谢|保密|匿名/u;
/** Family names are a closed class; after one, two or three more characters are a given name. */
const ZH_SURNAME =
  /^(?:欧阳|司马|上官|诸葛|司徒|东方|皇甫|尉迟|公孙|慕容|[王李张刘陈杨黄赵吴周徐孙马朱胡郭何高林罗郑梁谢宋唐许韩冯邓曹彭曾肖田董袁潘于蒋蔡余杜叶程苏魏吕丁任沈姚卢姜崔钟谭陆汪范金石廖贾夏韦付方白邹孟熊秦邱江尹薛闫段雷侯龙史陶黎贺顾毛郝龚邵万钱严覃武戴莫孔向汤温聂倪洪翟简齐邢殷易骆庞柴颜施牛樊兰梅盛季章鲁童岳尚沙耿关路詹鲍左曲安辛祝车柳游甘景詹屈项喻成霍兴单卓蓝池乔阳艾涂凌裴席牟包司柏宁柯阮桂闵解强丛华车冉房边宫党苗申于尤褚娄窦戚管冀谷丁陳張劉楊黃趙吳孫馬羅鄭謝許韓馮鄧蕭葉蘇呂譚陸範賈韋鄒錢龔萬嚴賴顧龍歐莊湯鐘鍾藍遊溫詹簡連喬齊倪龐顏樊衛齊紀穆駱聶練巫])[\p{Script=Han}]{1,2}$/u;
/** Family names of two characters, which answer by themselves. */
const ZH_COMPOUND = /^(?:欧阳|歐陽|司马|司馬|上官|诸葛|諸葛|司徒|东方|東方|皇甫|尉迟|公孙|慕容|令狐|夏侯|端木)$/u;
/** Foreign names are written with a closed set of characters chosen for their sound. */
const ZH_TRANSCRIBED =
  /^[阿埃艾安奥巴芭贝比彼碧伯博布查达大戴丹德黛迪蒂杜多恩尔法芬菲费弗夫福格葛戈哈海汉赫亨霍基吉加佳嘉贾杰金卡凯科克库奎拉莱兰劳勒雷蕾里丽利莉林琳卢鲁露路罗洛马玛迈麦曼梅蜜米密莫姆穆纳娜内尼妮诺努欧帕佩皮珀普齐奇琪乔琼瑞若萨塞森莎山珊史丝斯苏索塔泰汤特托瓦威韦维温沃西希夏茜谢辛雅亚伊英尤约扎詹珍朱茱治倩翠慧鲍勃翰诗彭滕登顿逊岚朗龙蓝凡梵范冯高古华惠简柯肯昆乐列伦门蒙孟宁潘庞契让荣瑟沙圣舒顺宋坦唐廷图万文武雪耶叶易因泽芝佐皮帅]{1,6}$/u;
const ZH_TAIL = /(?:就行了?|就好|即可|就可以|啊|呀|哦|噢|吧|哈|呢|先生|女士|小姐)$/u;

const JA_STATED = new RegExp(
  `(?:(?:私|わたし|僕|ぼく|俺|自分)の|^|[。！!？?])\\s?(?:お?名前|氏名|なまえ)は[、,\\s]?(${JA_NAME})(?=で(?:す|ございます|、|,)|と(?:申|言|い)|。|だ|$|、|,)`,
  'gu',
);
const JA_SAYS = new RegExp(
  `(?:^|[。、！!？?，,\\s]|私は|わたしは|僕は|俺は)(${JA_NAME})(?:と申します|といいます|と言います|と申し|と呼んで)`,
  'gu',
);
const JA_SELF = new RegExp(`(?:^|[。、！!？?，,\\s])(?:私は|わたしは|僕は|ぼくは|俺は)?(${JA_NAME})です(?=[。、！!，,\\s]|$)`, 'gu');
/** Introduced in so many words, a name in kanji can be told from a trade. */
const JA_MET = new RegExp(
  `(?:初めまして|はじめまして)[。、！!，,\\s]*(?:私は|わたしは)?([\\p{Script=Han}]{2,6})です(?=[。、！!，,\\s]|$)`,
  'gu',
);
const JA_HIRAGANA = /^\s*(?:はい[、,]?\s*)?([\u3041-\u3096]{2,5})(?:です|と申します|といいます)[。.!！\s]*$/gu;
const JA_WORDS =
  /^(?:いや|はい|まだ|べつ|ひみつ|いいえ|なし|だめ|むり|そう|ちがう|しらない|ない|いい|わから|もちろん|たぶん|やっぱり|ふつう|げんき|すき|きらい|おなじ|ひま|あと|いま|これ|それ|あれ|ここ|どれ|なに|だれ|かぞく|おきゃく|いらない|ちょっと)/u;
const JA_FIRM = new RegExp(
  `(?:株式会社|有限会社|合同会社|会社|商事|商店|工業|物産|銀行|病院|大学|工務店|事務所)[^。、\\s]{0,16}の([\\p{Script=Han}]{2,4})(?:です|と申)(?=[。、！!，,\\s]|$|します)`,
  'gu',
);
/** The commonest family names, which are no everyday words. */
const JA_SURNAMES =
  '佐藤|鈴木|高橋|田中|伊藤|渡辺|渡邊|山本|中村|小林|加藤|吉田|山田|佐々木|松本|井上|木村|斎藤|斉藤|齋藤|清水|山崎|阿部|池田|橋本|山下|中島|前田|藤田|後藤|小川|岡田|村上|長谷川|近藤|石井|坂本|遠藤|青木|藤井|西村|福田|太田|三浦|藤原|岡本|松田|中川|中野|原田|小野|田村|竹内|金子|和田|中山|石田|上田|森田|柴田|酒井|工藤|横山|宮本|内田|高木|安藤|谷口|大野|丸山|今井|河野|藤本|村田|武田|杉山|増田|小山|平野|菅原|久保|松井|岩崎|桜井|木下|野口|松尾|菊地|菊池|野村|新井|佐野|渡部|杉本|大西|古川|浜田|市川|小松|高田|水野|吉川|山内|西田|西川|北村|安田|五十嵐|川口|平田|関口|飯田|本田|久保田|服部|岩田|土屋|本間|永井|秋山|中西|樋口|川村|広瀬|片山|矢野|田口|荒木|尾崎|早川|須藤|荒井|小池|望月|三宅|大橋|浅野|熊谷|石原|松下|大久保|小野寺|松岡|川上|野田|内藤|吉村|岡崎|桐谷';
/** "山口です。よろしく": greeted for the first time. */
const JA_GREETS = /(?:^|[。、！!，,\s])([\p{Script=Han}]{2,4})です[。、！!，,\s]*(?=よろしく|宜しく|お世話)/gu;
/** "お世話になっております。丸紅の若林です。" */
const JA_OBLIGED =
  /お世話になって(?:おり|い)ます[。、！!\s]{0,3}(?:[^。、\s]{1,16}の)?([\p{Script=Han}]{2,4})(?:です|と申)(?=[。、！!，,\s]|$|します)/gu;
const JA_SURNAME = new RegExp(
  `(?:^|[。、！!，,\\s]|私は|わたしは)((?:${JA_SURNAMES})(?:[\\s]?[\\p{Script=Han}\\u3040-\\u309f]{1,3})?)(?:です|だ)(?=[。、！!，,けが\\s]|$)`,
  'gu',
);
const JA_ANSWER = new RegExp(
  `^\\s*(?:(?:はい|こんにちは|こんばんは|どうも|えっと|えーと|あの)[、,。]?\\s*){0,2}(${JA_NAME})(?:です|と申します|といいます|だよ|と言います)?[。.!！\\s]*$`,
  'gu',
);
const JA_STATED_NOT = /何|なん|誰|[はをが]|です|ません/u;
/** In answer to the question a trade's ending may end a given name (直人, 龍生). */
const JA_ANSWER_NOT =
  /[はがをにのへとでもかだたてい]|です|ます|ない|元気|学生|歳|料理|仕事|さん$|様$|好き|嫌い|独身|医者|先生|看護|教師|会社員|何|誰|最高|大丈夫|本当|残念|必要|内緒|匿名|秘密|プライベート|オペレーター|個人情報|送料|返品|注文|質問|不明|適当|無理/u;
const JA_NOT =
  /[はがをにのへとでもかだたてい]|です|ます|ない|元気|学生|歳|料理|仕事|シェフ|プレイ|さん$|様$|好き|嫌い|一人|独身|医者|先生|看護|教師|[人者師生員家]$|何|誰|今日|明日|昨日|最高|大丈夫|本当|残念|必要|犬|猫|音楽|映画|秘密|内緒|匿名|プライベート|オペレーター|個人情報/u;
/** Loan words for trades, faiths and states, which katakana alone does not tell from names. */
const JA_LOAN =
  /(?:プライベート|オペレーター|サポート|キャンセル|スタッフ|シークレット|シェフ|ベジタリアン|ビーガン|ヴィーガン|ミュージシャン|ダンサー|マネージャー|クリスチャン|アスリート|バリスタ|モデル|エンジニア|オタク|サラリーマン|フリーター|ニート|パート|アルバイト|バイト|プログラマー|デザイナー|カメラマン|ライター|ドライバー|パイロット|アーティスト|イラストレーター|コック|ウェイター|ウェイトレス|ナース|ドクター|リーダー|オーナー|スタッフ|ファン|マニア|ゲーマー|ユーザー|ユーチューバー|シングル|シングルマザー|バツイチ|ハーフ|アメリカン|インド|カナダ|テキサス|カトリック|ムスリム|イスラム|ラッキー|ハッピー|クール|シャイ|フリー|プロ|アマチュア|ママ|パパ|ヒッピー|ギタリスト|ピアニスト|ドラマー|コーチ|トレーナー|インストラクター|セラピスト|カウンセラー|ボランティア|ティーンエイジャー|ベテラン|ゲイ|レズビアン|スキーヤー|サーファー|ランナー|レーサー|リタイア|ベジ)$/u;
const KATAKANA = /^[\u30a0-\u30ffー・=＝ ]+$/;
const REFUSAL =
  /[？?吗呢嗎]|不|没|沒|為什麼|什麼|怎麼|謝謝|为什么|什么|怎么|谢谢|可以|稍|先|なぜ|嫌|いや|ちょっと|必要|どうして|言いたく|秘密|はい$|いいえ/u;

function accepted(scene: NameScene, match: RegExpExecArray, stated: boolean, not: RegExp): NameFound | null {
  const raw = match[1] ?? '';
  const name = raw.trim();
  if (!name || (not.test(name) && (stated || !KATAKANA.test(name)))) return null;
  if (/\p{Script=Han}/u.test(name) && name.replace(/[·・]/g, '').length > 8) return null;
  const start = match.index + match[0].lastIndexOf(raw) + raw.indexOf(name);
  return { value: scene.text.slice(start, start + name.length), start, end: start + name.length, part: 'full', stated };
}

function first(scene: NameScene, pattern: RegExp, stated: boolean, not: RegExp): NameFound | null {
  for (const match of scene.folded.slice(0, 1500).matchAll(pattern)) {
    const found = accepted(scene, match, stated, not);
    if (found) return found;
  }
  return null;
}

function withoutTail(found: NameFound | null): NameFound | null {
  if (!found) return null;
  const head = /^(?:免贵)?姓(?=.)/u.exec(found.value)?.[0].length ?? 0;
  const value = found.value.slice(head).replace(ZH_TAIL, '');
  const start = found.start + head;
  return value ? { ...found, value, start, end: start + value.length } : found;
}

function chinese(scene: NameScene): NameFound | null {
  const stated = withoutTail(first(scene, ZH_STATED, true, ZH_STATED_NOT));
  if (stated) return stated;
  const self = first(scene, ZH_SELF, false, ZH_NOT);
  if (self && (/[A-Za-z·]/.test(self.value) || ZH_SURNAME.test(self.value) || ZH_TRANSCRIBED.test(self.value))) return self;
  if (!scene.asked.name || REFUSAL.test(scene.folded)) return null;
  const answer = first(scene, ZH_ANSWER, false, ZH_ANSWER_NOT);
  if (!answer || ZH_PHRASE.test(answer.value)) return null;
  if (ZH_COMPOUND.test(answer.value)) return answer;
  const name = withoutTail(answer);
  // A single character answers "and your given name?".
  if (scene.asked.name === 'first' && name && scene.input.known.name !== null) return name;
  // One character is left of "姓李"; two or more must be built like a name.
  return name && (name.value.length === 1 || ZH_SURNAME.test(name.value) || ZH_TRANSCRIBED.test(name.value) || ZH_FAMILIAR.test(name.value))
    ? name
    : null;
}

/** "鈴木商事の藤田": after the firm's name and its の the person's. */
function afterFirm(found: NameFound | null): NameFound | null {
  const cut = found ? found.value.lastIndexOf('の') : -1;
  if (!found || cut < 2 || cut > found.value.length - 2) return found;
  return { ...found, value: found.value.slice(cut + 1), start: found.start + cut + 1 };
}

function japanese(scene: NameScene): NameFound | null {
  const stated = afterFirm(first(scene, JA_STATED, true, JA_STATED_NOT) ?? first(scene, JA_SAYS, true, JA_STATED_NOT));
  if (stated) return stated;
  const met =
    first(scene, JA_MET, false, JA_NOT) ??
    first(scene, JA_FIRM, false, JA_NOT) ??
    first(scene, JA_GREETS, false, JA_NOT) ??
    first(scene, JA_OBLIGED, false, JA_NOT) ??
    first(scene, JA_SURNAME, false, /^$/);
  if (met) return met;
  const self = first(scene, JA_SELF, false, JA_NOT);
  if (self && !JA_LOAN.test(self.value) && (KATAKANA.test(self.value) || scene.asked.name)) return self;
  if (!scene.asked.name || REFUSAL.test(scene.folded)) return null;
  const answer = first(scene, JA_ANSWER, false, JA_ANSWER_NOT) ?? first(scene, JA_HIRAGANA, true, JA_WORDS);
  return answer && !JA_LOAN.test(answer.value) ? answer : null;
}

export function findCjkName(scene: NameScene): NameFound | null {
  if (!CJK.test(scene.folded)) return null;
  const kana = /[\u3040-\u30ff]/.test(scene.folded) || scene.input.language?.startsWith('ja') === true;
  return kana ? japanese(scene) : chinese(scene);
}
