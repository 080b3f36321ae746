import type { Lexicon } from './types.ts';

export const pl: Lexicon = {
  tag: 'pl',
  script: 'latin',
  nameFollows: ['mów mi', 'mówcie mi', 'proszę mówić mi', 'możesz mi mówić', 'mów do mnie', 'nazywam się', 'nazywam sie', 'mam na imię', 'mam na imie', 'na imię mi', 'moje imię to', 'moje imię i nazwisko to', 'imię i nazwisko to', 'moje nazwisko to', 'imię i nazwisko', 'imię', 'proszę mówić mi', 'mów mi', 'mówią na mnie', 'na nazwisko', 'imie'],
  selfFollows: ['jestem', 'tu', 'z tej strony', 'mówi', 'tutaj', 'to ja'],
  namePrecedes: ['z tej strony', 'przy telefonie', 'jestem'],
  lastNameFollows: ['moje nazwisko', 'nazwisko'],
  stop: `i a oraz lub albo ale że bo więc jak gdy kiedy gdzie kto co czy czemu dlaczego który która które jaki jaka jakie ile w we na z ze do od po przy przez dla bez o u nad pod przed za między
ja ty on ona ono my wy oni one mnie mi mną ciebie cię ci jego jej go ją nim nas was ich im mój moja moje mojego mojej twój twoja swój nasz wasz ten ta to te tego tej tym tych ci
jestem jesteś jest są był była było były być będę będzie mam masz ma mamy mają mieć miałem chcę chce chcesz chciałbym chciałabym mogę może możesz można muszę musi trzeba wiem wie proszę robię robić idę iść mówię szukam potrzebuję czekam piszę pisałem mieszkam pracuję podać podam
nie tak się też także tylko już jeszcze bardzo dużo mało więcej mniej dobrze źle lepiej teraz dziś dzisiaj wczoraj jutro potem zawsze nigdy tutaj tam tu
dzień dobry cześć hej witam dziękuję dzięki przepraszam ok okej jasne oczywiście pan pani panu panie państwo
imię nazwisko mail email e-mail telefon numer zamówienie zamówienia faktura konto cena dostawa klient pytanie problem pomoc wolę nic nikt coś ktoś wszystko inny inna anonim po
prywatne prywatna prywatny tajemnica sekret poufne nieważne nieistotne później chwila chwileczkę chwilę chwilka moment momencik konsultant konsultanta doradca człowiek człowieka
osoba wsparcie sprzedaż zwrot zwroty reklamacja anulować wysyłka haha hehe obojętne wymagane konieczne pa żegnam informacja informacje rozmawiać podawać`,
  states: `studentem studentką klientem klientką nową nowy nauczycielem nauczycielką lekarzem prawnikiem inżynierem polakiem polką zainteresowany zainteresowana zadowolony zadowolona niezadowolony zmęczony zmęczona chory chora szczęśliwy szczęśliwa gotowy gotowa pewny pewna pewien żonaty mężatką sam sama wegetarianinem wegetarianką głodny głodna stary stara młody młoda duży w na z bardzo już teraz tutaj ciekaw ciekawa właścicielem osobą`,
  stateEndings: '(?:em|ą|ym|im|any|ana|ony|ona|ęty|ęta|owy|owa|iwy|iwa)',
  fillers: 'hej hejka cześć siema witam elo no hmm tak oczywiście jasne proszę bardzo dzień dobry cześć hej witam ok jestem nazywam się mam na imię to dziękuję',
  asksName: String.raw`(?:twoje|pana|pani|pańskie|swoje|jak masz na|podać|podaj|pełne) imi[ęe]|imię|jak (?:się )?(?:pan|pani|pan\/pani)? ?(?:się )?nazywa|jak się nazywasz|nazwisko|z kim (?:rozmawiam|mam)|jak (?:mogę|mam) się (?:do |zwracać)`,
  asksFirstName: 'imię(?! i nazwisko)|na imię',
  asksLastName: '(?<!imię i )nazwisko(?!wa)',
  asksEmail: 'e-?mail|mail',
  asksPhone: 'telefon|komórk|numer (?:możemy|mogę|kontaktowy)|zadzwonić|oddzwonić',
  phoneCue: String.raw`telefon|\btel\b|kom[oó]rk|\bkom\b|m[oó]j numer|numer (?:to|telefonu)|dzwoni|zadzwo`,
  ownEmail: '(?:mój|moja|moj) (?:adres|e-?mail|mail)|proszę (?:pisać|wysłać|o kontakt)|(?:napisz|wyślij|pisać|wysłać)[^.!?]{0,12} (?:do mnie|mi|na)|mail(?: to)?',
  otherEmail: 'pisał[ae]m|napisał[ae]m|odpisał[ae]m|wysłał[ae]m|dostał[ae]m|otrzymał[ae]m|przyszedł|mojego (?:szefa|kolegi|męża|brata|wspólnika)|mojej (?:szefowej|koleżanki|żony|siostry)|usuń|usunąć|dodaj|dodać|przekaz|przesłać',
  invites: {
    opens: String.raw`proszę|prosimy|uprzejmie|i|lub|albo|ale|oraz|najlepiej|ewentualnie|cześć|tak|śmiało|to`,
    asks: String.raw`(?:pisz(?:cie)?|napisz(?:cie)?|pisać|napisać|odpisz(?:cie)?|odpisać|odpowiedz(?:cie)?|odpowiedzieć|wyślij(?:cie)?|wysłać|wysyłać|przyślij(?:cie)?|przysłać|kierować)… (?:na|pod)(?: adres| e-?mail| mail)?`,
    lets: String.raw`(?:proszę|prosimy) o… na|(?<!nie )(?:może(?:cie|sz)?|mogą|mogliby\p{L}*|mógłby\p{L}*|mogłaby\p{L}*)(?: (?:pan|pani|państwo|też|również|do mnie|mi))* (?:pisać|napisać|odpisać|odpowiedzieć|wysłać|wysyłać|przysłać)… (?:na|pod)(?: adres| e-?mail| mail)?`,
  },
  otherNumber: String.raw`(?:zam[oó]wieni\p{L}*|faktur\p{L}*|kont[aoe]\p{L}*|kart\p{L}*|pesel|nip|regon|iban|kod|zgłoszeni\p{L}*|paczk\p{L}*|przesyłk\p{L}*|umow\p{L}*|polis\p{L}*|referenc\p{L}*|rezerwacj\p{L}*|dat[aęy]|cen[aęy]|kwot\p{L}*)(?!\p{L})[^,;.!?]{0,20}$`,
  at: ['małpa', 'malpa', 'małpka'],
  dot: ['kropka'],
};

export const cs: Lexicon = {
  tag: 'cs',
  script: 'latin',
  nameFollows: ['jmenuji se', 'jmenuju se', 'mé jméno je', 'moje jméno je', 'jméno', 'říkejte mi', 'říkej mi', 'volám sa', 'moje meno je', 'meno', 'na jméno'],
  selfFollows: ['jsem', 'já jsem', 'tady', 'som', 'ja som', 'tu'],
  namePrecedes: ['je mé jméno', 'je moje jméno', 'u telefonu'],
  lastNameFollows: ['příjmení', 'moje příjmení je', 'priezvisko'],
  stop: `a i ale nebo že protože když kde kdo co jak jaký jaká proč který která v ve na z ze do od po při přes pro bez o u nad pod před za mezi s se k ke
já ty on ona my vy oni mě mně mi tě ti ho ji nás vás jich můj moje má mého tvůj váš náš svůj ten ta to ti ty tento tato toto
jsem jsi je jsou byl byla bylo byli být budu bude mám máš má máme mají mít chci chce chtěl chtěla můžu mohu může můžete musím vím ví prosím dělám hledám potřebuji čekám píšu bydlím pracuji som je sú byť
ne ano jo si se také taky jen jenom už ještě velmi moc hodně málo více méně dobře špatně teď dnes včera zítra pak vždy nikdy tady tam tu raději nic nikdo
dobrý den ahoj čau zdravím děkuji díky promiňte ok jasně samozřejmě pane paní jméno příjmení mail email e-mail telefon číslo objednávka faktura účet cena doprava zákazník dotaz problém pomoc
soukromé tajemství tajné důvěrné moment chvilku chvilka počkejte později operátor člověk podpora prodej vrácení reklamace zrušit haha nevím netuším jedno nutné povinné informace`,
  states: `student studentka zákazník zákaznice nový nová učitel učitelka lékař právník spokojený spokojená nespokojený unavený unavená nemocný šťastný šťastná smutný připravený jistý jistá ženatý vdaná sám sama vegetarián vegetariánka hladový starý stará mladý mladá z v na velmi už tady rád ráda zvědavý důchodce majitel Čech
zklamaná zklamaný ochoten ochotna schopen schopna překvapen překvapená nadšen nadšená spokojen spokojena zvědav`,
  stateEndings: '(?:ný|ná|ní|lý|lá|ký|ká|án|ána|ován|ěl|ěla)',
  fillers: 'ano jo jasně samozřejmě dobrý den ahoj ok jsem jmenuji se to děkuji',
  asksName: 'jméno|jak se (?:jmenuje|jmenuješ)|s kým (?:mluvím|hovořím)|jak vás (?:mohu|mám) oslov|meno|ako sa volá',
  asksLastName: 'příjmení|priezvisko',
  asksEmail: 'e-?mail|mail',
  asksPhone: 'telefon|mobil|telefón|zavolat|číslo (?:můžeme|mohu)|čísle',
  phoneCue: String.raw`telefon|telefón|\btel\b|mobil|mé číslo|moje číslo|zavolej|volejte`,
  ownEmail: '(?:můj|moje|mou|môj) (?:e-?mail|mail|adres)|(?:napište|pošlete|pište)[^.!?]{0,12}(?:mi|na)|mail je',
  otherEmail: 'psal|napsal|poslal|dostal|přišel|mého (?:šéfa|kolegy|manžela|bratra)|mojí (?:manželky|kolegyně)|odstraň|smaž|přidej|přepošl',
  invites: {
    opens: String.raw`prosím|a|nebo|ale|ahoj|ano|klidně|případně`,
    asks: String.raw`(?:napište|napiš|pište|piš|odpovězte|odpověz|pošlete|pošli|zašlete|posílejte)… na(?: adresu| e-?mail)?`,
    lets: String.raw`(?:můžete|môžete|můžeš|mohli byste|mohl byste|mohla byste)(?: (?:mi|nám|také|prosím))* (?:psát|napsat|poslat|zaslat|odpovědět|písať|napísať|poslať)… na(?: adresu| e-?mail)?`,
  },
  otherNumber: String.raw`(?:objednávk\p{L}*|faktur\p{L}*|účt\p{L}*|kart\p{L}*|ičo|dič|iban|psč|zásilk\p{L}*|smlouv\p{L}*|rezervac\p{L}*|dat\p{L}*|cen\p{L}*)(?!\p{L})[^,;.!?]{0,20}$`,
  at: ['zavináč', 'zavinac'],
  dot: ['tečka', 'tecka', 'bodka'],
};
