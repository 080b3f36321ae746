// A button that asks for a flow's file.
import type { ComponentChildren, JSX } from 'preact';
import { useRef } from 'preact/hooks';
import { readFlowFile } from '../files.ts';
import type { ReadFile } from '../files.ts';

interface FileInputProps {
  class: string;
  label: string;
  read(result: ReadFile): void;
  children: ComponentChildren;
}

export function FileInput({ class: name, label, read, children }: FileInputProps): JSX.Element {
  const input = useRef<HTMLInputElement>(null);
  return (
    <>
      <button type="button" class={name} onClick={() => input.current?.click()}>
        {children}
      </button>
      <input
        ref={input}
        class="hidden"
        type="file"
        tabIndex={-1}
        aria-label={label}
        accept=".json,application/json"
        onChange={(event) => {
          const file = event.currentTarget.files?.[0];
          // The same file may be chosen again.
          const { currentTarget } = event;
          void file?.text().then((text) => {
            currentTarget.value = '';
            read(readFlowFile(text));
          });
        }}
      />
    </>
  );
}
