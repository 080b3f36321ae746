import { useState } from 'preact/hooks';
import { useApp } from '../app.ts';
import type { Phrases } from '../locales/index.ts';
import type { OutboxItem } from '../outbox.ts';
import { Icon } from './Icon.tsx';

function reason({ failure }: OutboxItem, phrases: Phrases): string {
  if (failure?.code === 'text_too_long' || failure?.code === 'too_large') return phrases.tooLong;
  if (failure?.code === 'session_revoked') return phrases.ended;
  if (failure?.code === 'cid_conflict') return phrases.changedElsewhere;
  return failure?.code === 'blocked' ? phrases.blocked : phrases.notAllowed;
}

/** Says in words what happened and what can be done. */
export function Failed({ item }: { item: OutboxItem }) {
  const { delivery, locale } = useApp();
  const { phrases } = locale;
  const [copied, setCopied] = useState(false);
  const text = item.body.kind === 'message' ? item.body.text : '';
  return (
    <div class="failure" role="alert">
      <p>
        <Icon name="alert" size={14} /> {phrases.notSent} {reason(item, phrases)}
      </p>
      <div class="choices">
        <button type="button" onClick={() => delivery.retry(item.cid)}>
          {phrases.retry}
        </button>
        {text && (
          <button
            type="button"
            onClick={() =>
              void navigator.clipboard?.writeText(text).then(
                () => setCopied(true),
                () => {},
              )
            }
          >
            {copied ? phrases.copied : phrases.copy}
          </button>
        )}
        <button type="button" onClick={() => delivery.remove(item.cid)}>
          {phrases.remove}
        </button>
      </div>
    </div>
  );
}
