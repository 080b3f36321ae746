// Given names the lists of given-names.ts lack; written by hand, without those that are common words.

/** In lower case, separated by white space. */
export const moreGivenNames = `abdellah abdelrahman abderrahim abdoulaye abdulaziz abebe achieng adama ailsa ainara aisling aitor akinyi almaz aminata anahí anbu ander annegret annelies annemiek aravind arjen aroa asier atieno aukje ayanda ayesha ayomide ayşe
azucena balwinder baraka barnaby bartłomiej bekele berk bertie bethan beñat bhavesh birger birgit birte bohumil bohuslav bolaji bongani boubacar bożena božena brigid bronagh bronte bérénice büşra břetislav calum canan candela
caoimhe carsten carys cath catriona cayetana ceri charlène cheikh chibuzo chike chima chirag chukwudi chukwuemeka cian cleide cleiton corwin cristiane czesław dafydd darragh dawit dayo deandre deirdre detlef
detlev diederik dongwook dory drahomíra dušan ebele edie edilene edson eija eilidh eirlys ejike elke encarna encarnación eneko engin enora eoghan ewen fahad falguni farai fatou fatoumata femi fermín ffion finola
fionn fitz fitzgerald folasade františek fulgencio funke gabi garazi gbenga geert georgie geraint gerd giampaolo gilmar girlene gisela goulven grażyna gráinne guenter gumersindo gunhild gurpreet gwenaelle gwenaël
gwendoline gökhan gösta günter haakon haizea hamisi hampus hanane haoran haroon harpreet harri harsha hatice heiko helmi hemalatha hemant heriberto hetal hilde hilkka hinnerk hiral hiroto hiwot holger horatio horst hortensia houda
hynek iara ibrahima idoia ilham ilkka inge ingemar ingo ingvild inmaculada insa iqbal ivete iwona iñigo jacinta jago janaina janneke jantje jarkko jaromír jaroslav jarosław jasleen jaspreet javed jayanthi jefferson jemima jenni
jeroen jessamy jez jiahui jiawei jigna jignesh jindřich jitka jiwoo jiyeon jiří joao jochen joerg jokin jolanta jonty josune jouni jozef juergen junaid junjie jurriaan jussara jussi jutta jörg jörn kagiso kaique kaisa
kaito kajsa kamau karel karima karsten karthikeyan kartika katell kateřina kauã kavya kemal ketan keziah khadidja khady kimmo kirsi kjersti klervi knut koldo kuba kudzai kuldeep kunle květa kyoko kévin kübra ladislav laetitia
lanre latifa leocadia lettice libor libuše lieselotte lindalva llewelyn loic lokesh loubna lowri lubomír luciene ludmila luděk lukáš lupita luzia lysander léane macarena maciej maddy mael maelle maelys maialen mamadou
manpreet margit mariangela mariusz marlies marloes marquis maruja marzena matěj mayur maël maëlys mehul meiling merja merle merrick mervi mhairi mieczysław mikey miloslav miloš minato mingyu minseo minsu mirela miren mirjam
miroslav mirosław mitesh moacir modou modupe momme morag morenike mouna mubashir mungo murugan muthu mwangi myfanwy máiréad mårten nadeem naresh naroa naveed navneet ndeye neema neide nekane nerys neusa ngozi nguyen
nieves nigella niina nilton ningsih niyi njeri nneka nomvula nosipho noureddine nurul nyasha obiageli odalys oier oisín okechukwu olatz oldřich olli ololade olufemi ondřej onno orson otakar otieno ottavia oumar ousmane outi owain
owais oyinkan paavo paddy paloma paqui parminder parth pavla perdita petri pierpaolo piluca pradeep przemysław pádraig přemysl quillon rachida radek radhika radim radka radosław rafferty raimo rainer ralf raíssa rebecka
redouane reijo reinhard renate revathi rhona rianne riikka risto rizki rizwan rosalba rosana rosilene rosângela ruairí ruaridh ruchi ruediger ruqayyah rutendo rutger ruud róisín rüdiger růžena saara sadia sagar sagrario
salima salman sangeetha saravanan satu selam selamawit selvam senthil seraphina serdar sevgi seydou shahid shanthi shazia shital sibusiso sidonie sietse sietske sigge sini sinéad siri siriporn sirpa sissel sixten siyabonga siân
sjaak sjoukje slamet sobia solenn solveig somchai somsak soren soukaina sravani srikanth srinivas staffan stellan stian struan sture suely sully sumayya sungmin sutrisno suzana svante swathi swen tabby tafadzwa
tainá takumi tarmo tarquin tash tatenda tatiane tatu tavish tayyab taís tebogo teemu tegan temi tendai teppo terhi terje thandiwe thessaly thibaud thibaut thorsten tiberius tigist tilly tilo tjeerd tjorven tobi tommi
tomáš torbjørn tore torge torsten tove trine trygve tshepo tuija tuncay turid ulrich ulrike ulysses umar urho urszula uschi usman uta utkarsh vaibhav valdir valéria vanderlei veera vegard vendula venetia venkat
venkatanarayana venkatesh vigdis vignesh vinicius vinícius vipul vladimír vlasta vlastimil vojtěch volker václav věra wafa wajid waldemar wambui wanjiku waqar waqas weiwei wendelien wiesław
wietske wilfried willemijn witold wojciech wolfram wytske xanthe xiaohong xiaoming xinyi xiomara yasir yasmina yejide yeray yetunde yewande yichen yifan ylva ymke yohan yohannes yuting zach zadie zahid zak zbyněk zdeněk zdeňka
zdzisław zeb zeeshan zeke zhiwei ziggy zihan zodwa zorana zubair zuleica zulema zuzana zélie åse özgür øystein øyvind čeněk štěpán`;
