import { describe, expect, it } from 'vitest';
import { parseFlow } from '../../../../shared/bot/flow.ts';
import { readyFlows } from '../../../../shared/bot/flows/index.ts';
import { languagesOf, localize, textsOf } from '../../../../shared/bot/localize.ts';
import { factsInTemplate, parseTemplate } from '../../../../shared/bot/template.ts';
import { languages } from '../../../../shared/bot/understand/languages.ts';
import { fold } from '../../../../shared/bot/understand/fold.ts';
import { askChoice } from '../../../../shared/bot/steps/ask-choice.ts';
import { askChoices } from '../../../../shared/bot/steps/ask-choices.ts';
import type { Heard, StepContext } from '../../../../shared/bot/step.ts';
import { firstSight } from '../../../../shared/bot/engine.ts';
import { validateFlow } from '../../../../shared/bot/validate.ts';

/** Figures, and words that are the same in both languages. */
const alike = new Set(['2–10', '11–50', '51–200', 'nl Later']);
const isBot = /\b(?:ro)?bots?\b|bot\b|botem|botum|botuyum|бот|روبوت|बॉट|ボット|机器人|봇/i;

const others = languages.filter((language) => language !== 'en');
const cases = readyFlows.flatMap((ready) => others.map((language) => [ready.id, language, ready.flow] as const));
const everywhere = readyFlows.flatMap((ready) =>
  languages.map((language) => [ready.id, language, localize(ready.flow, language)] as const),
);

const context: StepContext = {
  facts: {},
  render: (text) => text,
  word: (word) => word,
  language: 'en',
  isTold: () => false,
} as StepContext;

function heard(raw: string): Heard {
  return { raw, folded: fold(raw), choice: undefined, choices: undefined, files: undefined, details: [], values: undefined } as Heard;
}

describe('the ready flows in other languages', () => {
  it.each(readyFlows.map(({ id, flow }) => [id, flow] as const))('“%s” is there in all fifteen', (_id, flow) => {
    expect(languagesOf(flow)).toEqual([...languages]);
  });

  it.each(cases)('“%s” in %s has exactly the texts of the flow', (_id, language, flow) => {
    const keys = textsOf(flow).map(({ key }) => key);
    expect(Object.keys(flow.translations?.[language] ?? {}).sort()).toEqual(keys.sort());
  });

  it.each(cases)('“%s” in %s says each text in words of its own, with the same variables', (_id, language, flow) => {
    for (const { key, text } of textsOf(flow)) {
      const said = flow.translations?.[language]?.[key] ?? '';
      expect(said.trim(), key).toBe(said);
      expect(said, key).not.toBe('');
      if (!alike.has(text) && !alike.has(`${language} ${text}`)) expect(said, key).not.toBe(text);
      expect(parseTemplate(said).fault, key).toBeNull();
      expect(factsInTemplate(parseTemplate(said)).sort(), key).toEqual(factsInTemplate(parseTemplate(text)).sort());
    }
  });

  it.each(everywhere)('“%s” in %s is a flow without a fault', (_id, _language, flow) => {
    expect(validateFlow(flow)).toEqual([]);
    expect(parseFlow(JSON.parse(JSON.stringify(flow)))).toMatchObject({ ok: true });
  });

  it.each(everywhere)('“%s” in %s says first that it is a bot', (_id, _language, flow) => {
    expect(firstSight(flow).texts.join(' ')).toMatch(isBot);
  });

  it.each(everywhere)('“%s” in %s takes each choice when it is typed as it is labelled', (_id, _language, flow) => {
    for (const [id, step] of Object.entries(flow.steps)) {
      if (step.type !== 'ask-choice' && step.type !== 'ask-choices') continue;
      for (const { value, label } of step.choices) {
        const taken =
          step.type === 'ask-choice' ? askChoice.take(step, heard(label), context) : askChoices.take(step, heard(label), context);
        expect(taken, `${id}: ${label}`).toMatchObject({ value });
      }
    }
  });
});
