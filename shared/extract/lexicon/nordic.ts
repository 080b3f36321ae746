import type { Lexicon } from './types.ts';

export const sv: Lexicon = {
  tag: 'sv',
  script: 'latin',
  nameFollows: ['jag heter', 'mitt namn är', 'namn', 'heter', 'kalla mig', 'jeg heter', 'mitt navn er', 'jeg hedder', 'mit navn er', 'navn', 'kald mig', 'kall meg', 'i namnet'],
  selfFollows: ['jag är', 'det är', 'här är', 'jeg er', 'det er'],
  namePrecedes: ['heter jag', 'är mitt namn', 'er mitt navn', 'er mit navn', 'här', 'her'],
  lastNameFollows: ['mitt efternamn är', 'efternamn', 'etternavn', 'efternavn'],
  stop: `och eller men att som om när var vad vem varför hur vilken vilket en ett den det de dem denna detta i på av för med till från hos vid under över utan mellan efter innan
jag du han hon vi ni mig dig oss er min mitt mina din ditt dina hennes vår vårt sin jeg hun meg deg mit dit
är var vara varit har hade ha blir bli kan kunde ska skulle vill ville måste får fick gör göra går gå kommer komma vet behöver tycker bor jobbar arbetar er har og at ikke jeg vil skal kan
inte ja nej jo också bara mycket lite mer mindre bra dåligt nu idag igår imorgon sedan alltid aldrig här där så då
hej hejsan god morgon kväll tack snälla ursäkta förlåt ok okej visst gärna takk tak venligst
namn förnamn efternamn mejl mail e-post telefon mobil nummer order beställning faktura konto pris leverans kund fråga problem hjälp ingen inget ingenting någon något alla allt`,
  states: `student kund ny glad trött sjuk gammal ung stor liten säker klar gift singel ensam vegetarian vegan svensk norsk dansk finsk lärare läkare pensionär ägare medlem mamma pappa bror syster intresserad hungrig rätt ganska väldigt lite helt verkligen redan hemma borta nyfiken besviken nöjd missnöjd allergisk italiensk tysk engelsk fransk syg glad træt`,
  stateEndings: '(?:ad|ig|isk|lig|lös|bar|ande|ende|are|het|ning|else)',
  fillers: 'ja visst gärna ok okej hej hejsan jag heter är mitt namn tack god dag det',
  asksName: String.raw`(?:ditt|ert|ditt fulla|dit|fulde|fulle) (?:namn|navn|förnamn|efternamn|fornavn|etternavn)|vad heter|hva heter|hvad hedder|vem (?:pratar|talar) jag`,
  asksFirstName: 'förnamn|fornavn',
  asksLastName: 'efternamn|etternavn|efternavn',
  asksEmail: 'e-?post|e-?mail|mejl|mail',
  asksPhone: 'telefon|mobil|ringa|ringe|nummer (?:kan|når)',
  phoneCue: 'telefon|tel(?!\\p{L})|mobil|mitt nummer|mit nummer|ring(?:a|er|e)?(?!\\p{L})|nås(?!\\p{L})',
  ownEmail: '(?:min|mitt|mi) (?:e-?post|e-?mail|mejl|mail)|mejla mig|maila mig|skriv til(?:l)? mi[gt]|nås',
  otherEmail: 'mejlade|mailade|skrev till|skickade|fick|min (?:chef|kollega|man|fru|bror|syster|vän)|ta bort|lägg till|vidarebefordra',
  invites: {
    opens: String.raw`vänligen|vennligst|venligst|snälla|gärna|gjerne|gerne|och|og|eller|men|så|hej|hei|ja|bara|bare`,
    asks: String.raw`(?:skriv|svara?|mejla|maila?|skicka|send)… (?:till?|på)`,
    lets: String.raw`(?:(?:du|ni|dere) (?:kan|får|kunde|kunne)|(?:kan|kunde|kunne) (?:du|ni|dere))… (?:skriv[ae]|svar[ae]|mejla|mail[ae]|skicka|sende)… (?:till?|på)`,
  },
  otherNumber: String.raw`(?:order\p{L}*|beställning\p{L}*|faktura\p{L}*|konto\p{L}*|kund\p{L}*|kort\p{L}*|personnummer|postnummer|ärende\p{L}*|paket\p{L}*|referens\p{L}*|datum|pris)(?!\p{L})[^,;.!?]{0,20}$`,
  at: ['snabel-a', 'snabela', 'krøllalfa', 'alfakrøll', 'at'],
  dot: ['punkt', 'punktum'],
};

export const fi: Lexicon = {
  tag: 'fi',
  script: 'latin',
  nameFollows: ['nimeni on', 'mun nimi on', 'minun nimeni on', 'nimi'],
  selfFollows: ['olen', 'minä olen', 'mä oon', 'täällä'],
  namePrecedes: ['on nimeni', 'täällä'],
  stop: 'ja tai mutta että jos kun mikä kuka miksi miten missä on ei ole olen oli minä sinä hän me te he minun sinun en et kyllä kiitos hei moi terve haluan voin voisin voitko nyt tänään nimi sähköposti puhelin numero tilaus lasku ongelma kysymys vain hyvin myös',
  states: 'opiskelija asiakas uusi iloinen väsynyt sairas vanha nuori kiinnostunut kotoisin täällä suomalainen vegaani',
  stateEndings: '(?:nut|nyt|ssa|ssä|sta|stä|lainen|läinen|ija|ijä)',
  fillers: 'kyllä joo toki hei moi ok olen nimeni on',
  asksName: 'nimesi|nimenne|mikä on nimi|kuka olet|kenen kanssa',
  asksEmail: 'sähköposti|e-?mail|meili',
  asksPhone: 'puhelin|numeroon|numerosi|soittaa',
  phoneCue: 'puhelin|puh|numero(?:ni)?|soita|gsm',
  ownEmail: 'sähköpostini|meilini|sähköposti',
  otherEmail: 'kirjoitin|lähetin|sain|poista|lisää',
  invites: {
    opens: String.raw`ja|tai|mutta|moi|hei|ystävällisesti`,
    asks: String.raw`(?:kirjoittakaa|kirjoita|vastatkaa|vastaa|lähettäkää|lähetä)… (?:osoitteeseen|sähköpostiin)`,
    lets: String.raw`voi(?:tteko|tte|tko|t|sitteko|sitte|sitko|sit)… (?:kirjoittaa|lähettää|vastata)… (?:osoitteeseen|sähköpostiin)`,
  },
  otherNumber: 'tilau[sk]\\p{L}*[^,;.!?]{0,20}$|lasku\\p{L}*[^,;.!?]{0,20}$',
  at: ['ät', 'miukumauku'],
  dot: ['piste'],
};
