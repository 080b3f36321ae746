import type { Lexicon } from './types.ts';

// Names in these scripts are read by name-cjk.ts and name-ko.ts; here are the questions and the cues of the other fields.
const none = { nameFollows: [], selfFollows: [], namePrecedes: [] } as const;

export const zh: Lexicon = {
  tag: 'zh',
  script: 'cjk',
  ...none,
  stop: '',
  states: '',
  fillers: '',
  asksFirstName: '名字(?:呢|是)?[?？]?$|名(?:呢|是)',
  asksLastName: '(?<!贵)姓(?:是|呢)?(?:什么|什麼)?[?？]|姓氏',
  asksName: '(?:怎么|如何|怎样)称呼|姓名|名字|贵姓|尊姓|您叫|你叫|您是谁|称呼您|稱呼|大名|芳名',
  asksEmail: '邮箱|郵箱|电子邮件|電子郵件|邮件|e-?mail',
  asksPhone: '电话|電話|手机|手機|联系方式|号码|聯絡',
  phoneCue: '电话|電話|手机|手機|(?<![单卡账帐户证])号码|微信|联系|拨打|热线|(?<![a-z])tel(?![a-z])|whatsapp|致电',
  ownEmail: '我的|邮箱|郵箱|邮件地址|发到|发给我|寄到|联系我|e-?mail|メール',
  otherEmail: '给\\s*$|写信|发过|写过|收到|来自|老板|同事|朋友|老婆|老公|删除|添加|转发|联系了',
  invites: {
    lets: String.raw`(?:请|請|麻烦|麻煩|欢迎|歡迎|(?:您|你)可以?)[^，。！？；,;!?@]{0,12}(?:写信|寫信|写|寫|发|發|寄|回复|回覆|回信|邮件|郵件)[^，。！？；,;!?@]{0,8}(?:到|给|給|至)`,
  },
  otherNumber: '(?:订单|訂單|单号|卡号|账号|帐号|账户|身份证|快递|运单|物流|发票|编号|邮编|邮政编码|验证码|会员|流水|合同|保单|价格|金额|日期|序列|传真)[^,，;。!？?]{0,8}$',
  at: ['艾特', '圈a', '小老鼠', 'at'],
  dot: ['点', '點'],
};

export const ja: Lexicon = {
  tag: 'ja',
  script: 'cjk',
  ...none,
  stop: '',
  states: '',
  fillers: '',
  asksFirstName: '下の(?:お)?名前',
  asksName: '名前|お名前|氏名|苗字|どちら様|どなた',
  asksLastName: '苗字|姓[をは]',
  asksEmail: 'メール|e-?mail|eメール',
  asksPhone: '電話|携帯|(?<!\\p{Script=Han})番号',
  phoneCue: '電話|携帯|(?<!\\p{Script=Han})番号|(?<![a-z])tel(?![a-z])|連絡|ケータイ',
  ownEmail: 'メール|アドレス|送って|ご連絡|連絡先',
  otherEmail: '送りました|送った|連絡しました|書きました|届き|届いた|上司|同僚|友人|妻|夫|削除|追加|転送',
  invites: {
    around: [
      [String.raw``, String.raw`(?:まで|へ|に|宛に|宛てに|あてに)(?:(?!ないで|ました)[^。、！？!?@]){0,14}(?:ください|下さい|お願い|いただけ|頂け|もらえ|ほしい|欲しい)`],
    ],
  },
  otherNumber: '(?:注文|お?問い合わせ|問合せ|伝票|口座|カード|会員|予約|郵便|追跡|請求|証券|型番|製造|金額|日付|シリアル)[^、,;。!？?]{0,8}$',
  at: ['アットマーク', 'アット', '@マーク'],
  dot: ['ドット', 'てん', '点'],
};

export const ko: Lexicon = {
  tag: 'ko',
  script: 'hangul',
  ...none,
  stop: '',
  states: '',
  fillers: '',
  asksFirstName: '(?<!성과 )이름은',
  asksLastName: '(?<!\\p{L})성(?:은|을|씨)',
  asksName: '성함|(?<!(?:개|강아지|고양이|물고기|거북이|애완동물|그의|그녀의|친구|아들|딸|회사|제품|상품)(?:의)? ?)이름|존함|누구시|누구신|누구세|어떻게 불러|뭐라고 불러',
  asksEmail: '이메일|메일|e-?mail',
  asksPhone: '전화|연락처|휴대폰|핸드폰|(?<!\\p{Script=Hangul})번호',
  phoneCue: '전화|연락처|휴대폰|핸드폰|폰|(?<!\\p{Script=Hangul})번호|연락|(?<![a-z])tel(?![a-z])',
  ownEmail: '이메일|메일|주소|보내|연락',
  otherEmail: '보냈|썼|문의했|받았|왔|상사|동료|친구|아내|남편|삭제|추가|전달',
  invites: {
    around: [
      [String.raw``, String.raw`(?:으로|로|에게?|한테|앞으로)(?:(?![았었했냈썼])[^.!?@]){0,12}(?:주세요|주십시오|주시|주실|바랍니다|부탁|하세요|하시면)`],
    ],
  },
  otherNumber: '(?:주문|송장|계좌|카드|예약|접수|운송장|우편|주민|고객|사업자|인증|금액|날짜|시리얼)[^,;.!?]{0,8}$',
  at: ['골뱅이', '앳'],
  dot: ['닷', '점', '쩜'],
};
