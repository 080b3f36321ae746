import type { JSX } from 'preact';
import { useEffect, useState } from 'preact/hooks';
import { Icon } from './Icon.tsx';
import { CheckIcon, CopyIcon } from './icons.ts';

/** Copies and says so for a moment. Without a word it is an icon with a label. */
export function CopyButton({
  text,
  label,
  word,
  class: name = 'icon-button',
}: {
  text: string;
  label: string;
  word?: string;
  class?: string;
}): JSX.Element {
  const [isCopied, setCopied] = useState(false);
  useEffect(() => {
    if (!isCopied) return;
    const timer = setTimeout(() => setCopied(false), 1600);
    return () => clearTimeout(timer);
  }, [isCopied]);
  const copy = async (): Promise<void> => {
    await navigator.clipboard?.writeText(text).catch(() => undefined);
    setCopied(true);
  };
  return (
    <button
      type="button"
      class={name}
      aria-label={isCopied ? 'Copied' : label}
      title={isCopied ? 'Copied' : label}
      onClick={() => void copy()}
    >
      <Icon of={isCopied ? CheckIcon : CopyIcon} size={14} />
      {word ? <span>{isCopied ? 'Copied' : word}</span> : null}
    </button>
  );
}
