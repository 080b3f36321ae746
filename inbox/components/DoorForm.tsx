// The form of the two pages in front of the inbox: says what is wrong, beside the field it is about where there is one.
import { createContext } from 'preact';
import type { ComponentChildren, JSX } from 'preact';
import { useContext, useEffect, useRef, useState } from 'preact/hooks';
import type { ApiFailure } from '../api.ts';
import { Icon } from './Icon.tsx';
import { FailedIcon } from './icons.ts';
import { Logo } from './Logo.tsx';

type Values = Record<string, string>;

const Failure = createContext<ApiFailure | null>(null);

/** What the server says of a field; undefined where it says nothing. */
export function useFieldFailure(name: string): string | undefined {
  return useContext(Failure)?.fields[name];
}

interface DoorFormProps {
  title: string;
  lead?: string;
  notice?: string | null;
  action: string;
  /** The values by field name; null where it was done. */
  submit(values: Values): Promise<ApiFailure | null>;
  children: ComponentChildren;
}

export function DoorForm({ title, lead, notice, action, submit, children }: DoorFormProps): JSX.Element {
  const { form, isBusy, failure, onSubmit } = useSubmit(submit);
  useEffect(() => {
    document.title = title;
  }, [title]);
  const general = failure && Object.keys(failure.fields).length === 0 ? failure.message : null;
  return (
    <main class="door">
      <form class="door-form" ref={form} onSubmit={(event) => void onSubmit(event)}>
        <Logo size={40} />
        <div class="door-words">
          <h1>{title}</h1>
          {lead ? <p>{lead}</p> : null}
        </div>
        {notice && !failure ? (
          <p class="door-notice" role="status">
            {notice}
          </p>
        ) : null}
        {general ? (
          <p class="door-failure" role="alert">
            <Icon of={FailedIcon} /> {general}
          </p>
        ) : null}
        <Failure.Provider value={failure}>{children}</Failure.Provider>
        <button type="submit" class="button button-primary button-wide" aria-disabled={isBusy}>
          {isBusy ? 'One moment…' : action}
        </button>
      </form>
    </main>
  );
}

function useSubmit(submit: DoorFormProps['submit']) {
  const form = useRef<HTMLFormElement>(null);
  const [isBusy, setBusy] = useState(false);
  const [failure, setFailure] = useState<ApiFailure | null>(null);
  useEffect(() => {
    form.current?.querySelector<HTMLInputElement>('[aria-invalid="true"]')?.focus();
  }, [failure]);
  const onSubmit = async (event: Event): Promise<void> => {
    event.preventDefault();
    if (isBusy || !form.current) return;
    setBusy(true);
    setFailure(await submit(valuesOf(form.current)));
    setBusy(false);
  };
  return { form, isBusy, failure, onSubmit };
}

/** Trimmed, save for passwords: a space may be part of one. */
function valuesOf(form: HTMLFormElement): Values {
  const inputs = [...form.querySelectorAll('input')];
  return Object.fromEntries(inputs.map((input) => [input.name, input.name === 'password' ? input.value : input.value.trim()]));
}
