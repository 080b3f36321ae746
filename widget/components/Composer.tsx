import { useEffect, useLayoutEffect, useRef } from 'preact/hooks';
import type { MessageView } from '../../shared/conversation.ts';
import { useApp } from '../app.ts';
import type { Phrases } from '../locales/index.ts';
import { Icon } from './Icon.tsx';
import { tracked } from './tracked.ts';

const maxLength = 8000;
const countFrom = 7800;

type Input = NonNullable<MessageView['input']>;

/** Which keyboard and which saved value help with the answer. */
const keyboards: Record<
  Input,
  { inputMode: 'email' | 'tel' | 'text' | 'decimal'; autoComplete: string; placeholder: keyof Phrases | null }
> = {
  text: { inputMode: 'text', autoComplete: 'off', placeholder: null },
  email: { inputMode: 'email', autoComplete: 'email', placeholder: 'placeholderEmail' },
  tel: { inputMode: 'tel', autoComplete: 'tel', placeholder: 'placeholderPhone' },
  number: { inputMode: 'decimal', autoComplete: 'off', placeholder: 'placeholderNumber' },
};

export const Composer = tracked(function Composer() {
  const { state, locale, delivery } = useApp();
  const { phrases } = locale;
  const field = useRef<HTMLTextAreaElement>(null);
  const text = state.draft.value;
  const { inputMode, autoComplete, placeholder } = keyboards[state.input.value];
  const ready = isReady(text);

  useLayoutEffect(() => grow(field.current), [text]);
  useEffect(() => {
    // The height of one line is known only once the panel is laid out.
    if (state.isOpen.value) grow(field.current);
  }, [state.isOpen.value]);

  function send(): void {
    // Not what was last drawn: Enter may come before the drawing.
    const written = state.draft.value;
    if (!isReady(written)) return;
    state.draft.value = '';
    void state.say(written.trim());
    field.current?.focus({ preventScroll: true });
  }

  function onKeyDown(event: KeyboardEvent): void {
    // 229: Safari ends a composition before the Enter that ends it.
    if (event.key !== 'Enter' || event.shiftKey || event.isComposing || event.keyCode === 229) return;
    event.preventDefault();
    send();
  }

  const words =
    placeholder ??
    (state.view.value?.status === 'closed'
      ? 'placeholderClosed'
      : state.rows.value.length > 0 && state.view.value
        ? 'placeholderReply'
        : 'placeholder');
  return (
    <form
      class="composer"
      onSubmit={(event) => {
        event.preventDefault();
        send();
      }}
    >
      {!delivery.durable.value && (
        <p class="hint" role="status">
          <Icon name="alert" size={14} /> {phrases.notKept}
        </p>
      )}
      <div class="field">
        <textarea
          ref={field}
          rows={1}
          value={text}
          aria-label={phrases.message}
          placeholder={phrases[words] as string}
          inputMode={inputMode}
          autoComplete={autoComplete}
          enterkeyhint="send"
          onInput={(event) => {
            state.draft.value = event.currentTarget.value;
            state.typed();
          }}
          onKeyDown={onKeyDown}
        />
        <button type="submit" class={ready ? 'send ready' : 'send'} aria-label={phrases.send} aria-disabled={!ready}>
          <Icon name="send" size={18} />
        </button>
      </div>
      {text.length > countFrom && (
        <p class={text.length > maxLength ? 'rest over' : 'rest'} role="status">
          {phrases.left(maxLength - text.length)}
        </p>
      )}
    </form>
  );
});

const isReady = (text: string): boolean => text.trim() !== '' && text.length <= maxLength;

/** Up to five lines, then it scrolls. */
function grow(field: HTMLTextAreaElement | null): void {
  if (!field) return;
  field.style.height = 'auto';
  field.style.height = `${field.scrollHeight}px`;
}
