// The first run: four steps from nothing to an answered, signed-in visitor; each turns green by itself.
import type { JSX } from 'preact';
import type { ChecklistReply } from '../../shared/api.ts';
import { checklistLength } from '../state/checklist.ts';
import { CopyButton } from './CopyButton.tsx';
import { useInbox } from './context.ts';
import { Icon } from './Icon.tsx';
import { CheckIcon, ExternalIcon } from './icons.ts';
import { RelativeTime } from './Time.tsx';

interface StepWords {
  of: keyof ChecklistReply;
  title: string;
  waiting: string;
  done: string;
  How(): JSX.Element;
}

const steps: readonly StepWords[] = [
  {
    of: 'script_seen_at',
    title: 'Put the widget on your site',
    waiting: 'Waiting for a page of yours to load it…',
    done: 'Script seen',
    How: HowToInstall,
  },
  {
    of: 'first_message_at',
    title: 'Receive the first message',
    waiting: 'Waiting for somebody to write…',
    done: 'First message',
    How: () => <p>Open the page with the widget and write something, as a visitor would. It appears on the left.</p>,
  },
  {
    of: 'agent_replied_at',
    title: 'Answer it',
    waiting: 'Waiting for your first answer…',
    done: 'First answer',
    How: () => (
      <p>
        Choose the conversation, take over from the bot with <kbd>T</kbd>, and write.
      </p>
    ),
  },
  {
    of: 'first_verified_user_at',
    title: 'Recognise your signed-in users',
    waiting: 'Waiting for the first verified user…',
    done: 'First verified user',
    How: HowToIdentify,
  },
];

export function FirstRun({ seen }: { seen: ChecklistReply }): JSX.Element {
  const { me, checklist } = useInbox();
  const done = checklist.done.value;
  const current = steps.find((step) => seen[step.of] === null);
  return (
    <div class="first-run">
      <h2>Welcome, {me.agent.name.split(' ')[0]}</h2>
      <p class="first-run-lead">
        {done === 0 ? 'Four steps to your first answered visitor.' : `${done} of ${checklistLength} done.`} Each turns green by itself.
      </p>
      <ol class="steps">
        {steps.map((step) => (
          <Step key={step.of} step={step} at={seen[step.of]} isCurrent={step === current} />
        ))}
      </ol>
    </div>
  );
}

function Step({ step, at, isCurrent }: { step: StepWords; at: number | null; isCurrent: boolean }): JSX.Element {
  const { title, waiting, done, How } = step;
  return (
    <li class={`step ${at === null ? '' : 'is-done'} ${isCurrent ? 'is-current' : ''}`} aria-current={isCurrent ? 'step' : undefined}>
      <span class="step-mark">{at === null ? null : <Icon of={CheckIcon} size={14} label="Done:" />}</span>
      <div class="step-body">
        <h3>{title}</h3>
        {isCurrent ? (
          <>
            <div class="step-how">
              <How />
            </div>
            <p class="step-light" role="status">
              <span class="pulse" /> {waiting}
            </p>
          </>
        ) : null}
        {at === null ? null : (
          <p class="step-light is-on">
            {done} <RelativeTime at={at} />
          </p>
        )}
      </div>
    </li>
  );
}

function HowToInstall(): JSX.Element {
  const { snippet } = useInbox().me.workspace;
  return (
    <>
      <p>Paste this before the closing body tag of every page:</p>
      <div class="snippet">
        <code>{snippet}</code>
        <CopyButton text={snippet} label="Copy the snippet" word="Copy" class="button button-small" />
      </div>
      <p>
        No site at hand?{' '}
        <a href="/demo" target="_blank" rel="noopener">
          Try it on the demo page <Icon of={ExternalIcon} size={12} />
        </a>
      </p>
    </>
  );
}

function HowToIdentify(): JSX.Element {
  const { openSheet } = useInbox();
  return (
    <>
      <p>
        Call <code>Foyer('identify', …)</code> with a <code>user_hash</code> where your app knows who is there. The demo page does it with
        two sample accounts.
      </p>
      <button type="button" class="button button-small step-button" onClick={() => openSheet('install')}>
        Show the secret and the code
      </button>
    </>
  );
}
