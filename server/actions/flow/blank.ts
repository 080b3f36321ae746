import type { JsonObject } from './json.ts';

/** A flow to begin with: it says something, asks something and ends. Without a fault. */
export function blankFlow(name: string): JsonObject {
  return {
    name,
    start: 'hello',
    steps: {
      hello: { type: 'say', text: 'Hi! I’m a bot, with real people right behind me.', next: 'question', at: { x: 80, y: 80 } },
      question: { type: 'ask-text', text: 'What can we do for you?', open: true, next: 'bye', at: { x: 80, y: 240 } },
      bye: { type: 'end', text: 'Thanks! The team will see it and answer here.', at: { x: 80, y: 400 } },
    },
  };
}
