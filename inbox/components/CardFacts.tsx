// What is known of a contact, and of each fact: how surely, and where it came from.
import type { JSX } from 'preact';
import { useId } from 'preact/hooks';
import type { ContactCard, DetailView } from '../../shared/protocol.ts';
import { attributeLabel, calendarDay, detailWords, factWords } from '../words.ts';
import { CopyButton } from './CopyButton.tsx';
import { useInbox } from './context.ts';
import { GradeMark } from './GradeMark.tsx';
import { Icon } from './Icon.tsx';
import {
  AttributeIcon,
  CheckIcon,
  CompanyIcon,
  DateIcon,
  EmailIcon,
  PersonIcon,
  PhoneIcon,
  SignedIcon,
  UnverifiedIcon,
  WarningIcon,
  XIcon,
} from './icons.ts';
import type { IconNode } from './icons.ts';
import { SourceLink } from './SourceLink.tsx';
import { VerifyEmail } from './VerifyEmail.tsx';

interface Fact {
  field: string;
  label: string;
  /** As it is stored, and copied. */
  value: string | null;
  /** As people read it, where that is told otherwise than by the field's name. */
  words?: string;
  icon: IconNode;
  href?: string;
}

/** A burst fills in one field after the other; more than this many come together. */
const staggered = 5;

export function CardFacts({ contact }: { contact: ContactCard }): JSX.Element {
  const facts = factsOf(contact);
  return (
    <section class="card-section" aria-labelledby="card-details">
      <h3 id="card-details">Details</h3>
      <ul class="facts">
        {facts.map((fact) => (
          <FactRow key={fact.field} fact={fact} contact={contact} />
        ))}
        <UserIdRow contact={contact} />
      </ul>
    </section>
  );
}

function factsOf({ email, name, phone, company, signedUpAt, attributes, details }: ContactCard): Fact[] {
  const companyDetail = details.find((detail) => detail.field === 'company' && detail.status === 'current');
  const rows: Fact[] = [
    { field: 'email', label: 'Email', value: email, icon: EmailIcon, href: email === null ? undefined : `mailto:${email}` },
    { field: 'name', label: 'Name', value: name, icon: PersonIcon },
    {
      field: 'phone',
      label: 'Phone',
      value: phone,
      icon: PhoneIcon,
      href: phone === null ? undefined : `tel:${phone.replace(/;.*$/, '')}`,
    },
    { field: 'company', label: 'Company', value: company ?? companyDetail?.value ?? null, icon: CompanyIcon },
  ];
  if (signedUpAt !== undefined) {
    const value = new Date(signedUpAt).toISOString();
    rows.push({ field: 'signed_up_at', label: 'Signed up', value, words: calendarDay(signedUpAt), icon: DateIcon });
  }
  for (const [name, value] of Object.entries(attributes)) {
    if (value !== null && value !== '' && name !== 'company')
      rows.push({ field: name, label: attributeLabel(name), value: factWords(value), icon: AttributeIcon });
  }
  return rows;
}

const signedByApp: Pick<DetailView, 'grade' | 'source'> = {
  grade: 'signed',
  source: { kind: 'identify', conversation: null, message: null },
};

/** When somebody signed up is told by nobody else. */
const saidByPage: typeof signedByApp = { ...signedByApp, grade: 'claimed' };

function FactRow({ fact, contact }: { fact: Fact; contact: ContactCard }): JSX.Element {
  const { card } = useInbox();
  const { field, label, value, icon } = fact;
  const ofField = contact.details.filter((detail) => detail.field === field);
  const isSigned = contact.signedFields?.includes(field === 'company' || field === 'signed_up_at' ? field : `attributes.${field}`) === true;
  const current =
    ofField.find((detail) => detail.status === 'current' && (value === null || detail.value === value)) ??
    (isSigned ? undefined : ofField.find((detail) => detail.status === 'current'));
  const origin = isSigned ? signedByApp : field === 'signed_up_at' ? saidByPage : current;
  const order = card.fresh.value.indexOf(field);
  const classes = `fact ${value === null ? 'is-unknown' : ''} ${order === -1 ? '' : 'is-fresh'}`;
  return (
    <li class={classes} data-field={field} key={value ?? ''} style={{ '--order': String(Math.min(Math.max(order, 0), staggered)) }}>
      <Icon of={icon} size={15} />
      <div class="fact-words">
        <span class="fact-label">{label}</span>
        {value === null ? <span class="fact-value">Not known yet</span> : <FactValue fact={fact} value={value} />}
        {origin ? <SourceLink detail={origin} /> : null}
        {current ? <Doubts detail={current} /> : null}
        {field === 'email' && value !== null && current?.grade === 'claimed' && !contact.blocked ? (
          <VerifyEmail key={`${contact.id} ${value}`} contact={contact.id} email={value} />
        ) : null}
        <Others details={ofField.filter((detail) => detail !== current && detail.value !== value)} />
      </div>
      {value !== null && origin ? <GradeMark grade={origin.grade} source={origin.source.kind} /> : null}
    </li>
  );
}

/** Shown as people read it, copied as it is stored. */
function FactValue({ fact, value }: { fact: Omit<Fact, 'icon' | 'value'>; value: string }): JSX.Element {
  const { field, label, href, words = detailWords(field, value) } = fact;
  return (
    <span class="fact-value">
      {href ? <a href={href}>{words}</a> : <span>{words}</span>}
      <CopyButton text={value} label={`Copy ${label.toLowerCase()}`} class="icon-button fact-copy" />
    </span>
  );
}

/** What is odd about a value, each with what it means for who answers. */
const flagWords: Record<string, { label: string; meaning: string }> = {
  disposable: {
    label: 'Throw-away address',
    meaning: 'From a service that gives out addresses for minutes. An answer by email will likely not be read.',
  },
  role: { label: 'Shared mailbox', meaning: 'An address such as info@ or sales@: several people may read it, and it is nobody’s own.' },
  typo: { label: 'Looks mistyped', meaning: 'The domain is one letter away from a well-known one. The visitor was asked.' },
};

/** What the visitor said to the chip that showed it. */
const answerWords: Record<string, { label: string; meaning: string }> = {
  confirmed: { label: 'Confirmed by the visitor', meaning: 'The visitor was shown what was understood, and said that it is right.' },
  withdrawn: { label: 'Withdrawn by the visitor', meaning: 'The visitor said that this is not theirs.' },
};

function Doubts({ detail }: { detail: DetailView }): JSX.Element | null {
  const doubts = detail.flags.filter((flag) => !Object.hasOwn(answerWords, flag));
  const answers = detail.flags.flatMap((flag) => answerWords[flag] ?? []);
  if (doubts.length === 0 && answers.length === 0 && detail.suggestion === null) return null;
  return (
    <>
      {answers.map((answer) => (
        <Hint key={answer.label} class="fact-answer" icon={answer === answerWords['confirmed'] ? CheckIcon : XIcon} {...answer} />
      ))}
      {doubts.map((flag) => (
        <Hint key={flag} class="fact-doubt" icon={WarningIcon} {...(flagWords[flag] ?? { label: attributeLabel(flag), meaning: '' })} />
      ))}
      {detail.suggestion === null ? null : (
        <span class="fact-doubt">
          <Icon of={WarningIcon} size={12} /> Meant {detailWords(detail.field, detail.suggestion)}?
        </span>
      )}
    </>
  );
}

interface HintProps {
  class: string;
  icon: IconNode;
  label: string;
  meaning: string;
}

/** Explains itself on hover and focus. */
function Hint({ class: name, icon, label, meaning }: HintProps): JSX.Element {
  const id = useId();
  const words = (
    <>
      <Icon of={icon} size={12} /> {label}
    </>
  );
  if (meaning === '') return <span class={name}>{words}</span>;
  return (
    <span class="hint">
      <button type="button" class={`grade-mark hint-button ${name}`} aria-describedby={id}>
        {words}
      </button>
      <span class="tip" role="tooltip" id={id}>
        {meaning}
      </span>
    </span>
  );
}

/** Kept beside the one in force. */
function Others({ details }: { details: readonly DetailView[] }): JSX.Element | null {
  if (details.length === 0) return null;
  return (
    <ul class="fact-others">
      {details.map((detail) => (
        <li key={`${detail.status} ${detail.value}`}>
          <span class="fact-status">{statusOf(detail)}</span> <SourceLink detail={detail} of={detailWords(detail.field, detail.value)} />
          {detail.status === 'alternate' ? <Doubts detail={detail} /> : null}
        </li>
      ))}
    </ul>
  );
}

function statusOf({ status, flags }: DetailView): string {
  if (flags.includes('withdrawn')) return 'withdrawn';
  return status === 'former' ? 'before' : 'also';
}

function UserIdRow({ contact }: { contact: ContactCard }): JSX.Element | null {
  const id = contact.userId ?? contact.claimedUserId;
  if (id === null) return null;
  const isSigned = contact.userId !== null;
  return (
    <li class="fact" data-field="user_id">
      <Icon of={isSigned ? SignedIcon : UnverifiedIcon} size={15} />
      <div class="fact-words">
        <span class="fact-label">User id</span>
        <FactValue fact={{ field: 'user_id', label: 'User id' }} value={id} />
        <span class="fact-source">{isSigned ? 'from your app, with proof' : 'from the page, without proof'}</span>
      </div>
      <GradeMark grade={isSigned ? 'signed' : 'claimed'} source="identify" />
    </li>
  );
}
