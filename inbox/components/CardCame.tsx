import type { JSX } from 'preact';
import type { ContactCard } from '../../shared/protocol.ts';
import { originWords, pageName } from '../words.ts';
import { Icon } from './Icon.tsx';
import { CameIcon } from './icons.ts';
import { RelativeTime } from './Time.tsx';

/** When the contact was first seen, and what brought them. */
export function CardCame({ contact: { firstTouch, createdAt } }: { contact: ContactCard }): JSX.Element {
  if (firstTouch === null) {
    return (
      <p class="card-small">
        First seen <RelativeTime at={createdAt} />
      </p>
    );
  }
  const origin = originWords(firstTouch);
  const campaign = Object.entries(firstTouch.utm).map(([key, value]) => `${key.replace('utm_', '')}: ${value}`);
  return (
    <p class="came" title={[firstTouch.url, firstTouch.referrer, ...campaign].filter(Boolean).join('\n')}>
      <Icon of={CameIcon} size={15} />
      <span>
        First came to <bdi>{pageName(firstTouch.url)}</bdi>
        {origin === null ? '' : origin.startsWith('from ') ? ` ${origin}` : ` · ${origin}`}, <RelativeTime at={createdAt} />
      </span>
    </p>
  );
}
