// Everything the host site's developer needs, at any time: the snippet, where it may run, and how to vouch for users.
import type { ComponentChildren, JSX } from 'preact';
import { identifySnippet } from '../identify-snippet.ts';
import { settingsPath } from '../router.ts';
import { CopyButton } from './CopyButton.tsx';
import { useInbox } from './context.ts';
import { Icon } from './Icon.tsx';
import { ExternalIcon } from './icons.ts';
import { SecretBox } from './SecretBox.tsx';
import { Sheet } from './Sheet.tsx';

export function InstallSheet(): JSX.Element {
  return (
    <Sheet name="install" title="Install">
      <Steps />
    </Sheet>
  );
}

function Steps(): JSX.Element {
  const { me, identitySecret, openSheet } = useInbox();
  const { snippet } = me.workspace;
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
        {me.role !== 'agent' ? (
          <>
            <SecretBox slot={identitySecret.current} label="Identity secret" />
            <p class="install-note">
              To replace it, or to check tokens by a public key:{' '}
              <a href={settingsPath('identity')} onClick={() => openSheet(null)}>
                Settings, Identity
              </a>
              .
            </p>
          </>
        ) : (
          <p class="install-note">An owner of this workspace can see the secret: ask one for it.</p>
        )}
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
