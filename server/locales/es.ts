import type { Phrases } from './index.ts';

export const es: Phrases = {
  mail: {
    subject: (name) => `Confirma tu correo para ${name}`,
    preview: 'Un clic y las respuestas te llegarán.',
    title: '¿Es esta tu dirección?',
    why: (name) =>
      `Alguien dio esta dirección en un chat con ${name}. Si fuiste tú, confírmala: así el equipo sabe que las respuestas te llegan.`,
    button: 'Confirmar mi dirección',
    orLink: 'O abre este enlace en tu navegador:',
    until: 'El enlace sirve una sola vez, durante 24 horas.',
    notYou: '¿No fuiste tú? Entonces no hagas nada: la dirección quedará sin confirmar.',
  },
  page: {
    ask: {
      title: '¿Es esta tu dirección?',
      why: (name) => `Alguien la dio en un chat con ${name}. Si fuiste tú, confírmala: así el equipo sabe que las respuestas te llegan.`,
      button: 'Confirmar mi dirección',
      notYou: '¿No fuiste tú? Cierra esta página. No pasa nada hasta que confirmes.',
    },
    confirmed: {
      title: 'Tu dirección está confirmada',
      words: (name) => `Gracias. ${name} ya puede responderte ahí. Puedes cerrar esta página.`,
    },
    used: {
      title: 'Este enlace ya no sirve',
      words: () => 'Ya se usó, o le falta una parte. Si confirmaste tu dirección con él, no hay nada más que hacer.',
    },
    expired: {
      title: 'Este enlace es demasiado antiguo',
      words: (name) => `Un enlace sirve 24 horas, y solo el más reciente. Escribe a ${name} en el chat y recibirás otro.`,
    },
    changed: {
      title: 'Esta dirección ya no está en uso',
      words: (name) => `Desde que se envió este correo, ${name} recibió otra dirección. Aquí no hay nada que confirmar.`,
    },
    tooMany: {
      title: 'Una pausa, por favor',
      words: () => 'Hubo demasiados intentos desde tu red. Abre el enlace de nuevo en unos minutos.',
    },
    trouble: {
      title: 'No ha funcionado esta vez',
      words: () => 'No se cambió nada y el enlace sigue sirviendo. Inténtalo de nuevo en un minuto.',
    },
  },
};
