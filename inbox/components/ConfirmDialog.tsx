// Asks before what cannot be taken back; a refusal is said in it, and it stays.
import type { ComponentChildren, JSX } from 'preact';
import { useState } from 'preact/hooks';
import type { ApiFailure } from '../api.ts';
import { Dialog } from './Dialog.tsx';
import { Icon } from './Icon.tsx';
import { FailedIcon } from './icons.ts';

interface ConfirmProps {
  name: string;
  title: string;
  /** On the button that does it: what it does, and while it does. */
  words: { act: string; acting: string };
  isDanger?: boolean;
  run(): Promise<ApiFailure | null>;
  /** It is done. */
  done?(): void;
  close(): void;
  children: ComponentChildren;
}

export function ConfirmDialog({ name, title, words, isDanger = false, run, done, close, children }: ConfirmProps): JSX.Element {
  const [isBusy, setBusy] = useState(false);
  const [failure, setFailure] = useState<ApiFailure | null>(null);
  const act = async (): Promise<void> => {
    if (isBusy) return;
    setBusy(true);
    const refused = await run();
    setBusy(false);
    setFailure(refused);
    if (refused !== null) return;
    close();
    done?.();
  };
  return (
    <Dialog name={name} title={title} close={close}>
      <div class="confirm-words">{children}</div>
      {failure ? (
        <p class="sheet-failure" role="alert">
          <Icon of={FailedIcon} size={14} /> {failure.message}
        </p>
      ) : null}
      <div class="sheet-actions">
        <button type="button" class="button" onClick={close}>
          Cancel
        </button>
        <button
          type="button"
          class={`button ${isDanger ? 'button-danger-solid' : 'button-primary'}`}
          aria-disabled={isBusy}
          onClick={() => void act()}
        >
          {isBusy ? words.acting : words.act}
        </button>
      </div>
    </Dialog>
  );
}
