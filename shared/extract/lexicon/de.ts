import type { Lexicon } from './types.ts';

export const de: Lexicon = {
  tag: 'de',
  script: 'latin',
  nameFollows: ['mein name ist', 'mein name wäre', 'mein name lautet', 'der name ist', 'ich heiße', 'ich heisse', 'ich heiß', 'heiße', 'heisse', 'mein vorname ist', 'name', 'vorname', 'name ist', 'mein name', 'nennen sie mich', 'nenn mich', 'nennt mich', 'man nennt mich', 'alle nennen mich', 'auf den namen', 'unter dem namen'],
  selfFollows: ['ich bins', 'ich bin\'s', 'bins', 'bin\'s', 'ich bin', 'ich bin der', 'ich bin die', 'hier ist', 'hier spricht', 'hier schreibt', 'hier', 'bin der', 'bin die', 'bin'],
  namePrecedes: ['ist mein name', 'mein name', 'hier', 'am apparat'],
  lastNameFollows: ['mein nachname ist', 'mein familienname ist', 'nachname', 'familienname'],
  stop: `der die das den dem des ein eine einen einem einer eines kein keine und oder aber denn weil wenn ob dass als wie wo wer was wann warum wieso weshalb wozu welche welcher welches
ich du er sie es wir ihr mich dich ihn uns euch mir dir ihm ihnen sich mein meine meinen meinem meiner dein deine ihr ihre ihren unser unsere dies diese dieser dieses jener
bin bist ist sind seid war waren sein gewesen habe hab hast hat haben hatte hätte werde wird werden wurde kann kannst können könnte konnte muss müssen soll sollen will wollen möchte möchten darf dürfen mag mögen weiß wissen mache macht machen gehe geht gehen komme kommt kommen sage sagt sagen gibt geben sehe sehen nehme nehmen brauche brauchen suche suchen warte warten schreibe schreiben wohne arbeite heiße
nicht kein ja nein doch nur noch schon sehr mehr weniger viel viele gut schlecht besser jetzt heute gestern morgen später immer nie auch hier dort da so dann danach davor bitte danke hallo hi hey guten tag abend moin servus grüß gott herr frau ok okay klar gerne gern sicher natürlich entschuldigung sorry
in im an am auf aus bei beim mit nach von vom vor zu zum zur über unter durch für gegen ohne um seit bis zwischen
name vorname nachname e-mail email mail telefon handy nummer bestellung bestellungen rechnung konto preis lieferung kunde frage fragen problem hilfe lieber nichts niemand etwas jemand alles alle anderer andere anonym egal keine wo bleibt
privat geheim geheimnis vertraulich datenschutz moment momentchen sekunde minute augenblick mensch echter echte echten berater beraterin support verkauf vertrieb rückgabe
rücksendung erstattung stornierung stornieren versand haha hihi lol tja naja weiß-nicht ahnung notwendig nötig nötigenfalls tschüss ciao muss-das wiedersehen spielt rolle geht-sie
information auskunft reklamation voraus dank grüße grüßen gruß lg mfg`,
  states: `student studentin schüler schülerin kunde kundin neukunde lehrer lehrerin rentner rentnerin arzt ärztin anwalt anwältin ingenieur ingenieurin mitarbeiter mitarbeiterin chef chefin deutscher deutsche österreicher schweizer vegetarier vegetarierin veganer veganerin anfänger anfängerin nutzer nutzerin benutzer besitzer inhaber inhaberin mitglied mutter vater bruder schwester sohn tochter mieter vermieter freiberufler selbstständig selbständig selbstständiger azubi auszubildender geschäftsführer geschäftsführerin
sauer wütend genervt fassungslos fertig müde krank froh glücklich traurig zufrieden unzufrieden interessiert verheiratet ledig allein alt jung neu groß klein sicher unsicher bereit fast ziemlich ganz total echt wirklich gerade eben leider noch schon sehr nicht zu außer verwirrt enttäuscht begeistert gespannt dabei dafür dagegen einverstanden verloren unterwegs zuhause daheim schwanger allergisch arbeitslos ratlos neugierig absolut eigentlich
krankenschwester pfleger pflegerin koch köchin sänger sängerin kellner kellnerin model verkäufer verkäuferin bauer bäuerin maler malerin musiker musikerin tänzer tänzerin
schriftsteller autor autorin journalist friseur friseurin sekretär sekretärin polizist polizistin soldat richter notar apotheker zahnarzt chirurg psychologe tierarzt wissenschaftler
forscher dozent professor erzieher praktikant schauspieler schauspielerin dichter fotograf programmierer entwickler designer architekt unternehmer handwerker elektriker klempner
tischler schreiner bäcker metzger maurer fahrer pilot trucker postbote hausfrau hausmann mama papa mann frau junge mädchen mensch roboter single geschieden verwitwet verlobt
verliebt amerikaner amerikanerin engländer franzose italiener spanier türke türkin russe pole chinese japaner berliner hamburger münchner kölner wiener bayer schwabe christ christin
muslim jude atheist buddhist katholik taub blind stumm linkshänder rechtshänder vegan schüchtern nett freundlich blond brünett dick dünn hübsch faul fleißig sportlich nervös ruhig
ehrlich ernst stolz eifersüchtig draußen drinnen überall spät früh pünktlich hungrig durstig gelangweilt aufgeregt gestresst erkältet urlaub dran da weg zurück
teil fan opfer zeuge zeugin leiter leiterin eigentümer eigentümerin gast nachbar nachbarin freund freundin gründer gründerin experte expertin spezialist assistent assistentin
vertreter vertreterin käufer käuferin händler händlerin lieferant berater beraterin kollege kollegin partner partnerin teilnehmer teilnehmerin bewerber bewerberin abonnent
abonnentin leser leserin betreiber vorstand sachbearbeiter projektleiter teamleiter abteilungsleiter marketing vertrieb buchhalter buchhalterin einkäufer einkäuferin hausbesitzer
wohnungseigentümer bestandskunde stammkunde privatkunde geschäftskunde firmenkunde premiumkunde großkunde endkunde profi laie wiederverkäufer volljährig minderjährig neukundin
patient patientin versicherter versicherte senior seniorin elternteil witwer witwe waise zwilling`,
  stateEndings: '(?:iert|ung|keit|heit|schaft|ling|lich|isch|los|bar|haft|voll|ent|erin|ist|istin|ig|end)',
  fillers: 'servus hallöchen grüezi hey na ähm äh tach gerne ja klar gerne gern natürlich sicher ok okay hallo hi guten tag abend morgen moin ich bin heiße mein name ist das hier danke also',
  asksName: String.raw`(?:ihr|ihren|ihrem|dein|deinen|deinem|der|den|wie ist) (?:vollständiger |vollständigen |ganzer )?(?:name|namen|vorname|vornamen|nachname|nachnamen)|wie (?:heißen|heisst|heißt|heissen)|wie darf ich (?:sie|dich) (?:ansprechen|nennen)|mit wem (?:spreche|habe|schreibe)|wer (?:sind sie|bist du)|^\W*name\s*\?|(?:vor- und nach|vor- und zu)name`,
  asksFirstName: 'vornamen?',
  asksLastName: 'nachnamen?|familiennamen?',
  asksEmail: String.raw`e-?mail|mail-?adresse|\bmail\b`,
  asksPhone: String.raw`telefon|handy|mobilnummer|rufnummer|rückruf|(?:ihre|deine) nummer|unter welcher nummer|anrufen|nummer (?:erreichen|für)|whatsapp`,
  phoneCue: String.raw`rückruf|ruft? (?:mich|uns)|melden sie sich|telefon|\btel\b|handy|mobil|rufnummer|meine nummer|nummer (?:ist|lautet)|anruf|erreichbar|erreichen|whatsapp|festnetz|zurückrufen|durchwahl|\bruf`,
  ownEmail: String.raw`(?:meine|mein|unsere) (?:e-?mail|mail|adresse)|(?:e-?mail|mail)(?:-?adresse)? (?:ist|lautet)|(?:schreib|schick|send|antwort|mail)[\p{L}]*(?: sie| es| das)? (?:mir|mich|uns|bitte)|erreichbar|erreichen|kontaktieren|\boder\b|mail\s*:`,
  otherEmail: String.raw`(?:habe?|hatte) (?:an|ihnen|euch)|geschrieben|geantwortet|geschickt|gesendet|kontaktiert|erhalten|bekommen|kam|von meine[mr]|mein(?:e|es|em|er|en)? (?:mutter|vater|sohn|tochter|kunde|kundin|chef|chefin|kollege|kollegin|mann|frau|bruder|schwester|freund|freundin|steuerberater|partner)|hinzufügen|entfern|lösch|weiterleit`,
  invites: {
    opens: String.raw`bitte|einfach|gerne?|dann|und|oder|aber|sonst|ansonsten|am besten|hallo|hi|ja|ok|danke|nur`,
    asks: String.raw`(?:schreib(?:en sie|t|e)?|antwort(?:en sie|et|e)|mail(?:en sie|t|e)|schick(?:en sie|t|e)?|send(?:en sie|et|e))… (?:an|unter|auf)|(?:(?:die|eine|ihre|deine|alle|meine) )?(?:e-?mails?|mails?|post|antwort(?:en)?|rechnung(?:en)?|angebote?|rückmeldung(?:en)?|anfragen?|infos?|unterlagen)(?: (?:geht|gehen|können|kann|bitte|gerne?|nur|immer|am besten|dann|auch))+ an`,
    lets: String.raw`bitte (?:die|das|den|alles|es|eine?|einen|ihre?|ihren|eure?)… an`,
    around: [
      [String.raw`(?:(?:können|kannst|könnt|könnten|könntest|würden|würdest) (?:sie|du|ihr)|(?:sie|du|ihr) (?:können|kannst|könnt|könnten|könntest|dürfen|darfst|dürft|sollten)|bitte|am besten|einfach)… (?:an|unter|auf)`, String.raw`(?:schreiben|schicken|senden|mailen|antworten|richten|wenden)`],
    ],
  },
  otherNumber: String.raw`(?:bestell\p{L}*|auftrag\p{L}*|rechnung\p{L}*|konto\p{L}*|kunden\p{L}*|karte\p{L}*|kredit\p{L}*|steuer\p{L}*|iban|plz|postleitzahl|ticket\p{L}*|sendung\p{L}*|paket\p{L}*|vertrag\p{L}*|vorgang\p{L}*|referenz\p{L}*|artikel\p{L}*|serien\p{L}*|buchung\p{L}*|datum|preis|betrag|version)(?!\p{L})[^,;.!?]{0,20}$`,
  at: ['at', 'ät', 'klammeraffe', 'affenschwanz'],
  dot: ['punkt'],
};
