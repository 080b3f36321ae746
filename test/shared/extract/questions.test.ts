import { describe, expect, it } from 'vitest';
import { askedBefore } from '../../../shared/extract/questions.ts';
import type { Turn } from '../../../shared/extract/types.ts';

const known = { email: null, name: null, phone: null };

function asks(...previous: Turn[]): string {
  const a = askedBefore({ text: 'x', previous, known });
  return (
    [a.name && (a.name === 'full' ? 'name' : `${a.name} name`), a.email && 'email', a.phone && 'phone'].filter(Boolean).join(' + ') ||
    'nothing'
  );
}

describe('What a turn asks for', () => {
  it.each([
    ['Who do I have the pleasure of speaking with?', 'name'],
    ['May I know your good name?', 'name'],
    ['What name should I put the booking under?', 'name'],
    ["What's your last name?", 'last name'],
    ['First name?', 'first name'],
    ['Leave your name, email and phone number', 'name + email + phone'],
    ['Where can we send the quote?', 'email'],
    ['In case we get disconnected, what is your email?', 'email'],
    ['Which number is best to reach you?', 'phone'],
    ['How can we reach you?', 'email + phone'],
    ["What's your order number?", 'nothing'],
    ["What's the name of your company?", 'nothing'],
    ["What was your mother's maiden name?", 'nothing'],
    ['My name is Eva, how can I help?', 'nothing'],
    ['Great, we will email you.', 'nothing'],
    ['¿Con quién tengo el gusto de hablar?', 'name'],
    ['¿A qué correo te escribimos?', 'email'],
    ['¿A qué teléfono te llamamos?', 'phone'],
    ['¿Cuál es el número de pedido?', 'nothing'],
    ['Como posso te chamar?', 'name'],
    ["À qui ai-je l'honneur ?", 'name'],
    ['Comment puis-je vous appeler ?', 'name'],
    ['À quel numéro vous joindre ?', 'phone'],
    ['Wie darf ich Sie ansprechen?', 'name'],
    ['Unter welcher Nummer können wir Sie zurückrufen?', 'phone'],
    ['Con chi ho il piacere di parlare?', 'name'],
    ['Mag ik uw naam noteren?', 'name'],
    ['Proszę podać imię i nazwisko.', 'name'],
    ['Size nasıl hitap edebilirim?', 'name'],
    ['Как я могу к вам обращаться?', 'name'],
    ['По какому номеру с вами связаться?', 'phone'],
    ['ما هو بريدك الإلكتروني؟', 'email'],
    ['कृपया अपना नाम बताएं', 'name'],
    ['お名前を伺ってもよろしいですか？', 'name'],
    ['注文番号を教えてください。', 'nothing'],
    ['方便留一下您的手机号吗？', 'phone'],
    ['성함을 알려주시겠어요?', 'name'],
    ['주문번호를 알려주세요.', 'nothing'],
  ])('%s → %s', (text, wanted) => expect(asks({ role: 'bot', text })).toBe(wanted));

  it('a value read back asks for it again', () => {
    expect(asks({ role: 'bot', text: 'I have mel@gmail.com, correct?' })).toBe('email');
  });

  it('a question stands through "go ahead" and through the answer to a counter-question', () => {
    const name: Turn = { role: 'bot', text: "What's your name?" };
    expect(asks(name, { role: 'visitor', text: 'sure' }, { role: 'bot', text: 'Great, go ahead.' })).toBe('name');
    expect(asks(name, { role: 'visitor', text: 'why?' }, { role: 'bot', text: 'So that I can address you.' })).toBe('name');
    expect(asks(name, { role: 'visitor', text: 'Bob' }, { role: 'bot', text: 'Thanks Bob, how can I help?' })).toBe('nothing');
  });

  it('the pending step of a flow counts as a question', () => {
    expect(askedBefore({ text: 'x', previous: [], known, asked: 'phone' }).phone).toBe(true);
    expect(askedBefore({ text: 'x', previous: [], known, asked: 'name' }).name).toBe('full');
  });

  it('a question is read the same again, also after more others than are kept', () => {
    const ask = (): unknown => askedBefore({ text: 'x', previous: [{ role: 'bot', text: 'Your email?' }], known, asked: 'phone' });
    const first = ask();
    expect(ask()).toEqual(first);
    for (let i = 0; i < 600; i++) askedBefore({ text: 'x', previous: [{ role: 'bot', text: `Is it ${i}?` }], known });
    expect(ask()).toEqual(first);
    expect(asks({ role: 'bot', text: 'Your email?' })).toBe('email');
  });
});

describe('Which number is asked for', () => {
  const numberAsked = (text: string, ...before: Turn[]) => {
    const { phone, other } = askedBefore({ text: 'x', previous: [...before, { role: 'bot', text }], known });
    return { phone, other };
  };

  it.each(
    `What's your order number?|Could you tell me the account number, please?|Please provide your tracking number|What number is on the invoice?|¿Cuál es el número de pedido?|¿Qué número de seguimiento tienes?|Qual é o número do pedido?|Qual é o número da conta?|Quel est votre numéro de commande ?|Le numéro du dossier ?|Qual è il numero d'ordine?|Wie lautet Ihre Bestellnummer?|Welche Nummer steht auf der Rechnung?|Welk nummer staat op de factuur?|Jaki jest numer zamówienia?|Sipariş numaranız nedir?|Kargo takip numaranızı yazar mısınız?|Подскажите номер у вашего заказа|Який номер замовлення?|Nomor pesanan Anda berapa?|ما رقم الطلب؟|ऑर्डर नंबर क्या है?|注文番号を教えてください。|ご注文の番号は？|订单号是多少？|请提供订单号码|您的账户号码是多少？|주문 번호가 어떻게 되세요?|송장 번호 알려주세요|Vad är ditt ordernummer?|Mikä on tilausnumero?|Jaké je číslo objednávky?|Số tài khoản của bạn là số nào?|מה מספר ההזמנה?`.split(
      '|',
    ),
  )('"%s" asks for no phone', (text) => {
    expect(numberAsked(text)).toEqual({ phone: false, other: true });
  });

  it.each(
    `What's your number?|What's the phone number on your account?|What's your number in case we get cut off?|Could I take your number and postcode?|What number can we reach you on about your order?|¿Cuál es tu número?|¿Me das tu número y tu código postal?|Qual é o seu número?|Quel est votre numéro ?|Wie ist Ihre Nummer?|Op welk nummer kunnen we je bereiken?|Proszę podać numer telefonu|Numaranızı alabilir miyim?|Ваш номер?|お電話番号は？|您的电话号码是多少？|전화번호가 어떻게 되세요?|आपका फोन नंबर?`.split(
      '|',
    ),
  )('"%s" asks for the phone', (text) => {
    expect(numberAsked(text).phone).toBe(true);
  });

  it('a bare "What\'s the number?" is about whatever was spoken of last', () => {
    expect(numberAsked("Sure. What's the number?", { role: 'visitor', text: 'I have a question about my order' })).toEqual({
      phone: false,
      other: true,
    });
    expect(numberAsked("Sure. What's the number?", { role: 'visitor', text: 'can someone call me back?' }).phone).toBe(true);
    expect(numberAsked("What's the number?")).toEqual({ phone: false, other: false });
  });
});
