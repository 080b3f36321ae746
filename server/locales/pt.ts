import type { Phrases } from './index.ts';

export const pt: Phrases = {
  mail: {
    subject: (name) => `Confirme seu e-mail para ${name}`,
    preview: 'Um clique, e as respostas chegam até você.',
    title: 'Este endereço é seu?',
    why: (name) =>
      `Este endereço foi informado em um chat com ${name}. Se foi você, confirme: assim a equipe sabe que as respostas chegam até você.`,
    button: 'Confirmar meu endereço',
    orLink: 'Ou abra este link no navegador:',
    until: 'O link funciona uma única vez, por 24 horas.',
    notYou: 'Não foi você? Então não faça nada: o endereço fica sem confirmação.',
  },
  page: {
    ask: {
      title: 'Este endereço é seu?',
      why: (name) =>
        `Ele foi informado em um chat com ${name}. Se foi você, confirme: assim a equipe sabe que as respostas chegam até você.`,
      button: 'Confirmar meu endereço',
      notYou: 'Não foi você? É só fechar esta página. Nada acontece sem a sua confirmação.',
    },
    confirmed: {
      title: 'Seu endereço está confirmado',
      words: (name) => `Obrigado. ${name} já pode responder a você por ele. Você pode fechar esta página.`,
    },
    used: {
      title: 'Este link não funciona mais',
      words: () => 'Ele já foi usado, ou falta uma parte dele. Se você confirmou seu endereço com ele, não há mais nada a fazer.',
    },
    expired: {
      title: 'Este link é antigo demais',
      words: (name) => `Um link funciona por 24 horas, e só o mais novo. Escreva para ${name} no chat e você receberá outro.`,
    },
    changed: {
      title: 'Este endereço não está mais em uso',
      words: (name) => `Desde que este e-mail foi enviado, ${name} recebeu outro endereço. Não há nada a confirmar aqui.`,
    },
    tooMany: {
      title: 'Uma pausa, por favor',
      words: () => 'Houve tentativas demais a partir da sua rede. Abra o link de novo em alguns minutos.',
    },
    trouble: {
      title: 'Não funcionou desta vez',
      words: () => 'Nada foi alterado, e o link continua valendo. Tente de novo em um minuto.',
    },
  },
};
