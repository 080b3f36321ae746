import type { JSX } from 'preact';
import { useEffect, useRef, useState } from 'preact/hooks';
import { copyText } from '../clipboard.ts';
import { Icon } from './Icon.tsx';
import { CheckIcon, CopyIcon, FailedIcon } from './icons.ts';

interface CopyProps {
  text: string;
  label: string;
  word?: string;
  class?: string;
}

type Outcome = 'copied' | 'failed' | null;

const words = { copied: 'Copied', failed: 'Not copied: select it and copy by hand' };
const saidForMs = 1600;

/** Copies and says so for a moment. Without a word it is an icon with a label. */
export function CopyButton({ text, label, word, class: name = 'icon-button' }: CopyProps): JSX.Element {
  const [outcome, setOutcome] = useState<Outcome>(null);
  const button = useRef<HTMLButtonElement>(null);
  useEffect(() => {
    if (outcome === null) return;
    const timer = setTimeout(() => setOutcome(null), saidForMs * (outcome === 'failed' ? 3 : 1));
    return () => clearTimeout(timer);
  }, [outcome]);
  const copy = async (): Promise<void> => {
    if (button.current) setOutcome((await copyText(text, button.current)) ? 'copied' : 'failed');
  };
  const says = outcome === null ? label : words[outcome];
  return (
    <button ref={button} type="button" class={name} aria-label={says} title={says} onClick={() => void copy()}>
      <Icon of={outcome === null ? CopyIcon : outcome === 'copied' ? CheckIcon : FailedIcon} size={14} />
      {word ? <span>{outcome === null ? word : outcome === 'copied' ? 'Copied' : 'Not copied'}</span> : null}
    </button>
  );
}
