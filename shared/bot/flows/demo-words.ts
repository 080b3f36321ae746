// How visitors say what they want to see of a product, what they do, and when, in fifteen languages.

import { splitPhrases } from '../understand/languages.ts';

function list(...lines: string[]): string[] {
  return lines.flatMap(splitPhrases);
}

export const overviewWords = list(
  'overview, general, the product, everything, all of it, basics, the whole thing, visión general, todo, visão geral, tudo, vue d’ensemble, tout, überblick, alles, panoramica, tutto, overzicht, przegląd, wszystko, genel, hepsi, обзор, все, نظرة, كل شيء, झलक, सब कुछ, 紹介, 全体, 概要, 介绍, 概览, 全部, 소개, 전체, 개요',
);
export const setupWords = list(
  'set up, setup, installation, install, onboarding, migration, instalación, empezar, instalação, começar, installation, démarrer, einrichtung, einrichten, erste schritte, installazione, iniziare, installatie, instalacja, wdrożenie, kurulum, начало, установка, настройка, الإعداد, التثبيت, البداية, शुरुआत, सेटअप, 導入, 設定, 始め方, 上手, 安装, 设置, 시작, 설치, 설정',
);
export const integrationWords = list(
  'integration, integrations, api, webhook, webhooks, crm, salesforce, hubspot, slack, zapier, integración, integraciones, integração, integrações, intégration, intégrations, schnittstelle, schnittstellen, anbindung, integrationen, integrazione, integrazioni, koppeling, koppelingen, integracja, integracje, entegrasyon, entegrasyonlar, интеграция, интеграции, التكامل, الربط, इंटीग्रेशन, 連携, 集成, 对接, 接口, 연동, 통합',
);
export const reportWords = list(
  'report, reports, reporting, analytics, statistics, dashboard, dashboards, informes, estadísticas, relatórios, estatísticas, rapports, statistiques, berichte, auswertung, auswertungen, statistik, statistiken, rapporti, statistiche, rapporten, rapportages, raporty, statystyki, raporlar, istatistik, отчет, отчеты, аналитика, статистика, تقارير, التقارير, إحصاءات, रिपोर्ट, आँकड़े, レポート, 分析, 报表, 统计, 보고서, 통계, 분석',
);
export const securityWords = list(
  'security, privacy, gdpr, dsgvo, rgpd, compliance, sso, hosting, data protection, seguridad, privacidad, segurança, privacidade, lgpd, sécurité, confidentialité, sicherheit, datenschutz, sicurezza, veiligheid, beveiliging, avg, bezpieczeństwo, prywatność, rodo, güvenlik, gizlilik, kvkk, безопасность, конфиденциальность, الأمان, الخصوصية, सुरक्षा, गोपनीयता, セキュリティ, プライバシー, 安全, 隐私, 보안, 개인정보',
);

export const ownerWords = list(
  'owner, owners, founder, founders, co founder, i run it, ceo, managing director, president, dueño, dueña, fundador, fundadora, propietario, propietaria, director general, dono, dona, sócio, sócia, gérant, gérante, fondateur, fondatrice, dirigeant, dirigeante, pdg, inhaber, inhaberin, gründer, gründerin, geschäftsführer, geschäftsführerin, titolare, fondatore, fondatrice, amministratore delegato',
  'eigenaar, oprichter, directeur, właściciel, właścicielka, założyciel, prezes, sahibi, kurucu, genel müdür, владелец, основатель, генеральный директор, صاحب الشركة, مؤسس, المدير العام, مالك, मालिक, संस्थापक, 経営者, 社長, 代表, 創業者, 老板, 创始人, 总经理, 대표, 사장, 창업자',
);
export const leadWords = list(
  'lead, manager, head of, director, vp, coo, cmo, cfo, responsable, gerente, jefe, jefa, jefe de, jefa de, encargado, encargada, diretor, diretora, coordenador, coordenadora, líder, chef, cheffe, manager, directeur, directrice, leiter, leiterin, teamleiter, teamleiterin, abteilungsleiter, leitung, responsabile, direttore, direttrice, capo',
  'teamleider, hoofd, leidinggevende, kierownik, kierowniczka, dyrektor, menedżer, müdür, yönetici, ekip lideri, руководитель, начальник, менеджер, مدير, مديرة, رئيس قسم, मैनेजर, प्रमुख, マネージャー, 部長, 課長, リーダー, 経理, 负责人, 主管, 部门经理, 经理, 팀장, 매니저, 부장',
);
export const technicalRoleWords = list(
  'developer, engineer, cto, it, devops, sysadmin, admin, administrator, programmer, desarrollador, desarrolladora, programador, programadora, informático, informática, sistemas, desenvolvedor, desenvolvedora, ti, développeur, développeuse, informaticien, informaticienne, ingénieur, entwickler, entwicklerin, programmierer, informatiker, informatikerin, sviluppatore, sviluppatrice, informatico, programmatore',
  'ontwikkelaar, programmeur, systeembeheerder, programista, programistka, informatyk, yazılımcı, geliştirici, mühendis, bilgi işlem, разработчик, программист, айти, ит, инженер, сисадмин, مطور, مبرمج, مهندس, تقنية المعلومات, डेवलपर, इंजीनियर, आईटी, 開発, エンジニア, 情報システム, 开发, 工程师, 程序员, 개발, 개발자, 엔지니어',
);

export const morningWords = list(
  'mornings, in the morning, early, before noon, am, mañana, por la mañana, manhã, de manhã, pela manhã, matin, le matin, morgens, morgen, früh, vormittag, mattina, mattino, di mattina, ochtend, ochtends, rano, przed południem, sabah, sabahtan, утро, утром, до обеда, صباح, صباحا, في الصباح, सुबह, सवेरे, 午前, 午前中, 朝, 上午, 早上, 오전, 아침',
);
export const noonWords = list(
  'noon, midday, lunch, lunchtime, mediodía, meio dia, almoço, midi, mittag, mittags, mezzogiorno, pranzo, middag, tussen de middag, południe, w południe, öğle, öğlen, полдень, в обед, обед, الظهر, ظهرا, दोपहर, 正午, お昼, 昼, 中午, 정오, 점심',
);
export const afternoonWords = list(
  'afternoons, in the afternoon, after lunch, late, pm, evening, tarde, por la tarde, de tarde, après midi, l’après midi, nachmittag, abends, abend, pomeriggio, di pomeriggio, sera, namiddag, avond, popołudnie, wieczorem, öğleden sonra, akşam, после обеда, днем, вечером, بعد الظهر, مساء, مساءً, दोपहर के बाद, शाम, 午後, 夕方, 下午, 晚上, 오후, 저녁',
);
export const anyTimeWords = list(
  'any, anytime, whenever, i don’t mind, flexible, doesn’t matter, cualquiera, da igual, me da igual, qualquer, tanto faz, n’importe, peu importe, egal, flexibel, jederzeit, qualsiasi, indifferente, maakt niet uit, obojętnie, dowolnie, fark etmez, ne zaman olursa, любое, все равно, неважно, أي وقت, لا يهم, कभी भी, いつでも, どちらでも, 都行, 随时, 无所谓, 언제든, 상관없어요',
);
