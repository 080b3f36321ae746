// Two contacts beside each other, and what merging them would do; nothing happens before somebody says so.
import type { JSX } from 'preact';
import { useEffect, useLayoutEffect, useRef, useState } from 'preact/hooks';
import type { ContactView } from '../../shared/api.ts';
import type { ApiFailure } from '../api.ts';
import type { Compared } from '../state/merging.ts';
import { contactName } from '../words.ts';
import { useInbox } from './context.ts';
import { Dialog } from './Dialog.tsx';
import { Icon } from './Icon.tsx';
import { FailedIcon, MergeIcon, WarningIcon } from './icons.ts';
import { MergeEffect } from './MergeEffect.tsx';
import { MergeEvidence } from './MergeEvidence.tsx';

export function MergeDialog(): JSX.Element | null {
  const { merging } = useInbox();
  const pair = merging.pair.value;
  if (pair === null) return null;
  return (
    <Dialog name="merge" look="sheet-wide" title="Are they the same person?" close={merging.close}>
      <MergeBody />
    </Dialog>
  );
}

function MergeBody(): JSX.Element {
  const { merging } = useInbox();
  const compared = merging.compared.value;
  const failure = merging.failure.value;
  useEffect(() => focusCardAfter, []);
  if (failure && (compared === null || failure.code === 'contact_gone' || failure.code === 'same_contact'))
    return <Failed failure={failure} />;
  if (compared === null) return <Skeleton />;
  return (
    <>
      <p class="merge-changed" role="status">
        {merging.isChanged.value ? 'Something changed just now. This is how it stands.' : ''}
      </p>
      <MergeEvidence compared={compared} />
      <MergeEffect compared={compared} />
      <MergeForm compared={compared} failure={failure} />
    </>
  );
}

/** The button that opened the dialog may be gone with what it stood on. */
function focusCardAfter(): void {
  requestAnimationFrame(() => {
    if (document.activeElement === document.body) document.querySelector<HTMLElement>('.identity h2')?.focus();
  });
}

function MergeForm({ compared, failure }: { compared: Compared; failure: ApiFailure | null }): JSX.Element {
  const { me } = useInbox();
  const [note, setNote] = useState('');
  const isForced = compared.preview.needs_force;
  const mayMerge = !isForced || me.role !== 'agent';
  return (
    <>
      {mayMerge ? (
        <div class="merge-note">
          <label class="form-label" for="merge-note">
            Why? <span class="form-optional">optional, kept with the merge</span>
          </label>
          <textarea
            id="merge-note"
            class="textarea"
            rows={2}
            maxLength={500}
            dir="auto"
            placeholder="For your colleagues: how you know it is one person"
            value={note}
            onInput={(event) => setNote(event.currentTarget.value)}
          />
        </div>
      ) : (
        <p class="merge-warning">
          <Icon of={WarningIcon} size={15} />
          <span>Both are users of your app, each with an account of their own. Only an owner of this workspace can merge two users.</span>
        </p>
      )}
      {failure ? (
        <p class="sheet-failure" role="alert">
          <Icon of={FailedIcon} size={14} /> {refusalWords(failure)}
        </p>
      ) : null}
      <MergeFoot compared={compared} note={note} mayMerge={mayMerge} />
    </>
  );
}

interface MergeFootProps {
  compared: Compared;
  note: string;
  mayMerge: boolean;
}

function MergeFoot({ compared, note, mayMerge }: MergeFootProps): JSX.Element {
  const { merging, dismissals } = useInbox();
  const [isAsked, setAsked] = useState(false);
  const isBusy = merging.isBusy.value;
  const { preview, here, there } = compared;
  if (isAsked && preview.needs_force) return <TwoUsers compared={compared} note={note} back={() => setAsked(false)} />;
  const part = (): void => {
    merging.close();
    dismissals.dismiss(here.id, there.id, contactName(there));
  };
  return (
    <div class="sheet-actions sheet-foot-fixed">
      <button type="button" class="button button-quiet merge-part" onClick={part}>
        Not the same
      </button>
      <button type="button" class="button" onClick={merging.close}>
        Cancel
      </button>
      {mayMerge ? (
        <button
          type="button"
          class="button button-primary"
          aria-disabled={isBusy}
          onClick={() => (preview.needs_force ? setAsked(true) : void merging.merge({ note, force: false }))}
        >
          <Icon of={MergeIcon} size={14} /> {isBusy ? 'Merging …' : preview.needs_force ? 'Merge …' : 'Merge'}
        </button>
      ) : null}
    </div>
  );
}

/** The second step: two accounts become one. */
function TwoUsers({ compared, note, back }: { compared: Compared; note: string; back(): void }): JSX.Element {
  const { merging } = useInbox();
  const { from } = compared.preview;
  const loser = from.id === compared.here.id ? compared.here : compared.there;
  const isBusy = merging.isBusy.value;
  const backButton = useRef<HTMLButtonElement>(null);
  useLayoutEffect(() => backButton.current?.focus(), []);
  return (
    <div class="sheet-foot-fixed merge-force" role="alertdialog" aria-label="Merge two users">
      <p class="merge-warning">
        <Icon of={WarningIcon} size={15} />
        <span>
          <TwoUsersWords loser={loser} other={loser === compared.here ? compared.there : compared.here} />
        </span>
      </p>
      <div class="sheet-actions">
        <button type="button" class="button" ref={backButton} onClick={back}>
          Back
        </button>
        <button
          type="button"
          class="button button-primary"
          aria-disabled={isBusy}
          onClick={() => void merging.merge({ note, force: true })}
        >
          <Icon of={MergeIcon} size={14} /> {isBusy ? 'Merging …' : 'Merge two users'}
        </button>
      </div>
    </div>
  );
}

function TwoUsersWords({ loser, other }: { loser: ContactView; other: ContactView }): JSX.Element {
  const said = [loser, other].find((view) => !view.verified && view.claimed_user_id !== null);
  if (!said)
    return (
      <>
        <strong>These are two accounts of your app.</strong> Whoever signs in {asUser(loser)} is {contactName(other)} here from then on, and
        sees the conversations of both.
      </>
    );
  return (
    <>
      <strong>Nobody proved to be {said.claimed_user_id} on that device.</strong> A page said so, and anybody can make a page say it. Merge
      only if you know from elsewhere that it is the same person: from then on you see one contact with the conversations of both.
    </>
  );
}

function asUser(view: ContactView): string {
  return view.user_id === null ? `as ${contactName(view)}` : `with the user id ${view.user_id}`;
}

function refusalWords({ code, message }: ApiFailure): string {
  if (code === 'two_users') return 'Both are users of your app now: that takes an owner, and a second look.';
  if (code === 'forbidden') return 'Only an owner of this workspace can merge two users.';
  return message;
}

const failedWords: Record<string, { title: string; words: string }> = {
  contact_gone: {
    title: 'One of them is gone',
    words: 'It was merged into another contact or erased just now. Nothing was changed by you.',
  },
  same_contact: { title: 'They are one already', words: 'Somebody merged these two.' },
};

function Failed({ failure }: { failure: ApiFailure }): JSX.Element {
  const { merging } = useInbox();
  const known = failedWords[failure.code];
  return (
    <div class="empty" role="alert">
      <h3>{known?.title ?? 'They could not be compared'}</h3>
      <p>{known?.words ?? failure.message}</p>
      {known ? (
        <button type="button" class="button" onClick={merging.close}>
          Close
        </button>
      ) : (
        <button type="button" class="button" onClick={merging.refresh}>
          Try again
        </button>
      )}
    </div>
  );
}

function Skeleton(): JSX.Element {
  return (
    <div class="merge-skeleton is-late" role="status" aria-label="Comparing the two">
      {[0, 1].map((side) => (
        <div class="person" key={side}>
          <span class="bone bone-face" />
          <span class="bone-lines">
            <span class="bone" style={{ width: '60%' }} />
            <span class="bone" style={{ width: '40%' }} />
          </span>
        </div>
      ))}
      {[80, 62, 74, 55].map((width, index) => (
        <span class="bone" key={index} style={{ width: `${width}%` }} />
      ))}
    </div>
  );
}
