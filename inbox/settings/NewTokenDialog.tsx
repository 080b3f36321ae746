// A token is made, and shown this one time.
import type { JSX } from 'preact';
import { useEffect, useRef, useState } from 'preact/hooks';
import { tokenScopes } from '../../shared/api-views.ts';
import type { TokenScope } from '../../shared/api.ts';
import type { ApiFailure } from '../api.ts';
import { CopyButton } from '../components/CopyButton.tsx';
import { useInbox } from '../components/context.ts';
import { Dialog } from '../components/Dialog.tsx';
import { Icon } from '../components/Icon.tsx';
import { FailedIcon, WarningIcon } from '../components/icons.ts';
import { scopeWords } from '../identity-words.ts';

const maxName = 100;
const lives: readonly { days: number | null; label: string }[] = [
  { days: 30, label: '30 days' },
  { days: 90, label: '90 days' },
  { days: 365, label: 'One year' },
  { days: null, label: 'Never expires' },
];

interface Made {
  name: string;
  token: string;
}

export function NewTokenDialog({ close }: { close(): void }): JSX.Element {
  const [made, setMade] = useState<Made | null>(null);
  const [isDirty, setDirty] = useState(false);
  return (
    <Dialog
      name="new-token"
      title={made === null ? 'Create an API token' : `${made.name} is ready`}
      isKept={isDirty || made !== null}
      close={close}
    >
      {made === null ? <TokenForm close={close} setDirty={setDirty} made={setMade} /> : <MadeToken made={made} close={close} />}
    </Dialog>
  );
}

interface TokenFormProps {
  close(): void;
  setDirty(isDirty: boolean): void;
  made(made: Made): void;
}

interface Faults {
  name: string | null;
  scopes: string | null;
}

function TokenForm({ close, setDirty, made }: TokenFormProps): JSX.Element {
  const [name, setName] = useState('');
  const [scopes, setScopes] = useState<readonly TokenScope[]>([]);
  const [days, setDays] = useState<number | null>(90);
  const [wasTried, setTried] = useState(false);
  const { isBusy, failure, create } = useCreate(made);
  const faults: Faults = {
    name: wasTried && name.trim() === '' ? 'Give it a name, such as the server that uses it.' : (failure?.fields['name'] ?? null),
    scopes: wasTried && scopes.length === 0 ? 'Choose what it may do.' : (failure?.fields['scopes'] ?? null),
  };
  const nameField = useRef<HTMLInputElement>(null);
  const firstScope = useRef<HTMLInputElement>(null);
  // The dialog opens after this and would take it to its first button.
  useEffect(() => void requestAnimationFrame(() => nameField.current?.focus()), []);
  useEffect(() => setDirty(name !== '' || scopes.length > 0), [name, scopes]);
  const submit = (event: Event): void => {
    event.preventDefault();
    setTried(true);
    if (name.trim() === '') nameField.current?.focus();
    else if (scopes.length === 0) firstScope.current?.focus();
    else void create({ name: name.trim(), scopes: [...scopes], expires_in_days: days });
  };
  return (
    <form class="edit-contact" noValidate onSubmit={submit}>
      <div class="edit-field">
        <label class="form-label" for="token-name">
          Name
        </label>
        <input
          ref={nameField}
          id="token-name"
          class="input"
          type="text"
          dir="auto"
          autocomplete="off"
          maxLength={maxName}
          placeholder="CRM sync"
          value={name}
          aria-invalid={faults.name !== null}
          aria-describedby={faults.name === null ? undefined : 'token-name-wrong'}
          onInput={(event) => setName(event.currentTarget.value)}
        />
        <Fault id="token-name-wrong" words={faults.name} />
      </div>
      <ScopeFields chosen={scopes} fault={faults.scopes} first={firstScope} change={setScopes} />
      <LifeField days={days} change={setDays} />
      {failure && Object.keys(failure.fields).length === 0 ? (
        <p class="sheet-failure" role="alert">
          <Icon of={FailedIcon} size={14} /> {failure.message}
        </p>
      ) : null}
      <div class="sheet-actions sheet-foot-fixed">
        <button type="button" class="button" onClick={close}>
          Cancel
        </button>
        <button type="submit" class="button button-primary" aria-disabled={isBusy}>
          {isBusy ? 'Creating …' : 'Create'}
        </button>
      </div>
    </form>
  );
}

function useCreate(made: (made: Made) => void) {
  const { apiTokens } = useInbox();
  const [failure, setFailure] = useState<ApiFailure | null>(null);
  const [isBusy, setBusy] = useState(false);
  const create = async (wish: Parameters<typeof apiTokens.create>[0]): Promise<void> => {
    if (isBusy) return;
    setBusy(true);
    const result = await apiTokens.create(wish);
    setBusy(false);
    if (result.ok) made({ name: result.data.name, token: result.data.token });
    else setFailure(result);
  };
  return { isBusy, failure, create };
}

function Fault({ id, words }: { id: string; words: string | null }): JSX.Element | null {
  if (words === null) return null;
  return (
    <p id={id} class="form-fault" role="alert">
      <Icon of={FailedIcon} size={13} /> {words}
    </p>
  );
}

interface ScopeFieldsProps {
  chosen: readonly TokenScope[];
  fault: string | null;
  first: { current: HTMLInputElement | null };
  change(scopes: TokenScope[]): void;
}

function ScopeFields({ chosen, fault, first, change }: ScopeFieldsProps): JSX.Element {
  return (
    <fieldset class="scopes" aria-describedby={fault === null ? undefined : 'token-scopes-wrong'}>
      <legend class="form-label">What it may do</legend>
      {tokenScopes.map((scope, index) => (
        <label key={scope} class="scope">
          <input
            ref={index === 0 ? first : undefined}
            type="checkbox"
            checked={chosen.includes(scope)}
            onChange={(event) =>
              change(tokenScopes.filter((each) => (each === scope ? event.currentTarget.checked : chosen.includes(each))))
            }
          />
          <span class="scope-words">
            <span class="scope-label">
              {scopeWords[scope].label} <code class="scope-name">{scope}</code>
            </span>
            <span class="scope-meaning">{scopeWords[scope].meaning}</span>
          </span>
        </label>
      ))}
      <Fault id="token-scopes-wrong" words={fault} />
    </fieldset>
  );
}

function LifeField({ days, change }: { days: number | null; change(days: number | null): void }): JSX.Element {
  return (
    <div class="edit-field">
      <label class="form-label" for="token-life">
        Expires after
      </label>
      <select
        id="token-life"
        class="select"
        value={String(days)}
        onChange={(event) => change(event.currentTarget.value === 'null' ? null : Number(event.currentTarget.value))}
      >
        {lives.map((life) => (
          <option key={String(life.days)} value={String(life.days)}>
            {life.label}
          </option>
        ))}
      </select>
      {days === null ? <p class="form-hint">It works until somebody revokes it. Look at the list now and then.</p> : null}
    </div>
  );
}

function MadeToken({ made, close }: { made: Made; close(): void }): JSX.Element {
  const copy = useRef<HTMLDivElement>(null);
  // The form that had the focus is gone.
  useEffect(() => copy.current?.querySelector('button')?.focus(), []);
  return (
    <>
      <p class="merge-warning token-once">
        <Icon of={WarningIcon} size={15} />
        <span>
          <strong>Copy it now.</strong> This is the only time it is shown: Foyer keeps no more of it than is needed to recognise it.
        </span>
      </p>
      <div class="snippet" ref={copy}>
        <code class="token-text">{made.token}</code>
        <CopyButton text={made.token} label="Copy the token" word="Copy" class="button button-small" />
      </div>
      <p class="form-hint token-how">Keep it on your server, never in a page. Send it with each request:</p>
      <div class="snippet">
        <code>Authorization: Bearer {made.token.slice(0, 14)}…</code>
      </div>
      <div class="sheet-actions">
        <button type="button" class="button button-primary" onClick={close}>
          I have copied it
        </button>
      </div>
    </>
  );
}
