// How visitors say how urgent something is, in fifteen languages.

import { splitPhrases } from '../understand/languages.ts';

function list(...lines: string[]): string[] {
  return lines.flatMap(splitPhrases);
}

export const stuckWords = list(
  'stuck, blocked, very, very urgent, extremely urgent, critical, emergency, asap, immediately, right now, muy urgente, urgentísimo, bloqueado, bloqueada, inmediatamente, ya mismo, muito urgente, travado, imediatamente, très urgent, bloqué, bloquée, immédiatement, sehr dringend, äußerst dringend, sofort, notfall, molto urgente, bloccato, bloccata, subito, heel dringend, zeer dringend, geblokkeerd, onmiddellijk',
  'bardzo pilne, bardzo pilna, natychmiast, çok acil, hemen, acilen, очень срочно, немедленно, срочно сейчас, عاجل جدا, فورا, حالا, बहुत ज़रूरी, तुरंत, बहुत जल्दी, 大至急, 至急, 今すぐ, 非常紧急, 十万火急, 马上, 立刻, 매우 급해요, 아주 급해요, 당장, 지금 바로',
);
export const todayWords = list(
  'today, soon, quite, urgent, hoy, urgente, bastante urgente, hoje, aujourd’hui, urgent, assez urgent, heute, dringend, eilig, oggi, abbastanza urgente, vandaag, dringend, dzisiaj, dziś, pilne, pilna, bugün, acil, сегодня, срочно, اليوم, عاجل, आज, ज़रूरी, 今日, 本日中, 今天, 紧急, 急, 오늘, 급해요',
);
export const weekWords = list(
  'this week, few days, tomorrow, in the next days, esta semana, mañana, amanhã, cette semaine, demain, diese woche, morgen, in den nächsten tagen, questa settimana, domani, deze week, w tym tygodniu, jutro, bu hafta, yarın, на этой неделе, завтра, هذا الأسبوع, غدا, इस हफ्ते, कल, 今週, 明日, 本周, 这周, 明天, 이번 주, 내일',
);
export const noRushWords = list(
  'not urgent, not very, not very urgent, not that urgent, no hurry, whenever, later, low, no es urgente, no corre prisa, sin prisa, não é urgente, sem pressa, pas urgent, pas pressé, nicht dringend, nicht eilig, keine eile, non è urgente, senza fretta, niet dringend, geen haast, niepilne, nie jest pilne, acil değil, acelem yok, не срочно, не горит, ليس عاجلا, غير عاجل, ज़रूरी नहीं, जल्दी नहीं, 急ぎません, 急いでいません, 不急, 不着急, 급하지 않아요, 안 급해요',
);
