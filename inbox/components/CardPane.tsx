// The person beside the thread: who, how we know, where they are now, what happened.
import type { JSX } from 'preact';
import type { ContactCard } from '../../shared/protocol.ts';
import type { Failure } from '../../shared/errors.ts';
import { isGone } from '../state/card.ts';
import { contactName, languageName, pageName } from '../words.ts';
import { ArchivedMark } from './ArchivedMark.tsx';
import { Avatar } from './Avatar.tsx';
import { BlockedMark } from './BlockedMark.tsx';
import { CardConsents } from './CardConsents.tsx';
import { CardCame } from './CardCame.tsx';
import { CardFacts } from './CardFacts.tsx';
import { CardMenu } from './CardMenu.tsx';
import { CardScore } from './CardScore.tsx';
import { CardTags } from './CardTags.tsx';
import { CardTimeline } from './CardTimeline.tsx';
import { useInbox } from './context.ts';
import { Duplicates } from './Duplicates.tsx';
import { Icon } from './Icon.tsx';
import { LanguageIcon, PageIcon, SignedIcon, UnverifiedIcon, WaitingIcon, XIcon } from './icons.ts';
import { Merges } from './Merges.tsx';
import { OtherConversations } from './OtherConversations.tsx';
import { RelativeTime } from './Time.tsx';
import { TypeBadge } from './TypeBadge.tsx';
import { useWhereabouts } from './use-whereabouts.ts';

export function CardPane(): JSX.Element {
  const { card, layout } = useInbox();
  const contact = card.contact.value;
  return (
    <aside class="card" aria-label="Contact">
      <button type="button" class="icon-button card-close" aria-label="Close the contact" onClick={() => layout.closeOverlays()}>
        <Icon of={XIcon} />
      </button>
      {contact ? <CardBody contact={contact} /> : card.failure.value ? <CardFailure failure={card.failure.value} /> : <Skeleton />}
    </aside>
  );
}

function CardBody({ contact }: { contact: ContactCard }): JSX.Element {
  return (
    <>
      <Identity contact={contact} />
      <Duplicates key={`duplicates of ${contact.id}`} />
      <CardFacts contact={contact} />
      <Now contact={contact} />
      <CardTags key={contact.id} />
      <CardScore score={contact.score} points={contact.points} />
      <CardConsents consents={contact.consents} />
      <OtherConversations contact={contact} />
      <Merges key={`merges of ${contact.id}`} merges={contact.merges} />
      <CardTimeline />
    </>
  );
}

function Identity({ contact }: { contact: ContactCard }): JSX.Element {
  const { card } = useInbox();
  const { isOnline } = useWhereabouts(contact.id, contact);
  return (
    <header class="identity">
      <Avatar
        of={{ kind: 'contact', id: contact.id, name: contact.name ?? contact.email, avatar: contact.avatar }}
        size={48}
        isOnline={isOnline}
      />
      <div class="identity-words">
        <h2 dir="auto" tabIndex={-1}>
          {contactName(contact)}
        </h2>
        <p class="identity-marks">
          <TypeBadge type={contact.type} unverified={contact.unverified} turned={card.isPromoted.value} />
          <Proof contact={contact} />
          {contact.blocked ? <BlockedMark /> : null}
          {contact.archivedAt === null ? null : <ArchivedMark at={contact.archivedAt} />}
        </p>
      </div>
      <CardMenu contact={contact} />
    </header>
  );
}

function Proof({ contact }: { contact: ContactCard }): JSX.Element | null {
  if (contact.verified) {
    return (
      <span class="proof is-proven" title="Your app vouched for this person with a valid proof.">
        <Icon of={SignedIcon} size={14} /> Verified
      </span>
    );
  }
  if (!contact.unverified) return null;
  return (
    <span class="proof" title="The page says who this is, but sent no proof. It could be anybody.">
      <Icon of={UnverifiedIcon} size={14} /> Unverified
    </span>
  );
}

function Now({ contact }: { contact: ContactCard }): JSX.Element {
  const { isOnline, wasOnline, isCurrent, page } = useWhereabouts(contact.id, contact);
  return (
    <section class="card-section">
      <h3>{isOnline ? 'Now' : isCurrent ? 'Last visit' : 'Last known'}</h3>
      <ul class="now">
        <li>
          <Icon of={WaitingIcon} size={15} />
          <span>
            {isOnline ? (
              'Online now'
            ) : wasOnline ? (
              'Online when last heard of'
            ) : (
              <>
                Seen <RelativeTime at={contact.lastSeenAt} />
              </>
            )}
          </span>
        </li>
        {page ? (
          <li>
            <Icon of={PageIcon} size={15} />
            <PageLink url={page.url} title={page.title} />
          </li>
        ) : null}
        {contact.language ? (
          <li>
            <Icon of={LanguageIcon} size={15} />
            <span>{languageName(contact.language)}</span>
          </li>
        ) : null}
      </ul>
      <CardCame contact={contact} />
    </section>
  );
}

function PageLink({ url, title }: { url: string; title: string | null }): JSX.Element {
  const words = title ?? pageName(url);
  if (!/^https?:\/\//i.test(url)) return <span title={url}>{words}</span>;
  return (
    <a href={url} target="_blank" rel="noopener noreferrer nofollow" title={url}>
      {words}
      {title ? <span class="now-path">{pageName(url)}</span> : null}
    </a>
  );
}

function CardFailure({ failure }: { failure: Failure }): JSX.Element {
  const { card } = useInbox();
  if (isGone(failure)) {
    return (
      <div class="empty">
        <h2>Nobody is here any more</h2>
        <p>This contact was erased, and with it everything that was known of them.</p>
      </div>
    );
  }
  return (
    <div class="empty" role="alert">
      <h2>The contact could not be loaded</h2>
      <p>{failure.message}</p>
      <button type="button" class="button" onClick={card.refresh}>
        Try again
      </button>
    </div>
  );
}

function Skeleton(): JSX.Element {
  return (
    <div class="is-late" role="status" aria-label="Loading the contact">
      <div class="identity">
        <span class="bone bone-face is-large" />
        <span class="bone-lines">
          <span class="bone" style={{ width: '60%' }} />
          <span class="bone" style={{ width: '35%' }} />
        </span>
      </div>
      {[70, 55, 62].map((width, index) => (
        <div class="fact-skeleton" key={index}>
          <span class="bone" style={{ width: `${width}%` }} />
        </div>
      ))}
    </div>
  );
}
