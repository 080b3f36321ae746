// Everything the host site's developer needs, at any time: the snippet, where it may run, and how to vouch for users.
import type { ComponentChildren, JSX } from 'preact';
import { useEffect } from 'preact/hooks';
import { identifySnippet } from '../identify-snippet.ts';
import { CopyButton } from './CopyButton.tsx';
import { useInbox } from './context.ts';
import { Icon } from './Icon.tsx';
import { ExternalIcon, FailedIcon, HideIcon, ShowIcon } from './icons.ts';
import { Sheet } from './Sheet.tsx';

export function InstallSheet(): JSX.Element {
  return (
    <Sheet name="install" title="Install">
      <Steps />
    </Sheet>
  );
}

function Steps(): JSX.Element {
  const { snippet } = useInbox().me.workspace;
  return (
    <>
      <Step title="Put the widget on your site">
        <p>Paste this before the closing body tag of every page.</p>
        <Snippet code={snippet} label="Copy the snippet" />
        <p class="install-note">
          Any site may load it until you name yours: set <code>ALLOWED_ORIGINS</code> to <code>https://www.example.com</code> or{' '}
          <code>https://*.example.com</code>, several by commas, and restart the server.
        </p>
      </Step>
      <Step title="Recognise your signed-in users">
        <p>
          Your server vouches for them with the identity secret. Without that proof a person counts as <em>unverified</em>.
        </p>
        <Secret />
        <p>
          On your Node server, with the secret in <code>FOYER_IDENTITY_SECRET</code>. Put what it returns into the page, after the snippet.
        </p>
        <Snippet code={identifySnippet} label="Copy the code" isBlock />
      </Step>
      <p class="sheet-foot">
        See it work first:{' '}
        <a href="/demo" target="_blank" rel="noopener">
          the demo page <Icon of={ExternalIcon} size={12} />
        </a>{' '}
        has the widget and two accounts to sign in with.
      </p>
    </>
  );
}

function Step({ title, children }: { title: string; children: ComponentChildren }): JSX.Element {
  return (
    <section class="install-step">
      <h3>{title}</h3>
      {children}
    </section>
  );
}

function Snippet({ code, label, isBlock = false }: { code: string; label: string; isBlock?: boolean }): JSX.Element {
  return (
    <div class={`snippet ${isBlock ? 'is-block' : ''}`}>
      {isBlock ? (
        <pre tabIndex={0} aria-label="Code for your server">
          <code>{code}</code>
        </pre>
      ) : (
        <code>{code}</code>
      )}
      <CopyButton text={code} label={label} word="Copy" class="button button-small" />
    </div>
  );
}

function Secret(): JSX.Element {
  const { identitySecret } = useInbox();
  const { shown, failure, reveal, hide } = identitySecret;
  useEffect(() => hide, []);
  const secret = shown.value;
  if (failure.value) return <NoSecret code={failure.value.code} words={failure.value.message} retry={reveal} />;
  return (
    <div class="snippet secret">
      <span class="secret-label">Identity secret</span>
      {secret === null ? <span class="secret-dots" aria-label="hidden" role="img" /> : <code>{secret}</code>}
      {secret === null ? null : <CopyButton text={secret} label="Copy the secret" word="Copy" class="button button-small" />}
      <button type="button" class="button button-small" onClick={() => (secret === null ? void reveal() : hide())}>
        <Icon of={secret === null ? ShowIcon : HideIcon} size={14} /> {secret === null ? 'Reveal' : 'Hide'}
      </button>
      {secret === null ? null : (
        <p class="secret-note">Keep it on your server. Whoever has it can sign in to the chat as any of your users.</p>
      )}
    </div>
  );
}

function NoSecret({ code, words, retry }: { code: string; words: string; retry(): Promise<void> }): JSX.Element {
  const isForbidden = code === 'forbidden';
  return (
    <div class="snippet secret" role="alert">
      <Icon of={FailedIcon} size={15} />
      <span class="secret-words">
        {isForbidden ? 'Only an owner of this workspace can see the identity secret. Ask one for it.' : words}
      </span>
      {isForbidden ? null : (
        <button type="button" class="button button-small" onClick={() => void retry()}>
          Try again
        </button>
      )}
    </div>
  );
}
