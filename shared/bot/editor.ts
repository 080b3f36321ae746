// What the flow editor needs to know of a step type to draw its form: derived from the step's schema and its `.meta()`.

/** How a field is edited. */
export type EditorControl =
  | 'text'
  | 'long-text'
  | 'number'
  | 'flag'
  | 'select'
  /** The id of another step of the flow. */
  | 'step'
  /** The name of a contact attribute, old or new. */
  | 'attribute'
  | 'condition'
  /** Entries of `fields`, in order. */
  | 'list'
  /** Words, one per line. */
  | 'words'
  /** Names and values. */
  | 'map'
  | 'value'
  | 'agent'
  | 'team'
  | 'flow'
  | 'tag'
  /** Milliseconds, edited as minutes, hours and days. */
  | 'duration'
  | 'url'
  | 'date';

export interface EditorField {
  /** The key in the step's JSON. */
  name: string;
  label: string;
  help?: string;
  placeholder?: string;
  control: EditorControl;
  required: boolean;
  /** A visitor reads it, so it may be translated and hold variables. */
  isShown?: boolean;
  /** Folded away until asked for. */
  isAdvanced?: boolean;
  options?: readonly { value: string; label: string }[];
  /** Of one entry of a `list`. */
  fields?: readonly EditorField[];
  min?: number;
  max?: number;
  maxLength?: number;
  default?: unknown;
}
