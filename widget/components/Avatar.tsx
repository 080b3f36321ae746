import { useState } from 'preact/hooks';
import type { Author } from '../../shared/conversation.ts';
import { useApp } from '../app.ts';
import { Icon } from './Icon.tsx';

export function Avatar({ author, size = 28 }: { author: Pick<Author, 'kind' | 'name'>; size?: number }) {
  const { settings } = useApp();
  const [broken, setBroken] = useState(false);
  const name = author.name ?? settings.name;
  const picture = author.kind === 'agent' ? settings.team.find((one) => one.name === author.name)?.avatar : null;
  const style = {
    width: `${size}px`,
    height: `${size}px`,
    fontSize: `${Math.round(size * 0.4)}px`,
    '--own-hue': hueOf(name, settings.brand.hue),
  };
  if (author.kind === 'bot') {
    return (
      <span class="avatar bot" style={style} aria-hidden="true">
        <Icon name="spark" size={Math.round(size * 0.6)} />
      </span>
    );
  }
  return (
    <span class="avatar" style={style} aria-hidden="true">
      {picture && !broken ? <img src={picture} alt="" onError={() => setBroken(true)} /> : initial(name)}
    </span>
  );
}

const initial = (name: string): string => Array.from(name.trim())[0]?.toUpperCase() ?? '';

/** People differ in colour, near the brand's. */
function hueOf(name: string, brandHue: number): number {
  const sum = Array.from(name).reduce((total, letter) => total + letter.codePointAt(0)!, 0);
  return brandHue + ((sum % 5) - 2) * 32;
}

/** Up to three faces of the team, else the workspace's initial. */
export function Faces({ size = 32 }: { size?: number }) {
  const { settings } = useApp();
  const team = settings.team.length > 0 ? settings.team.slice(0, 3) : [{ name: settings.name }];
  return (
    <span class="faces">
      {team.map(({ name }) => (
        <Avatar key={name} author={{ kind: 'agent', name }} size={size} />
      ))}
    </span>
  );
}
