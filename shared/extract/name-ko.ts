// Korean names: particles and verb endings are glued to the name and have to come off.
import type { NameFound, NameScene } from './name-scene.ts';

const HANGUL = /[\uac00-\ud7af]/;
const WORD = '[\\uac00-\\ud7afA-Za-z]{1,12}?(?: [\\uac00-\\ud7afA-Za-z]{1,12}?)?';
const ENDING =
  '(?:이라고 (?:합니다|해요|해)|라고 (?:합니다|해요|해)|이라고|라고|입니다|이에요|예요|이예요|에요|이고요|고요|이구요|구요|이고|이며|이라|인데요|인데|이야|이지|이요|야|고|요)';

const STATED = new RegExp(`(?:내|제|저의|나의)\\s?이름은\\s?(${WORD})\\s?${ENDING}(?=[\\s.,!?。]|$)`, 'u');
const LABEL = new RegExp(
  `(?:^|[\\n.!?,])\\s?(?:제 |내 )?(?:이름|성함|성명)(?:은|:|：)\\s?(${WORD})(?:\\s?${ENDING})?(?=[\\s.,!?。]|$)`,
  'u',
);
const SELF = new RegExp(
  `(?:^|[\\s,.!])(?:저는|전|나는|난)\\s(${WORD})\\s?(?:이라고 (?:합니다|해요|해)|라고 (?:합니다|해요|해)|입니다|이에요|예요|이고요|고요|이고|이야|야)(?=[\\s.,!?。]|$)`,
  'u',
);
/** "유재석이라고 합니다", with nothing before it but a greeting. */
const SAYS = /(?:^|[\s,.!])([가-힣]{2,4}?)(?:이라고|라고) (?:합니다|해요|하는데요)/u;
const ANSWER = new RegExp(`^\\s*(?:(?:네|안녕하세요|안녕하십니까|안녕)[,.!]?\\s*){0,2}(${WORD})(?:${ENDING})?[.!\\s]*$`, 'u');
const NOT =
  /(?:^아니$|학생|고객|회원|사람|남자|여자|엄마|아빠|의사|선생님|선생|교사|요리사|간호사|가수|작가|직원|채식주의자|주의자|살|군인|노인|부인|주인|연예인|[가-힣]{2}인$|괜찮|명$|사$|중$|것$|거$|팬$|년생|은퇴|부자|혼자|학년|백수|주부|기사|감독|강사|배우|선수|친구|딸|아들|뭐|무엇|누구|왜|싫|나중|몰라|비밀|안녕|있|없|좋|같|하|는$|을$|를$|에서|에$|의$|도$|많|번째|매니저|엔지니어|미혼|싱글|때문|정말|너무)/u;

/** Family names are a closed class of single syllables; two more make nearly every full name. */
const SURNAMED =
  /^[김이박최정강조윤장임한오서신권황안송류전홍고문양손배백허유남심노하곽성차주우구민진나지엄채원천방공현함변염여추도소석선설마길연위표명기반라왕금옥육인맹제모탁국경복피봉빈감반동][가-힣]{2}$/;
/** Trades and conditions that look like names, and the families of words they end in. */
const TRADE =
  /^(?:변호사|경찰|농부|화가|음악가|무용수|기자|비서|귀머거리|왼손잡이?|오른손잡이?|비건|바리스타|모델|판매원|쌍둥이?|외동|막내|첫째|둘째|장남|장녀|백수|부자|바보|천재|오타쿠|게이머|채식|육식|군인|소방관|공무원|회계사|약사|판사|검사|교수|연구원|과학자|건축가|디자이너|프로그래머|개발자|사진작가|작곡가|시인|소설가|댄서|가이드|웨이터|웨이트리스|바텐더|요리사|제빵사|정원사|배관공|전기공|목수|운전사|파일럿|승무원|선원|어부|사업가|사장|회장|과장|대리|신입|인턴|알바|알바생|취준생|수험생|고등학생|중학생|초등학생|유학생|신자|교인|불교|천주교|무교|무신론자|독신|이혼|과부|고아|장애인|환자|임산부|십대|성인|어른|아이|아기|소녀|소년|아저씨|아줌마|할머니|할아버지|이모|삼촌|형|누나|언니|오빠|동생)$|.(?:주의자|전문가|애호가|마니아|광)$/;
/** Openings of replies and requests. */
const REPLY =
  /^(?:아니|네$|네네|예$|응|왜|잠시|잠깐|감사|고마|고맙|알겠|괜찮|개인|질문|상담|배송|얼마|도와|기다|나중|몰라|모르|비밀|익명|싫|필요|그냥|안녕|반가|[ㄱ-ㅎㅏ-ㅣ]|주문|환불|취소|문의|사람|직원|고객|지금|이따|다음|없|있|됐|글쎄|저기|여기|혹시|무슨|어떤|언제|어디|누가|아무)/;
const NOT_A_PERSON =
  /학생|고객|회원|사람|선생|직원|주부|기사|안녕|전화|상담|문의|주문|이름|성함|비밀|나중|싫어|몰라|이유|정말|하지|하기|한국|미국|중국/;

function found(scene: NameScene, match: RegExpExecArray | null, stated: boolean): NameFound | null {
  const raw = match?.[1]?.trim();
  if (
    !match ||
    !raw ||
    (!stated && NOT.test(raw) && !(SURNAMED.test(raw) && !NOT_A_PERSON.test(raw) && !raw.endsWith('인'))) ||
    /^(?:뭐|무엇|누구)/.test(raw)
  )
    return null;
  const start = match.index + match[0].indexOf(raw, match[0].search(/[은는:：]|난|전/) + 1 || 0);
  return { value: scene.text.slice(start, start + raw.length), start, end: start + raw.length, part: 'full', stated };
}

export function findKoreanName(scene: NameScene): NameFound | null {
  const text = scene.folded.slice(0, 1000);
  if (!HANGUL.test(text)) return null;
  const stated =
    found(scene, STATED.exec(text), true) ??
    (scene.asked.name || /이름\s?[:：]|성함\s?[:：]|성명\s?[:：]/.test(text) ? found(scene, LABEL.exec(text), false) : null);
  if (stated) return stated;
  const self = found(scene, SELF.exec(text), false);
  // Two words of Hangul are rather a trade ("음악 프로듀서") than a name.
  if (self && !TRADE.test(self.value) && !/[가-힣] [가-힣]/.test(self.value)) return self;
  const says = found(scene, SAYS.exec(text), false);
  if (says && SURNAMED.test(says.value)) return says;
  if (!scene.asked.name || /[?？]|왜|싫|나중|필요|안\s|못/.test(text)) return null;
  const match = ANSWER.exec(text);
  const raw = match?.[1]?.trim();
  if (!match || !raw || raw.replace(/ /g, '').length > 6 || REPLY.test(raw)) return null;
  if (NOT.test(raw) && !(SURNAMED.test(raw) && !NOT_A_PERSON.test(raw))) return null;
  const start = text.indexOf(raw);
  return { value: scene.text.slice(start, start + raw.length), start, end: start + raw.length, part: 'full', stated: false };
}
