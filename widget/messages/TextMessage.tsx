import type { MessageView } from '../../shared/conversation.ts';
import { useApp } from '../app.ts';
import { breakable, linkify } from '../linkify.ts';

export function TextMessage({ message }: { message: MessageView }) {
  const { phrases } = useApp().locale;
  if (message.deleted) return <p class="bubble gone">{phrases.deleted}</p>;
  return (
    <p class="bubble" dir="auto">
      <Linked text={message.text} />
      {message.editedAt !== undefined && <small> {phrases.edited}</small>}
    </p>
  );
}

/** Text nodes and links only: what anybody wrote never becomes markup. */
export function Linked({ text }: { text: string }) {
  return (
    <>
      {linkify(text).map(({ text, href }, index) =>
        href ? (
          <a key={index} href={href} target="_blank" rel="noopener noreferrer nofollow ugc">
            {breakable(text).map((part, at) => (at > 0 ? [<wbr key={at} />, part] : part))}
          </a>
        ) : (
          text
        ),
      )}
    </>
  );
}
