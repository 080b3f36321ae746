// Which step comes next: all kinds by group, found by typing, chosen by arrows and Enter.
import type { JSX } from 'preact';
import { useEffect, useLayoutEffect, useRef, useState } from 'preact/hooks';
import { stepTypes } from '../../../shared/bot/steps/index.ts';
import type { StepTypeName } from '../../../shared/bot/steps/index.ts';
import { Icon } from '../../components/Icon.tsx';
import { SearchIcon } from '../../components/icons.ts';
import type { Adding } from '../canvas.ts';
import { useFlow } from '../context.ts';
import { focusStep } from '../graph-keys.ts';
import { groupWords, lookOf, stepTypeNames } from '../step-looks.ts';

export function Palette(): JSX.Element | null {
  const { canvas } = useFlow();
  const adding = canvas.adding.value;
  return adding === null ? null : <OpenPalette adding={adding} key={`${adding.after?.step} ${adding.after?.edge}`} />;
}

/** Kinds whose name or explanation has every word that was typed: those called so first, then in the order of the groups. */
export function findKinds(words: string): StepTypeName[] {
  const wanted = words
    .toLowerCase()
    .split(/\s+/)
    .filter((word) => word !== '');
  const groups = Object.keys(groupWords);
  return stepTypeNames
    .filter((name) => {
      const { title, help, group } = stepTypes[name];
      const text = `${name} ${title} ${help} ${groupWords[group]}`.toLowerCase();
      return wanted.every((word) => text.includes(word));
    })
    .toSorted((a, b) => groups.indexOf(stepTypes[a].group) - groups.indexOf(stepTypes[b].group))
    .toSorted((a, b) => Number(isCalled(b, wanted)) - Number(isCalled(a, wanted)));
}

function isCalled(name: StepTypeName, wanted: readonly string[]): boolean {
  const title = stepTypes[name].title.toLowerCase();
  return wanted.length > 0 && wanted.every((word) => title.includes(word));
}

function OpenPalette({ adding }: { adding: Adding }): JSX.Element {
  const { acts, canvas } = useFlow();
  const [words, setWords] = useState('');
  const [at, setAt] = useState(0);
  const box = useRef<HTMLDivElement>(null);
  const field = useRef<HTMLInputElement>(null);
  const found = findKinds(words);
  const chosen = Math.min(at, found.length - 1);
  usePlace(box, adding);
  useEffect(() => field.current?.focus({ preventScroll: true }), []);
  const close = (): void => {
    canvas.setAdding(null);
    if (adding.after) focusStep(adding.after.step, canvas);
  };
  useEffect(() => {
    const onPointer = (event: Event): void => {
      if (!box.current?.contains(event.target as Node)) canvas.setAdding(null);
    };
    document.addEventListener('pointerdown', onPointer, true);
    return () => document.removeEventListener('pointerdown', onPointer, true);
  }, []);
  const onKeyDown = (event: KeyboardEvent): void => {
    const move = event.key === 'ArrowDown' ? 1 : event.key === 'ArrowUp' ? -1 : 0;
    const kind = found[chosen];
    if (move !== 0) setAt((chosen + move + found.length) % Math.max(1, found.length));
    else if (event.key === 'Escape') close();
    else if (event.key === 'Enter' && kind !== undefined && !event.isComposing) acts.add(kind);
    else return;
    event.preventDefault();
    event.stopPropagation();
  };
  return (
    <div ref={box} class="palette" data-no-pan role="dialog" aria-label="Add a step" onKeyDown={onKeyDown}>
      <label class="palette-search">
        <Icon of={SearchIcon} size={14} />
        <input
          type="text"
          role="combobox"
          aria-label="Search kinds of steps"
          aria-expanded="true"
          aria-controls="palette-list"
          aria-activedescendant={found[chosen] ? `kind-${found[chosen]}` : undefined}
          placeholder="What happens next?"
          value={words}
          ref={field}
          onInput={(event) => {
            setWords(event.currentTarget.value);
            setAt(0);
          }}
        />
      </label>
      <Kinds found={found} chosen={chosen} hover={setAt} />
    </div>
  );
}

function Kinds({ found, chosen, hover }: { found: readonly StepTypeName[]; chosen: number; hover(at: number): void }): JSX.Element {
  const { acts } = useFlow();
  const list = useRef<HTMLDivElement>(null);
  useEffect(() => list.current?.querySelector('[aria-selected="true"]')?.scrollIntoView?.({ block: 'nearest' }), [chosen]);
  if (found.length === 0) return <p class="palette-none">Nothing is called that. Try “ask”, “wait” or “team”.</p>;
  let group = '';
  return (
    <div class="palette-list" id="palette-list" role="listbox" aria-label="Kinds of steps" ref={list}>
      {found.map((name, index) => {
        const look = lookOf(name);
        const isFirst = look.group !== group;
        group = look.group;
        return [
          isFirst ? (
            <div class="palette-group" key={`group of ${name}`} role="presentation">
              {look.group === 'unknown' ? '' : groupWords[look.group]}
            </div>
          ) : null,
          <div
            key={name}
            id={`kind-${name}`}
            class={`palette-kind group-${look.group}`}
            role="option"
            aria-selected={index === chosen}
            onPointerMove={() => index !== chosen && hover(index)}
            onClick={() => acts.add(name)}
          >
            <span class="node-icon">
              <Icon of={look.icon} size={15} />
            </span>
            <span class="palette-words">
              <span>{look.title}</span>
              <small>{stepTypes[name].help}</small>
            </span>
          </div>,
        ];
      })}
    </div>
  );
}

/** Beside where it was asked for, within the canvas. */
function usePlace(box: { current: HTMLDivElement | null }, { screen }: Adding): void {
  const { canvas } = useFlow();
  useLayoutEffect(() => {
    const element = box.current;
    if (!element) return;
    const { width, height } = canvas.size.peek();
    const [ownWidth, ownHeight] = [element.offsetWidth, element.offsetHeight];
    element.style.left = `${Math.max(8, Math.min(screen.x, width - ownWidth - 8))}px`;
    element.style.top = `${Math.max(8, Math.min(screen.y - 20, height - ownHeight - 8))}px`;
  }, []);
}
