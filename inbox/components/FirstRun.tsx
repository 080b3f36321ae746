// The first run: four steps from nothing to an answered, signed-in visitor; each turns green by itself.
import type { ComponentChildren, JSX } from 'preact';
import type { ChecklistReply } from '../../shared/api.ts';
import { checklistLength } from '../state/checklist.ts';
import { CopyButton } from './CopyButton.tsx';
import { useInbox } from './context.ts';
import { Icon } from './Icon.tsx';
import { CheckIcon, ExternalIcon } from './icons.ts';
import { RelativeTime } from './Time.tsx';

export function FirstRun({ steps }: { steps: ChecklistReply }): JSX.Element {
  const { me, checklist } = useInbox();
  const order = [steps.script_seen_at, steps.first_message_at, steps.agent_replied_at, steps.first_verified_user_at];
  const current = order.indexOf(null);
  return (
    <div class="first-run">
      <h2>Welcome, {me.agent.name.split(' ')[0]}</h2>
      <p class="first-run-lead">
        {checklist.done.value === 0 ? 'Four steps to your first answered visitor.' : `${checklist.done.value} of ${checklistLength} done.`}{' '}
        Each turns green by itself.
      </p>
      <ol class="steps">
        <Step
          at={steps.script_seen_at}
          isCurrent={current === 0}
          title="Put the widget on your site"
          waiting="Waiting for the script to load somewhere…"
          done="Script seen"
        >
          <p>Paste this before the closing body tag of every page:</p>
          <div class="snippet">
            <code>{me.workspace.snippet}</code>
            <CopyButton text={me.workspace.snippet} label="Copy the snippet" word="Copy" class="button button-small" />
          </div>
          <p>
            No site at hand?{' '}
            <a href="/demo" target="_blank" rel="noopener">
              Open the demo page <Icon of={ExternalIcon} size={12} />
            </a>
          </p>
        </Step>
        <Step
          at={steps.first_message_at}
          isCurrent={current === 1}
          title="Receive the first message"
          waiting="Waiting for somebody to write…"
          done="First message"
        >
          <p>Open the page with the widget and write something, as a visitor would. It appears on the left.</p>
        </Step>
        <Step
          at={steps.agent_replied_at}
          isCurrent={current === 2}
          title="Answer it"
          waiting="Waiting for your first answer…"
          done="First answer"
        >
          <p>
            Choose the conversation, take over from the bot with <kbd>T</kbd>, and write.
          </p>
        </Step>
        <Step
          at={steps.first_verified_user_at}
          isCurrent={current === 3}
          title="Recognise your signed-in users"
          waiting="Waiting for the first verified user…"
          done="First verified user"
        >
          <p>
            Call <code>Foyer('identify', …)</code> with a <code>user_hash</code> where your app knows who is there. The demo page does it
            with two sample accounts.
          </p>
        </Step>
      </ol>
    </div>
  );
}

interface StepProps {
  at: number | null;
  isCurrent: boolean;
  title: string;
  waiting: string;
  done: string;
  children: ComponentChildren;
}

function Step({ at, isCurrent, title, waiting, done, children }: StepProps): JSX.Element {
  return (
    <li class={`step ${at === null ? '' : 'is-done'} ${isCurrent ? 'is-current' : ''}`} aria-current={isCurrent ? 'step' : undefined}>
      <span class="step-mark">{at === null ? null : <Icon of={CheckIcon} size={14} label="Done:" />}</span>
      <div class="step-body">
        <h3>{title}</h3>
        {isCurrent ? <div class="step-how">{children}</div> : null}
        {at === null && isCurrent ? (
          <p class="step-light" role="status">
            <span class="pulse" /> {waiting}
          </p>
        ) : null}
        {at === null ? null : (
          <p class="step-light is-on" role="status">
            {done} <RelativeTime at={at} />
          </p>
        )}
      </div>
    </li>
  );
}
