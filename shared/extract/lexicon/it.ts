import type { Lexicon } from './types.ts';

export const it: Lexicon = {
  tag: 'it',
  script: 'latin',
  nameFollows: ['mi chiami', 'mi chiami pure', 'chiamami', 'mi chiamano', 'mi chiamo', 'il mio nome è', 'mio nome è', "il mio nome e'", 'nome', 'chiamami', 'chiamatemi', 'mi chiami', 'mi chiamano', 'a nome di', 'nome e cognome'],
  selfFollows: ['sono', 'io sono', 'sono io', 'sono un', 'qui è', 'qui', 'parla', 'mi presento'],
  namePrecedes: ['è il mio nome', 'al telefono'],
  lastNameFollows: ['il mio cognome è', 'di cognome', 'cognome'],
  stop: `il lo la i gli le un uno una di del dello della dei degli delle a al allo alla ai agli alle da dal dalla dai in nel nella nei con col su sul sulla per tra fra e ed o ma però perché perche che chi cosa quale quali quando come dove quanto quanta quanti se
io tu lui lei noi voi loro mi ti si ci vi me te mio mia miei mie tuo tua suo sua nostro nostra vostro vostra questo questa questi quello quella
è sono era essere sei siamo siete stato stata sta sto stai stanno stare ho hai ha abbiamo avete hanno avere avevo faccio fa fai fare voglio vuole vuoi volere vorrei posso può puoi potere devo deve dovere so sa sapere vado va vai andare vengo vieni dico dice dire vedo vedere vivo lavoro lavora possiedo adoro amo
non no sì si più meno molto molta poco bene male meglio ora oggi ieri domani dopo prima sempre mai anche solo ancora già qui qua là lì così davvero
ciao salve buongiorno buonasera grazie favore prego scusi scusa ok okay certo signore signora ehi
nome cognome email mail e-mail telefono cellulare numero ordine fattura conto prezzo spedizione cliente domanda problema aiuto preferisco niente nulla nessuno qualcosa qualcuno tutto tutti altro altra anonimo serve servono
privato privata riservato segreto aspetta aspetti aspettate attendere attenda momento attimo operatore operatrice umano persona vera agente assistenza supporto vendite rimborso reso
resi annullamento boh ahah ahaha ahahah haha mah importa uguale costa informazione informazioni obbligatorio necessario arrivederci pronto idea nessuna passo confidenziale`,
  states: `studente studentessa cliente nuovo nuova utente professore professoressa medico avvocato ingegnere infermiere infermiera insegnante pensionato pensionata italiano italiana felice triste contento contenta interessato interessata sposato sposata single celibe vegetariano vegetariana vegano vegana allergico allergica capace sicuro sicura pronto pronta stanco stanca malato malata solo sola giovane vecchio vecchia alto alta grande piccolo piccola operaio mamma papà madre padre fratello sorella figlio figlia proprietario
urgente importante possibile vero bello bella bravo brava cuoco chef artista musicista famoso famosa d'accordo appena molto davvero contrario innamorato in molti alcuni persone euro
cameriere cameriera modella modello commesso commessa poliziotto poliziotta contadino contadina ballerino ballerina parrucchiere parrucchiera segretario segretaria manager dirigente
direttore direttrice capo barista cuoca pasticcere fornaio macellaio falegname idraulico elettricista meccanico muratore operaia autista pilota camionista tassista postino soldato
militare giudice notaio farmacista dentista chirurgo psicologo veterinario scienziato ricercatore maestro maestra alunno alunna tirocinante apprendista disoccupato disoccupata
casalingo casalinga dottore dottoressa attore attrice cantante pittore scultore poeta scrittore scrittrice giornalista fotografo fotografa uomo donna ragazzo ragazza bambino bambina
umano robot persona sordo sorda muto cieco cieca mancino mancina timido timida gentile biondo bionda bruno bruna rosso magro magra grasso grassa basso bassa simpatico simpatica
antipatico calmo nervoso fiero fiera orgoglioso geloso serio onesto pigro pigra sportivo sportiva figo figa fuori dentro ovunque americano americana inglese tedesco tedesca francese
spagnolo spagnola portoghese cinese giapponese russo russa romano romana milanese napoletano siciliano ateo atea cristiano cristiana musulmano ebreo buddista credente religioso
vegan esausto esausta stufo stufa libero libera occupato occupata incinta al alla allo ai alle da tranquillo tranquilla recluso reclusa eremita divertente interessante decente
decenti grandioso grandiosi fantastico fantastici amante appassionato tifoso fan esperto esperta principiante divorziato divorziata vedovo vedova fidanzato fidanzata orfano gemello
gemella genitore genitori bene male così piuttosto abbastanza troppo tutto tutta ancora anche
uscita partita sparita guarita pulita finita fallita tradita ferita stupita unita vestita impazzita`,
  stateEndings: '(?:ato|ata|ati|ate|ito|iti|ite|uto|uta|ista|ante|ente|oso|osa|abile|ibile|mente|tore|trice|zione|ano|ese)',
  fillers: 'ehi buongiorno buonasera salve ehm allora sì si certo ciao salve buongiorno buonasera ok sono io mi chiamo il mio nome è grazie va bene ehi',
  asksName: String.raw`come (?:la |ti |posso |devo |vi ){1,2}chiam|con chi (?:parlo|ho il)|(?:tuo|suo|il|vostro) nome|^\W*(?:e )?(?:tuo |suo )?nome(?: e cognome| completo)?\s*\?|come (?:ti chiami|si chiama|posso chiamar)|con chi (?:parlo|sto parlando|ho il)|chi (?:sei|è lei|parla)|nome e cognome`,
  asksFirstName: 'nome di battesimo',
  asksLastName: '(?:tuo|suo|il) cognome|^\\W*(?:e )?cognome\\s*\\?',
  asksEmail: String.raw`e-?mail|\bmail\b|posta elettronica`,
  asksPhone: String.raw`telefono|cellulare|whatsapp|(?:tuo|suo|vostro) numero(?! d)|numero (?:di contatto|per|dove|a cui|possiamo)|richiamar|chiamarla|chiamarti`,
  phoneCue: String.raw`telefono|\btel\b|cell(?:ulare)?\b|whatsapp|chiam(?:ami|atemi|ate|are)|mio numero|numero è|recapito|fisso`,
  ownEmail: String.raw`(?:mia|mio|la|l'|nostra) ?(?:e-?mail|mail|indirizzo|posta)|scriv(?:imi|etemi|ermi)|mand(?:ami|atemi|armi)|invi(?:ami|atemi|armi)|contatt(?:ami|atemi)|mail è`,
  otherEmail: String.raw`ho (?:scritto|risposto|inviato|mandato|contattato|ricevuto)|arrivata|(?:mio|mia) (?:capo|collega|fratello|sorella|marito|moglie|madre|padre|mamma|papà|figlio|figlia|amico|amica|socio|socia|commercialista|cliente)|sua (?:e-?mail|mail)|aggiung|rimuov|elimin|inoltr`,
  invites: {
    opens: String.raw`per favore|per piacere|e|o|oppure|ma|allora|ciao|sì|gentilmente|cortesemente|(?:si|la|vi|ti) preg[ao] di`,
    asks: String.raw`(?:scriv(?:a|ano|ete|i|ere)|rispond(?:a|ano|ete|i|ere)|invi(?:i|ate|a|are)|mand(?:i|ate|a|are)|sped(?:isca|ite|isci|ire))(?:mi|ci|l[oa])*… (?:ad?|all'indirizzo)`,
    lets: String.raw`(?<!non )(?:può|puo'?|puoi|potete|potrebbe|potreste|potresti)(?: (?:anche|pure|tranquillamente|per favore))* (?:scriv|rispond|invi|mand)\p{L}*… (?:ad?|all'indirizzo)`,
  },
  otherNumber: String.raw`(?:ordine|fattura|conto|carta|codice|fiscale|iva|riferimento|rif|prenotazione|iban|cap|ticket|spedizione|tracking|contratto|cliente|serie|prezzo|totale|importo|data|pratica|polizza)(?!\p{L})[^,;.!?]{0,20}$`,
  at: ['chiocciola', 'chiocciolina'],
  dot: ['punto'],
};
