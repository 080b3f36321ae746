// A call the server would make: shown as it would go out, answered by hand.
import type { JSX } from 'preact';
import { useState } from 'preact/hooks';
import type { CallRequest } from '../../../shared/bot/types.ts';
import { useFlow } from '../context.ts';

export function PreviewCall({ request: { method, url, headers, body } }: { request: CallRequest }): JSX.Element {
  const { preview } = useFlow();
  const [text, setText] = useState('{\n  "plan": "pro"\n}');
  const [fault, setFault] = useState<string | null>(null);
  const answer = (): void => {
    try {
      preview.answerCall(true, JSON.parse(text));
    } catch {
      setFault('This is not JSON.');
    }
  };
  return (
    <section class="chat-call" aria-label="A call waits for its answer">
      <p>
        <b>{method}</b> <code>{url}</code>
      </p>
      {Object.entries(headers).map(([name, value]) => (
        <p key={name}>
          <code>
            {name}: {value}
          </code>
        </p>
      ))}
      {body === null ? null : <pre>{body}</pre>}
      <label class="form-label" for="call-answer">
        Its answer, as JSON
      </label>
      <textarea
        id="call-answer"
        class="textarea"
        rows={4}
        spellcheck={false}
        value={text}
        aria-invalid={fault !== null || undefined}
        onInput={(event) => {
          setText(event.currentTarget.value);
          setFault(null);
        }}
      />
      {fault === null ? null : (
        <p class="form-fault" role="alert">
          {fault}
        </p>
      )}
      <div class="chat-call-actions">
        <button type="button" class="button button-small button-primary" onClick={answer}>
          Answer
        </button>
        <button type="button" class="button button-small" onClick={() => preview.answerCall(false, null)}>
          Let it fail
        </button>
      </div>
    </section>
  );
}
