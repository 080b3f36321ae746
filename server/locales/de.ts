import type { Phrases } from './index.ts';

export const de: Phrases = {
  mail: {
    subject: (name) => `Bestätigen Sie Ihre E-Mail-Adresse für ${name}`,
    preview: 'Ein Klick, und Antworten erreichen Sie.',
    title: 'Ist das Ihre Adresse?',
    why: (name) =>
      `Diese Adresse wurde in einem Chat mit ${name} angegeben. Wenn Sie das waren, bestätigen Sie sie bitte: Dann weiß das Team, dass Antworten Sie erreichen.`,
    button: 'Meine Adresse bestätigen',
    orLink: 'Oder öffnen Sie diesen Link im Browser:',
    until: 'Der Link gilt einmal und 24 Stunden lang.',
    notYou: 'Das waren Sie nicht? Dann tun Sie nichts: Die Adresse bleibt unbestätigt.',
  },
  page: {
    ask: {
      title: 'Ist das Ihre Adresse?',
      why: (name) =>
        `Sie wurde in einem Chat mit ${name} angegeben. Wenn Sie das waren, bestätigen Sie sie: Dann weiß das Team, dass Antworten Sie erreichen.`,
      button: 'Meine Adresse bestätigen',
      notYou: 'Das waren Sie nicht? Schließen Sie diese Seite einfach. Ohne Ihre Bestätigung geschieht nichts.',
    },
    confirmed: {
      title: 'Ihre Adresse ist bestätigt',
      words: (name) => `Danke. ${name} kann Ihnen dorthin antworten. Sie können diese Seite schließen.`,
    },
    used: {
      title: 'Dieser Link gilt nicht mehr',
      words: () =>
        'Er wurde schon benutzt, oder ein Teil von ihm fehlt. Wenn Sie Ihre Adresse damit bestätigt haben, ist nichts weiter zu tun.',
    },
    expired: {
      title: 'Dieser Link ist zu alt',
      words: (name) =>
        `Ein Link gilt 24 Stunden, und nur der neueste. Schreiben Sie ${name} im Chat, dann bekommen Sie einen anderen geschickt.`,
    },
    changed: {
      title: 'Diese Adresse gilt nicht mehr',
      words: (name) => `Seit dieser Mail wurde ${name} eine andere Adresse genannt. Hier ist nichts mehr zu bestätigen.`,
    },
    tooMany: {
      title: 'Eine kurze Pause, bitte',
      words: () => 'Aus Ihrem Netz kamen zu viele Versuche. Öffnen Sie den Link in ein paar Minuten noch einmal.',
    },
    trouble: {
      title: 'Das hat gerade nicht geklappt',
      words: () => 'Es wurde nichts geändert, und der Link gilt noch. Bitte versuchen Sie es in einer Minute noch einmal.',
    },
  },
};
