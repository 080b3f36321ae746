// A button with a menu: arrow keys, Home, End, Escape, a click elsewhere.
import type { ComponentChildren, JSX } from 'preact';
import { useEffect, useRef, useState } from 'preact/hooks';
import { Icon } from './Icon.tsx';
import { CheckIcon } from './icons.ts';
import type { IconNode } from './icons.ts';

export interface MenuItem {
  key: string;
  label: string;
  icon?: IconNode;
  face?: JSX.Element;
  hint?: string;
  /** Of several, the one in force. */
  isChosen?: boolean;
  isGroupStart?: boolean;
  /** Cannot be taken back. */
  isDanger?: boolean;
  run(): void;
}

interface MenuProps {
  label: string;
  items: readonly MenuItem[];
  children: ComponentChildren;
  class?: string;
  side?: 'below' | 'above';
  align?: 'start' | 'end';
}

export function Menu({ label, items, children, class: name = '', side = 'below', align = 'start' }: MenuProps): JSX.Element {
  const { root, button, isOpen, setOpen, close } = useMenu();
  return (
    <div class="menu" ref={root}>
      <button
        ref={button}
        type="button"
        class={name}
        aria-haspopup="menu"
        aria-expanded={isOpen}
        title={label}
        onClick={() => setOpen(!isOpen)}
      >
        {children}
      </button>
      {isOpen ? (
        <div
          class={`menu-list menu-${side} menu-${align}`}
          role="menu"
          aria-label={label}
          onKeyDown={(event) => onMenuKey(event, root.current, close)}
        >
          {items.map((item) => (
            <MenuRow key={item.key} item={item} close={close} />
          ))}
        </div>
      ) : null}
    </div>
  );
}

function useMenu() {
  const [isOpen, setOpen] = useState(false);
  const root = useRef<HTMLDivElement>(null);
  const button = useRef<HTMLButtonElement>(null);
  useEffect(() => {
    if (!isOpen) return;
    const find = (selector: string): HTMLElement | null => root.current?.querySelector<HTMLElement>(selector) ?? null;
    (find('[aria-checked="true"]') ?? find('[role^="menuitem"]'))?.focus();
    const onPointer = (event: Event): void => {
      if (!root.current?.contains(event.target as Node)) setOpen(false);
    };
    document.addEventListener('pointerdown', onPointer);
    return () => document.removeEventListener('pointerdown', onPointer);
  }, [isOpen]);
  const close = (): void => {
    setOpen(false);
    button.current?.focus();
  };
  return { root, button, isOpen, setOpen, close };
}

function MenuRow({ item, close }: { item: MenuItem; close(): void }): JSX.Element {
  const isRadio = item.isChosen !== undefined;
  return (
    <button
      type="button"
      class={`menu-item ${item.isGroupStart ? 'is-group-start' : ''} ${item.isDanger ? 'is-danger' : ''}`}
      role={isRadio ? 'menuitemradio' : 'menuitem'}
      aria-checked={isRadio ? item.isChosen : undefined}
      tabIndex={-1}
      onClick={() => {
        close();
        item.run();
      }}
    >
      {item.face ?? (item.icon ? <Icon of={item.icon} /> : null)}
      <span class="menu-label">{item.label}</span>
      {item.hint ? <span class="menu-hint">{item.hint}</span> : null}
      {item.isChosen ? <Icon of={CheckIcon} size={14} /> : null}
    </button>
  );
}

function onMenuKey(event: KeyboardEvent, root: HTMLElement | null, close: () => void): void {
  const rows = [...(root?.querySelectorAll<HTMLElement>('[role^="menuitem"]') ?? [])];
  const here = rows.indexOf(document.activeElement as HTMLElement);
  const to: Record<string, number> = {
    ArrowDown: (here + 1) % rows.length,
    ArrowUp: (here - 1 + rows.length) % rows.length,
    Home: 0,
    End: rows.length - 1,
  };
  const target = to[event.key];
  if (event.key === 'Escape' || event.key === 'Tab') close();
  else if (target !== undefined) rows[target]?.focus();
  else return;
  event.stopPropagation();
  if (event.key !== 'Tab') event.preventDefault();
}
