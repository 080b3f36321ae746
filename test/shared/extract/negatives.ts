// Replies that are no names, and what people say they are; every entry is a message of its own.
export const replies: Readonly<Record<string, { question: string; said: readonly string[] }>> = {
  es: {
    question: '¿Cómo te llamas?',
    said: `no,no gracias,no te lo digo,prefiero no darlo,para qué,por qué lo necesitas,eso es privado,no importa,da igual,luego,más tarde,ahora no,anónimo,nadie,pregunta primero,solo quiero información,quiero hablar con alguien,necesito ayuda,hola,buenas tardes,ok,vale,sí,claro,gracias,qué tal,cuánto cuesta el envío,tengo un problema,un momento,espera,ya lo sabes,no hace falta,persona real,agente,cliente,ninguno,ni idea,secreto,paso,jaja`.split(
      ',',
    ),
  },
  pt: {
    question: 'Qual é o seu nome?',
    said: `não,não obrigado,prefiro não dar,para quê,por que precisa,isso é privado,não importa,tanto faz,depois,mais tarde,agora não,anônimo,ninguém,só quero informação,quero falar com alguém,preciso de ajuda,olá,boa tarde,ok,certo,sim,claro,obrigada,tudo bem,quanto custa o frete,tenho um problema,um momento,espera,você já sabe,não precisa,pessoa real,atendente,cliente,nenhum,sei lá,segredo,kkk`.split(
      ',',
    ),
  },
  fr: {
    question: 'Comment vous appelez-vous ?',
    said: `non,non merci,je ne préfère pas,pour quoi faire,pourquoi en avez-vous besoin,c'est privé,peu importe,plus tard,pas maintenant,anonyme,personne,juste une question,je veux parler à quelqu'un,besoin d'aide,bonjour,bonsoir,ok,d'accord,oui,bien sûr,merci,ça va,combien coûte la livraison,j'ai un problème,un instant,attendez,vous le savez déjà,pas besoin,un humain svp,un conseiller,client,aucun,aucune idée,secret,mdr,c'est confidentiel,je passe`.split(
      ',',
    ),
  },
  it: {
    question: 'Come ti chiami?',
    said: `no,no grazie,preferisco non dirlo,a cosa serve,perché ti serve,è privato,non importa,dopo,più tardi,non ora,anonimo,nessuno,solo una domanda,voglio parlare con qualcuno,ho bisogno di aiuto,ciao,buonasera,ok,va bene,sì,certo,grazie,come stai,quanto costa la spedizione,ho un problema,un momento,aspetta,lo sai già,non serve,una persona vera,operatore,cliente,boh,segreto,ahaha`.split(
      ',',
    ),
  },
  de: {
    question: 'Wie heißen Sie?',
    said: `nein,nein danke,sage ich lieber nicht,wozu,warum brauchen Sie das,das ist privat,egal,später,nicht jetzt,anonym,niemand,nur eine frage,ich möchte mit jemandem sprechen,brauche hilfe,hallo,guten abend,ok,alles klar,ja,gerne,danke,wie gehts,was kostet der versand,ich habe ein problem,moment,moment bitte,warten sie,wissen sie doch,nicht nötig,echter mensch,mitarbeiter bitte,kunde,keine ahnung,geheim,haha,datenschutz,muss das sein`.split(
      ',',
    ),
  },
  nl: {
    question: 'Hoe heet je?',
    said: `nee,nee bedankt,zeg ik liever niet,waarvoor,waarom heb je dat nodig,dat is privé,maakt niet uit,later,niet nu,anoniem,niemand,alleen een vraag,ik wil iemand spreken,hulp nodig,hallo,goedenavond,oké,prima,ja,graag,bedankt,hoe gaat het,wat kost verzending,ik heb een probleem,momentje,wacht even,weet je toch,niet nodig,echt persoon,medewerker graag,klant,geen idee,geheim,haha,moet dat`.split(
      ',',
    ),
  },
  pl: {
    question: 'Jak się Pan/Pani nazywa?',
    said: `nie,nie dziękuję,wolę nie podawać,po co,dlaczego,to prywatne,nieważne,później,nie teraz,anonim,nikt,mam pytanie,chcę z kimś porozmawiać,potrzebuję pomocy,dzień dobry,cześć,ok,dobrze,tak,jasne,dzięki,co słychać,ile kosztuje dostawa,mam problem,chwileczkę,moment,już podawałem,nie trzeba,konsultant,klient,nie wiem,tajemnica,haha,człowiek`.split(
      ',',
    ),
  },
  tr: {
    question: 'Adınız nedir?',
    said: `hayır,hayır teşekkürler,vermek istemiyorum,ne için,neden lazım,bu özel,önemli değil,sonra,şimdi değil,anonim,hiç kimse,sadece bir soru,biriyle konuşmak istiyorum,yardım lazım,merhaba,iyi akşamlar,tamam,olur,evet,tabii,teşekkürler,nasılsın,kargo ne kadar,bir sorunum var,bir dakika,bekleyin,zaten biliyorsunuz,gerek yok,gerçek kişi,temsilci,müşteri,bilmiyorum,gizli,haha`.split(
      ',',
    ),
  },
  ru: {
    question: 'Как вас зовут?',
    said: `нет,нет спасибо,не хочу говорить,для чего,почему,это личное,неважно,потом,не сейчас,аноним,никто,просто вопрос,хочу поговорить с человеком,нужна помощь,здравствуйте,добрый вечер,ок,хорошо,да,конечно,спасибо,как дела,сколько стоит доставка,у меня проблема,минутку,подождите,вы знаете,не нужно,живой человек,оператор,клиент,не знаю,секрет,ахаха,какая разница,обойдёмся без имени`.split(
      ',',
    ),
  },
  id: {
    question: 'Siapa nama Anda?',
    said: `tidak,tidak terima kasih,tidak mau,untuk apa,kenapa,itu pribadi,tidak penting,nanti,nanti saja,jangan sekarang,anonim,bukan siapa-siapa,cuma tanya,mau bicara dengan orang,butuh bantuan,halo,selamat malam,oke,baik,ya,tentu,makasih,apa kabar,berapa ongkir,ada masalah,sebentar,tunggu,sudah tahu,tidak perlu,orang asli,admin,pelanggan,tidak tahu,haha`.split(
      ',',
    ),
  },
  ar: {
    question: 'ما اسمك؟',
    said: `لا,لا شكرا,لا أريد ذلك,لماذا,هذا خاص,لا يهم,لاحقا,ليس الآن,مجهول,لا أحد,سؤال فقط,أريد التحدث مع شخص,أحتاج مساعدة,مرحبا,مساء الخير,حسنا,نعم,طبعا,شكرا,كيف حالك,كم سعر الشحن,عندي مشكلة,لحظة,انتظر,لا داعي,موظف,عميل,لا أعرف,سر`.split(
      ',',
    ),
  },
  hi: {
    question: 'आपका नाम?',
    said: `नहीं,नहीं धन्यवाद,नहीं बताना,क्यों,यह निजी है,बाद में,अभी नहीं,कोई नहीं,बस एक सवाल है,मदद चाहिए,नमस्ते,ठीक है,हाँ,धन्यवाद,कैसे हो,डिलीवरी कितने की है,समस्या है,एक मिनट,रुको,ज़रूरत नहीं,ग्राहक,पता नहीं`.split(
      ',',
    ),
  },
  ja: {
    question: 'お名前は？',
    said: `いいえ,言いたくない,なぜですか,プライベートです,後で,今はちょっと,匿名で,誰でもない,質問だけです,人と話したい,助けてください,こんにちは,こんばんは,はい,わかりました,ありがとうございます,元気ですか,送料はいくら,問題があります,少々お待ちください,待って,必要ない,オペレーター,お客様,わかりません,秘密です,個人情報なので`.split(
      ',',
    ),
  },
  zh: {
    question: '请问怎么称呼？',
    said: `不用,不方便,为什么,这是隐私,不重要,等会儿,以后再说,匿名,没有人,就问一下,我要找人工,需要帮助,你好,晚上好,好的,可以,是的,谢谢,运费多少,有个问题,稍等,等等,你们知道,不需要,人工客服,客户,不知道,保密,哈哈,随便,先回答我,在吗,转人工,算了,没关系,无所谓`.split(
      ',',
    ),
  },
  ko: {
    question: '성함이 어떻게 되세요?',
    said: `아니요,말하기 싫어요,왜요,개인정보예요,상관없어요,나중에요,지금은 좀,익명이요,질문만 할게요,사람과 얘기하고 싶어요,도와주세요,안녕하세요,네,알겠습니다,감사합니다,배송비 얼마예요,문제가 있어요,잠시만요,기다려요,필요 없어요,상담원이요,고객이요,몰라요,비밀이에요,ㅋㅋㅋ`.split(
      ',',
    ),
  },
  en: {
    question: `What's your name?`,
    said: `no,no thanks,not telling,why,what for,that's private,doesn't matter,later,not now,anonymous,nobody,just a question,i want to talk to someone,need help,hello,good evening,ok,alright,yes,sure,thanks,how are you,how much is shipping,i have a problem,one moment,wait,you know it already,no need,real human,representative,operator,customer,guest,user,no idea,secret,haha,hmm,pass,n/a,none,nil,null,idk,whatever,who cares,stop,cancel,exit,quit,menu,start over,main menu,help,sales,support,billing,technical support,tracking,returns,delivery,Delivery status,Order status,Returns please,Track my order,Speak to agent,Live agent,Live chat,Good,Bad,Yes please,No thank you,Nothing,Cool,Wow,Nice,Interesting,Really,Awesome,Monday,Tomorrow,Blue,Large,Pizza,New York,Two,2,😀`.split(
      ',',
    ),
  },
};

export const states: Readonly<Record<string, { sentence: string; said: readonly string[] }>> = {
  fr: {
    sentence: `salut, je suis @. et toi ?`,
    said: `fatigué,malade,végétarien,content,triste,en vacances,à paris,au travail,professeur,infirmière,étudiant,médecin,cuisinier,chanteur,retraité,marié,divorcé,maman,papa,un homme,une femme,nouveau,désolé,en retard,américain,du texas,très occupé,plutôt timide,gentil,blond,grande,amoureux,célibataire,ravi,tout seul,dehors,prof,serveur,mannequin,vendeur,avocate,policier,fermier,peintre,musicien,danseuse,écrivain,journaliste,coiffeur,secrétaire,gérant,sourd,gaucher,accro au café,vegan,chrétien,sportif,paresseux`.split(
      ',',
    ),
  },
  it: {
    sentence: `ciao, sono @. e tu?`,
    said: `stanco,malato,vegetariano,contento,triste,in vacanza,a roma,al lavoro,professore,infermiera,studente,medico,cuoco,cantante,in pensione,sposato,divorziato,mamma,papà,un uomo,una donna,nuovo,in ritardo,americano,del texas,molto occupato,timido,gentile,bionda,alta,innamorato,single,felice,da sola,fuori,insegnante,cameriere,modella,commesso,avvocato,poliziotto,contadino,pittore,musicista,ballerina,scrittore,giornalista,parrucchiere,segretaria,manager,sordo,mancino,vegano,cristiano,sportivo,pigro,figo,disoccupata,casalinga`.split(
      ',',
    ),
  },
  id: {
    sentence: `hai, saya @. bagaimana dengan anda?`,
    said: `lelah,sakit,vegetarian,senang,sedih,di rumah,guru,perawat,mahasiswa,dokter,koki,penyanyi,pensiunan,menikah,cerai,ibu,ayah,pria,wanita,baru,terlambat,orang amerika,dari texas,sangat sibuk,pemalu,baik,tinggi,jatuh cinta,jomblo,gembira,sendirian,pelayan,model,penjual,pengacara,polisi,petani,pelukis,musisi,penari,penulis,wartawan,sekretaris,manajer,tuli,kidal,vegan,kristen,malas,pengangguran,lapar,mengantuk,bosan,punya anjing,suka musik,bekerja di bank,tinggal di kota,baik-baik saja,seorang ibu,ingin tidur`.split(
      ',',
    ),
  },
  es: {
    sentence: `hola, soy @. y tú?`,
    said: `estudiante,enfermera,médico,profesor,vegetariano,nuevo,de madrid,muy tímido,alto,rubia,soltero,casada,mamá,papá,un hombre,una mujer,cocinero,cantante,jubilado,camarero,modelo,abogado,policía,granjero,pintor,músico,bailarina,escritor,periodista,peluquero,secretaria,gerente,sordo,zurdo,vegano,cristiano,deportista,perezoso,feliz,cliente,mayor,zurda,celíaco,diabético,fan de la marca,distribuidor,ama de casa`.split(
      ',',
    ),
  },
  de: {
    sentence: `hallo, ich bin @. und du?`,
    said: `müde,krank,vegetarier,froh,traurig,im urlaub,in berlin,bei der arbeit,lehrer,krankenschwester,student,arzt,koch,sänger,rentner,verheiratet,geschieden,mama,papa,ein mann,eine frau,neu,spät dran,amerikaner,aus texas,sehr beschäftigt,schüchtern,nett,blond,groß,verliebt,single,glücklich,allein,draußen,kellner,model,verkäufer,anwalt,polizist,bauer,maler,musiker,tänzerin,schriftsteller,journalist,friseur,sekretärin,taub,linkshänder,vegan,christ,sportlich,faul`.split(
      ',',
    ),
  },
  en: {
    sentence: `hi, i am @. and you?`,
    said: `tired,sick,vegetarian,glad,sad,on vacation,in berlin,at work,a teacher,nurse,student,doctor,cook,singer,retired,married,divorced,mom,dad,a man,new,late,american,from texas,very busy,shy,nice,blonde,tall,in love,single,happy,alone,outside,waiter,model,salesman,lawyer,cop,farmer,painter,musician,dancer,writer,journalist,hairdresser,deaf,left-handed,vegan,sporty,lazy,hungry,bored,sleepy,excited,thirsty,allergic to nuts,fed up,speechless,jobless,jewish,muslim,gay,bald,obese,skinny,fluent in french,sober,drunk,pregnant,nineteen,20,doing well,good,ok,great,super happy,so bored,over it,locked out,stuck,logged out,behind on payments,short on cash,mad,upset,livid,furious,annoyed,lost,clueless,curious,unsure,hopeful,done,out,back,here`.split(
      ',',
    ),
  },
  nl: {
    sentence: `hoi, ik ben @. en jij?`,
    said: `moe,ziek,vegetariër,blij,verdrietig,op vakantie,in berlijn,leraar,verpleegster,student,dokter,kok,zanger,gepensioneerd,getrouwd,gescheiden,moeder,vader,een man,nieuw,laat,amerikaan,uit texas,heel druk,verlegen,aardig,blond,lang,verliefd,single,gelukkig,alleen,buiten,ober,model,advocaat,boer,schilder,doof,linkshandig,vegan,lui`.split(
      ',',
    ),
  },
  pt: {
    sentence: `oi, sou @. e você?`,
    said: `estudante,enfermeira,médico,professor,vegetariano,novo aqui,de são paulo,muito tímido,alto,loira,solteiro,casada,mãe,pai,um homem,cozinheiro,cantor,aposentado,garçom,modelo,advogado,policial,fazendeiro,pintor,músico,dançarina,escritor,jornalista,cabeleireiro,secretária,gerente,surdo,canhoto,vegano,cristão,preguiçoso,feliz,cliente,motorista,dona de casa`.split(
      ',',
    ),
  },
  ko: {
    sentence: `안녕, 나는 @. 너는?`,
    said: `학생이야,의사야,간호사야,요리사야,엄마야,피곤해,채식주의자야,행복해,가수야,미국인이야,변호사야,경찰이야,농부야,화가야,음악가야,무용수야,작가야,기자야,미용사야,비서야,매니저야,귀머거리야,왼손잡이야,비건이야,기독교인이야,운동선수야,게을러,배고파,심심해,개가 두 마리 있어,텍사스에서 왔어,서른 살이야,은퇴했어,결혼했어,싱글이야,여자야,남자야,선생님이야,교사야,바리스타야,모델이야,판매원이야,트럭 운전사야,대학생이야,고등학생이야,쌍둥이야,외동이야,막내야`.split(
      ',',
    ),
  },
  ja: {
    sentence: `こんにちは、私は@。あなたは？`,
    said: `学生です,医者です,看護師です,シェフです,母です,疲れています,ベジタリアンです,幸せです,歌手です,アメリカ人です,弁護士です,警察官です,農家です,画家です,ミュージシャンです,ダンサーです,作家です,記者です,美容師です,秘書です,マネージャーです,左利きです,ビーガンです,クリスチャンです,アスリートです,怠け者です,空腹です,退屈です,テキサス出身です,三十歳です,引退しました,結婚しています,独身です,女性です,男性です,先生です,バリスタです,モデルです,エンジニアです,トラック運転手です,大学生です,双子です,オタクです,サラリーマンです,フリーターです`.split(
      ',',
    ),
  },
  zh: {
    sentence: `你好，我是@。你呢？`,
    said: `学生,医生,护士,厨师,妈妈,素食者,歌手,美国人,律师,警察,农民,画家,音乐家,舞者,作家,记者,理发师,秘书,经理,基督徒,运动员,懒人,单身,女生,男生,老师,咖啡师,模特,工程师,卡车司机,大学生,双胞胎,家庭主妇,退休人员,程序员,会计,导演,演员,球迷,独生子,素食主义者,空姐,店员,老板,胖子,猫奴`.split(
      ',',
    ),
  },
};

/** Sentences in which `@` is a number of the country's own shape and yet no telephone number of the visitor's. */
export const numbers: Readonly<Record<string, { country: string; number: string; said: readonly string[] }>> = {
  es: {
    country: 'ES',
    number: '612345678',
    said: `mi DNI es 12345678Z|factura @|número de cuenta @|tarjeta 4111 1111 1111 1111|el código es @|referencia @ por favor|seguimiento @|la reserva @|cuesta 612.345.678 euros|el 12/05/2024 a las 10:30|tengo @ seguidores|mi número de cliente es @|llamé al @ y nadie contesta|vuestro teléfono @ no funciona|el teléfono de mi madre es @|ISBN 9788437604947|ticket @|envío @`.split(
      '|',
    ),
  },
  pt: {
    country: 'BR',
    number: '11987654321',
    said: `meu CPF 123.456.789-09|nota fiscal @|conta @|cartão 4111 1111 1111 1111|código @|protocolo @|rastreio @|reserva @|custa 987.654.321 reais|em 12/05/2024|boleto @|liguei para @ e ninguém atende|o telefone da minha mãe é @|CEP 01310-100`.split(
      '|',
    ),
  },
  fr: {
    country: 'FR',
    number: '0612345678',
    said: `facture @|mon compte @|carte 4111 1111 1111 1111|le code est @|référence @|suivi @|réservation @|dossier @|ça coûte 612 345 678 euros|le 12/05/2024|j'ai appelé le @ sans réponse|votre numéro @ ne marche pas|le numéro de ma mère est le @|SIRET 73282932000074|colis @`.split(
      '|',
    ),
  },
  it: {
    country: 'IT',
    number: '3471234567',
    said: `fattura @|conto @|carta 4111 1111 1111 1111|codice @|riferimento @|tracking @|prenotazione @|costa 347.123.456 euro|il 12/05/2024|ho chiamato il @ e non risponde nessuno|il vostro numero @ non funziona|il numero di mia madre è @|partita iva 12345678901|pratica @`.split(
      '|',
    ),
  },
  de: {
    country: 'DE',
    number: '015123456789',
    said: `Rechnung @|Konto @|Karte 4111 1111 1111 1111|Code @|Referenz @|Sendungsnummer @|Buchung @|Kundennummer @|kostet 151.234.567 Euro|am 12.05.2024|ich habe @ angerufen, keiner geht ran|Ihre Nummer @ geht nicht|die Nummer meiner Mutter ist @|Vertrag @|Ticket @|Artikelnummer @|IBAN DE89370400440532013000`.split(
      '|',
    ),
  },
  nl: {
    country: 'NL',
    number: '0612345678',
    said: `factuur @|rekening @|kaart 4111 1111 1111 1111|code @|referentie @|trackingnummer @|klantnummer @|kost 612.345.678 euro|op 12-05-2024|jullie nummer @ werkt niet|het nummer van mijn moeder is @|polis @`.split(
      '|',
    ),
  },
  pl: {
    country: 'PL',
    number: '601234567',
    said: `faktura @|konto @|karta 4111 1111 1111 1111|kod @|przesyłka @|rezerwacja @|PESEL 44051401359|kosztuje 601 234 567 zł|dnia 12.05.2024|wasz numer @ nie działa|numer mojej mamy to @|NIP 5261040828|zgłoszenie @`.split(
      '|',
    ),
  },
  tr: {
    country: 'TR',
    number: '05321234567',
    said: `fatura @|hesap @|kart 4111 1111 1111 1111|kod @|kargo takip @|rezervasyon @|TC 10000000146|12.05.2024 tarihinde|müşteri numaram @|numaranız @ çalışmıyor|annemin numarası @`.split(
      '|',
    ),
  },
  ru: {
    country: 'RU',
    number: '89123456789',
    said: `счёт @|карта 4111 1111 1111 1111|код @|накладная @|бронь @|ИНН 7707083893|стоит 912 345 678 рублей|12.05.2024|я звонил на @, никто не берёт|ваш номер @ не работает|номер моей мамы @|договор @|трек @|заявка @`.split(
      '|',
    ),
  },
  en: {
    country: 'US',
    number: '4155550132',
    said: `invoice @|account @|code @|confirmation @|reservation @|my PIN is @|costs $4,155,550|on 12/05/2024|we tried @ without luck|their number is @|my mother's phone is @|the hotel's number is @|is @ your number?|who owns @?|what is @?|I got a text from @|your fax @ is down|member @|PO @|ref @|barcode @|UPC @|model @|part number @|RMA @|job @|batch @|lot @|@ is my order number|@ is the tracking number|@ order|I paid @|4155550132345|calculate 4155550132 + 1|4155550132 items|PNR @|passport @|license @`.split(
      '|',
    ),
  },
  ja: {
    country: 'JP',
    number: '09012345678',
    said: `請求書番号@|口座番号@|カード番号4111 1111 1111 1111|予約番号@|追跡番号@|会員番号@|価格は90,123,456円|2024年5月12日|郵便番号1000001`.split(
      '|',
    ),
  },
  zh: {
    country: 'CN',
    number: '13800138000',
    said: `发票号@|账号@|卡号4111 1111 1111 1111|验证码@|会员号@|快递单号@|价格是13800138000元|2024年5月12日|身份证110101199003070000|流水号@|你们电话@打不通`.split(
      '|',
    ),
  },
  ko: {
    country: 'KR',
    number: '01012345678',
    said: `송장번호 @|계좌번호 @|카드번호 4111 1111 1111 1111|예약번호 @|고객번호 @|가격은 10,123,456원|2024년 5월 12일|인증번호 @|운송장 @`.split(
      '|',
    ),
  },
  ar: {
    country: 'SA',
    number: '0501234567',
    said: `فاتورة @|رقم الحساب @|رقم البطاقة 4111 1111 1111 1111|رقم الشحنة @|رقم الحجز @|بتاريخ 12/05/2024`.split('|'),
  },
  hi: {
    country: 'IN',
    number: '9876543210',
    said: `बिल नंबर @|खाता नंबर @|कार्ड नंबर 4111 1111 1111 1111|टिकट @|बुकिंग @|आधार 2345 6789 0123`.split('|'),
  },
};
