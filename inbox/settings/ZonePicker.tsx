// A time zone out of four hundred, found by city, region or offset: a combobox with a list.
import type { JSX } from 'preact';
import { useId, useMemo, useRef, useState } from 'preact/hooks';
import { now } from '../clock.ts';
import { browserZone, clockIn, searchZones, zoneOf, zones } from '../hours.ts';
import type { Zone } from '../hours.ts';

/** More cannot be looked over; who does not find theirs types on. */
const shownAtMost = 60;

export function ZonePicker({ value, onChange }: { value: string; onChange(timeZone: string): void }): JSX.Element {
  const id = useId();
  const [typed, setTyped] = useState<string | null>(null);
  const [active, setActive] = useState(0);
  const field = useRef<HTMLInputElement>(null);
  const isOpen = typed !== null;
  const found = useMemo(() => (typed === null ? [] : searchZones(withOwnFirst(zones(now.peek())), typed).slice(0, shownAtMost)), [typed]);
  const zone = zoneOf(value, now.value);
  const choose = (next: Zone | undefined): void => {
    setTyped(null);
    if (next) onChange(next.name);
  };
  const move = (to: number): void => {
    const next = Math.max(0, Math.min(found.length - 1, to));
    setActive(next);
    document.getElementById(`${id}-${next}`)?.scrollIntoView?.({ block: 'nearest' });
  };
  const onKeyDown = (event: KeyboardEvent): void => {
    if (event.isComposing) return;
    if (event.key === 'ArrowDown' || event.key === 'ArrowUp') {
      if (isOpen) move(active + (event.key === 'ArrowDown' ? 1 : -1));
      else setTyped('');
    } else if (event.key === 'Enter' && isOpen) choose(found[active]);
    else if (event.key === 'Escape' && isOpen) setTyped(null);
    else return;
    event.preventDefault();
    event.stopPropagation();
  };
  return (
    <div class="zone">
      <label class="form-label" for={id}>
        Time zone
      </label>
      <div class="zone-box">
        <input
          ref={field}
          id={id}
          class="input"
          type="text"
          role="combobox"
          autocomplete="off"
          aria-expanded={isOpen}
          aria-controls={`${id}-list`}
          aria-autocomplete="list"
          aria-activedescendant={isOpen && found.length > 0 ? `${id}-${active}` : undefined}
          placeholder={isOpen ? 'Type a city' : undefined}
          value={typed ?? `${zone.city} (${zone.offset})`}
          onFocus={() => setTyped('')}
          onClick={() => isOpen || setTyped('')}
          onBlur={() => setTyped(null)}
          onInput={(event) => {
            setTyped(event.currentTarget.value);
            setActive(0);
          }}
          onKeyDown={onKeyDown}
        />
        {isOpen ? <ZoneList id={id} found={found} active={active} value={value} choose={choose} /> : null}
      </div>
      <span class="form-hint">
        {value} · {clockIn(value, now.value)} there now
      </span>
    </div>
  );
}

function ZoneList({
  id,
  found,
  active,
  value,
  choose,
}: {
  id: string;
  found: readonly Zone[];
  active: number;
  value: string;
  choose(zone: Zone): void;
}): JSX.Element {
  return (
    <ul class="zone-list" role="listbox" id={`${id}-list`} aria-label="Time zones">
      {found.map((zone, index) => (
        <li
          key={zone.name}
          id={`${id}-${index}`}
          role="option"
          aria-selected={zone.name === value}
          class={`zone-option ${index === active ? 'is-active' : ''}`}
          // Before the field loses the focus, which closes the list.
          onPointerDown={(event) => {
            event.preventDefault();
            choose(zone);
          }}
        >
          <span class="zone-city">{zone.city}</span>
          <span class="zone-name">{zone.name}</span>
          <span class="zone-offset">{zone.offset}</span>
        </li>
      ))}
      {found.length === 0 ? <li class="zone-none">No such city. Try a larger one nearby, or an offset such as UTC+2.</li> : null}
    </ul>
  );
}

/** The browser's own is the likeliest. */
function withOwnFirst(all: readonly Zone[]): Zone[] {
  const own = browserZone();
  return [...all.filter(({ name }) => name === own), ...all.filter(({ name }) => name !== own)];
}
