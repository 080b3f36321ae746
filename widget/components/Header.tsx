import { useApp } from '../app.ts';
import { Avatar, Faces } from './Avatar.tsx';
import { Icon } from './Icon.tsx';
import { Presence } from './Presence.tsx';
import { tracked } from './tracked.ts';

/** `top`: nothing lies beneath it. `compact`: who answers has scrolled out of sight (or there is no room for it) and is said here instead. */
export type Scrolled = 'top' | '' | 'compact';

export const Header = tracked(function Header({ scrolled }: { scrolled: Scrolled }) {
  const { state, locale, settings } = useApp();
  const { phrases } = locale;
  const list = state.screen.value === 'list';
  const agent = state.view.value?.assignee;
  const look = list ? 'compact' : scrolled;
  return (
    <header class={`header ${look}`}>
      {!list && state.conversations.value.length > 0 && (
        <button
          type="button"
          class="round back"
          aria-label={phrases.allConversations}
          title={phrases.allConversations}
          onClick={state.showList}
        >
          <Icon name="back" />
          {otherUnread(state.conversations.value, state.target.value) > 0 && <i class="dot" />}
        </button>
      )}
      <div class="who" aria-hidden={look !== 'compact'}>
        {list ? (
          <h2>{phrases.conversations}</h2>
        ) : (
          <>
            {agent ? <Avatar author={agent} size={36} /> : <Faces size={32} />}
            <div class="names">
              <h2>{agent?.name ?? settings.name}</h2>
              <Presence />
            </div>
          </>
        )}
      </div>
      <button type="button" class="round" aria-label={phrases.closeChat} title={phrases.closeChat} onClick={state.hide}>
        <Icon name="close" />
      </button>
      <ConnectionLine />
    </header>
  );
});

const otherUnread = (views: readonly { id: number; unread: number }[], shown: unknown): number =>
  views.reduce((sum, one) => (one.id === shown ? sum : sum + one.unread), 0);

/** A thin line, never in the way. */
const ConnectionLine = tracked(function ConnectionLine() {
  const { delivery, offline, locale } = useApp();
  const text = offline.value
    ? locale.phrases.offline
    : delivery.status.value === 'waiting'
      ? locale.phrases.reconnecting
      : delivery.status.value === 'refused'
        ? locale.phrases.refused
        : '';
  return (
    <div class={text ? 'connection on' : 'connection'} role="status">
      {text && <span>{text}</span>}
    </div>
  );
});
