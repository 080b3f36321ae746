// What was read out of the visitor's own message, to be confirmed with one tap, mended in place, or taken back.
import { useEffect, useLayoutEffect, useRef, useState } from 'preact/hooks';
import type { CapturedView, MessageView } from '../../shared/conversation.ts';
import type { DetailField } from '../../shared/contact-fields.ts';
import { useApp } from '../app.ts';
import { Icon } from '../components/Icon.tsx';
import { tracked } from '../components/tracked.ts';
import type { OutboxBody, OutboxItem } from '../outbox.ts';
import { checkField } from './check-field.ts';
import { fieldInputs } from './field-inputs.ts';
import { openDetails } from './open-details.ts';
import { useWords } from './words.ts';

type DetailBody = OutboxBody & { kind: 'detail' };
type Say = (answer: DetailBody['answer'], value?: string) => void;

export const Captured = tracked(function Captured({ message }: { message: MessageView }) {
  const { state, delivery } = useApp();
  const words = useWords();
  const card = useRef<HTMLDivElement>(null);
  // Answered in this page's life: gone, whatever the line does.
  const [done, setDone] = useState<ReadonlySet<DetailField>>(new Set());
  const answered = useRef(false);
  const items = delivery.items.value.filter(({ body }) => body.kind === 'detail' && body.message === message.id);
  const itemOf = (field: DetailField): OutboxItem | undefined => items.findLast(({ body }) => (body as DetailBody).field === field);
  const rows = openDetails(state.rows.value, message.id, Date.now()).filter(({ field }) => {
    const item = itemOf(field);
    return item ? item.failure : !done.has(field);
  });
  const keepFocus = useKeptFocus(card, rows.length);

  async function say(field: DetailField, answer: DetailBody['answer'], value?: string): Promise<void> {
    keepFocus();
    answered.current = true;
    const before = itemOf(field);
    if (before) delivery.remove(before.cid);
    // Thanked for once it is kept: a page that is closed before would lose it.
    await state.post({ kind: 'detail', message: message.id, field, answer, ...(value !== undefined && { value }) });
    setDone((before) => new Set(before).add(field));
  }

  if (rows.length === 0 && !answered.current) return null;
  return (
    <div class={rows.length > 0 ? 'captured' : 'captured settled'} ref={card}>
      <div>
        {rows.length === 0 && (
          <p class="ok">
            <Icon name="check" size={16} /> {words.thanks}
          </p>
        )}
        {rows.map((detail) => {
          const item = itemOf(detail.field);
          return (
            <Detail
              key={detail.field + (item?.cid ?? '')}
              detail={detail}
              refused={item && { written: (item.body as DetailBody).value, words: item.failure?.errors?.[0]?.message }}
              say={(answer, value) => void say(detail.field, answer, value)}
            />
          );
        })}
      </div>
      <span class="hidden" role="status">
        {rows.length === 0 && words.thanks}
      </span>
    </div>
  );
});

const questions = { email: 'yourEmail', name: 'yourName', phone: 'yourPhone' } as const;

/** `refused`: the server did not take what was said; its words where it has some. */
function Detail({
  detail,
  refused,
  say,
}: {
  detail: CapturedView;
  refused?: { written: string | undefined; words: string | undefined } | undefined;
  say: Say;
}) {
  const words = useWords();
  const { field, value, suggestion } = detail;
  const [editing, setEditing] = useState(refused?.written !== undefined);
  const change = useRef<HTMLButtonElement>(null);
  const left = useRef(false);
  useEffect(() => {
    if (left.current) change.current?.focus({ preventScroll: true });
    left.current = false;
  }, [editing]);

  function close(): void {
    left.current = true;
    setEditing(false);
  }

  const problem = refused && (refused.words ?? words.notTaken);
  if (editing) return <Edit detail={detail} written={refused?.written ?? suggestion ?? value} problem={problem} say={say} close={close} />;
  const question = suggestion ? words.didYouMean : words[questions[field]];
  const changing = (
    <button type="button" class="pill plain" ref={change} onClick={() => setEditing(true)}>
      {words.change}
    </button>
  );
  return (
    <div class="detail" role="group" aria-label={`${question} ${suggestion ?? value}`}>
      <p class="asks">
        {question}
        {!suggestion && <b dir="auto">{value}</b>}
      </p>
      {suggestion && changing}
      {suggestion ? (
        <div class="taps both">
          <button type="button" class="pill main" dir="auto" onClick={() => say('change', suggestion)}>
            {suggestion}
          </button>
          <button type="button" class="pill" onClick={() => say('right')}>
            {words.keep(value)}
          </button>
        </div>
      ) : (
        <div class="taps">
          <button type="button" class="pill soft" onClick={() => say('right')}>
            <Icon name="check" size={16} /> <span>{words.yes}</span>
          </button>
          {changing}
        </div>
      )}
      {problem && (
        <p class="error" role="alert">
          {problem}
        </p>
      )}
    </div>
  );
}

function Edit({
  detail: { field },
  written,
  problem,
  say,
  close,
}: {
  detail: CapturedView;
  written: string;
  problem: string | undefined;
  say: Say;
  close(): void;
}) {
  const words = useWords();
  const [error, setError] = useState(problem);
  const input = useRef<HTMLInputElement>(null);
  useEffect(() => {
    input.current!.focus({ preventScroll: true });
    input.current!.select();
  }, []);

  function save(): void {
    const value = input.current!.value.trim();
    const wrong = checkField({ kind: field, required: true }, value);
    if (!wrong) return say('change', value);
    setError(words[wrong] as string);
    input.current!.focus();
  }

  return (
    <form
      class="detail editing"
      noValidate
      onSubmit={(event) => {
        event.preventDefault();
        save();
      }}
      onKeyDown={(event) => {
        if (event.key !== 'Escape' || event.isComposing) return;
        // It closes the field and not the panel.
        event.stopPropagation();
        close();
      }}
    >
      <div class={error ? 'entry wrong' : 'entry'}>
        <input
          ref={input}
          {...fieldInputs[field]}
          defaultValue={written}
          dir="auto"
          enterkeyhint="done"
          aria-label={words[questions[field]]}
          aria-invalid={error !== undefined}
          onInput={() => setError(undefined)}
        />
        <button type="submit" class="go" aria-label={words.save} title={words.save}>
          <Icon name="check" size={18} />
        </button>
      </div>
      {error && (
        <p class="error" role="alert">
          {error}
        </p>
      )}
      <div class="taps">
        <button type="button" class="pill plain" onClick={() => say('withdraw')}>
          {words.notMine}
        </button>
        <button type="button" class="pill plain" onClick={close}>
          {words.cancel}
        </button>
      </div>
    </form>
  );
}

/** Who used a button that is then gone goes on with the next question, or with the talk. */
function useKeptFocus(card: { current: HTMLElement | null }, count: number): () => void {
  const root = useRef<ShadowRoot>(null);
  useLayoutEffect(() => {
    if (!root.current) return;
    const talk = matchMedia('(hover: hover)').matches ? 'textarea' : '[role=log]';
    const next = card.current?.querySelector<HTMLElement>('.taps .pill') ?? root.current.querySelector<HTMLElement>(talk);
    next?.focus({ preventScroll: true });
    root.current = null;
  }, [count]);
  return () => {
    const own = card.current!.getRootNode() as ShadowRoot;
    if (card.current!.contains(own.activeElement)) root.current = own;
  };
}
