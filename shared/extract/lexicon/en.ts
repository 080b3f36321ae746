import type { Lexicon } from './types.ts';

export const en: Lexicon = {
  tag: 'en',
  script: 'latin',
  nameFollows: [
    'booked as', 'is booked as', 'reserved as', 'registered under', 'my name is', 'my nmae is', 'my naem is', 'my nam is', 'my name iss', 'mi name is', 'my name ist', "my name's", 'my names is', 'my names are', "name's", 'my good name is', 'my names', 'my name', 'my full name is', 'my first name is', 'my real name is',
    'the name is', "the name's", 'name is', 'names', 'name', 'full name', 'first name', 'first name is',
    'call me', 'call me by', 'call me by the name', 'you call be', 'can call be', 'calls me', 'called me', 'named me',
    'refer to me as', 'address me as', 'address me by the name', 'address me by', 'i go by', 'i go by the name', 'i go by the name of',
    'i go by is', 'i am called', "i'm called", 'im called', 'i am known as', "i'm known as", 'im known as', 'i am named', "i'm named",
    'to be called', 'to be called by', 'should call me is', 'change my name to', 'change my first name to', 'update my first name to', 'correct my first name to', 'change name to', 'update my name to', 'correct my name to', 'i am mr', 'i am mrs',
    'my name is actually', 'name is actually', 'my name is spelled', 'name should be', 'name on the account is', 'name on the booking is', 'name on the reservation is', 'name on the order is', 'name on the card is', 'name on the policy is', 'name on the ticket is', 'name for the booking is', 'name for the reservation is', 'account name is', 'booking name is', 'the account is in the name of', 'my name should be', 'anything besides', 'you are speaking with', 'you are talking to',
    "you're speaking with", "you're speaking to", 'you are speaking to', "you're talking to", 'i answer to', 'my nickname is', 'my friends call me', 'under the name', 'under the name of', 'in the name of', 'on the name', 'on the name of', 'on name', 'on name of', 'under name', 'under name of', 'under my name',
    'listed under', 'booked under', 'reserved under', 'booking under', 'reservation under', 'booking is under', 'reservation is under', 'made it under', 'put it under', 'its under', "it's under",
    'please use the name', 'use the name', 'use my name',
  ],
  selfFollows: ['i am', "i'm", 'im', 'this is', 'it is', "it's", 'its', 'here is', 'myself', "it's me", 'its me', 'this is me', 'is me'],
  namePrecedes: ['is my name', 'is the name', 'is my full name', 'is what they call me', 'is what people call me', "'s my name", 'by the way', 'btw', 'speaking', 'this side', 'here', 'again', 'here again'],
  lastNameFollows: [
    'my last name is', 'my surname is', 'my family name is', "my last name's", 'last name is', 'surname is', 'last name', 'surname', 'family name is', 'family name',
    "surname's", 'my last name', 'my surname',
  ],
  stop: `acct dob ssn pnr area a an the this that these those there here it its it's he he's she she's we we're they they're them him her his hers their theirs our ours us me my mine myself
your yours yourself you you're u ur i i'm im i'd i'll i've ive id ill who whom whose what what's which when where why how whatever whenever
am is isn't are aren't was wasn't were weren't be been being do don't dont does doesn't did didn't done doing have haven't has hasn't had having
can can't cant could couldn't will won't would wouldn't shall should shouldn't may might must mustn't ought let lets let's
and or but nor so because since although though if unless until while as than then thus also too either neither both not no nope nah yes yeah yep yup ya yea
of in on at by to for from with without about into onto over under after before between during through out off up down near around against per via within
please pls plz thanks thank thankyou thx ty cheers sorry pardon excuse ok okay k sure alright right fine great good nice cool perfect awesome wonderful excellent
hi hello hey hiya hai helo greetings morning afternoon evening night goodbye bye dear sir madam maam ma'am
get got getting give gave given giving go goes going gone went come comes coming came take takes taking took taken make makes making made
want wants wanted wanting wanna need needs needed needing like likes liked know knows known knew think thinks thought say says said saying tell tells told telling
ask asks asked asking see sees seen saw look looks looking looked find finds found finding use uses used using try tries tried trying call calls called calling
help helps helped helping send sends sent sending buy buys bought order orders ordered ordering pay pays paid paying cancel cancelled canceled canceling change changes changed changing
book booked booking reserve reserved reservation check checking checked confirm confirmed update updated put add added adding remove removed show shows start started stop stopped
keep keeps kept leave left lost lose work works working worked seem seems mean means meant feel feels believe guess hope prefer rather wait waiting
speak speaking talk talking hear heard write wrote reply replied answer answered read type typed contact reach live lives lived moved move
just only really very quite much many more most less least lot lots some any every each all none nothing something anything everything nobody someone anyone everyone somebody anybody
now today tomorrow tonight yesterday soon later maybe perhaps probably again still already yet ever never always sometimes often usually first second last next once
one two three four five six seven eight nine ten eleven twelve twenty hundred zero half double
monday tuesday wednesday thursday friday saturday sunday weekend week weeks month months year years day days hour hours minute minutes time times date dates
january february march july september october november december am pm
account number numbers phone email mail e-mail address name names surname lastname firstname username password pin code id ssn zip postcode confirmation company card ticket invoice
price prices pricing cost costs money refund delivery shipping product products service question questions problem issue support agent human person people bot robot
appear depends thing things wrong right correct incorrect correctly misspelled spelled spelt missing appears different same other others another else such
mobile cell cellphone telephone damn shit fuck fucking hell wtf wth omg lol haha hmm hm uh um umm oh ah wow oops ugh huh well actually basically honestly anyway anyways btw
not-sure idk dunno pass skip private secret anonymous anon n/a na test testing unknown nevermind hold quick
confidential crazy old-fashioned anytime asap back instead later soon when
new old big small high low long short best better worse bad real true false kind type sort
because-of due regarding concerning re via com net org www http https dot
gonna gotta hafta ain't cannot couldnt wouldnt shouldnt didnt doesnt isnt wasnt arent werent whats hows thats that's there's theres where's who's let's
forget refund ship track return exchange reset explain connect transfer close create delete upgrade downgrade install download login log sign fix repair replace unlock lock charge print scan apply schedule reschedule arrange compare describe
provide besides whilst meanwhile whether thou thee ye thy tis assuming supposed seemed became
please-note bruv bro dude mate man guys buddy pal
happy glad afraid
representative representatives rep reps idea ideas nil null void exit quit menu main billing tracking returns interesting operator operators sales deliveries reservations bookings
complaint complaints feedback technical demo trial subscription subscriptions plan plans feature features pizza pizzas restart reboot signup unsubscribe hehe hahaha rofl lmao meh
yikes whoa huh-uh mhm yessir whats-up sup yo whatsup idgaf dm afk brb ttyl chatbot chat options option press dial speak-to large medium tba tbd
wondering writing inquiring enquiring hoping messaging reaching contacting emailing following requesting reporting experiencing wishing planning considering attempting struggling
phoning interested concerned confused`,
  states: `celiac coeliac insomniac hypochondriac maniac brainiac peckish skint vice deputy junior principal executive associate team lead staff crew owner trainee veteran landlord tenant shopper reseller vendor supplier dealer admin administrator moderator
australian brazilian egyptian iranian norwegian ukrainian belgian austrian hungarian romanian bulgarian croatian serbian asian nigerian ethiopian cambodian librarian technician electrician politician physician british scottish finnish danish dutch chinese portuguese childish foolish selfish welsh swiss czech arab african
assistant consultant accountant distant significant relevant pleasant constant vacant agent president resident agent recent frequent confident independent ordinary necessary temporary contrary voluntary secondary
really finally usually usually totally deeply newly family lonely friendly lovely ugly deadly elderly orderly bartender host hostess captain buyer seller trader cloudy sunny rainy windy snowy foggy tidy messy
strangely cloudy dirty empty crowded noisy plan task test issue bug cashier carpenter painter driver baker banker barber butcher dancer drummer farmer gamer gardener hairdresser hunter lawyer manager nurse player preacher
able about above absent active addicted against alive allergic alone american angry annoyed anxious ashamed asleep available away aware awful
beginner behind blind blocked blonde boring bored born broke broken busy calm canadian careful certain cheap chief citizen clear client clueless cold colleague
college comfortable concerned confident confused connected considering content cool correct covered curious current currently customer
dead deaf deep definitely delighted depressed desperate developer different disabled disappointed disgusted divorced doctor done down driver drunk dying
eager early easy elderly employed employee embarrassed engaged engineer english enough entitled especially european eligible everywhere excited exhausted experienced expecting extremely
exactly evidently
familiar fan fed female fine finished fit five flexible fluent foreign forced fortunate founder free french freelance frequent fresh frustrated full fully fun funny furious
german getting glad gluten grateful greek grown guessing guest guilty gutted half handicapped happy hard head healthy heads here hesitant high hilarious home honest honored hopeful hopeless host hot human hungry husband
ill impatient important impressed in inclined indian indifferent indoor innocent inside insane insulted insured intelligent intolerant international irish irritated italian
japanese jealous jewish jobless just keen kidding korean late lazy leaving legal lesbian likely literally local located locked logged lonely long lost lucky
mad maintenance male manager married member mexican middle million mistaken more mostly moving muslim natural nearby nearly necessary neither nervous never new newbie newly next noob normal nurse
obligated obsessed obviously ok okay old online only open opposed out outdoor outraged outside over overseas overweight owed owner own
parent partner part patient patiently perfect perhaps persuaded pissed planning pleased polish poor popular positive possible pregnant prepared present pretty prior private pro probably professional promised proud puzzled
qualified quiet quite rather ready real really registered regular related relieved reluctant renting responsible retired rich ridiculous right rude running russian
sad safe salty satisfied scared scheduled scheduling seated self selling senior serious set shocked short shy sick silly similar simple simply single sitting skeptical sleepy slow smart smoker soft some sorry sort spanish
speechless stable stressed strange stranger strict strong stuck student stupid subscribed subscriber such super supposed sure surprised surrounded swedish
talented tall teacher tech technical terrible terrified thankful that thirsty thinking through tired together too totally tough traveling trapped tried true truly trying turkish twice
ugly unable unaware unclear under unemployed unfamiliar unfortunately unhappy unlucky unsure unsatisfied up upset urgent useless used user vegan vegetarian vegas very veteran victim visiting visitor vip
wary warm weak weird welcome well wet what where white wide widowed wife willing wise within wondering working worried worse worth wrong yelling young yours
absurd annoying amazing awkward big black blue boss brother sister father mother daughter son friend girlfriend boyfriend mom dad uncle aunt cousin grandmother grandfather colleague neighbour neighbor wedding birthday
cleaner contractor designer director artist author cook chef farmer lawyer librarian marketing sales operations hr ceo cto cfo founder co-founder intern journalist mechanic musician officer operator photographer plumber recruiter secretary singer waiter writer
breakfast lunch dinner brunch cash credit debit visa paypal table room seat restaurant hotel flight taxi weather everything nothing someone exactly literally
great awesome nice fantastic unbelievable unacceptable outrageous incredible insane nonsense bullshit crap garbage rubbish spam scam joke fraud urgent emergency important
christmas easter monday tuesday wednesday thursday friday saturday sunday january february march july august september october november december morning evening afternoon noon midnight
wifi internet website app page link bug error server system access login checkout cart basket
red green yellow orange purple pink brown gray grey gold silver bronze
kids adults children guests person people party couple couples family
model salesman saleswoman salesperson cop policeman policewoman fireman firefighter postman mailman milkman fisherman businessman businesswoman barista barmaid barman bouncer
builder roofer tailor tutor coach trainer trucker dentist surgeon vet pharmacist therapist psychologist scientist researcher scholar apprentice actor actress comedian poet novelist
blogger youtuber streamer influencer sporty gay bi trans straight bald obese skinny slim fat thin petite chubby sober livid numb dizzy nauseous woozy cranky grumpy moody chatty
nerdy geeky goofy clumsy picky pushy stubborn gentle humble brave bold cute handsome gorgeous clever dumb dense bright introvert extrovert introverted extroverted atheist agnostic
buddhist catholic hindu mormon protestant baptist religious spiritual pagan pescatarian omnivore nineteen eighteen seventeen sixteen fifteen fourteen thirteen twenty thirty forty
fifty sixty seventy eighty ninety male-nurse hippie nerd geek introverts loner hermit orphan twin triplet widow widower bachelor bachelorette virgin gemini libra scorpio taurus
aries pisces homeless loaded jaded bummed stoked psyched hyped pumped chill chillin chilling swamped slammed buried thrilled grandma grandpa granny stepmom stepdad nanny babysitter
homemaker housewife househusband adult teen teenager kid child baby boy girl woman man robot bot runner swimmer skater surfer biker cyclist hiker climber reader listener lover hater
fanatic enthusiast expert amateur rookie freshman sophomore graduate undergrad postgrad soldier marine sailor pilot texan californian floridian bostonian londoner parisian berliner
hawaiian alaskan latino latina hispanic cuban colombian argentinian chilean peruvian venezuelan filipino thai vietnamese indonesian malaysian pakistani bangladeshi nepali israeli
palestinian lebanese syrian iraqi saudi moroccan tunisian algerian kenyan ghanaian`,
  stateEndings: '(?:\\p{L}(?:ing|(?<!m)ed|ist|able|ible)|\\p{L}{3}ly|\\p{L}{2}(?:ate|ive|ese|ous|ment)|ful|less|tion|ness|tic|ical|itarian)',
  fillers: `howzit howdy howya heya hullo g'day aloha namaste yes yeah yep yup ya sure ok okay k alright right fine great of course certainly absolutely no nope well hi hello hey hiya hai so oh ah um uh it's its it is i'm im i am
this is me myself name please thanks thank you sorry good morning afternoon evening my here sir madam there mine just simply umm uhh uhm er erm hmm hm`,
  asksName: String.raw`\b(?:your|first|last|full|sur|family|given|own|ur|and|account|a|the|what|which|whose|good|preferred|real)[ -]?(?:\w+ (?:and|or|&) (?:last |sur|family )?)?name(?! of (?:the |your |that |this |our |a )?(?!account|guest|card|caller|person|policy|patient|passenger|holder|customer|client|individual|contact|owner|main|primary)\w)\b|^name\b|\bwho (?:i'?m|i am|we'?re) (?:talk|speak|chat)|^(?:and )?you are\s*\?|\bwho (?:am i|are we|is this|do i have|may i|should i|can i|are you)\b|\bcall you\b(?! (?:back|at|on|tomorrow|later|when))|\baddress you\b|\bname (?:on|for|under) the\b|\byourself\b|\bintroduce\b|\bname (?:please|pls)`,
  asksFirstName: String.raw`\b(?:first|given) name`,
  asksLastName: String.raw`\b(?:last|family) name|\bsurname`,
  asksEmail: String.raw`\be-?mail|\bwhere (?:do|can|should|shall) (?:we|i) (?:send|reach)|(?<!\bnumber\b[^.?!]{0,24})\breach you\b(?! on)|\bcontact you\b|\binbox\b`,
  asksPhone: String.raw`\bhp\b|\bhand ?phone|\b(?:tele)?phone|\bmobile|\bcell\b|\bwhatsapp|\b(?:contact|callback|call-back|best|good|daytime) (?:number|no)\b|\bnumber (?:to|is|can|should|shall|do|could|we|where|so|you)\b[^.?!]{0,30}\b(?:call|reach|ring|contact|text|phone)|\b(?:how|best way)\b[^.?!]{0,24}\b(?:reach|contact) you\b|\breach you on\b|\b(?:your|ur|a) (?:best |direct |contact )?(?:number|digits)\b(?! of)|^\W*(?:and |so |ok |okay )?your (?:best )?number(?: please| pls)?\s*\?*$|\bcall you (?:back|at|on)\b|\bring you\b|\btext you\b`,
  phoneCue: String.raw`\b(?:bell|buzz|shout|tinkle|dial|hmu|hit me up)\b|\b(?:tele)?phone|\bphn|\bph\b|\btel\b|\bmobile|\bcell|\bmob\b|\bwhats ?app|\bcontact\b|\bcall\b|\bring\b|\btext\b|\breach (?:me|us)|\bmy (?:new |own |direct |work |home |prefer+ed )?(?:number|no|nr)\b|\bprefer+ed number|\bregistered\b|\b(?:number|no) to call|^\W*(?:my |the )?number\b(?! of)|\bmessages to\b|\bfax\b|\bdesk:|\boffice:|\bdirect:|(?:^|\n)\s*[mtp]:|\bcallback`,
  ownEmail: String.raw`(?:not|never|(?:is|are|was|were|do|does|did|has|have|had|ca)n'?t) (?:arriv|com(?:e|ing)|receiv|deliver|get|show|reach)\w*\b[^.!?]{0,20}\b(?:at|to|in|on)\s*$|\bwe(?:'re| are) (?:at|on)\b|\bfind (?:me|us)\b|\bmy\b[^.!?]{0,30}(?:e-?mail|mail|address|gmail|inbox|one|private|work)|\bour\b[^.!?]{0,20}(?:inbox|e-?mail|address)|\b(?:e-?mail|mail|reach|contact|write(?: to)?|answer|reply(?: to)?|message|invoice|bill|ping|respond to|get back to|update|send (?:it|this|that|them)? ?(?:to)?) (?:me|us|myself)\b|\bi'?m\b|\bsend\b|\buse\b|\be-?mail (?:is|address|id)\b|\bvia\b|\bsigned up\b|\bregistered\b|\bi want\b|\be-?mail only\b|\binstead\b|^e-?mail\b`,
  otherEmail: String.raw`\b(?:enter|save)\b|\b(?:the|this|our|a|an|my) (?:user|customer|client|employee|member|account)\s*$|^\s*user\s*$|\bsend (?:an?|the|another|this)? ?(?:\w+ )?e?-?mails? to\b|\b(?!it'?s|that'?s|here'?s|name'?s|mail'?s)\p{L}+(?:'s|s') e-?mail|\b(?:wrote|written|replied|responded|emailed|e-mailed|mailed|contacted|messaged|reported|forward|forwarded|cc(?! me\b| us\b|\s*\d)|bcc|add|added|invite|invited|remove|removed|delete|block|unblock|whitelist|replace)\b|\b(?:ad|site|page|website|banner|app) says|\bwrite to\b(?! (?:me|us|mailto))|\bcontact(?:ed|ing)?\b(?! (?:me|us|info|e-?mail|details))|\b(?:got|received|get|getting|receive|saw|came|comes|phishing|scam|spam|weird|suspicious|fake)\b[^.!?]{0,40}\bfrom\b|\bsent\b[^.!?]{0,30}\bto\b|\b(?:his|her|their|your|boss|colleague|coworker|co-worker|manager|wife|husband|partner|friend|accountant|assistant|brother|sister|mother|father|son|daughter|mom|mum|dad|client|customer|supplier|lawyer|doctor|secretary|team ?mate|admin|owner|belongs|someone)(?:'s)?\b|\bcontacts\b`,
  invites: {
    opens: String.raw`please|pls|plz|kindly|so|otherwise|alternatively|hi|hello|hey|ok|okay|yes|yeah|sure|thanks|feel free to|(?<!\b(?:i|we|they|he|she|who)\b[^,;:.!?]{0,60})(?:and|or|but|then|just|simply|always|also|instead|maybe)`,
    asks: String.raw`(?:write|reply|respond|answer)(?: back)?(?: (?:me|us|directly|only|always|straight|instead))? to|(?:send|mail|e-?mail|return|post)(?! (?:(?:an?|the|another|this) )?(?:[a-z]+ )?(?:e?-?mails?|messages?|texts?|notes?|invit[a-z]+) to)(?: (?!(?:to|at|not|boss) )[^ ,;:.!?@]{1,20}){0,7}? to|(?:drop|shoot|send|write) (?:me|us)(?: (?!(?:to|at|not|boss) )[^ ,;:.!?@]{1,20}){0,7}? (?:to|at)|(?:any |all |the |my |our )*(?:e-?mails?|mails?|post|repl(?:y|ies)|answers?|responses?|invoices?|bills?|receipts?|offers?|quotes?|documents?|questions?|correspondence|everything)(?: (?:can|should|must|may|could|please|only|best|always))* (?:goe?s? to|(?:please|only|best) to)`,
    lets: String.raw`(?:you|u) (?:can|could|may|might|should|must|are welcome to)(?: (?:please|also|just|always|then|simply|either|best))* (?:write|reply|respond|answer|send|mail|e-?mail|return|post)(?: (?!(?:to|at|not|boss) )[^ ,;:.!?@]{1,20}){0,7}? to|(?:(?:can|could|will|would) (?:you|u|someone|somebody)(?: (?:please|kindly|also|just|maybe))*|you'?d better|(?<!is it )(?:best|better|easiest|safest|quickest|fastest|simplest|fine|okay?) to|(?:want|need|like|prefer) you to) (?:(?:write|reply|respond|answer)(?: back)?(?: (?!(?:to|at|not|boss) )[^ ,;:.!?@]{1,20}){0,7}?|(?:send|mail|e-?mail|return|post)(?! (?:(?:an?|the|another|this) )?(?:[a-z]+ )?(?:e?-?mails?|messages?|texts?|notes?|invit[a-z]+) to)(?: (?!(?:to|at|not|boss) )[^ ,;:.!?@]{1,20}){0,7}?) to|(?:me|us) by (?:writing|mailing|e-?mailing)(?: to)?|(?:like|want|need|prefer|get|have) (?:it|this|that|them|(?:the|your|my|an?)(?: [^ ,;:.!?@]{1,20}){1,3}?) (?:sent|mailed|e-?mailed|delivered)(?: over)? to|(?:(?:can|could)(?: it| this| that| the [a-z]+)?|should|must|may|please|to) be (?:sent|mailed|e-?mailed|addressed|directed)(?: over)? to`,
  },
  otherNumber: String.raw`\b(?:order|invoice|ticket|tracking|account|acct|card|credit|debit|cc|iban|isbn|ssn|social|policy|claim|booking|confirmation|reference|ref|serial|model|id|zip|postal|postcode|pin|pincode|password|passcode|vat|tax|ip|version|icq|skype|jid|aim|amount|total|price|case|shipment|parcel|package|license|licence|passport|customer|member|membership|sku|item|part|coordinates|ending|imei|vin|user|client|contract|transaction|routing|iata|coupon|code|date|dob|born|year|flight|pnr|barcode|omb|extension)\b[^,;.!?]{0,24}$|[#$€£₹¥]\s*$`,
  at: ['at', 'at-sign', 'at sign', 'the at sign', 'then the at sign then', 'then at sign then', 'at symbol', 'the at symbol'],
  dot: ['dot', 'period', 'point'],
};
