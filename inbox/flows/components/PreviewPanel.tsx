// A conversation with the draft, in a chat that looks like the visitor's; beside it what the flow has learned by then.
import type { JSX } from 'preact';
import { useEffect, useRef, useState } from 'preact/hooks';
import { Icon } from '../../components/Icon.tsx';
import { BotIcon, SendIcon } from '../../components/icons.ts';
import { useFlow } from '../context.ts';
import { durationWords } from '../duration.ts';
import { RestartIcon, SkipIcon } from '../icons.ts';
import { PanelView } from './Panel.tsx';
import { PreviewCall } from './PreviewCall.tsx';
import { PreviewEntryView } from './PreviewEntry.tsx';
import { PreviewFacts } from './PreviewFacts.tsx';
import { PreviewLearned } from './PreviewLearned.tsx';

type Tab = 'chat' | 'facts' | 'learned';
const tabs: Record<Tab, string> = { chat: 'Chat', learned: 'Learned', facts: 'Visitor' };

export function PreviewPanel(): JSX.Element {
  const { preview } = useFlow();
  const [tab, setTab] = useState<Tab>('chat');
  const score = preview.state.value?.score ?? 0;
  return (
    <PanelView
      name="preview"
      title="Preview"
      close={preview.close}
      actions={
        <button type="button" class="icon-button" aria-label="Begin again" title="Begin again" onClick={() => preview.restart()}>
          <Icon of={RestartIcon} size={15} />
        </button>
      }
    >
      <div class="preview-tabs" role="tablist" aria-label="Preview">
        {(Object.entries(tabs) as [Tab, string][]).map(([name, label]) => (
          <button
            key={name}
            type="button"
            role="tab"
            id={`preview-tab-${name}`}
            aria-selected={tab === name}
            aria-controls="preview-tabpanel"
            onClick={() => setTab(name)}
          >
            {label}
            {name === 'learned' && score !== 0 ? <span class="preview-score">{score}</span> : null}
          </button>
        ))}
      </div>
      <div class="preview-tabpanel" role="tabpanel" id="preview-tabpanel" aria-labelledby={`preview-tab-${tab}`}>
        {tab === 'chat' ? <Chat /> : tab === 'facts' ? <PreviewFacts /> : <PreviewLearned />}
      </div>
    </PanelView>
  );
}

function Chat(): JSX.Element {
  const { inbox, preview } = useFlow();
  const entries = preview.entries.value;
  const log = useRef<HTMLDivElement>(null);
  useEffect(() => {
    const element = log.current;
    if (element) element.scrollTop = element.scrollHeight;
  }, [entries]);
  return (
    <div class="chat">
      <header class="chat-head">
        <span class="chat-face">
          <Icon of={BotIcon} size={16} />
        </span>
        <span>
          <b>{inbox.me.workspace.name}</b>
          <small>{preview.pretence.settings.value.isOnline ? 'We’re here' : 'Nobody is here right now'}</small>
        </span>
      </header>
      <div class="chat-log" role="log" aria-label="Preview of the conversation" ref={log} tabIndex={0}>
        {entries.map((entry) => (
          <PreviewEntryView key={entry.id} entry={entry} />
        ))}
        <Awaiting />
      </div>
      <Composer />
    </div>
  );
}

function Awaiting(): JSX.Element | null {
  const { preview } = useFlow();
  const awaiting = preview.awaiting.value;
  if (awaiting === null) return null;
  if (awaiting.kind === 'call') return <PreviewCall request={awaiting.request} />;
  return (
    <button type="button" class="button button-small chat-skip" onClick={preview.skipWait}>
      <Icon of={SkipIcon} size={14} /> Skip {durationWords(awaiting.ms)}
    </button>
  );
}

const inputTypes = { email: 'email', tel: 'tel', number: 'text', text: 'text' } as const;

function Composer(): JSX.Element {
  const { preview } = useFlow();
  const [text, setText] = useState('');
  const last = preview.entries.value.findLast((entry) => entry.by === 'bot');
  const input = last?.by === 'bot' && last.said.kind === 'say' ? (last.said.input ?? 'text') : 'text';
  const outcome = preview.state.value?.outcome ?? null;
  if (outcome === 'handover' || outcome === 'end') {
    return (
      <div class="chat-over">
        <button type="button" class="button button-small" onClick={() => preview.restart()}>
          <Icon of={RestartIcon} size={14} /> Begin again
        </button>
        {outcome === 'handover' ? (
          <button type="button" class="button button-small button-quiet" onClick={preview.handBack}>
            Hand back to the bot
          </button>
        ) : null}
      </div>
    );
  }
  const send = (): void => {
    if (text.trim() === '') return;
    setText('');
    void preview.say(text.trim());
  };
  return (
    <form
      class="chat-composer"
      onSubmit={(event) => {
        event.preventDefault();
        send();
      }}
    >
      <input
        type="text"
        inputMode={inputTypes[input]}
        aria-label="Write as a visitor"
        placeholder="Write as a visitor …"
        autocomplete="off"
        maxLength={8000}
        value={text}
        onInput={(event) => setText(event.currentTarget.value)}
      />
      <button type="submit" class="chat-send" aria-label="Send" aria-disabled={text.trim() === ''}>
        <Icon of={SendIcon} size={15} />
      </button>
    </form>
  );
}
