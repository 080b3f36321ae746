import type { Lexicon } from './types.ts';

export const nl: Lexicon = {
  tag: 'nl',
  script: 'latin',
  nameFollows: ['zeg maar', 'noem me', 'noem me maar', 'zeg gewoon', 'mijn naam is', 'ik heet', 'naam', 'voornaam', 'noem me', 'noem mij', 'm\'n naam is', 'op naam van', 'ze noemen me', 'mijn voornaam is'],
  selfFollows: ['ik ben', 'ik ben het', 'hier is', 'je spreekt met', 'u spreekt met', 'met', 'dit is'],
  namePrecedes: ['is mijn naam', 'hier'],
  lastNameFollows: ['mijn achternaam is', 'achternaam'],
  stop: `de het een der den des en of maar want omdat als dat die dit deze wie wat waar wanneer waarom hoe welke welk
ik jij je u hij zij ze wij we jullie hun hen mij me hem haar ons mijn jouw uw zijn onze
ben bent is zijn was waren geweest heb hebt heeft hebben had word wordt worden kan kun kunnen kon moet moeten mag mogen wil willen wilt zal zullen zou weet weten doe doet doen ga gaat gaan kom komt komen zeg zegt zeggen zie zien neem geef maak maken nodig zoek zoeken wacht schrijf woon werk
niet geen ja nee jawel wel nog al heel erg veel weinig meer minder goed slecht beter nu vandaag gisteren morgen later altijd nooit ook hier daar er zo dan toen
in op aan bij met naar van voor over onder door tegen zonder om sinds tot tussen uit te
hallo hoi hey goedemorgen goedemiddag goedenavond dag bedankt dank dankje alsjeblieft alstublieft sorry oké ok okay prima graag natuurlijk mevrouw meneer
naam voornaam achternaam mail email e-mail telefoon nummer bestelling bestellingen factuur rekening prijs levering klant vraag probleem hulp liever niks niets niemand iets iemand alles andere anoniem
privé geheim geheimpje vertrouwelijk moment momentje seconde minuutje waarvoor echt echte persoon mens medewerker adviseur support verkoop retour retourneren terugbetaling annuleren
verzending haha lol tja geen-idee idee verplicht noodzakelijk doei daag maakt uitmaakt informatie klacht`,
  states: `student studente klant benieuwd geïnteresseerd nieuw blij boos moe ziek oud jong groot klein zeker onzeker klaar bezig getrouwd single alleen vegetariër veganist zwanger allergisch nederlander belg leraar lerares arts advocaat ingenieur zzp'er gepensioneerd eigenaar lid moeder vader broer zus zoon dochter erg heel echt best redelijk eigenlijk net bijna gewoon verbaasd teleurgesteld tevreden ontevreden verhuisd vergeten kwijt bang trots verpleegkundige huurder vriendelijke groet
verpleegster verpleger dokter kok zanger zangeres ober serveerster model boer boerin schilder muzikant danser danseres schrijver journalist kapper secretaresse agent politieagent
soldaat rechter notaris apotheker tandarts chirurg psycholoog dierenarts wetenschapper onderzoeker docent stagiair werkloos acteur actrice dichter fotograaf programmeur ontwikkelaar
ontwerper architect ondernemer elektricien loodgieter timmerman bakker slager chauffeur piloot postbode huisvrouw man vrouw jongen meisje mens robot gescheiden weduwe verloofd
verliefd amerikaan engelsman fransman italiaan spanjaard turk rus pool chinees japanner amsterdammer vlaming christen moslim jood atheïst boeddhist katholiek doof blind linkshandig
vegan verlegen aardig vriendelijk blond dik dun lang kort knap lui sportief nerveus rustig eerlijk serieus jaloers buiten binnen overal laat vroeg hongerig dorstig verveeld gestrest
verkouden weg terug hier`,
  stateEndings: '(?:eerd|ig|lijk|loos|baar|isch|ende|end|heid|ing|aar|iaan)',
  fillers: 'dag goedemorgen goedemiddag goedenavond hey hoi eh nou ja hoor natuurlijk graag ok oké hallo hoi goedemiddag ik ben heet mijn naam is dag bedankt prima',
  asksName: String.raw`(?:je|jouw|uw|de) (?:volledige )?(?:naam|voornaam|achternaam)|hoe (?:heet|heten)|met wie (?:spreek|heb|chat)|wie (?:ben je|bent u)|hoe mag ik (?:je|u) noemen|^\W*naam\s*\?`,
  asksFirstName: 'voornaam',
  asksLastName: 'achternaam',
  asksEmail: String.raw`e-?mail|\bmail|mailadres`,
  asksPhone: String.raw`telefoon|mobiel|\bgsm\b|welk nummer|nummer (?:bellen|bereiken)|terugbellen|whatsapp|bereiken`,
  phoneCue: String.raw`telefoon|\btel\b|mobiel|\bgsm\b|mijn nummer|nummer is|\bbel(?:len)?\b|whatsapp|bereikbaar`,
  ownEmail: String.raw`(?:mijn|m'n|ons) (?:e-?mail|mail|adres)|(?:mail|stuur|schrijf|antwoord)[\p{L}]* (?:me|mij|ons|het|maar)|bereikbaar|mail is`,
  otherEmail: String.raw`\bheb\b[^.!?]{0,30}(?:gemaild|geschreven|gestuurd|naar)|gemaild|geschreven|geantwoord|gestuurd|ontvangen|gekregen|mijn (?:moeder|vader|zoon|dochter|klant|baas|collega|man|vrouw|broer|zus|vriend|vriendin|boekhouder|partner)|toevoeg|verwijder|doorsturen`,
  invites: {
    opens: String.raw`graag|alstublieft|alsjeblieft|aub|svp|en|of|maar|dan|ook|hallo|ja|liefst|gewoon|anders`,
    asks: String.raw`(?:schrijf|antwoord|reageer|mail|stuur|zend)… (?:naar|aan|op)|(?:(?:de|alle|uw|je) )?(?:e-?mails?|mail|post|antwoord(?:en)?|facturen|offertes?)(?: (?:mag|mogen|kan|kunnen|gaat|gaan|graag))+ naar`,
    lets: String.raw`(?:(?:je|jij|u|jullie) (?:kunt|kan|kunnen|mag|mogen)|(?:kunt|kun|kan|wilt|wil|zou) (?:je|jij|u|jullie))… (?:schrijven|mailen|reageren|antwoorden|sturen)… (?:naar|aan|op)|graag… naar`,
    around: [
      [String.raw`(?:(?:je|jij|u|jullie) (?:kunt|kan|kunnen|mag|mogen)|(?:kunt|kun|kan|wilt|wil|zou) (?:je|jij|u|jullie)|graag)… (?:naar|aan|op)`, String.raw`(?:sturen|mailen|schrijven|zenden|antwoorden|reageren)`],
    ],
  },
  otherNumber: String.raw`(?:bestel\p{L}*|order\p{L}*|factuur\p{L}*|rekening\p{L}*|klant\p{L}*|kaart\p{L}*|bsn|iban|postcode|ticket\p{L}*|pakket\p{L}*|track\p{L}*|contract\p{L}*|polis\p{L}*|referentie\p{L}*|serie\p{L}*|datum|prijs|bedrag)(?!\p{L})[^,;.!?]{0,20}$`,
  at: ['apenstaartje', 'apestaartje', 'at'],
  dot: ['punt'],
};
