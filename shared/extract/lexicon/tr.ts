import type { Lexicon } from './types.ts';

export const tr: Lexicon = {
  tag: 'tr',
  script: 'latin',
  nameFollows: ['benim adım', 'adım', 'ismim', 'benim ismim', 'ad soyad', 'adım soyadım', 'isim', 'adim'],
  selfFollows: ['ben'],
  namePrecedes: ['benim adım', 'ben', 'diyebilirsiniz', 'diyebilirsin'],
  lastNameFollows: ['soyadım', 'soyad', 'soyisim'],
  stop: `diyebilirsiniz diyebilirsin diyin deyin derler ve veya ya ama fakat çünkü eğer ki mi mı mu mü ne neden niye niçin nasıl nerede nereye kim kime hangi kaç bir bu şu o bunu şunu onu buna ona ben sen biz siz onlar beni seni bizi sizi bana sana bize size benim senin bizim sizin onun
için ile gibi kadar göre sonra önce üzere de da den dan var yok değil evet hayır tamam olur oldu olarak olan olmak oldum istiyorum istedim ister isterim lazım gerek gerekli lütfen teşekkürler teşekkür ederim sağol sağolun merhaba selam günaydın iyi günler akşamlar sadece çok az daha en şimdi bugün dün yarın hep hiç yine hala hâlâ sipariş siparişim numara numaram no telefon telefonum e-posta mail adres ad adım soyadı isim fiyat kargo fatura hesap sorun soru yardım acaba öğrenmek vermek söylemek bilmek geldi gelmedi yazdım aradım bey hanım okula söylemem gizli boş ver
anonim tabii tabi nasılsın nasılsınız bekleyin bekle biliyorsunuz biliyorsun gerçek kişi temsilci insan operatör destek satış iade iptal bilmiyorum sır özel fark etmez önemli dakika
saniye bir-saniye şimdilik zaten müşteri haha güle zorunlu neden-lazım bilgi kargom gizlilik vermem istemem şart`,
  states: 'öğrenciyim öğrenci müşteri müşteriyim öğretmenim doktorum yeni memnun mutlu üzgün hasta yorgun evli bekar vejetaryen vegan emekli ilgileniyorum bekliyorum aslında zaten biraz',
  stateEndings: '(?:iyorum|ıyorum|uyorum|üyorum|yim|yım|yum|yüm|iyim|dim|dım|dum|düm|tim|tım|meyi|mayı|mek|mak|lıyım|liyim|ecek|acak)',
  fillers: 'slm mrb selam selamlar merhabalar iyi günler akşamlar günaydın kolay gelsin bana evet tabii tabi tamam merhaba selam iyi günler ben adım ismim benim olur elbette',
  asksName: String.raw`hitap ed|kiminle (?:görüş|konuş)|adınız|adın|isminiz|ismin|ad soyad|kiminle (?:görüş|konuş)|size nasıl hitap|adı(?:nı|nızı)`,
  asksLastName: '(?<!ad |adı)soyad|soyisim',
  asksEmail: 'e-?posta|e-?mail|mail',
  asksPhone: 'telefon|numaranız|cep|numaradan ulaş|arayabilir',
  phoneCue: String.raw`telefon|\btel\b|\bcep\b|(?<!(?:müşteri|sipariş|hesap|takip|kart|üye|fatura|kimlik) )numaram|gsm|whatsapp|ara(?:yın|yabilir)`,
  ownEmail: '(?:e-?posta|e-?mail|mail)(?:m|im|ımız|adresim| adresim)|bana (?:yaz|ulaş|gönder)|adresim',
  otherEmail: 'adresine|yazdım|gönderdim|attım|aldım|geldi|patronum|müdürüm|eşim|arkadaşım|kardeşim|ekle|sil|kaldır|ilet',
  invites: {
    around: [
      [
        '',
        '(?:adresine |adresinden |a |e )?(?:(?:lütfen|bana|bize|e-?posta|mail|mesaj|yanıt|cevap) )*(?:yaz(?:ın|ar mı|abilir(?! miy)|manız|arsan|malı)|gönder(?:in|ir mi|ebilir(?! miy)|menizi|irsen)|at(?:ın|ar mı|abilir(?! miy)|arsan)|ilet(?:in|ir mi|ebilir(?! miy))|yolla(?:yın|r mı|yabilir(?! miy))|ver(?:in|ir mi|ebilir(?! miy)))',
      ],
    ],
  },
  otherNumber: String.raw`(?:sipariş|fatura|hesap|kart|tc|kimlik|vergi|iban|posta|kargo|takip|müşteri|referans|rezervasyon|poliçe|tarih|fiyat|tutar)[^,;.!?]{0,18}$`,
  at: ['et', 'at', 'kuyruklu a'],
  dot: ['nokta'],
};
