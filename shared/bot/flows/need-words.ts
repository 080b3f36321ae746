// How visitors say what brings them, in fifteen languages; found anywhere in their words.

import { splitPhrases } from '../understand/languages.ts';

function list(...lines: string[]): string[] {
  return lines.flatMap(splitPhrases);
}

export const pricingWords = list(
  'price, prices, pricing, cost, costs, how much, quote, plans, rates, fees, discount, trial, subscription',
  'precio, precios, cuánto cuesta, cuánto vale, tarifa, tarifas, presupuesto, preço, preços, quanto custa, orçamento, valores, planos',
  'prix, tarif, tarifs, combien, devis, preis, preise, kosten, kostet, angebot, prezzo, prezzi, quanto costa, preventivo, prijs, prijzen, offerte',
  'cena, ceny, cennik, ile kosztuje, wycena, fiyat, fiyatı, fiyatlar, fiyatları, ücret, цена, цены, цену, стоимость, сколько стоит, прайс, тариф, тарифы',
  'سعر, السعر, الأسعار, أسعار, كم السعر, بكم, कीमत, दाम, मूल्य, कितने का',
  '料金, 価格, 値段, 見積, 价格, 价钱, 多少钱, 报价, 费用, 收费, 가격, 요금, 비용, 견적',
);

export const demoWords = list(
  'demo, demonstration, walkthrough, book a call, schedule a call, schedule a meeting, book a meeting, appointment, show me, presentation',
  'demostración, cita, demonstração, apresentação, agendar, démo, démonstration, rendez-vous, vorführung, termin, dimostrazione, appuntamento, demonstratie, afspraak',
  'prezentacja, prezentację, tanıtım, randevu, демо, демонстрация, демонстрацию, презентация, презентацию, عرض تجريبي, عرض توضيحي, ديمو, موعد, डेमो',
  'デモ, 実演, 演示, 预约, 데모, 시연',
);

export const supportWords = list(
  'support, help, problem, problems, issue, issues, error, errors, bug, broken, crash, crashes, doesn’t work, doesnt work, does not work, not working, stopped working, isn’t working, can’t log in, cannot log in, can’t login, login, password, refund, my order, my invoice, my account, my subscription, complaint, cancel, delivery, hasn’t arrived, nothing works, nothing really works, nothing is working, nothing loads, nothing is loading, nothing happens, nothing arrived, nothing has arrived',
  'ayuda, soporte, problema, problemas, no funciona, nada funciona, mi pedido, reembolso, contraseña, ajuda, suporte, não funciona, meu pedido, reembolso, senha, erro',
  'aide, assistance, problème, ne marche pas, ne fonctionne pas, rien ne marche, rien ne fonctionne, ma commande, remboursement, mot de passe, hilfe, probleme, fehler, funktioniert nicht, geht nicht, nichts geht, nichts funktioniert, geht nichts, funktioniert nichts, meine bestellung, rückerstattung, passwort, reklamation',
  'aiuto, assistenza, non funziona, niente funziona, mio ordine, rimborso, hulp, probleem, werkt niet, niets werkt, werkt niets, mijn bestelling, wachtwoord, pomoc, wsparcie, nie działa, moje zamówienie, zwrot, hasło',
  'yardım, destek, sorun, hata, çalışmıyor, siparişim, iade, şifre, помощь, поддержка, проблема, ошибка, не работает, мой заказ, возврат, пароль',
  'مساعدة, دعم, مشكلة, لا يعمل, طلبي, استرداد, كلمة المرور, मदद, सहायता, समस्या, काम नहीं कर, मेरा ऑर्डर, रिफंड, पासवर्ड',
  'サポート, 助けて, 問題, エラー, 動かない, 動きません, 注文, 返金, パスワード, 支持, 帮助, 问题, 错误, 不能用, 我的订单, 退款, 密码, 도움, 지원, 문제, 오류, 안 돼요, 안돼, 작동하지, 주문, 환불, 비밀번호',
);

export const lookingWords = list(
  'just looking, just browsing, looking around, browsing, only looking, just curious, nothing special, nothing specific, nothing in particular, nothing really, just checking',
  'solo mirando, solo estoy mirando, só olhando, só dando uma olhada, je regarde, juste regarder, nur schauen, schaue nur, ich schaue nur, umsehen, solo guardare, sto solo guardando, alleen kijken, kijk alleen, rondkijken, tylko patrzę, tylko się rozglądam, rozglądam się',
  'sadece bakıyorum, bakıyorum, просто смотрю, смотрю, أتصفح فقط, مجرد تصفح, बस देख रहा, बस देख रही, 見ているだけ, 見てるだけ, 随便看看, 只是看看, 그냥 보는, 그냥 구경, 둘러보',
);
