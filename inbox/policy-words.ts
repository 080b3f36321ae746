// The ask policies as operators read them; `unread` where nothing is taken out of what visitors write unasked.
import type { AskPolicy } from '../shared/bot/types.ts';

export const policyWords: Record<AskPolicy, { label: string; meaning: string; unread?: string }> = {
  flow: { label: 'Where the flow asks', meaning: 'The flow’s own questions decide, at the place they stand.' },
  'up-front': { label: 'Up front', meaning: 'Before anything else. Nobody is missed, but some turn away at the door.' },
  'after-first-answer': {
    label: 'After the first answer',
    meaning: 'Visitors say what they need, then how to reach them.',
  },
  'at-handover': { label: 'At handover', meaning: 'Only when a person is to take over, so that the answer can find them.' },
  'when-offline': { label: 'When nobody is here', meaning: 'Only while the team is away or outside business hours.' },
  never: {
    label: 'Never',
    meaning: 'The bot does not ask. What visitors give unasked is still captured.',
    unread: 'The bot does not ask, and nothing is read out of what visitors write.',
  },
};
