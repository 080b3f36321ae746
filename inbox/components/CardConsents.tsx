// What the contact was told about giving an address: which version, how, when, and where it was said.
import type { JSX } from 'preact';
import type { ConsentView } from '../../shared/protocol.ts';
import { inboxPath } from '../router.ts';
import { useInbox } from './context.ts';
import { Icon } from './Icon.tsx';
import { ConsentIcon, GoToIcon } from './icons.ts';
import { RichText } from './RichText.tsx';
import { ShortTime } from './Time.tsx';

const howWords: Record<ConsentView['how'], string> = {
  asked: 'Shown with the question',
  told: 'Told after the address was given',
};

export function CardConsents({ consents }: { consents: readonly ConsentView[] }): JSX.Element | null {
  if (consents.length === 0) return null;
  return (
    <section class="card-section" aria-labelledby="card-consents">
      <h3 id="card-consents">Consent</h3>
      <ul class="consents">
        {consents.map((consent) => (
          <ConsentRow key={`${consent.version} ${consent.at}`} consent={consent} />
        ))}
      </ul>
    </section>
  );
}

function ConsentRow({ consent: { version, text, how, conversation, at } }: { consent: ConsentView }): JSX.Element {
  const { filter, selectedId } = useInbox();
  return (
    <li class="consent-row">
      <Icon of={ConsentIcon} size={15} />
      <details>
        <summary>
          <span>
            Version {version} <span class="consent-how">· {howWords[how]}</span>
          </span>
          <ShortTime at={at} />
        </summary>
        <blockquote dir="auto">
          <RichText text={text} />
        </blockquote>
        {conversation !== null && conversation !== selectedId.value ? (
          <a class="fact-source" href={inboxPath(filter.value, conversation)}>
            in another conversation <Icon of={GoToIcon} size={12} />
          </a>
        ) : null}
      </details>
    </li>
  );
}
