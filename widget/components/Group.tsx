import { useApp } from '../app.ts';
import { Captured, Files, messageViews } from '../messages/index.ts';
import { Linked } from '../messages/TextMessage.tsx';
import type { Bubble, Row } from '../rows.ts';
import { Avatar } from './Avatar.tsx';
import { Failed } from './Failed.tsx';
import { tracked } from './tracked.ts';

/** Messages of one author within three minutes; the face stands by the last. */
export function Group({ row }: { row: Row & { kind: 'group' } }) {
  const { locale } = useApp();
  const { author, mine, bubbles } = row;
  const name = author.name ?? (author.kind === 'bot' ? locale.phrases.assistant : locale.phrases.team);
  return (
    <li class={mine ? 'group mine' : 'group'}>
      {!mine && <Avatar author={author} />}
      <div class="bubbles">
        <span class={mine || author.kind === 'bot' ? 'hidden' : 'name'}>{mine ? locale.phrases.youSaid : name}</span>
        {bubbles.map((bubble) => (
          <Line key={bubble.key} bubble={bubble} />
        ))}
      </div>
    </li>
  );
}

function Line({ bubble }: { bubble: Bubble }) {
  const { state, formats } = useApp();
  const { message, item } = bubble;
  const { kind, files, consent, captured } = message;
  const View = messageViews[kind === 'form' ? 'form' : 'text'];
  // Files sent without a word are said by their names.
  const isNamed = files?.map(({ name }) => name).join(', ') === message.text;
  const classes = [
    'line',
    item?.failure && 'failed',
    item && !item.ack && !item.failure && 'pending',
    state.fresh.has(bubble.key) && 'enter',
  ];
  return (
    <div class={classes.filter(Boolean).join(' ')}>
      <div class="content">
        {isNamed || <View message={message} />}
        <time class="when" dateTime={new Date(message.at).toISOString()} title={formats.full(message.at)}>
          {formats.time(message.at)}
        </time>
      </div>
      {files && !message.deleted && <Files files={files} />}
      {consent && kind === 'text' && (
        <p class="consent" dir="auto">
          <Linked text={consent} />
        </p>
      )}
      {captured && <Captured message={message} />}
      {item?.failure ? <Failed item={item} /> : <DeliveryMark bubbleKey={bubble.key} />}
    </div>
  );
}

const DeliveryMark = tracked(function DeliveryMark({ bubbleKey }: { bubbleKey: string }) {
  const { state, delivery, locale } = useApp();
  const mark = state.delivery.value;
  if (mark?.key !== bubbleKey) return null;
  const { phrases } = locale;
  const words = mark.state === 'sending' ? (delivery.status.value === 'waiting' ? phrases.waiting : phrases.sending) : phrases[mark.state];
  return <div class={`mark ${mark.state}`}>{words}</div>;
});
