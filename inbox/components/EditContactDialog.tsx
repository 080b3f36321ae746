// A contact changed by hand. What is vouched for stands there to be read: nobody's word replaces a proof.
import type { JSX } from 'preact';
import { useEffect, useRef, useState } from 'preact/hooks';
import type { ContactView } from '../../shared/api.ts';
import type { Grade } from '../../shared/contact.ts';
import type { ApiFailure } from '../api.ts';
import { carriedOver, faultOf, formOf, lockOf, patchOf, plainFields } from '../contact-form.ts';
import type { ContactForm, PlainField } from '../contact-form.ts';
import { attributeLabel, contactName, detailWords } from '../words.ts';
import { AttributeFields } from './AttributeFields.tsx';
import { useInbox } from './context.ts';
import { Dialog } from './Dialog.tsx';
import { Icon } from './Icon.tsx';
import { FailedIcon, MergeIcon, SignedIcon, VerifiedIcon } from './icons.ts';

export function EditContactDialog({ contact, close }: { contact: string; close(): void }): JSX.Element {
  const { people } = useInbox();
  const [view, setView] = useState<ContactView | ApiFailure | null>(null);
  const [isDirty, setDirty] = useState(false);
  const load = (): void => {
    setView(null);
    void people.read(contact).then((result) => setView(result.ok ? result.data : result));
  };
  useEffect(load, [contact]);
  return (
    <Dialog name="edit" title="Edit details" isKept={isDirty} close={close}>
      {view === null ? (
        <Skeleton />
      ) : 'ok' in view ? (
        <Unread failure={view} retry={load} />
      ) : (
        <EditForm view={view} close={close} setDirty={setDirty} />
      )}
    </Dialog>
  );
}

interface EditFormProps {
  view: ContactView;
  close(): void;
  setDirty(isDirty: boolean): void;
}

function EditForm({ view, close, setDirty }: EditFormProps): JSX.Element {
  const { of, form, joined, patch, failure, isBusy, isFaulty, change, save } = useEditing(view, close);
  useEffect(() => setDirty(patch !== null), [patch !== null]);
  return (
    <form
      class="edit-contact"
      noValidate
      onSubmit={(event) => {
        event.preventDefault();
        void save();
      }}
    >
      {joined === null ? null : <Joined key={of.id} {...joined} />}
      {plainFields.map((field, index) => (
        <PlainInput
          key={`${of.id} ${field}`}
          field={field}
          view={of}
          form={form}
          change={change}
          wrong={failure?.fields[field]}
          isFirst={index === 0 && joined === null}
        />
      ))}
      <AttributeFields key={of.id} rows={form.attributes} failure={failure} change={(attributes) => change({ attributes })} />
      {failure && !isShownAtFields(failure, form) ? <Failure words={wordsOf(failure)} /> : null}
      <div class="sheet-actions sheet-foot-fixed">
        <button type="button" class="button" onClick={close}>
          Cancel
        </button>
        <button type="submit" class="button button-primary" aria-disabled={isBusy || isFaulty || patch === null}>
          {isBusy ? 'Saving …' : 'Save'}
        </button>
      </div>
    </form>
  );
}

function useEditing(view: ContactView, close: () => void) {
  const { people, toasts } = useInbox();
  // Whose details they are: the one that was opened, or the one it became part of meanwhile.
  const [of, setOf] = useState(view);
  const [form, setForm] = useState(formOf(view));
  const [joined, setJoined] = useState<JoinedProps | null>(null);
  const typed = useRef(form);
  typed.current = form;
  const [failure, setFailure] = useState<ApiFailure | null>(null);
  const [isBusy, setBusy] = useState(false);
  const patch = patchOf(of, form);
  const isFaulty = form.attributes.some((row) => faultOf(row, form.attributes) !== null);
  const save = async (): Promise<void> => {
    if (isBusy || isFaulty) return;
    if (patch === null) return close();
    setBusy(true);
    const failed = await people.edit(of.id, patch);
    const next = failed?.mergedInto === undefined ? null : await people.read(failed.mergedInto);
    setBusy(false);
    if (next?.ok) {
      const carried = carriedOver(typed.current, of, next.data);
      setForm(carried.form);
      setOf(next.data);
      setJoined({ name: contactName(next.data), left: [...(joined?.left ?? []), ...carried.left] });
    }
    setFailure(next?.ok ? null : failed);
    if (failed !== null) return;
    toasts.show('Details saved.');
    close();
  };
  return {
    of,
    form,
    joined,
    patch,
    failure,
    isBusy,
    isFaulty,
    change: (more: Partial<ContactForm>): void => setForm({ ...form, ...more }),
    save,
  };
}

const inputTypes = { name: 'text', email: 'email', phone: 'tel', company: 'text' } as const;

const lockWords: Record<Exclude<Grade, 'claimed'>, string> = {
  signed: 'Signed by your app. Change it there, and it changes here.',
  verified: 'Proved by a mailed link. Only a newer proof, or your app, replaces it.',
};

interface PlainInputProps {
  field: PlainField;
  view: ContactView;
  form: ContactForm;
  wrong: string | undefined;
  isFirst: boolean;
  change(more: Partial<ContactForm>): void;
}

function PlainInput({ field, view, form, wrong, isFirst, change }: PlainInputProps): JSX.Element {
  const id = `edit-${field}`;
  const input = useRef<HTMLInputElement>(null);
  useEffect(() => {
    if (isFirst || wrong !== undefined) input.current?.focus();
  }, [wrong]);
  const grade = lockOf(view, field);
  const label = attributeLabel(field);
  if (grade !== null) return <Locked label={label} value={detailWords(field, view[field] ?? '')} grade={grade} />;
  return (
    <div class="edit-field">
      <label class="form-label" for={id}>
        {label}
      </label>
      <input
        ref={input}
        id={id}
        class="input"
        type={inputTypes[field] as 'text'}
        dir="auto"
        autocomplete="off"
        value={form[field]}
        aria-invalid={wrong !== undefined}
        aria-describedby={wrong === undefined ? undefined : `${id}-wrong`}
        onInput={(event) => change({ [field]: event.currentTarget.value })}
      />
      {wrong === undefined ? null : (
        <p id={`${id}-wrong`} class="form-fault">
          <Icon of={FailedIcon} size={13} /> {wrong}
        </p>
      )}
    </div>
  );
}

function Locked({ label, value, grade }: { label: string; value: string; grade: 'signed' | 'verified' }): JSX.Element {
  return (
    <div class="edit-field">
      <span class="form-label">{label}</span>
      <p class="edit-locked" dir="auto">
        {value}
      </p>
      <p class="edit-why">
        <Icon of={grade === 'signed' ? SignedIcon : VerifiedIcon} size={13} /> {lockWords[grade]}
      </p>
    </div>
  );
}

function wordsOf({ code, message }: ApiFailure): string {
  return code === 'contact_gone' ? 'This contact was merged into another one or erased meanwhile. Nothing was saved.' : message;
}

/** Whether each of its faults has a field that shows it. */
function isShownAtFields({ fields }: ApiFailure, { attributes }: ContactForm): boolean {
  const shown = new Set<string>([...plainFields, ...attributes.map(({ name }) => `custom_attributes/${name}`)]);
  const faults = Object.keys(fields);
  return faults.length > 0 && faults.every((field) => shown.has(field));
}

interface JoinedProps {
  name: string;
  /** What could not be carried over: fields and their values. */
  left: readonly [string, string][];
}

/** Not saved by itself: whoever typed it knew of neither the other's details nor that they are one. */
function Joined({ name, left }: JoinedProps): JSX.Element {
  const note = useRef<HTMLDivElement>(null);
  useEffect(() => note.current?.focus(), []);
  return (
    <div class="sheet-note" role="alert" tabIndex={-1} ref={note}>
      <Icon of={MergeIcon} size={14} />
      <div>
        <p>
          This contact became part of {name} meanwhile. What you changed stands here, among {name}’s details: look at it, and save it again.
        </p>
        {left.length === 0 ? null : (
          <>
            <p>Left out, for what stands there is surer or of another kind:</p>
            <ul>
              {left.map(([field, value]) => (
                <li key={`${field} ${value}`} dir="auto">
                  {attributeLabel(field)}: {detailWords(field, value)}
                </li>
              ))}
            </ul>
          </>
        )}
      </div>
    </div>
  );
}

function Failure({ words }: { words: string }): JSX.Element {
  return (
    <p class="sheet-failure" role="alert">
      <Icon of={FailedIcon} size={14} /> {words}
    </p>
  );
}

function Unread({ failure, retry }: { failure: ApiFailure; retry(): void }): JSX.Element {
  return (
    <div class="empty" role="alert">
      <h3>The details could not be loaded</h3>
      <p>{wordsOf(failure)}</p>
      <button type="button" class="button" onClick={retry}>
        Try again
      </button>
    </div>
  );
}

function Skeleton(): JSX.Element {
  return (
    <div class="edit-contact is-late" role="status" aria-label="Loading the details">
      {[52, 70, 45, 60].map((width, index) => (
        <div class="bone-lines" key={index}>
          <span class="bone" style={{ width: '22%' }} />
          <span class="bone" style={{ width: `${width}%`, height: '34px' }} />
        </div>
      ))}
    </div>
  );
}
