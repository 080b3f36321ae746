// HTML out of templates: whatever is put in is text, unless it was made here.

export interface Html {
  readonly html: string;
}

type Piece = string | Html | readonly Html[] | null;

const entities: Record<string, string> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;', "'": '&#39;' };

function written(piece: Piece): string {
  if (piece === null) return '';
  if (typeof piece === 'string') return piece.replace(/[&<>"']/g, (sign) => entities[sign] ?? sign);
  return 'html' in piece ? piece.html : piece.map(written).join('');
}

/** Attributes must stand in quotes. */
export function html(strings: TemplateStringsArray, ...pieces: readonly Piece[]): Html {
  return { html: strings.reduce((whole, string, i) => whole + written(pieces[i - 1] ?? null) + string) };
}
