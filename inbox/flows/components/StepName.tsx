// The step's name, by which conditions, texts and other steps speak of it; changing it changes them, too.
import type { JSX } from 'preact';
import { useState } from 'preact/hooks';
import { useFlow } from '../context.ts';

export function StepName({ id }: { id: string }): JSX.Element {
  const { acts, editor } = useFlow();
  const [name, setName] = useState(id);
  const [fault, setFault] = useState<string | null>(null);
  const save = (): void => {
    const wrong = acts.rename(id, name.trim());
    setFault(wrong);
  };
  return (
    <div class="flow-field flow-name">
      <label class="form-label" for="step-name">
        Name
      </label>
      <input
        id="step-name"
        class="input input-small"
        type="text"
        spellcheck={false}
        autocomplete="off"
        maxLength={64}
        disabled={editor.isReadOnly.value}
        value={name}
        aria-invalid={fault !== null || undefined}
        aria-describedby={fault === null ? undefined : 'step-name-fault'}
        onInput={(event) => setName(event.currentTarget.value.toLowerCase().replace(/[\s_]+/g, '-'))}
        onBlur={save}
        onKeyDown={(event) => {
          if (event.isComposing) return;
          if (event.key === 'Enter') {
            event.preventDefault();
            save();
          } else if (event.key === 'Escape' && name !== id) {
            event.preventDefault();
            event.stopPropagation();
            setName(id);
            setFault(null);
          }
        }}
      />
      {fault === null ? null : (
        <p class="form-fault" id="step-name-fault" role="alert">
          {fault}
        </p>
      )}
    </div>
  );
}
