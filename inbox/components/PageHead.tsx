// The head of a page beside the inbox: its name, what it is for, what can be done; on a phone also the way to the menu.
import type { ComponentChildren, JSX } from 'preact';
import { useInbox } from './context.ts';
import { Icon } from './Icon.tsx';
import { MenuIcon } from './icons.ts';

interface PageHeadProps {
  title: string;
  lead?: string;
  /** Buttons at the end of the line. */
  children?: ComponentChildren;
}

export function PageHead({ title, lead, children }: PageHeadProps): JSX.Element {
  return (
    <header class="page-head">
      <MenuButton />
      <div class="page-words">
        <h1>{title}</h1>
        {lead ? <p>{lead}</p> : null}
      </div>
      {children ? <div class="page-actions">{children}</div> : null}
    </header>
  );
}

/** Shown on phones alone, where the navigation lies over the page. */
export function MenuButton(): JSX.Element {
  const { layout } = useInbox();
  return (
    <button type="button" class="icon-button page-menu" aria-label="Menu" onClick={() => layout.setNavOver(true)}>
      <Icon of={MenuIcon} />
    </button>
  );
}
