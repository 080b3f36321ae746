// Quoted mail under a reply speaks with somebody else's voice.

const QUOTE_HEAD =
  /\n[^\S\n]{0,8}(?:On [^\n]{5,120}wrote:|Am [^\n]{5,120}schrieb[^\n]{0,80}:|Le [^\n]{5,120}a écrit\s?:|El [^\n]{5,120}escribió:|Il [^\n]{5,120}ha scritto:|Em [^\n]{5,120}escreveu:|-{3,}\s?(?:Original Message|Forwarded message|Ursprüngliche Nachricht)[^\n]*|From: [^\n]{3,120}\n)/;

/** Blanks out what is quoted; length and offsets stay. */
export function ownWords(folded: string): string {
  if (!folded.includes('\n')) return folded;
  const head = QUOTE_HEAD.exec(folded);
  const kept = head && head.index > 0 ? folded.slice(0, head.index) + ' '.repeat(folded.length - head.index) : folded;
  return kept.replace(/^>[^\n]*$/gm, (line) => ' '.repeat(line.length));
}
