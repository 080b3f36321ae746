// A message's text as vnodes: links with safe protocols, and the words a detail was captured from. Never HTML.
import { find } from 'linkifyjs';
import type { JSX } from 'preact';
import { useMemo } from 'preact/hooks';

interface Segment {
  text: string;
  href: string | null;
  isCaptured: boolean;
}

export function RichText({ text, captured = [] }: { text: string; captured?: readonly string[] }): JSX.Element {
  const wanted = captured.join('\n');
  const segments = useMemo(() => segmentsOf(text, captured), [text, wanted]);
  return (
    <>
      {segments.map((segment, index) => (
        <SegmentView key={index} segment={segment} />
      ))}
    </>
  );
}

function SegmentView({ segment: { text, href, isCaptured } }: { segment: Segment }): JSX.Element {
  const words = isCaptured ? <mark class="captured-text">{text}</mark> : <>{text}</>;
  if (href === null) return words;
  return (
    <a href={href} target="_blank" rel="noopener noreferrer nofollow">
      {words}
    </a>
  );
}

/** Cuts a text at its links and at the captured values that stand in it. */
export function segmentsOf(text: string, captured: readonly string[]): Segment[] {
  // Folding can change the length ("İ"): then offsets would lie, and the text is taken as it stands.
  const folded = text.toLowerCase().length === text.length ? text.toLowerCase() : text;
  const marks = captured.flatMap((value) => {
    const start = value === '' ? -1 : folded.indexOf(value.toLowerCase());
    if (start !== -1) return [{ start, end: start + value.length }];
    const phone = phoneIn(text, value);
    return phone ? [phone] : [];
  });
  const links = find(text, { defaultProtocol: 'https' }).filter(({ href }) => isSafe(href));
  const cuts = new Set([0, text.length, ...marks.flatMap((m) => [m.start, m.end]), ...links.flatMap((l) => [l.start, l.end])]);
  const ordered = [...cuts].sort((a, b) => a - b);
  return ordered.slice(0, -1).map((start, index) => {
    const end = ordered[index + 1] ?? text.length;
    const link = links.find((l) => l.start <= start && end <= l.end);
    return { text: text.slice(start, end), href: link?.href ?? null, isCaptured: marks.some((m) => m.start <= start && end <= m.end) };
  });
}

function isSafe(href: string): boolean {
  return /^(https?:\/\/|mailto:)/i.test(href);
}

/** Where a stored number ("+4915123456789") was written with spaces, dashes or its national zero. */
function phoneIn(text: string, value: string): { start: number; end: number } | null {
  const digits = /^\+(\d{6,15})/.exec(value)?.[1];
  if (digits === undefined) return null;
  for (const match of text.matchAll(/\+?\d[\d\s().\-/]{5,}\d/g)) {
    const written = match[0].replace(/\D/g, '').replace(/^0+/, '');
    if (written.length >= 6 && (digits.endsWith(written) || written === digits))
      return { start: match.index, end: match.index + match[0].length };
  }
  return null;
}
