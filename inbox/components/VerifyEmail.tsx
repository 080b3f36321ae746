// Beside an email that was only typed: mails a link to it, by which the contact proves that it reads that mailbox (M20).
import type { JSX } from 'preact';
import { useState } from 'preact/hooks';
import type { ApiFailure } from '../api.ts';
import { fullTime } from '../words.ts';
import { useInbox } from './context.ts';
import { Icon } from './Icon.tsx';
import { CheckIcon, WarningIcon } from './icons.ts';

type Sending = 'idle' | 'sending' | { to: string; until: number } | ApiFailure;

/** To be keyed by contact and email: what was sent to one says nothing of another. */
export function VerifyEmail({ contact, email }: { contact: string; email: string }): JSX.Element {
  const { api } = useInbox();
  const [sending, setSending] = useState<Sending>('idle');
  const send = async (): Promise<void> => {
    setSending('sending');
    const answer = await api.call('POST /api/v1/contacts/:contact/verification', { params: { contact }, body: {} });
    setSending(answer.ok ? { to: answer.data.sent_to, until: Date.parse(answer.data.expires_at) } : answer);
  };
  const isSent = typeof sending === 'object' && 'to' in sending;
  return (
    <span class="verify">
      {isSent ? null : (
        <button
          type="button"
          class="verify-button"
          aria-label={`Verify ${email}: mail a link to it`}
          title="Mails a link to this address. Whoever opens it proves that the mailbox is theirs."
          disabled={sending === 'sending'}
          onClick={() => void send()}
        >
          {sending === 'sending' ? 'Sending…' : 'Verify…'}
        </button>
      )}
      <span role="status">
        {isSent ? (
          <span class="verify-sent" title={`Until ${fullTime(sending.until)}`}>
            <Icon of={CheckIcon} size={12} /> <span>Link sent to {sending.to} · valid for 24 h</span>
          </span>
        ) : typeof sending === 'object' ? (
          <span class="verify-failure">
            <Icon of={WarningIcon} size={12} /> <FailureWords failure={sending} />
          </span>
        ) : null}
      </span>
    </span>
  );
}

function FailureWords({ failure }: { failure: ApiFailure }): JSX.Element {
  if (failure.code !== 'mail_not_configured') return <span>{failure.message}</span>;
  return (
    <span>
      No mail server is set up, so nothing was sent. Whoever runs this server sets <code>SMTP_URL</code> and <code>MAIL_FROM</code> and
      restarts it.
    </span>
  );
}
