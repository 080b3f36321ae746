import type { JSX } from 'preact';
import { useInbox } from './context.ts';
import { Icon } from './Icon.tsx';
import { FailedIcon, XIcon } from './icons.ts';

export function ToastList(): JSX.Element {
  const { toasts } = useInbox();
  return (
    <div class="toasts" role="status" aria-live="polite" onPointerEnter={() => toasts.hold(true)} onPointerLeave={() => toasts.hold(false)}>
      {toasts.shown.value.map(({ id, text, tone, action }) => (
        <div class={`toast toast-${tone}`} key={id}>
          {tone === 'error' ? <Icon of={FailedIcon} /> : null}
          <span class="toast-text">{text}</span>
          {action ? (
            <button
              type="button"
              class="toast-action"
              onClick={() => {
                toasts.dismiss(id);
                action.run();
              }}
            >
              {action.label}
            </button>
          ) : null}
          <button type="button" class="icon-button" aria-label="Dismiss" onClick={() => toasts.dismiss(id)}>
            <Icon of={XIcon} size={14} />
          </button>
        </div>
      ))}
    </div>
  );
}
