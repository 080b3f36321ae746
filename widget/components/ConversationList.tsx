import { useApp } from '../app.ts';
import { Avatar } from './Avatar.tsx';
import { Icon } from './Icon.tsx';
import css from '../styles/list.css?inline';
import { tracked } from './tracked.ts';

const ConversationList = tracked(function ConversationList() {
  const { state, formats, locale } = useApp();
  const { phrases } = locale;
  return (
    <div class="list">
      <ul>
        {state.conversations.value.map((one) => (
          <li key={one.id}>
            <button type="button" onClick={() => state.show(one.id)}>
              <Avatar author={one.assignee ?? { kind: 'bot', name: null }} size={40} />
              <span class="summary">
                <span class="first">
                  <b>{one.assignee?.name ?? phrases.assistant}</b>
                  <time>{formats.brief(one.lastAt)}</time>
                </span>
                <span class="second">
                  <span class="preview">
                    {one.lastAuthor === 'contact' && `${phrases.you}: `}
                    {one.preview}
                  </span>
                  {one.unread > 0 && <i class="count">{one.unread}</i>}
                  {one.unread === 0 && one.status === 'closed' && <i class="tag">{phrases.conversationClosed}</i>}
                </span>
              </span>
            </button>
          </li>
        ))}
      </ul>
      <div class="foot">
        <button type="button" class="primary" onClick={state.startNew}>
          <Icon name="edit" size={18} />
          {phrases.newConversation}
        </button>
      </div>
    </div>
  );
});

export { ConversationList as View, css };
