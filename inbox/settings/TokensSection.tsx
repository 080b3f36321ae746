// Tokens by which other servers call the REST API: each with what it may do, how long it lives, and when it was last used.
import type { JSX } from 'preact';
import { useEffect, useRef, useState } from 'preact/hooks';
import type { ApiTokenView } from '../../shared/api.ts';
import { now } from '../clock.ts';
import { ConfirmDialog } from '../components/ConfirmDialog.tsx';
import { useInbox } from '../components/context.ts';
import { Icon } from '../components/Icon.tsx';
import { PlusIcon, WarningIcon } from '../components/icons.ts';
import { PageSkeleton } from '../components/Lazy.tsx';
import { RelativeTime, useTicking } from '../components/Time.tsx';
import { scopeWords } from '../identity-words.ts';
import { fullTime, futureTime } from '../words.ts';
import { LoadFailure } from './LoadFailure.tsx';
import { NewTokenDialog } from './NewTokenDialog.tsx';
import { SettingsCard } from './SettingsCard.tsx';
import { UsedLine } from './UsedLine.tsx';

type State = 'good' | 'expired' | 'revoked';

const stateOf = (token: ApiTokenView): State =>
  token.revoked_at !== null ? 'revoked' : token.expires_at !== null && Date.parse(token.expires_at) <= now.value ? 'expired' : 'good';

export function TokensSection(): JSX.Element {
  const { apiTokens } = useInbox();
  useEffect(() => void apiTokens.load(), [apiTokens]);
  const list = apiTokens.list.value;
  const failure = apiTokens.failure.value;
  if (list !== null) return <TokenLists list={list} />;
  if (failure === null) return <PageSkeleton />;
  return <LoadFailure title="The API tokens could not be loaded" words={failure.message} retry={() => void apiTokens.load()} />;
}

type Open = { kind: 'new' } | { kind: 'revoke'; token: ApiTokenView } | null;

function TokenLists({ list }: { list: readonly ApiTokenView[] }): JSX.Element {
  const { apiTokens } = useInbox();
  const [open, setOpen] = useState<Open>(null);
  const newButton = useRef<HTMLButtonElement>(null);
  const good = list.filter((token) => stateOf(token) === 'good');
  const ended = list.filter((token) => stateOf(token) !== 'good');
  return (
    <>
      <SettingsCard
        title="API tokens"
        lead="Your other servers call the REST API with them. Give each its own, with no more than it needs, so that one can be revoked alone."
        control={
          <button ref={newButton} type="button" class="button button-primary" onClick={() => setOpen({ kind: 'new' })}>
            <Icon of={PlusIcon} size={14} /> Create a token
          </button>
        }
      >
        {good.length === 0 ? (
          <div class="teach">
            <p>
              {list.length === 0 ? 'No tokens yet.' : 'No token is in use.'} With one, your CRM can read and update contacts, or a server
              without crypto of its own can sign your users in. It is sent as <code>Authorization: Bearer foyer_pat_…</code>
            </p>
          </div>
        ) : (
          <ul class="tokens" aria-label="API tokens">
            {good.map((token) => (
              <TokenRow key={token.id} token={token} revoke={() => setOpen({ kind: 'revoke', token })} />
            ))}
          </ul>
        )}
      </SettingsCard>
      {ended.length > 0 ? <EndedTokens list={ended} /> : null}
      {open?.kind === 'new' ? <NewTokenDialog close={() => setOpen(null)} /> : null}
      {open?.kind === 'revoke' ? (
        <ConfirmDialog
          name="revoke"
          title={`Revoke ${open.token.name}?`}
          words={{ act: 'Revoke', acting: 'Revoking …' }}
          isDanger
          run={() => apiTokens.revoke(open.token.id)}
          // Its row is gone from where it stood.
          done={() => requestAnimationFrame(() => newButton.current?.focus())}
          close={() => setOpen(null)}
        >
          <p>Whatever calls the API with it is refused from then on. It cannot be brought back; make a new one instead.</p>
          <p class="form-hint facts-line">
            <code>{open.token.prefix}…</code> <UsedLine at={open.token.last_used_at} />
          </p>
        </ConfirmDialog>
      ) : null}
    </>
  );
}

function TokenRow({ token, revoke }: { token: ApiTokenView; revoke?: () => void }): JSX.Element {
  const state = stateOf(token);
  return (
    <li class={`token is-${state}`}>
      <div class="token-head">
        <span class="token-name" dir="auto">
          {token.name}
        </span>
        <code class="token-prefix">{token.prefix}…</code>
        {revoke ? (
          <button type="button" class="button button-small button-danger" aria-label={`Revoke ${token.name}`} onClick={revoke}>
            Revoke
          </button>
        ) : null}
      </div>
      <ul class="token-scopes" aria-label={`What ${token.name} may do`}>
        {token.scopes.map((scope) => (
          <li key={scope} title={scopeWords[scope].meaning}>
            {scopeWords[scope].label}
          </li>
        ))}
      </ul>
      <p class="form-hint facts-line">
        <Ending token={token} state={state} />
        <UsedLine at={token.last_used_at} />
        <span>
          made <RelativeTime at={Date.parse(token.created_at)} />
          {token.created_by === null ? '' : ` by ${token.created_by}`}
        </span>
      </p>
    </li>
  );
}

function Ending({ token, state }: { token: ApiTokenView; state: State }): JSX.Element {
  if (state === 'revoked' && token.revoked_at !== null)
    return (
      <span>
        revoked <RelativeTime at={Date.parse(token.revoked_at)} />
      </span>
    );
  if (token.expires_at === null) return <span>never expires</span>;
  const at = Date.parse(token.expires_at);
  if (state === 'expired')
    return (
      <span>
        expired <RelativeTime at={at} />
      </span>
    );
  return <Expires at={at} />;
}

const soonMs = 7 * 86_400_000;

function Expires({ at }: { at: number }): JSX.Element {
  const isSoon = at - now.value < soonMs;
  return (
    <span class={isSoon ? 'is-warm' : ''}>
      {isSoon ? <Icon of={WarningIcon} size={12} /> : null}
      {isSoon ? ' expires ' : 'expires '}
      <time dateTime={new Date(at).toISOString()} title={fullTime(at)}>
        {useTicking(at, futureTime)}
      </time>
    </span>
  );
}

function EndedTokens({ list }: { list: readonly ApiTokenView[] }): JSX.Element {
  return (
    <details class="settings-card tokens-ended">
      <summary>No longer valid ({list.length})</summary>
      <ul class="tokens" aria-label="Tokens that are no longer valid">
        {list.map((token) => (
          <TokenRow key={token.id} token={token} />
        ))}
      </ul>
    </details>
  );
}
