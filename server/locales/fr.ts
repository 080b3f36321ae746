import type { Phrases } from './index.ts';

export const fr: Phrases = {
  mail: {
    subject: (name) => `Confirmez votre adresse e-mail pour ${name}`,
    preview: 'Un clic, et les réponses vous parviennent.',
    title: 'Est-ce bien votre adresse ?',
    why: (name) =>
      `Cette adresse a été donnée dans un chat avec ${name}. Si c’était vous, confirmez-la : l’équipe saura que ses réponses vous parviennent.`,
    button: 'Confirmer mon adresse',
    orLink: 'Ou ouvrez ce lien dans votre navigateur :',
    until: 'Le lien fonctionne une seule fois, pendant 24 heures.',
    notYou: 'Ce n’était pas vous ? Ne faites rien : l’adresse restera non confirmée.',
  },
  page: {
    ask: {
      title: 'Est-ce bien votre adresse ?',
      why: (name) =>
        `Elle a été donnée dans un chat avec ${name}. Si c’était vous, confirmez-la : l’équipe saura que ses réponses vous parviennent.`,
      button: 'Confirmer mon adresse',
      notYou: 'Ce n’était pas vous ? Fermez simplement cette page. Rien ne se passe sans votre confirmation.',
    },
    confirmed: {
      title: 'Votre adresse est confirmée',
      words: (name) => `Merci. ${name} peut vous y répondre. Vous pouvez fermer cette page.`,
    },
    used: {
      title: 'Ce lien ne fonctionne plus',
      words: () => 'Il a déjà servi, ou il est incomplet. Si vous avez confirmé votre adresse avec lui, il n’y a plus rien à faire.',
    },
    expired: {
      title: 'Ce lien est trop ancien',
      words: (name) =>
        `Un lien fonctionne 24 heures, et seulement le plus récent. Écrivez à ${name} dans le chat pour en recevoir un autre.`,
    },
    changed: {
      title: 'Cette adresse n’est plus utilisée',
      words: (name) => `Depuis l’envoi de cet e-mail, une autre adresse a été donnée à ${name}. Il n’y a rien à confirmer ici.`,
    },
    tooMany: { title: 'Une petite pause', words: () => 'Trop d’essais sont venus de votre réseau. Rouvrez le lien dans quelques minutes.' },
    trouble: {
      title: 'Cela n’a pas marché cette fois',
      words: () => 'Rien n’a été changé, et le lien fonctionne toujours. Réessayez dans une minute.',
    },
  },
};
