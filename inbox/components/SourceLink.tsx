import type { JSX } from 'preact';
import type { DetailView } from '../../shared/protocol.ts';
import { inboxPath } from '../router.ts';
import { useInbox } from './context.ts';
import { Icon } from './Icon.tsx';
import { GoToIcon } from './icons.ts';

const sourceWords: Record<DetailView['source']['kind'], string> = {
  message: 'from a message',
  form: 'from the form',
  identify: 'from your app',
  flow: 'from the bot’s questions',
  agent: 'by an agent',
  api: 'from your server',
};

/** Where a fact came from: a link to the message, which is then scrolled to and lit up. `of`: the words to show instead. */
export function SourceLink({ detail: { source, grade }, of }: { detail: Pick<DetailView, 'source' | 'grade'>; of?: string }): JSX.Element {
  const { filter, selectedId, reading, layout } = useInbox();
  const words = source.kind === 'identify' && grade === 'claimed' ? 'from the page, without proof' : sourceWords[source.kind];
  const name = of === undefined ? 'fact-source' : 'fact-other';
  const conversation = source.conversation ?? selectedId.value;
  const { message } = source;
  if (message === null || conversation === null) return <span class={name}>{of ?? words}</span>;
  const show = (): void => {
    layout.closeOverlays();
    // The address may be this one already: asked for again, it is shown again.
    if (conversation === selectedId.peek()) reading.mark(message);
  };
  return (
    <a class={name} href={inboxPath(filter.value, conversation, message)} title="Show the message it came from" onClick={show}>
      {of ?? words}
      {of === undefined ? <Icon of={GoToIcon} size={12} /> : null}
    </a>
  );
}
