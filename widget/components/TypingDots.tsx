import { useApp } from '../app.ts';
import type { Typist } from '../typing.ts';
import { Avatar } from './Avatar.tsx';

export function TypingDots({ typist }: { typist: Typist }) {
  const { phrases } = useApp().locale;
  const name = typist.name ?? (typist.kind === 'bot' ? phrases.assistant : phrases.team);
  return (
    <div class="group typing" role="status">
      <Avatar author={typist} />
      <div class="bubbles">
        <div class="dots">
          <span class="hidden">{phrases.typing(name)}</span>
          <i />
          <i />
          <i />
        </div>
      </div>
      {typist.kind === 'agent' && <span class="typist">{phrases.typing(name)}</span>}
    </div>
  );
}
