import type { Lexicon } from './types.ts';

export const pt: Lexicon = {
  tag: 'pt',
  script: 'latin',
  nameFollows: ['pode me chamar de', 'me chamam de', 'pode chamar de', 'trate-me por', 'meu nome é', 'o meu nome é', 'meu nome e', 'me chamo', 'chamo-me', 'eu me chamo', 'nome', 'pode me chamar de', 'podem me chamar de', 'pode chamar-me', 'me chame de', 'me chamam de', 'em nome de', 'no nome de', 'meu nome completo é'],
  selfFollows: ['sou', 'eu sou', 'sou eu', 'sou o', 'sou a', 'eu sou o', 'eu sou a', 'aqui é', 'aqui é o', 'aqui é a', 'aqui quem fala é', 'quem fala é', 'quem fala é o', 'quem fala é a', 'é o', 'é a', 'fala o', 'fala a', 'aqui fala'],
  namePrecedes: ['é o meu nome', 'é meu nome', 'falando', 'aqui', 'por aqui'],
  lastNameFollows: ['meu sobrenome é', 'meu apelido é', 'sobrenome', 'apelido'],
  stop: `o a os as um uma uns umas de do da dos das em no na nos nas por pelo pela para pra pro com sem sobre entre até e ou mas porque pois que quem qual quais quando como onde quanto quanta quantos se
eu tu ele ela nós vós eles elas você vocês me te lhe nos meu minha meus minhas teu tua seu sua seus suas nosso nossa este esta isto esse essa isso aquele aquela aquilo
é são era foi ser sou somos seja está estou estão estava estar há tem tenho têm ter tinha quero quer querem querer queria gostaria posso pode podem poder preciso precisa fazer faço faz ver vou vai vão ir vamos saber sei sabe dar dizer digo diz pedir chegar chegou comprar comprei falar falei fala escrever escrevi ligar liga
não sim já muito muita mais menos pouco bem mal melhor agora hoje ontem amanhã depois antes sempre nunca também só ainda aqui ali lá mesmo mesma
olá oi bom boa dia tarde noite obrigado obrigada favor desculpe desculpa ok okay certo claro senhor senhora tudo
nome sobrenome apelido email e-mail telefone celular número numero pedido pedidos conta preço frete cliente pergunta dúvida problema ajuda cpf prefiro nada ninguém algo alguém todo todos outro outra anônimo cancelar entrega moro trabalho
momento momentinho espera espere esperem atendente humano operador suporte vendas reembolso devolução devoluções nenhum nenhuma segredo privado confidencial importa tanto kkk kkkk
rsrs haha tchau custa informação pessoas real necessário depois-digo ideia lá-sei aguarde calma rastreio rastreamento`,
  states: `cliente estudante aluno aluna usuário usuária novo nova professor professora médico médica advogado advogada engenheiro engenheira autônomo autônoma aposentado aposentada brasileiro brasileira português portuguesa feliz triste contente interessado interessada casado casada solteiro solteira vegetariano vegetariana vegano vegana alérgico alérgica capaz maior menor jovem velho velha tão filho filha mãe pai irmão irmã dono dona urgente importante possível impossível verdade
assinante fã mulher homem pessoa alguém
loiro loira moreno morena ruivo ruiva mamãe papai modelo policial pintor pintora músico dançarino dançarina escritor escritora secretário secretária surdo surda cego cega mudo
canhoto canhota destro cristão cristã católico católica judeu judia muçulmano ateu evangélico evangélica religioso cantor cantora cozinheiro cozinheira chef garçom garçonete
enfermeiro enfermeira fazendeiro agricultor carpinteiro encanador eletricista mecânico pedreiro operário motorista piloto caminhoneiro taxista carteiro soldado militar juiz tabelião
farmacêutico dentista cirurgião psicólogo veterinário cientista pesquisador estagiário aprendiz desempregado ator atriz poeta jornalista fotógrafo fotógrafa cabeleireiro gerente
chefe diretor diretora vendedor vendedora contador programador desenvolvedor designer arquiteto arquiteta freelancer empresário empresária menino menina garoto garota humano robô
tímido bonito bonita feio gordo gorda magro magra simpático gentil honesto preguiçoso alto alta baixo baixa americano inglês inglesa francês francesa alemão alemã italiano italiana
espanhol argentino mineiro carioca paulista baiano gaúcho chinês japonês russo divorciado viúvo viúva órfão gêmeo gêmea pais grávida especialista iniciante`,
  stateEndings: '(?:ado|ada|ados|adas|ido|ida|idos|idas|ista|ante|ente|oso|osa|ável|ível|eiro|eira|mente|dor|dora|ção)',
  fillers: 'oie oii opa eai bom boa dia tarde noite então sim claro olá oi bom boa dia tarde noite ok certo sou é o a me chamo meu nome obrigado obrigada pode ser com prazer',
  asksName: String.raw`(?:seu|teu|o|vosso) nome|^\W*(?:e )?(?:seu |teu )?nome(?: completo)?\s*\?|como (?:você |se |te |posso te |devo te )?(?:se )?cham|com quem (?:falo|estou|eu falo)|quem (?:é você|fala)|nome completo`,
  asksFirstName: 'primeiro nome',
  asksLastName: '(?:seu|o) (?:sobrenome|apelido)|^\\W*(?:e )?(?:sobrenome|apelido)\\s*\\?',
  asksEmail: String.raw`e-?mail|correio eletr|\bmail\b`,
  asksPhone: String.raw`número[^?.!]{0,30}(?:lig|contat|falar|cham)|qual (?:o |é o |é )?(?:seu )?número(?! d)|telefone|celular|telemóvel|whatsapp|\bzap\b|(?:seu|teu) número(?! d)|número (?:de contato|para|onde)|te ligar|lhe ligar`,
  phoneCue: String.raw`tele(?:fone|m[oó]vel)|\btel\b|celular|\bcel\b|whats(?: ?app)?|\bzap\b|lig(?:ue|a|ar)|meu n[uú]mero|contato|contacto|fone`,
  ownEmail: String.raw`(?:meu|minha|o) e-?mail|e-?mail é|escrev(?:a|am|e)[- ]?me|me (?:escrev|mand|envi)|mand(?:a|e|em) (?:para|pra)|envi(?:a|e|em) (?:para|pra)|respond(?:a|e|am) (?:para|pra)`,
  otherEmail: String.raw`escrevi|respondi|enviei|mandei|contactei|contatei|recebi|\bd[oa] client|(?:meu|minha) (?:chefe|colega|irmão|irmã|marido|esposa|mulher|mãe|pai|filh[oa]|amig[oa]|sóci[oa]|namorad[oa]|contador)|e-?mail dele|e-?mail dela|adicion|remov|exclu|encaminh`,
  invites: {
    opens: String.raw`por favor|favor|e|ou|mas|então|também|olá|sim|basta|só`,
    asks: String.raw`(?:escrev(?:am?|e|er)|respond(?:am?|e|er)|envi(?:em?|a|ar)|mand(?:em?|a|ar))(?:-(?:me|nos|[oa]))?… (?:para|pra|ao?)`,
    lets: String.raw`(?<!não )(?:pode[ms]?|poderia[ms]?|podia[ms]?)(?: (?:me|nos|também|por favor|você|vocês|simplesmente))* (?:escrev|respond|envi|mand)\p{L}*… (?:para|pra|ao?)`,
  },
  otherNumber: String.raw`(?:pedido|fatura|conta|cartão|cartao|cpf|cnpj|\brg\b|nif|referência|referencia|ref|reserva|código|codigo|iban|cep|ticket|rastreio|rastreamento|protocolo|apólice|contrato|cliente|usuário|série|preço|total|valor|data|boleto)(?!\p{L})[^,;.!?]{0,20}$`,
  at: ['arroba'],
  dot: ['ponto'],
};
