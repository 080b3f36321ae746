import type { Lexicon } from './types.ts';

export const fr: Lexicon = {
  tag: 'fr',
  script: 'latin',
  nameFollows: ['je mappelle', 'jm appelle', 'jmappelle', "je m'appelle", "m'appelle", 'mon nom est', 'mon nom si', 'mon prénom est', 'mon prénom c\'est', 'mon nom c\'est', 'je me nomme', 'nom', 'prénom', 'appelez-moi', 'appelle-moi', "on m'appelle", 'au nom de', 'nom et prénom'],
  selfFollows: ['je suis', 'moi c\'est', 'c\'est moi', 'cest moi', 'c\'est', 'cest', 'moi cest', 'ici', 'moi je suis', 'ici c\'est', 'moi'],
  namePrecedes: ['est mon nom', 'est mon prénom', "c'est mon nom", 'à l\'appareil', 'ici'],
  lastNameFollows: ['mon nom de famille est', 'nom de famille'],
  stop: `d'accord d'abord d'ailleurs le la les un une des du de au aux l' d' et ou mais donc car ni que qui quoi quel quelle quels quelles dont où quand comment combien pourquoi si
je j'ai tu il elle on nous vous ils elles me te se moi toi lui leur eux mon ma mes ton ta tes son sa ses notre nos votre vos leurs ce cet cette ces ça cela c'est ceci
est sont était être suis es sommes êtes sera soit ai as a avons avez ont avait avoir eu fait faire fais faites vais va vont aller veux veut voulez vouloir voudrais peux peut pouvez pouvoir pourrais dois doit devoir sais sait savoir dit dire dis prends prend prendre mettre voir vois vu
ne pas plus moins très trop peu beaucoup bien mal mieux aussi encore déjà toujours jamais maintenant aujourd'hui hier demain ici là après avant sans avec pour par sur sous dans en chez vers entre depuis pendant contre comme même
jai cest jsuis chuis ya tjrs pcq bonjour bonsoir salut coucou merci svp s'il plaît plait pardon désolé désolée oui non si ok okay d'accord monsieur madame mademoiselle hé ravi
nom prénom mail email e-mail courriel téléphone portable numéro commande facture compte prix livraison client question problème aide préfère rien personne quelque tout tous toute toutes autre autres quelqu'un anonyme déjà né née j'aime j'adore j'habite j'ai vraiment juste seulement inscrit
écrire écris envoyer appeler rappeler acheter annuler besoin merci cherche travaille
privé privée confidentiel secret attendez attends patientez aucun aucune idée passe mdr lol conseiller conseillère humain vraie agent opérateur support ventes remboursement retour
retours annulation suivi instant moment seconde minute importe égal anonymat coûte humains savez savoir-pourquoi obligé obligatoire tant pis bof euh bah allô au-revoir`,
  states: `étudiant étudiante client cliente abonné abonnée nouveau nouvelle professeur médecin avocat avocate ingénieur infirmier infirmière retraité retraitée français française belge suisse canadien heureux heureuse triste content contente intéressé intéressée marié mariée célibataire végétarien végétarienne végan allergique capable certain certaine sûr sûre prêt prête désolé accro fatigué malade seul seule jeune vieux vieille grand grande petit petite fan chef maman papa mère père frère soeur sœur fils fille propriétaire locataire loin proche
vrai faux possible impossible urgent important combien normal dommage ok bon bonne super génial gentil drôle fou folle amoureux d'abord d'ailleurs d'origine célèbre riche pauvre libre occupé d'accord actuellement vraiment toujours également juste
cuisinier cuisinière policier policière fermier fermière ouvrier ouvrière écolier écolière plombier pompier banquier caissier caissière charpentier menuisier boucher bouchère
boulanger boulangère coiffeur coiffeuse peintre sculpteur poète acteur actrice artiste musicien chanteur chanteuse danseur danseuse écrivain écrivaine romancier journaliste
photographe secrétaire comptable gérant gérante directeur directrice patron patronne entrepreneur vendeur vendeuse serveur serveuse barman barmaid coach entraîneur mannequin modèle
pilote chauffeur routier facteur soldat militaire juge notaire pharmacien dentiste chirurgien psychologue vétérinaire scientifique chercheur enseignant enseignante instituteur
institutrice prof élève lycéen lycéenne collégien stagiaire apprenti chômeur sourd sourde muet aveugle gaucher gauchère droitier américain américaine anglais anglaise allemand
allemande espagnol espagnole italien italienne portugais marocain algérien tunisien chinois japonais russe québécois québécoise parisien parisienne blond blonde brun brune roux
rousse mince gros grosse timide bavard sympa cool calme stressé inquiet inquiète nerveux fier fière jaloux jalouse sérieux sérieuse honnête optimiste pessimiste athée chrétien
chrétienne musulman juif juive bouddhiste croyant religieux spirituel païen vegan vegane végétalien omnivore sportif sportive paresseux paresseuse dehors dedans partout ailleurs
plutôt assez tellement tout trop encore aussi enceinte enrhumé debout assis homme femme garçon humain robot bénévole passionné amateur débutant expert pro indépendant freelance
divorcé divorcée veuf veuve fiancé fiancée orphelin jumeau jumelle aîné cadet parents
officiel essentiel professionnel professionnelle spirituelle artificiel présent absent différent patient prudent intelligent impatient lent excellent innocent indifférent permanent
gentleman actif active positif négatif attentif naïf naïve agressif créatif naturel naturelle`,
  stateEndings: '(?:éen|éenne|é|ée|és|ées|ante|eux|euse|able|ible|iste|ien|ienne|ais|aise|ois|oise|eur|rice|ment|tion|ique)',
  fillers: "slt bjr cc coucou bsr hello oui bien sûr d'accord ok bonjour bonsoir salut moi c'est je suis m'appelle mon nom est merci alors euh",
  asksName: String.raw`^\W*(?:et )?(?:vous êtes|tu es)\s*\?|(?:votre|ton|le) (?:nom|prénom)|comment (?:vous |t'|tu t')?appe|vous appelez-vous|comment (?:puis-je|dois-je|peut-on) (?:vous |t')appeler|à qui (?:ai-je|je parle)|qui (?:êtes-vous|es-tu)|nom (?:et|complet)|^(?:nom|prénom)`,
  asksFirstName: 'prénom',
  asksLastName: 'nom de famille',
  asksEmail: String.raw`e-?mail|courriel|adresse (?:électronique|mail)|\bmail\b|\bmél\b`,
  asksPhone: String.raw`téléphone|portable|\bmobile|(?:votre|ton) numéro(?! d)|numéro (?:où|pour|de contact)|(?<!comment (?:puis-je|dois-je|peut-on) )vous (?:joindre|rappeler|appeler)|te joindre|whatsapp`,
  phoneCue: String.raw`t[eé]l[eé]phone|\bt[eé]l\b|portable|mobile|\bgsm\b|num[eé]ro est|mon num[eé]ro|appel(?:ez|er|le)|joign|joindre|whatsapp|fixe`,
  ownEmail: String.raw`(?:mon|ma|notre) (?:adresse|e-?mail|mail|courriel)|(?:écri|envoy|contact|réponde)[\p{L}]*[- ]moi|joindre|\bm'(?:écrire|envoyer|contacter|écriv|envoy)|mail\s*:|e-?mail\s*:`,
  otherEmail: String.raw`j'ai (?:écrit|répondu|envoyé|adressé|contacté|reçu)|reçu un|(?:mon|ma) (?:chef|cheffe|collègue|patronn?e?|frère|sœur|soeur|femme|mari|mère|père|fils|fille|amie?|copine?|comptable|associée?|cliente?)(?!\p{L})|son (?:adresse|mail|e-?mail)|ajoute|supprim|retir|transf[eé]r|enlev`,
  invites: {
    opens: String.raw`merci (?:de |d')|veuillez|svp|s'il (?:vous|te) plaît|et|ou|mais|sinon|alors|donc|bonjour|oui|ok|n'hésitez pas à|n'hésite pas à|plutôt|simplement|juste`,
    asks: String.raw`(?:écri(?:vez|s|re)|répond(?:ez|s|re)|envo(?:yez|ie|yer)|adress(?:ez|e|er))(?:-(?:moi|nous|le|la|les))*… (?:à|sur|au|vers)(?: l'adresse)?`,
    lets: String.raw`(?:(?:vous|tu) (?:pouvez|peux|pourriez|pourrais)|(?:pouvez|pourriez|peux|pourrais)[- ](?:vous|tu)) (?:aussi |également |simplement |m'|me |nous )*(?:écrire|répondre|envoyer|adresser)… (?:à|sur|au)(?: l'adresse)?`,
  },
  otherNumber: String.raw`(?:commande|facture|compte|carte|siret|siren|sécu|référence|reference|réf|ref|réservation|reservation|dossier|code|iban|postal|ticket|suivi|colis|contrat|client|série|prix|total|montant|date|police)(?:\s*n[°º]|\s*num[eé]ro)?[^,;.!?]{0,20}$`,
  at: ['arobase', 'arrobase', 'arobas', 'arrobas'],
  dot: ['point'],
};
