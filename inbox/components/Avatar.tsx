// Faces: a picture where there is one that can be had, initials where there is a name, a quiet figure in the contact's own colour otherwise.
import type { JSX } from 'preact';
import { useState } from 'preact/hooks';
import { Icon } from './Icon.tsx';
import { BotIcon, PersonIcon } from './icons.ts';

interface Face {
  kind: 'contact' | 'agent' | 'bot';
  id: string | number | null;
  name: string | null;
  avatar?: string | null;
}

export function Avatar({ of, size = 32, isOnline }: { of: Face; size?: number; isOnline?: boolean }): JSX.Element {
  const [broken, setBroken] = useState<string | null>(null);
  const picture = of.avatar && isPicture(of.avatar) && of.avatar !== broken ? of.avatar : null;
  const all = initialsOf(of.name);
  // Two letters in so small a face could not be read.
  const initials = size < 22 ? firstLetter(all) : all;
  return (
    <span
      class={`avatar avatar-${of.kind}`}
      style={{ '--size': `${size}px`, '--own-hue': String(hueOf(String(of.id))) }}
      aria-hidden="true"
    >
      {picture ? <img src={picture} alt="" loading="lazy" referrerpolicy="no-referrer" onError={() => setBroken(picture)} /> : null}
      {!picture && of.kind === 'bot' ? <Icon of={BotIcon} size={Math.round(size * 0.56)} /> : null}
      {!picture && of.kind !== 'bot' ? (
        initials === '' ? (
          <Icon of={PersonIcon} size={Math.round(size * 0.52)} />
        ) : (
          // Drawn by the style sheet: as text, the initials would belong to the label of the button they stand in.
          <span class="avatar-initials" data-initials={initials} />
        )
      ) : null}
      {isOnline ? <span class="avatar-online" /> : null}
    </span>
  );
}

function isPicture(url: string): boolean {
  return /^(https?:)?\/\//.test(url) || url.startsWith('/');
}

export function initialsOf(name: string | null): string {
  const words = (name ?? '').split(/[\s@.]+/).filter((word) => /^\p{L}/u.test(word));
  const first = words[0] ?? '';
  const last = words.length > 1 && !name?.includes('@') ? (words.at(-1) ?? '') : '';
  return (firstLetter(first) + firstLetter(last)).toLocaleUpperCase();
}

function firstLetter(word: string): string {
  return [...word][0] ?? '';
}

/** 0 to 359, the same for the same id. */
export function hueOf(id: string): number {
  let hash = 7;
  for (const letter of id) hash = (hash * 31 + (letter.codePointAt(0) ?? 0)) % 100_003;
  return (hash * 137) % 360;
}
