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
};

/** Where a fact came from: a link to the message, which is then scrolled to and lit up. */
export function SourceLink({ source, isShort = false }: { source: DetailView['source']; isShort?: boolean }): JSX.Element {
  const { filter, selectedId, reading } = useInbox();
  const words = sourceWords[source.kind];
  const conversation = source.conversation ?? selectedId.value;
  const { message } = source;
  if (message === null || conversation === null) return <span class="fact-source">{words}</span>;
  const again = (): void => {
    if (conversation === selectedId.peek()) reading.mark(message);
  };
  return (
    <a class="fact-source" href={inboxPath(filter.value, conversation, message)} title="Show the message it came from" onClick={again}>
      {isShort ? <span class="hidden">{words}</span> : words}
      <Icon of={GoToIcon} size={12} />
    </a>
  );
}
