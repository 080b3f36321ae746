// What holds for the flow as a whole: its name, its language, when a lead of it counts as qualified, who asks for a person.
import type { JSX } from 'preact';
import type { FlowDraft } from '../../../shared/bot/edit.ts';
import { defaultLanguage } from '../../../shared/bot/localize.ts';
import { defaultWords } from '../../../shared/bot/words.ts';
import { Icon } from '../../components/Icon.tsx';
import { FailedIcon } from '../../components/icons.ts';
import { attributeLabel } from '../../words.ts';
import { useFlow } from '../context.ts';
import { asksSomething } from '../facts.ts';
import { stepWords } from '../fields/pickers.tsx';
import { PanelView } from './Panel.tsx';

export function FlowPanel(): JSX.Element {
  const { acts, editor } = useFlow();
  const flow = editor.draft.value;
  const isReadOnly = editor.isReadOnly.value;
  const faults = editor.drawing.faultsOf.value.get('') ?? [];
  return (
    <PanelView name="flow" title="Settings of the flow" takesFocus close={() => editor.show(null)}>
      <div class="flow-form">
        {faults.map(({ message }) => (
          <p class="form-fault" role="alert" key={message}>
            <Icon of={FailedIcon} size={13} /> {message}
          </p>
        ))}
        <div class="flow-field">
          <label class="form-label" for="flow-language">
            Written in
          </label>
          <input
            id="flow-language"
            class="input"
            type="text"
            maxLength={35}
            disabled={isReadOnly}
            placeholder={defaultLanguage}
            value={flow.language ?? ''}
            onInput={(event) => acts.setFlow({ language: event.currentTarget.value.trim() || undefined }, 'language')}
          />
          <p class="form-hint">A language tag like en, de or pt-BR. Other languages are added under “Translations”.</p>
        </div>
        <Qualify flow={flow} isReadOnly={isReadOnly} />
        <Human flow={flow} isReadOnly={isReadOnly} />
        <OwnWords flow={flow} isReadOnly={isReadOnly} />
      </div>
    </PanelView>
  );
}

interface PartProps {
  flow: FlowDraft;
  isReadOnly: boolean;
}

function Qualify({ flow, isReadOnly }: PartProps): JSX.Element {
  const { acts } = useFlow();
  return (
    <div class="flow-field">
      <label class="form-label" for="flow-qualify">
        Qualified from
      </label>
      <span class="flow-points">
        <input
          id="flow-qualify"
          class="input input-number"
          type="number"
          disabled={isReadOnly}
          placeholder="any"
          value={flow.qualify === undefined ? '' : String(flow.qualify.minScore)}
          onInput={(event) => {
            const minScore = event.currentTarget.valueAsNumber;
            acts.setFlow({ qualify: Number.isNaN(minScore) ? undefined : { minScore } }, 'qualify');
          }}
        />
        points
      </span>
      <p class="form-hint">
        Without it, everybody who reaches the end of the flow and left a way to reach them counts as a qualified lead.
      </p>
    </div>
  );
}

function Human({ flow, isReadOnly }: PartProps): JSX.Element {
  const { acts } = useFlow();
  const { human } = flow;
  const set = (more: Partial<NonNullable<FlowDraft['human']>>): void =>
    acts.setFlow({ human: { next: '', ...human, ...more } }, `human ${Object.keys(more).join()}`);
  const steps = Object.entries(flow.steps);
  const picker = (name: 'collect' | 'next', label: string, help: string, offered: typeof steps): JSX.Element => (
    <div class="flow-field is-inner">
      <label class="form-label" for={`human-${name}`}>
        {label}
      </label>
      <select
        id={`human-${name}`}
        class="select"
        disabled={isReadOnly}
        value={human?.[name] ?? ''}
        onChange={(event) => set({ [name]: event.currentTarget.value || (name === 'collect' ? undefined : '') })}
      >
        <option value="">{name === 'collect' ? 'Nothing' : 'Choose a step …'}</option>
        {offered.map(([id, step]) => (
          <option key={id} value={id}>
            {stepWords(id, step)}
          </option>
        ))}
      </select>
      <p class="form-hint">{help}</p>
    </div>
  );
  return (
    <fieldset class="flow-part">
      <legend class="form-label">When a visitor asks for a person</legend>
      <label class="switch">
        <input
          type="checkbox"
          role="switch"
          disabled={isReadOnly}
          checked={human !== undefined}
          onChange={(event) =>
            acts.setFlow({
              human: event.currentTarget.checked ? { next: steps.find(([, step]) => step['type'] === 'handover')?.[0] ?? '' } : undefined,
            })
          }
        />
        <span>They go a way of their own</span>
      </label>
      {human === undefined ? (
        <p class="form-hint">
          Otherwise they are handed over at once. Asking for a person is understood at any point, in fifteen languages.
        </p>
      ) : (
        <>
          <div class="flow-field is-inner">
            <label class="form-label" for="human-text">
              The bot says
            </label>
            <textarea
              id="human-text"
              class="textarea"
              rows={2}
              disabled={isReadOnly}
              placeholder={defaultWords.human}
              value={human.text ?? ''}
              onInput={(event) => set({ text: event.currentTarget.value || undefined })}
            />
          </div>
          {picker(
            'collect',
            'Then asks once',
            'If its answer is not known yet: how to reach them, say.',
            steps.filter(([, step]) => asksSomething(step)),
          )}
          {picker('next', 'And goes on at', 'A handover, most often.', steps)}
        </>
      )}
    </fieldset>
  );
}

function OwnWords({ flow, isReadOnly }: PartProps): JSX.Element {
  const { acts } = useFlow();
  const set = (word: string, text: string): void => {
    const { [word]: _, ...rest } = flow.words ?? {};
    const words = text === '' ? rest : { ...rest, [word]: text };
    acts.setFlow({ words: Object.keys(words).length === 0 ? undefined : words }, `word ${word}`);
  };
  const count = Object.keys(flow.words ?? {}).length;
  return (
    <details class="flow-part flow-words">
      <summary>
        The bot’s own words <span class="flow-fold-count">{count > 0 ? `${count} of your own` : ''}</span>
      </summary>
      <p class="form-hint">What the bot says of its own accord, in fifteen languages. Put your own in place of any.</p>
      {Object.entries(defaultWords).map(([word, text]) => (
        <div class="flow-field is-inner" key={word}>
          <label class="form-label" for={`word-${word}`}>
            {attributeLabel(word.replace(/([A-Z])/g, ' $1').toLowerCase())}
          </label>
          <textarea
            id={`word-${word}`}
            class="textarea"
            rows={1}
            disabled={isReadOnly}
            placeholder={text}
            value={flow.words?.[word] ?? ''}
            onInput={(event) => set(word, event.currentTarget.value)}
          />
        </div>
      ))}
    </details>
  );
}
