// One line of the preview's conversation: what the bot says and offers, what the visitor wrote, what happens behind.
import type { JSX } from 'preact';
import { Icon } from '../../components/Icon.tsx';
import { CheckIcon, FailedIcon } from '../../components/icons.ts';
import { attributeLabel, detailWords } from '../../words.ts';
import { useFlow } from '../context.ts';
import type { PreviewEntry } from '../preview.ts';
import { PreviewAsk } from './PreviewAsk.tsx';
import { PreviewForm } from './PreviewForm.tsx';

export function PreviewEntryView({ entry }: { entry: PreviewEntry }): JSX.Element {
  if (entry.by === 'note') {
    return (
      <p class={`chat-note is-${entry.tone}`}>
        {entry.tone === 'fault' ? <Icon of={FailedIcon} size={13} /> : entry.tone === 'done' ? <Icon of={CheckIcon} size={13} /> : null}{' '}
        {entry.text}
      </p>
    );
  }
  return entry.by === 'visitor' ? <VisitorLine entry={entry} /> : <BotLine entry={entry} />;
}

function VisitorLine({ entry: { text, captured } }: { entry: Extract<PreviewEntry, { by: 'visitor' }> }): JSX.Element {
  return (
    <div class="chat-line by-visitor">
      <p class="chat-bubble" dir="auto">
        {text}
      </p>
      {captured.map(({ field, value, suggestion }) => (
        <span class="chat-captured" key={field}>
          <Icon of={CheckIcon} size={12} /> {attributeLabel(field)}: {detailWords(field, value)}
          {suggestion === undefined ? null : <em> {suggestion}?</em>}
        </span>
      ))}
    </div>
  );
}

function BotLine({ entry: { said, isAnswered } }: { entry: Extract<PreviewEntry, { by: 'bot' }> }): JSX.Element {
  const { preview } = useFlow();
  const isOpen = !isAnswered;
  return (
    <div class="chat-line by-bot">
      {said.text === '' ? null : (
        <p class="chat-bubble" dir="auto">
          {said.text}
        </p>
      )}
      {said.consent && isOpen ? <p class="chat-consent">{said.consent.text}</p> : null}
      {said.kind === 'form' ? <PreviewForm fields={said.fields} isOpen={isOpen} /> : null}
      {said.kind === 'say' && said.ask && isOpen ? <PreviewAsk ask={said.ask} chips={said.chips ?? []} /> : null}
      {said.kind === 'say' && said.chips && said.ask?.kind !== 'choices' && isOpen ? (
        <div class="chat-chips" role="group" aria-label="Answers">
          {said.chips.map(({ value, label }) => (
            <button key={value} type="button" class="chat-chip" onClick={() => void preview.say(label, { choice: value })}>
              {label}
            </button>
          ))}
        </div>
      ) : null}
    </div>
  );
}
