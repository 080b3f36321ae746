import type { JSX } from 'preact';

interface Bar {
  key: string;
  label: string;
  /** 0 to 1. */
  share: number;
  value: string;
  detail: string;
}

/** Rates side by side, each with its own label and number: no axis to read off, no legend to look up. */
export function BarList({ bars }: { bars: readonly Bar[] }): JSX.Element {
  return (
    <ul class="bars">
      {bars.map(({ key, label, share, value, detail }) => (
        <li key={key} class="bar">
          <span class="bar-label" title={label}>
            {label}
          </span>
          <span class="bar-value">{value}</span>
          <span class="bar-track" style={{ '--share': String(share) }} aria-hidden="true" />
          <span class="bar-detail">{detail}</span>
        </li>
      ))}
    </ul>
  );
}
