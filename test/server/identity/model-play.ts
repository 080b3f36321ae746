// An event as the model has it.
import { claimOf } from './events.ts';
import type { Event } from './events.ts';
import { archive, erase, say, setBlocked, signOut, write } from './model.ts';
import type { Model, Outcome } from './model.ts';
import { identify } from './model-identify.ts';
import { follow, mergeByHand, undo } from './model-merge.ts';

export function playInModel(m: Model, event: Event): Outcome {
  switch (event.kind) {
    case 'write':
    case 'begin':
      return write(m, event.device, event.kind === 'begin');
    case 'say':
      return say(m, event.device, event.email, event.corrects);
    case 'sign_out':
      return signOut(m, event.device);
    case 'identify':
      return identify(m, event.device, claimOf(event));
    case 'merge':
      return mergeByHand(m, event.from, event.into, event.force);
    case 'undo':
      return undo(m, event.which);
    case 'follow':
      return follow(m, event.who);
    case 'block':
    case 'unblock':
      return setBlocked(m, event.who, event.kind === 'block');
    case 'archive':
      return archive(m, event.who);
    case 'erase':
      return erase(m, event.who);
  }
}
