import type { ComponentChildren, JSX } from 'preact';
import { useId } from 'preact/hooks';

interface SettingsCardProps {
  title: string;
  lead?: string;
  /** A control for the whole card, at the end of its title's line. */
  control?: JSX.Element | null;
  children?: ComponentChildren;
}

export function SettingsCard({ title, lead, control, children }: SettingsCardProps): JSX.Element {
  const id = useId();
  return (
    <section class="settings-card" aria-labelledby={id}>
      <header class="settings-card-head">
        <div>
          <h2 id={id}>{title}</h2>
          {lead ? <p>{lead}</p> : null}
        </div>
        {control}
      </header>
      {children}
    </section>
  );
}
