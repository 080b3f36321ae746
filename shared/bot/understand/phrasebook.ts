// How visitors greet, nod, refuse and ask why, in fifteen languages.
import type { Phrasebook } from './languages.ts';

/** As a whole message: a greeting and nothing else. */
export const hellos: Phrasebook = {
  en: 'hi, hello, hey, hiya, yo, hi there, hello there, hey there, good morning, good afternoon, good evening, greetings, anyone there, hello anyone there, is anyone there',
  es: 'hola, buenas, buenos días, buenas tardes, buenas noches, hola buenas, hola buenos días',
  pt: 'olá, oi, bom dia, boa tarde, boa noite, olá bom dia, oi tudo bem',
  fr: 'bonjour, bonsoir, salut, coucou, rebonjour',
  de: 'hallo, guten tag, guten morgen, guten abend, moin, servus, grüß gott, grüezi, hallo zusammen',
  it: 'ciao, salve, buongiorno, buonasera, buon pomeriggio',
  nl: 'hoi, hallo, dag, goedemorgen, goedemiddag, goedenavond, goedendag',
  pl: 'cześć, hej, witam, dzień dobry, dobry wieczór',
  tr: 'merhaba, selam, günaydın, iyi günler, iyi akşamlar, selamün aleyküm',
  ru: 'привет, здравствуйте, здравствуй, добрый день, доброе утро, добрый вечер',
  ar: 'مرحبا, أهلا, اهلا وسهلا, السلام عليكم, سلام, صباح الخير, مساء الخير',
  hi: 'नमस्ते, नमस्कार, हैलो, हेलो, namaste',
  ja: 'こんにちは, こんばんは, おはようございます, おはよう, はじめまして',
  zh: '你好, 您好, 你好啊, 嗨, 早上好, 下午好, 晚上好, 在吗',
  ko: '안녕, 안녕하세요, 안녕하십니까, 여보세요',
};

/** As a whole message: agreement or thanks, which answers no question of ours. */
export const nods: Phrasebook = {
  en: 'ok, okay, k, kk, yes, yeah, yep, yup, sure, sure thing, of course, alright, all right, fine, great, cool, good, perfect, thanks, thank you, thx, ty, thanks a lot, got it, i see, yes please, ok thanks, hmm, um, lol, haha, test, wait, one moment, hold on',
  es: 'sí, si, vale, claro, de acuerdo, gracias, perfecto, muchas gracias, bien',
  pt: 'sim, claro, tá, tudo bem, obrigado, obrigada, perfeito, beleza',
  fr: 'oui, ouais, d’accord, merci, bien sûr, parfait, ok merci',
  de: 'ja, jo, klar, gerne, gern, danke, in ordnung, alles klar, vielen dank, ja bitte, passt',
  it: 'sì, certo, va bene, grazie, perfetto, d’accordo',
  nl: 'ja, prima, oké, bedankt, dank je, dank u, is goed, tuurlijk',
  pl: 'tak, jasne, dobrze, dzięki, dziękuję, oczywiście, okej',
  tr: 'evet, tamam, olur, teşekkürler, teşekkür ederim, tabii, peki',
  ru: 'да, хорошо, ладно, спасибо, конечно, ок, окей, понятно, ага',
  ar: 'نعم, أجل, تمام, حسنا, شكرا, طيب, أكيد, ايوه',
  hi: 'हाँ, हां, जी, जी हाँ, ठीक है, धन्यवाद, शुक्रिया, haan, theek hai',
  ja: 'はい, ええ, うん, わかりました, ありがとう, ありがとうございます, 了解, 了解です',
  zh: '是, 是的, 好, 好的, 可以, 行, 嗯, 谢谢, 知道了, 明白',
  ko: '네, 예, 응, 좋아요, 알겠습니다, 감사합니다, 고마워요, 넵',
};

/** As a whole message: the visitor would rather not answer this one. */
export const refusals: Phrasebook = {
  en: 'no, nope, nah, no no, no way, no thanks, no thank you, never, skip, pass, i’ll pass, ill pass, none, n/a, na, not now, not yet, not really, not today, i don’t want to, i dont want to, don’t want to, dont want to, no i don’t, no i dont, i won’t, i refuse, next, next question, i don’t have one, i dont have one, don’t have one, i don’t have it, no comment, not necessary, private, that’s private, not interested, i don’t know, i dont know, dont know, no idea, idk, not sure, nothing, maybe later, later, not right now, another time',
  es: 'no, nop, no gracias, prefiero no, mejor no, no quiero, paso, saltar, omitir, siguiente, ahora no, no tengo, ninguno, ninguna, no lo sé, no sé, nada',
  pt: 'não, nao, não obrigado, não obrigada, prefiro não, não quero, pular, passo, agora não, não tenho, nenhum, nenhuma, não sei, nada',
  fr: 'non, non merci, je préfère pas, je ne veux pas, je veux pas, passer, passe, suivant, pas maintenant, aucun, aucune, je n’en ai pas, je ne sais pas, je sais pas, rien, jamais',
  de: 'nein, nee, nö, nein danke, lieber nicht, möchte ich nicht, will ich nicht, ich will nicht, ich möchte nicht, überspringen, weiter, nicht jetzt, jetzt nicht, habe ich nicht, hab ich nicht, keine, keins, keine ahnung, weiß ich nicht, weiß nicht, nichts, keine angabe',
  it: 'no, no grazie, preferisco di no, preferirei di no, meglio di no, non voglio, salta, passo, non ora, nessuno, nessuna, non ce l’ho, non lo so, non so, niente',
  nl: 'nee, neen, nee bedankt, nee dank je, liever niet, wil ik niet, ik wil niet, overslaan, sla over, volgende, niet nu, nu niet, heb ik niet, geen, weet ik niet, geen idee, niets',
  pl: 'nie, nie dziękuję, nie dzięki, wolę nie, wolałbym nie, wolałabym nie, nie chcę, pomiń, dalej, nie teraz, nie mam, brak, nie wiem, nic',
  tr: 'hayır, yok, hayır teşekkürler, istemiyorum, vermek istemiyorum, söylemek istemiyorum, atla, geç, geçelim, şimdi değil, bilmiyorum, hiçbiri',
  ru: 'нет, не, неа, нет спасибо, не хочу, не надо, пропустить, пропусти, дальше, не сейчас, не скажу, не дам, нету, не знаю, ничего, никакой, воздержусь',
  ar: 'لا, كلا, لا شكرا, لا أريد, لا اريد, أفضل عدم, أفضل ألا, تخطي, تخطى, التالي, ليس الآن, لا يوجد, ليس لدي, لا أعرف, مش عايز, لا شيء',
  hi: 'नहीं, नही, ना, जी नहीं, नहीं धन्यवाद, नहीं चाहिए, नहीं बताना, नहीं बताऊंगा, नहीं बताऊँगा, नहीं देना, छोड़ो, छोड़ें, रहने दो, अभी नहीं, पता नहीं, nahi, nahin, kuch nahi',
  ja: 'いいえ, いえ, いや, いやです, 嫌です, けっこうです, 結構です, いいえ、結構です, スキップ, パス, 次へ, 今はいい, ありません, ないです, わかりません, 分かりません, いらない, 遠慮します, 教えたくない, 教えたくないです, 答えたくない, 答えたくありません',
  zh: '不, 不用, 不要, 不了, 不用了, 不需要, 不想, 不想说, 不想给, 不方便, 跳过, 略过, 算了, 没有, 不知道, 不告诉你, 下一个, 暂时不, 不，谢谢, 不用谢谢',
  ko: '아니, 아니요, 아니오, 아뇨, 싫어요, 싫습니다, 괜찮아요, 괜찮습니다, 건너뛰기, 건너뛸게요, 패스, 다음, 나중에, 없어요, 없습니다, 몰라요, 모르겠어요, 말하고 싶지 않아요, 알려주고 싶지 않아요',
};

/** Anywhere in a message: words that refuse the question, whatever stands beside them. */
export const refusalsAnywhere: Phrasebook = {
  en: 'rather not, prefer not to, prefer not, don’t want to give, dont want to give, don’t want to share, dont want to share, don’t want to say, dont want to say, don’t want to tell, dont want to tell, do not want to give, do not want to share, do not want to say, don’t feel comfortable, not comfortable, won’t give, won’t share, won’t tell, will not give, will not share, not going to give, not going to share, not going to tell, not gonna give, not giving you, not giving my, not sharing, none of your business, skip this, skip that, skip it, no email, no phone, don’t have an email, dont have an email, don’t have email, don’t have a phone, stop asking, don’t give out, do not give out, no need to know, keep that private, don’t like to share, i’d like to stay anonymous, stay anonymous',
  es: 'prefiero no, preferiría no, no quiero dar, no quiero decir, no quiero compartir, no voy a dar, no te voy a, no le voy a, no es asunto tuyo, no tengo correo, no tengo email, no doy mi',
  pt: 'prefiro não, preferia não, preferiria não, não quero dar, não quero dizer, não quero informar, não quero passar, não vou dar, não vou passar, não vou informar, não é da sua conta, não tenho email, não tenho e-mail',
  fr: 'je préfère ne pas, préfère pas, préférerais ne pas, ne veux pas donner, veux pas donner, ne souhaite pas, souhaite pas, ne vais pas donner, ne donne pas mon, ça ne vous regarde pas, pas d’email, pas d’e-mail, pas de mail, pas envie de',
  de: 'lieber nicht, nicht angeben, nicht nennen, nicht verraten, nicht preisgeben, nicht rausgeben, nicht herausgeben, nicht mitteilen, nicht sagen, geht dich nichts an, geht sie nichts an, geht euch nichts an, keine email, keine e-mail, keine mail, nicht teilen, anonym bleiben',
  it: 'preferisco non, preferirei non, non voglio dare, non voglio dire, non voglio condividere, non te lo do, non do la mia, non sono affari tuoi, non ho email, non ho una mail',
  nl: 'liever niet, wil ik niet geven, niet geven, niet delen, wil ik niet zeggen, zeg ik niet, gaat je niets aan, gaat je niks aan, geen email, geen e-mail, geen mailadres',
  pl: 'wolę nie, wolałbym nie, wolałabym nie, nie chcę podawać, nie chcę podać, nie podam, nie chcę mówić, nie powiem, to nie twoja sprawa, nie mam maila, nie mam emaila',
  tr: 'vermek istemiyorum, vermek istemem, paylaşmak istemiyorum, söylemek istemiyorum, vermeyeceğim, söylemem, vermem, seni ilgilendirmez, sizi ilgilendirmez, e-postam yok, mailim yok, söylememeyi tercih',
  ru: 'не хочу давать, не хочу говорить, не хочу называть, не хочу делиться, не хочу указывать, не буду давать, не буду говорить, не дам, не скажу, не ваше дело, не твое дело, нет почты, нет имейла, предпочитаю не, предпочел бы не, предпочла бы не, лучше не буду',
  ar: 'أفضل عدم, أفضل ألا, لا أريد أن أعطي, لا أريد إعطاء, لا أريد أن أقول, لا أريد مشاركة, لا اريد مشاركة, لن أعطي, لن أعطيك, لن أقول, ليس من شأنك, ليس لدي بريد, ما عندي ايميل, مش عايز اقول, مش عايز أدي',
  hi: 'नहीं देना चाहता, नहीं देना चाहती, नहीं बताना चाहता, नहीं बताना चाहती, नहीं दूंगा, नहीं दूँगा, नहीं दूंगी, नहीं बताऊंगा, नहीं बताऊंगी, साझा नहीं, ईमेल नहीं है, nahi dena, nahi batana, nahi dunga',
  ja: '教えたくない, 教えたくありません, 答えたくない, 答えたくありません, 言いたくない, 言いたくありません, 控えさせて, 遠慮させて, 教えられません, お答えできません, 答えられません, メールはありません, メールアドレスはない',
  zh: '不想说, 不想给, 不想告诉, 不想透露, 不想提供, 不便透露, 不方便透露, 不方便提供, 不告诉你, 不会给你, 不关你的事, 没有邮箱, 没邮箱',
  ko: '알려주고 싶지 않, 알려드리고 싶지 않, 말하고 싶지 않, 말씀드리고 싶지 않, 공유하고 싶지 않, 주고 싶지 않, 드리고 싶지 않, 알려주기 싫, 말하기 싫, 주기 싫, 이메일이 없, 이메일 없',
};

/** As a whole message: the visitor wants to know what the question is for. */
export const whys: Phrasebook = {
  en: 'why, but why, why though, why so, why that, what for, for what, how come, what’s it for, whats it for, why is that, why do you, why my email, why my phone, why my name, why is that necessary, is that necessary, is that really necessary',
  es: 'por qué, porque, para qué, y para qué, por qué lo necesitas, es necesario',
  pt: 'por quê, por que, porquê, porque, para quê, pra quê, é necessário',
  fr: 'pourquoi, pourquoi faire, pour quoi faire, et pourquoi, mais pourquoi, c’est nécessaire, à quoi ça sert',
  de: 'warum, wieso, weshalb, wozu, wofür, wofür denn, warum denn, warum das, wozu das, muss das sein, ist das nötig',
  it: 'perché, come mai, a che serve, a cosa serve, per cosa, per quale motivo, è necessario',
  nl: 'waarom, waarom dan, waarvoor, hoezo, waartoe, is dat nodig',
  pl: 'dlaczego, czemu, po co, a po co, w jakim celu, czy to konieczne',
  tr: 'neden, niye, niçin, ne için, neden ki, niye ki, gerekli mi',
  ru: 'зачем, почему, а зачем, для чего, с какой целью, это обязательно',
  ar: 'لماذا, ليش, ليه, لأي غرض, لماذا تحتاجه, هل هذا ضروري',
  hi: 'क्यों, क्यूं, किसलिए, किस लिए, kyon, kyun, kyu',
  ja: 'なぜ, なぜですか, なんで, なんでですか, どうして, どうしてですか, 何のため, 何のためですか, 何のために, 必要ですか',
  zh: '为什么, 为何, 干嘛, 干什么用, 有什么用, 做什么用, 为什么需要, 必须吗',
  ko: '왜, 왜요, 왜죠, 왜 그래요, 무엇 때문에, 어디에 쓰나요, 필요한가요, 꼭 필요한가요',
};

/** Anywhere in a message: the same, with more words. */
export const whysAnywhere: Phrasebook = {
  en: 'why do you need, why do you want, why do you ask, why are you asking, why would you need, why should i, why must i, why do i have to, why do i need to, why is this needed, why is that needed, why does it matter, why you need, why u need, why do u need, why you want, what do you need it for, what do you need that for, what do you need this for, what do you need my, what will you do with, what do you do with, what are you going to do with, what is it for, what is this for, what is that for, how will you use, what for do you need, what happens with my, will you spam, are you going to spam',
  es: 'por qué lo necesitas, por qué necesitas, por qué necesita, por qué necesitan, por qué quieres, por qué quiere, por qué preguntas, por qué pregunta, para qué lo necesitas, para qué necesitas, para qué quieres, para qué lo quieren, para qué necesita, para qué es',
  pt: 'por que precisa, por que você precisa, por que vocês precisam, porque precisa, por que quer, por que pergunta, para que precisa, para que você precisa, pra que você precisa, pra que precisa, para que serve, pra que você quer',
  fr: 'pourquoi avez vous besoin, pourquoi vous avez besoin, pourquoi en avez vous besoin, pourquoi tu as besoin, pourquoi as tu besoin, pourquoi voulez vous, pourquoi vous voulez, pourquoi demandez vous, pourquoi vous demandez, pourquoi me demandez, qu’allez vous en faire, que ferez vous',
  de: 'warum brauchst du, warum brauchen sie, warum braucht ihr, warum willst du, warum wollen sie, warum wollt ihr, warum fragst du, warum fragen sie, wofür brauchst du, wofür brauchen sie, wofür braucht ihr, wozu brauchst du, wozu brauchen sie, wozu braucht ihr, wofür ist das, was machen sie damit, was machst du damit, was macht ihr damit, was passiert mit meine, warum muss ich, wieso brauchen sie, wieso brauchst du',
  it: 'perché ti serve, perché vi serve, perché le serve, perché serve, perché ne hai bisogno, perché avete bisogno, perché vuoi, perché volete, perché me lo chiedi, a cosa ti serve, a cosa vi serve, cosa ve ne fate',
  nl: 'waarom heb je, waarom heeft u, waarom hebben jullie, waarom wil je, waarom wilt u, waarom vraag je, waarom moet ik, waar is dat voor, waar heb je dat voor nodig, waarvoor heb je, waarvoor is dat, wat doen jullie met, wat doe je met',
  pl: 'po co ci, po co wam, po co pani, po co panu, po co to, dlaczego potrzebujesz, dlaczego potrzebujecie, dlaczego pytasz, dlaczego chcesz, do czego potrzebujesz, do czego potrzebne, czemu pytasz, dlaczego muszę',
  tr: 'neden ihtiyacınız, neden ihtiyacın, neden istiyorsun, neden istiyorsunuz, neden soruyorsun, neden soruyorsunuz, niye istiyorsun, niye istiyorsunuz, niye soruyorsun, ne için gerekli, ne için lazım, neden lazım, niye lazım, neden gerekli',
  ru: 'зачем вам, зачем тебе, зачем это, зачем он вам, зачем нужно, зачем нужна, почему вы спрашиваете, почему ты спрашиваешь, зачем вы спрашиваете, для чего вам, для чего это, для чего нужно, что вы будете с этим делать',
  ar: 'لماذا تحتاج, لماذا تحتاجون, لماذا تحتاجه, لماذا تريد, لماذا تريدون, لماذا تسأل, لماذا تطلب, ليش تحتاج, ليش تبي, ليه عايز, ليه محتاج, ماذا ستفعل',
  hi: 'क्यों चाहिए, क्यों ज़रूरत, क्यों पूछ, क्यों चाहते, किसलिए चाहिए, क्या करोगे, क्या करेंगे, kyon chahiye, kyun chahiye, kyu chahiye, क्यों जरूरी, की क्या ज़रूरत',
  ja: 'なぜ必要, どうして必要, なんで必要, なぜ聞, どうして聞, なんで聞, 何に使, 何のために, なぜメール, なぜ教え, なぜ電話',
  zh: '为什么需要, 为什么要, 为什么问, 你要这个, 要这个干, 要来干, 用来做什么, 用来干, 为啥要, 为啥需要, 干嘛要',
  ko: '왜 필요, 왜 물어, 왜 물으, 왜 알려, 왜 알고, 어디에 쓰, 무엇에 쓰, 뭐에 쓰, 왜 요구, 왜 그게 필요',
};
