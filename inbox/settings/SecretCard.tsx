// The secret the host's server signs with, and its replacement without a moment in which proofs fail: make a second one, put it on the
// server, retire the first.
import type { JSX } from 'preact';
import { useEffect, useRef, useState } from 'preact/hooks';
import type { IdentitySettings } from '../../shared/api.ts';
import type { ApiFailure } from '../api.ts';
import { now } from '../clock.ts';
import { ConfirmDialog } from '../components/ConfirmDialog.tsx';
import { useInbox } from '../components/context.ts';
import { Icon } from '../components/Icon.tsx';
import { CheckIcon, FailedIcon, RotateIcon, WarningIcon } from '../components/icons.ts';
import { SecretBox } from '../components/SecretBox.tsx';
import { RelativeTime } from '../components/Time.tsx';
import { SettingsCard } from './SettingsCard.tsx';
import { UsedLine } from './UsedLine.tsx';

/** Who signed with it within this time will sign with it again. */
const recentMs = 3_600_000;
/** How often it is asked, during a rotation, which secret is in use. */
const watchMs = 15_000;

type Next = NonNullable<IdentitySettings['next_secret']>;

export function SecretCard({ settings: { secret, next_secret: next } }: { settings: IdentitySettings }): JSX.Element {
  const { identitySecret } = useInbox();
  const [outcome, setOutcome] = useState<string | null>(null);
  const said = useRef<HTMLParagraphElement>(null);
  const isFresh = useRef(false);
  // The button that was pressed is gone with the rotation.
  useEffect(() => void (outcome !== null && said.current?.focus()), [outcome]);
  // What was revealed may be another one now.
  useEffect(() => {
    identitySecret.current.hide();
    identitySecret.next.hide();
  }, [next?.created_at]);
  return (
    <SettingsCard
      title="Identity secret"
      lead="Your server signs with it who is signed in. Whoever has it can sign in to the chat as any of your users."
    >
      <div class="secret-slot">
        <SecretBox slot={identitySecret.current} label={next === null ? 'Identity secret' : 'Present secret'} />
        <SecretFacts made={secret.created_at} used={secret.last_used_at} />
      </div>
      {next === null ? (
        <StartRotation
          onStart={() => {
            isFresh.current = true;
            setOutcome(null);
          }}
        />
      ) : (
        <Rotation former={secret} next={next} isFresh={isFresh.current} ended={setOutcome} />
      )}
      {outcome === null || next !== null ? null : (
        <p class="rotation-outcome" role="status" tabIndex={-1} ref={said}>
          <Icon of={CheckIcon} size={14} /> {outcome}
        </p>
      )}
    </SettingsCard>
  );
}

function SecretFacts({ made, used }: { made: string | null; used: string | null }): JSX.Element {
  return (
    <p class="form-hint facts-line">
      {made === null ? null : (
        <span>
          made <RelativeTime at={Date.parse(made)} />
        </span>
      )}
      <UsedLine at={used} />
    </p>
  );
}

function StartRotation({ onStart }: { onStart(): void }): JSX.Element {
  const { identity } = useInbox();
  const [isBusy, setBusy] = useState(false);
  const [failure, setFailure] = useState<ApiFailure | null>(null);
  const start = async (): Promise<void> => {
    if (isBusy) return;
    setBusy(true);
    onStart();
    setFailure(await identity.startRotation());
    setBusy(false);
  };
  return (
    <div class="rotation-start">
      <p class="form-hint">
        Replace it when somebody who knew it leaves, or when it may have been seen. Nobody is signed out: both work until you retire the
        present one.
      </p>
      <button type="button" class="button" aria-disabled={isBusy} onClick={() => void start()}>
        <Icon of={RotateIcon} size={14} /> {isBusy ? 'Making a second one …' : 'Start a rotation'}
      </button>
      {failure ? (
        <p class="form-fault" role="alert">
          <Icon of={FailedIcon} size={13} /> {failure.message}
        </p>
      ) : null}
    </div>
  );
}

interface RotationProps {
  former: IdentitySettings['secret'];
  next: Next;
  /** Begun here, just now. */
  isFresh: boolean;
  /** With what came of it. */
  ended(words: string): void;
}

type Asked = 'finish' | 'drop' | null;

function Rotation({ former, next, isFresh, ended }: RotationProps): JSX.Element {
  const { identity, identitySecret } = useInbox();
  const [asked, setAsked] = useState<Asked>(null);
  const heading = useRef<HTMLHeadingElement>(null);
  useEffect(() => {
    // The button that began it is gone.
    if (isFresh) heading.current?.focus();
    const timer = setInterval(() => document.hidden || void identity.load(), watchMs);
    return () => clearInterval(timer);
  }, [identity]);
  const isUsed = next.last_used_at !== null;
  const isSettled = isOver(former, next);
  return (
    <div class="rotation">
      <h3 tabIndex={-1} ref={heading}>
        Rotation under way
      </h3>
      <ol class="rotation-steps">
        <Step state="done" number={1} title="A second secret was made">
          <p>
            Made <RelativeTime at={Date.parse(next.created_at)} />. Proofs by either of the two are good.
          </p>
        </Step>
        <Step state={isUsed ? 'done' : 'current'} number={2} title="Put the new one on your server">
          <SecretBox slot={identitySecret.next} label="New secret" />
          <dl class="rotation-use">
            <div>
              <dt>New secret</dt>
              <dd class={isUsed ? 'is-good' : ''}>
                <UsedLine at={next.last_used_at} />
              </dd>
            </div>
            <div>
              <dt>Present secret</dt>
              <dd class={isRecent(former.last_used_at) ? 'is-warm' : ''}>
                <UsedLine at={former.last_used_at} />
              </dd>
            </div>
          </dl>
        </Step>
        <Step state={isSettled && isUsed ? 'current' : 'waiting'} number={3} title="Retire the present one">
          {isSettled ? (
            <p>{isUsed ? 'Only the new secret is in use' : 'Neither of the two is in use'}: you can finish.</p>
          ) : (
            <Unsettled former={former} />
          )}
          <div class="rotation-actions">
            <button
              type="button"
              class="button button-primary"
              aria-disabled={!isSettled}
              aria-describedby={isSettled ? undefined : 'rotation-warning'}
              onClick={() => isSettled && setAsked('finish')}
            >
              Finish
            </button>
            {isSettled ? null : (
              <button type="button" class="button button-danger" onClick={() => setAsked('finish')}>
                Finish anyway …
              </button>
            )}
            <button type="button" class="button button-quiet" onClick={() => setAsked('drop')}>
              Drop the new one …
            </button>
          </div>
        </Step>
      </ol>
      {asked === 'finish' ? (
        <FinishDialog isSettled={isSettled} isInUse={isRecent(former.last_used_at)} close={() => setAsked(null)} done={ended} />
      ) : null}
      {asked === 'drop' ? <DropDialog isUsed={isUsed} close={() => setAsked(null)} done={ended} /> : null}
    </div>
  );
}

const isRecent = (at: string | null): boolean => at !== null && now.value - Date.parse(at) < recentMs;

/** Nobody signs with the present one any more, and somebody with the new one; or nobody signs at all. */
const isOver = (former: IdentitySettings['secret'], next: Next): boolean =>
  !isRecent(former.last_used_at) && (next.last_used_at !== null || former.last_used_at === null);

function Unsettled({ former }: { former: IdentitySettings['secret'] }): JSX.Element {
  return (
    <p class="rotation-warning" id="rotation-warning">
      <Icon of={WarningIcon} size={14} />
      {isRecent(former.last_used_at) && former.last_used_at !== null ? (
        <span>
          The present secret was used <RelativeTime at={Date.parse(former.last_used_at)} />: a part of your app still signs with it, and its
          users would be refused. You can finish when it has not been used for an hour.
        </span>
      ) : (
        <span>Nothing was signed with the new secret yet. Put it on your server first.</span>
      )}
    </p>
  );
}

interface StepProps {
  state: 'done' | 'current' | 'waiting';
  number: number;
  title: string;
  children: JSX.Element | JSX.Element[];
}

function Step({ state, number, title, children }: StepProps): JSX.Element {
  return (
    <li class={`rotation-step is-${state}`} aria-current={state === 'current' ? 'step' : undefined}>
      <span class="rotation-mark" aria-hidden="true">
        {state === 'done' ? <Icon of={CheckIcon} size={13} /> : number}
      </span>
      <div class="rotation-body">
        <h4>
          {title}
          {state === 'done' ? <span class="hidden">, done</span> : null}
        </h4>
        {children}
      </div>
    </li>
  );
}

interface EndProps {
  close(): void;
  done(words: string): void;
}

function FinishDialog({ isSettled, isInUse, close, done }: EndProps & { isSettled: boolean; isInUse: boolean }): JSX.Element {
  const { identity } = useInbox();
  return (
    <ConfirmDialog
      name="finish-rotation"
      title="Retire the present secret?"
      words={{ act: 'Retire it', acting: 'Retiring …' }}
      isDanger={!isSettled}
      run={identity.finishRotation}
      done={() => done('The new secret is the only one now.')}
      close={close}
    >
      {isSettled ? null : (
        <p>
          <strong>{isInUse ? 'It is still in use.' : 'The new one was not used yet.'}</strong> Your users are refused until every part of
          your app signs with the new one. Do this now only if the present one has leaked.
        </p>
      )}
      <p>Proofs signed with it are refused from then on. Nobody can bring it back.</p>
    </ConfirmDialog>
  );
}

function DropDialog({ isUsed, close, done }: EndProps & { isUsed: boolean }): JSX.Element {
  const { identity } = useInbox();
  return (
    <ConfirmDialog
      name="drop-rotation"
      title="Drop the new secret?"
      words={{ act: 'Drop it', acting: 'Dropping …' }}
      isDanger={isUsed}
      run={identity.dropRotation}
      done={() => done('The new secret is gone; the present one stays.')}
      close={close}
    >
      <p>
        {isUsed
          ? 'Your app signs with it already: put the present one back there first, or its users are refused.'
          : 'Nothing was signed with it yet. The present secret stays as it is.'}
      </p>
    </ConfirmDialog>
  );
}
