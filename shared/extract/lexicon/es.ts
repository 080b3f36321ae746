import type { Lexicon } from './types.ts';

export const es: Lexicon = {
  tag: 'es',
  script: 'latin',
  nameFollows: ['habla con', 'hablas con', 'está hablando con', 'me llamo', 'mi nombre es', 'mi nombre completo es', 'nombre', 'me dicen', 'me llaman', 'puedes llamarme', 'puede llamarme', 'llámame', 'llamame', 'a nombre de', 'le habla', 'te habla', 'le saluda', 'te saluda', 'les escribe', 'le escribe', 'te escribe'],
  selfFollows: ['soy', 'yo soy', 'soy yo', 'aquí', 'aqui', 'es'],
  namePrecedes: ['es mi nombre', 'me llamo yo', 'para servirle', 'al habla', 'por aquí', 'por acá'],
  lastNameFollows: ['mi apellido es', 'me apellido', 'apellido', 'apellidos'],
  stop: `el la los las un una unos unas lo le les me te se nos os mi mis tu tus su sus nuestro nuestra yo tú tu él ella ellos usted ustedes nosotros vosotros
de del al a ante con contra desde en entre hacia hasta para por según sin sobre tras y e o u ni pero porque pues que qué quien quién cual cuál cuándo cuando cómo como dónde donde cuánto cuanta cuántos
es son era fue ser soy eres somos sea está esta este esto estas estos esa ese eso estoy estás están estaba estar hay ha he has han había tengo tiene tienes tener tenemos quiero quiere quieres querer quisiera puedo puede puedes poder podría
necesito necesita hacer hago hace haces hacéis ver voy va vas ir vamos saber sé sabe dar decir digo dice pedir pido llegar llega llegó comprar compré escribir escribí llamar llamo llame
no sí si ya muy más mas menos mucho mucha poco bien mal mejor peor ahora hoy ayer mañana luego después antes siempre nunca también tampoco solo sólo aún todavía aquí allí
hola buenos buenas días dias tardes noches gracias favor perdón perdon disculpe disculpa vale claro bueno ok okay señor señora señorita
nombre apellido correo email teléfono telefono móvil movil número numero pedido pedidos factura cuenta precio envío envio envíos cliente pregunta duda problema ayuda
prefiero decirlo anónimo nada nadie ninguno algo alguien todo todos otra otro misma mismo cierto tanto vivo trabajo necesitas
importa igual espera espere esperen esperad momento momentito secreto secreta privado privada confidencial paso jaja jajaja jeje agente asesor asesora humano operador operadora
soporte ventas reembolso devolución devoluciones cancelar entrega ninguna idea anónima tal cuesta cuestan información gente real necesario necesaria hablar quien-sabe adiós chau
qué-tal nada-más luego-te mande`,
  states: `estudiante alumno alumna cliente clienta usuario usuaria nuevo nueva profesor profesora maestra maestro médico médica abogado abogada ingeniero ingeniera autónomo autónoma jubilado jubilada español española mexicano mexicana argentino colombiano chileno peruano
feliz triste contento contenta interesado interesada casado casada soltero soltera vegetariano vegetariana vegano vegana alérgico alérgica celíaco diabético consciente capaz incapaz mayor menor joven viejo vieja alto alta tan demasiado socio socia dueño dueña madre padre hermano hermana hijo hija
urgente importante posible imposible verdad mentira tarde temprano fácil difícil caro barato gratis
rubio rubia moreno morena pelirrojo mamá papá modelo policía pintor pintora músico música bailarín bailarina escritor escritora secretario secretaria sordo sorda ciego ciega mudo
zurdo zurda diestro cristiano cristiana católico católica judío judía musulmán ateo atea budista religioso cocinero cocinera chef camarero mesero mesera enfermero enfermera granjero
agricultor carpintero fontanero plomero electricista mecánico albañil obrero chofer chófer conductor piloto camionero taxista cartero soldado militar juez notario farmacéutico
dentista cirujano psicólogo veterinario científico investigador becario aprendiz desempleado parado actor actriz cantante poeta periodista fotógrafo fotógrafa peluquero peluquera
gerente jefe jefa director directora vendedor vendedora dependiente contable contador programador desarrollador diseñador diseñadora arquitecto arquitecta freelance empresario
empresaria hombre mujer chico chica niño niña humano robot persona tímido tímida guapo guapa feo gordo gorda flaco flaca delgado simpático amable honesto vago vaga perezoso
deportista americano americana inglés inglesa francés francesa alemán alemana italiano italiana portugués brasileño brasileña venezolano venezolana cubano cubana ecuatoriano
boliviano uruguayo paraguayo catalán madrileño andaluz chino japonés ruso divorciado viudo viuda huérfano gemelo gemela padres embarazada fan experto experta principiante`,
  stateEndings: '(?:ado|ada|ados|adas|ido|ida|idos|idas|ista|ante|ente|oso|osa|able|ible|ero|era|mente|ísimo|ísima|dor|dora|ción)',
  fillers: 'ola wenas bnas buen eh pues mira con sí si claro hola buenas buenos días dias tardes noches vale ok bueno pues soy es me llamo mi nombre gracias por supuesto señor señora desde luego',
  asksName: String.raw`(?:tu|su|el|vuestro|me) nombre|^\W*(?:y |e )?(?:tu |su )?nombre(?: completo)?\s*\?|cómo te llamas|como te llamas|cómo se llama|como se llama|con quién (?:hablo|tengo)|quién (?:eres|es usted)|(?:nombre|apellidos?) (?:y|completo)|me dices tu nombre`,
  asksFirstName: 'nombre de pila',
  asksLastName: '(?:tu|su|el|tus|sus) apellidos?|^\\W*(?:y |e )?apellidos?\\s*\\?',
  asksEmail: String.raw`correo|e-?mail|dirección de (?:correo|mail)|\bmail\b`,
  asksPhone: String.raw`n[uú]mero[^?.!]{0,30}(?:llam|contact|localiz|comunic|marc)|qué número|teléfono|telefono|móvil|movil|celular|whatsapp|(?:tu|su) número(?! de (?!contacto|tel))|número (?:de contacto|para|donde)|\bcel\b|te llam[eo]|le llam[eo]`,
  phoneCue: String.raw`tel[eé]fono|\btel\b|\btlf\b|\btfno\b|m[oó]vil|celular|\bcel\b|whats ?app|ll[aá]m[aáe]|mi n[uú]mero(?: es)?|fijo`,
  ownEmail: String.raw`mi (?:correo|e-?mail|mail|direcci[oó]n)|\bcorreo\b|escr[ií]b(?:eme|anme|ame|irme)|m[aá]nd(?:ame|eme|enme|armelo|amelo)|env[ií](?:ame|eme|arme|amelo|emelo)|cont[aá]ct(?:ame|eme)|me (?:llega|escrib)`,
  otherEmail: String.raw`escrib[ií](?:mos|do)?(?!\p{L})|envi[eé](?!\p{L})|mand[eé](?!\p{L})|contact[eé](?!\p{L})|contest[eé](?!\p{L})|respond[ií](?!\p{L})|recib[ií]|me lleg[oó]|\bmi (?:jefe|jefa|hermano|hermana|esposa|esposo|mujer|marido|colega|compañer[oa]|amigo|amiga|socio|socia|madre|padre|hijo|hija|novi[oa]|contable|client[ea])|su correo|\bagrega|\bañad|\bborra|\belimina|\bquita|reenv[ií]`,
  invites: {
    opens: String.raw`por favor|porfa|y|o|pero|entonces|también|simplemente|s[oó]lo|hola|sí|si no|mejor|gracias|favor de|no dud[ea]n? en`,
    asks: String.raw`(?:escr[ií]b(?:[ae]n?|id|ir)(?:me|nos)?|respond(?:[ae]n?|ed|er)(?:me|nos)?|contest(?:[ae]n?|ad|ar)|env[ií](?:[ae]n?|ad|ar)(?:me|nos)?(?:l[oa]s?)?|m[aá]nd(?:[ae]n?|ad|ar)(?:me|nos)?(?:l[oa]s?)?)… al?(?: correo)?`,
    lets: String.raw`(?<!no )(?:puede[ns]?|podr[ií]a[ns]?|pod[eé]is|podr[ií]ais)(?: (?:usted|ustedes|también|simplemente|por favor))* (?:escrib|respond|contest|envi|mand)\p{L}*… al?(?: correo)?`,
  },
  otherNumber: String.raw`(?:pedido|factura|cuenta|tarjeta|dni|nie|nif|cif|rut|rfc|curp|c[eé]dula|referencia|ref|reserva|código|codigo|iban|postal|ticket|seguimiento|env[ií]o|póliza|poliza|contrato|cliente|usuario|serie|expediente|orden|precio|total|importe|fecha)(?!\p{L})[^,;.!?]{0,20}$`,
  at: ['arroba', 'aroba'],
  dot: ['punto'],
};
