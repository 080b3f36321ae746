// Where a name is followed by the house or place somebody writes from: "Jonas da Metalsul", "torben von der werft".
import type { NameFound, NameScene } from './name-scene.ts';
import { tokenize, type Token } from './text.ts';

const list = (s: string): ReadonlySet<string> => new Set(s.split(/\s+/));

/** Particles that also say where somebody is from. */
const OF = list('de del della dello dei degli di da das do dos du des van von vom z ze');
const BETWEEN = list('de del della dello dei degli di da das do dos du des van von vom der den dem la las le les los el het l the');
/** Places of work, in the languages whose particles these are. */
const WORKPLACES =
  list(`werft firma bank post praxis schule uni universität autohaus werkstatt buchhaltung hotel gemeinde stadt kanzlei polizei versicherung redaktion technik vertrieb verlag presse zeitung feuerwehr spedition tankstelle apotheke
druckerei klinik krankenhaus museum theater verein verband amt ministerium gmbh ag baustelle filiale zentrale agentur rezeption personalabteilung einkauf lager kita kindergarten fabrik
empresa oficina loja padaria escola clínica clinica farmácia farmacia hospital escritório escritorio contabilidade financeiro fábrica fabrica mercado supermercado restaurante prefeitura universidade faculdade academia igreja imobiliária construtora transportadora compras vendas recepção portaria equipe suporte
tienda panadería panaderia ferretería escuela colegio taller almacén despacho gestoría gestoria ayuntamiento contabilidad ventas recepción agencia constructora inmobiliaria consultora equipo asociación ong construcciones transportes muebles talleres hostal bar cafetería peluquería
logística logistica grupo tecnología tecnologia consultoría consultoria inversiones distribuidora comercial soluciones soluções rh ti hr it biura biuro działu banku
mairie société societe boulangerie école ecole pharmacie clinique hôpital hopital garage banque agence comptabilité restaurant hôtel association entreprise boutique cabinet usine atelier librairie brico transports service accueil
ditta pizzeria azienda scuola negozio farmacia ospedale ufficio officina banca agenzia contabilità ristorante albergo panificio studio amministrazione comune università cooperativa
bakkerij boekhouding firma school winkel praktijk kantoor apotheek garage gemeente bouwbedrijf ziekenhuis vereniging redactie klantenservice slagerij bibliotheek makelaardij administratie inkoop verkoop receptie
firmy banku szkoły działu biura`);
const WORKPLACE_ENDING =
  /.{3}(?:erei|haus|werk|werke|amt|bank|verein|schule|firma|dienst|service|zentrum|markt|abteilung|verwaltung|büro|gesellschaft|betrieb|laden|bedrijf|winkel|handel|kantoor|logistik|technik|bau)$/;
/** What follows such a particle in surnames. */
const AFTER_PARTICLE =
  list(`silva costa rocha cruz cunha luz souza sousa almeida nascimento santos anjos reis rosa paz conceição conceicao oliveira lima freitas carvalho castro melo mello moraes morais andrade araújo araujo barros braga brito campos cardoso fonseca gama graça guia jesus lapa mata matos maia mota motta moura neves paixão paula penha pinto prado queiroz rego ribeiro ressurreição rosário sá sampaio serra silveira siqueira soares teixeira trindade vale veiga vera vieira cabral aquino assis deus fátima lourdes medeiros menezes macedo miranda
torre torres fuente fuentes río rio león leon valle jesús rosas vega viña peña pena rosa mora parra hoz calle haro armas toro campo castillo cerro corral hoyo monte olmo pilar pino pozo rey riego rincón salto sol bosque barco arco águila ávila alba anda blas diego dios francisco frutos gracia guzmán juan la-cruz luis marcos miguel pablo pedro rueda soto toledo ugarte vicente heras casas cuevas llanos mercedes nieves nava ossa piedad puente quintana
luca vinci stefano rossi angelo angelis benedetto biase carlo felice filippo francesco gennaro giacomo giorgio giovanni giulio lorenzo marco maria martino matteo michele natale nicola paola pietro ponte pinto robbiano rosa salvo sanctis santis simone vita vito vivo fiore gatti medici monaco palma pace piazza valle torre
gaulle villiers fontaine tour roche rochefoucauld beauvoir balzac maupassant montaigne la-tour villepin vigny sade ronsard musset montesquieu carné funès bellay chatelet châtelet fay forest castel mesnil plessis pont puy pré bois
leyen goethe bismarck weizsäcker bülow richthofen trotha hardenberg arnim kleist humboldt moltke stauffenberg braun thun hagen stein trapp siemens-helmholtz suttner droste habsburg hohenzollern preußen bayern baden württemberg sachsen beethoven zeppelin treuenfels uexküll storch oertzen heyden lippe ohe thurn krosigk schirach papen seydlitz wangenheim der-heide heide linden recke schulenburg osten groeben goltz pfordten lühe mosel weyden ahe wense marwitz`);
const NOBLE_ENDING = /.(?:ow|itz|stein|feld|hausen|thal|leben|rode|dorff?|eck|egg)$/;
/** "o Jonas", "der Torben": an article before the name speaks of an everyday name. */
const isFirm = (word: Token): boolean => WORKPLACES.has(word.lower) || WORKPLACE_ENDING.test(word.lower);

/** `plain`: the name was said with "I am" or "here", where a house is as likely as a surname. */
function isOrigin(particle: Token, words: readonly Token[], plain: boolean): boolean {
  const head = words[0];
  if (head === undefined) return false;
  if (isFirm(head)) return true;
  if (!plain || particle.lower === 'van' || particle.lower === 'du' || particle.lower === 'des') return false;
  return head.capital && !AFTER_PARTICLE.has(head.lower) && !NOBLE_ENDING.test(head.lower);
}

/** The name without the house it is of. */
export function withoutFirm(scene: NameScene, found: NameFound): NameFound {
  if (!/\s(?:d|v[ao]|z)/.test(found.value)) return found;
  const tokens = tokenize(scene.folded.slice(found.start, found.end));
  const rest = scene.tokens.filter((t) => t.start >= found.end).slice(0, 1);
  for (let i = 1; i < tokens.length; i++) {
    const particle = tokens[i] as Token;
    if (particle.capital || !OF.has(particle.lower)) continue;
    let j = i + 1;
    while (j < tokens.length && BETWEEN.has(tokens[j]?.lower ?? '') && !tokens[j]?.capital) j++;
    // "Maria del Carmen": what follows one name alone may be the second; only the first particle tells.
    const plain = !found.stated && i === 1 && scene.asked.name === null;
    if (!isOrigin(particle, j < tokens.length ? tokens.slice(j) : rest, plain)) return found;
    const end = found.start + (tokens[i - 1]?.end ?? 0);
    return { ...found, end, value: scene.text.slice(found.start, end).replace(/\s+/g, ' ') };
  }
  return found;
}
