// How visitors say what their trouble is about, in fifteen languages; found anywhere in their words, the longest phrase first.

import { splitPhrases } from '../understand/languages.ts';

function list(...lines: string[]): string[] {
  return lines.flatMap(splitPhrases);
}

export const accountWords = list(
  'account, my account, password, login, log in, can’t log in, cannot log in, can’t login, sign in, can’t sign in, sign up, username, locked out, two factor, verification code, delete my account, my profile',
  'cuenta, mi cuenta, contraseña, iniciar sesión, no puedo entrar, conta, minha conta, senha, entrar na conta, não consigo entrar',
  'compte, mon compte, mot de passe, connexion, me connecter, konto, mein konto, passwort, anmelden, einloggen, anmeldung, account, mio account, password, accedere, non riesco ad accedere',
  'mijn account, wachtwoord, inloggen, aanmelden, moje konto, konto, hasło, zalogować, logowanie, hesabım, hesap, şifre, giriş yapamıyorum, oturum',
  'аккаунт, мой аккаунт, учетная запись, пароль, войти, вход, личный кабинет, حساب, حسابي, كلمة المرور, تسجيل الدخول, खाता, मेरा खाता, पासवर्ड, लॉगिन',
  'アカウント, パスワード, ログイン, サインイン, 账户, 账号, 密码, 登录, 계정, 비밀번호, 로그인',
);

export const orderWords = list(
  'order, my order, delivery, delivered, shipping, shipment, parcel, package, tracking, hasn’t arrived, has not arrived, not arrived, never arrived, late, return, exchange, wrong item, cancel my order, damaged',
  'pedido, mi pedido, entrega, envío, paquete, no ha llegado, devolución, meu pedido, envio, encomenda, não chegou, devolução',
  'commande, ma commande, livraison, colis, pas arrivé, retour, bestellung, meine bestellung, lieferung, paket, nicht angekommen, rücksendung, umtausch, ordine, mio ordine, consegna, spedizione, pacco, non è arrivato, reso',
  'bestelling, mijn bestelling, levering, pakket, niet aangekomen, retour, zamówienie, moje zamówienie, dostawa, przesyłka, paczka, nie dotarła, nie dotarło, zwrot, sipariş, siparişim, kargo, teslimat, gelmedi, iade',
  'заказ, мой заказ, доставка, посылка, не пришел, не пришла, возврат, طلبي, الطلب, التوصيل, الشحن, لم يصل, لم تصل, إرجاع, ऑर्डर, मेरा ऑर्डर, डिलीवरी, पार्सल, नहीं आया, वापसी',
  '注文, 配送, 配達, 届かない, 届いていません, 届きません, 返品, 交換, 订单, 快递, 发货, 没收到, 还没到, 退货, 换货, 주문, 배송, 택배, 안 왔어요, 반품, 교환',
);

export const billingWords = list(
  'invoice, bill, billing, payment, pay, charged, charged twice, double charged, refund, money back, credit card, my card, receipt, subscription, cancel my subscription, vat',
  'factura, pago, cobro, cobrado, reembolso, tarjeta, recibo, suscripción, fatura, pagamento, cobrança, cobrado duas vezes, estorno, cartão, assinatura',
  'facture, paiement, débité, remboursement, carte bancaire, abonnement, rechnung, zahlung, abgebucht, doppelt abgebucht, erstattung, rückerstattung, kreditkarte, abo, abonnement, fattura, pagamento, addebito, rimborso, carta, abbonamento',
  'factuur, betaling, afgeschreven, terugbetaling, creditcard, faktura, płatność, pobrano, zwrot pieniędzy, karta, subskrypcja, fatura, ödeme, çekildi, para iadesi, kredi kartı, abonelik',
  'счет, оплата, платеж, списали, списали дважды, возврат денег, карта, подписка, فاتورة, الفاتورة, دفع, الدفع, خصم, استرداد, بطاقة, اشتراك, बिल, भुगतान, पैसे कट गए, रिफंड, कार्ड, सदस्यता',
  '請求, 請求書, 支払い, 返金, 二重, カード, 領収書, 发票, 付款, 扣款, 扣了两次, 退款, 信用卡, 결제, 청구서, 환불, 카드, 영수증',
);

export const technicalWords = list(
  'error, errors, bug, broken, crash, crashes, crashed, doesn’t work, doesnt work, does not work, not working, stopped working, isn’t working, nothing works, doesn’t load, does not load, not loading, won’t load, slow, freezes, blank page, white screen, technical',
  'no funciona, error, fallo, no carga, se cierra, nada funciona, não funciona, erro, falha, não carrega, travou, nada funciona',
  'ne marche pas, ne fonctionne pas, erreur, bogue, plante, ne charge pas, funktioniert nicht, geht nicht, fehler, fehlermeldung, stürzt ab, lädt nicht, nichts geht, non funziona, errore, si blocca, non carica',
  'werkt niet, fout, foutmelding, loopt vast, laadt niet, nie działa, błąd, zawiesza się, nie ładuje się, çalışmıyor, hata, açılmıyor, yüklenmiyor, donuyor, bozuk',
  'не работает, ошибка, сбой, зависает, не загружается, не открывается, لا يعمل, لا تعمل, خطأ, عطل, لا يفتح, काम नहीं कर, एरर, त्रुटि, नहीं खुल, बंद हो जाता',
  '動かない, 動きません, エラー, 不具合, 固まる, 表示されない, 不能用, 用不了, 报错, 错误, 打不开, 加载不出来, 死机, 안 돼요, 안돼요, 작동하지, 오류, 에러, 멈춰, 안 열려',
);

export const buyingWords = list(
  'before buying, before i buy, buy, price, prices, pricing, how much, quote, discount, plans, trial, demo, sales',
  'antes de comprar, comprar, precio, precios, cuánto cuesta, presupuesto, preço, preços, quanto custa, orçamento',
  'avant d’acheter, acheter, prix, tarif, tarifs, combien, devis, vor dem kauf, kaufen, preis, preise, kostet, angebot, prima di comprare, comprare, prezzo, prezzi, quanto costa, preventivo',
  'kopen, prijs, prijzen, offerte, kupić, cena, ceny, ile kosztuje, satın almak, fiyat, fiyatı, fiyatlar, ne kadar',
  'купить, цена, цены, сколько стоит, стоимость, قبل الشراء, شراء, سعر, السعر, الأسعار, كم السعر, खरीदना, ख़रीदना, कीमत, क़ीमत, दाम',
  '購入, 料金, 価格, 値段, 見積, 购买, 价格, 多少钱, 报价, 구매, 가격, 요금, 견적',
);
