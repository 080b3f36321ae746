import type { ComponentType } from 'preact';
import type { EditorField } from '../../../shared/bot/editor.ts';

export interface FieldViewProps {
  step: string;
  field: EditorField;
  value: unknown;
  onChange(value: unknown): void;
  faults?: readonly string[];
  /** Within a list of entries: less room. */
  isInner?: boolean;
}

export interface ControlProps {
  field: EditorField;
  value: unknown;
  /** Undefined takes the field away. */
  onChange(value: unknown): void;
  /** For the label's `for`, or `aria-labelledby` of a group. */
  id: string;
  isReadOnly: boolean;
  describedBy: string | undefined;
  /** Where no `label` is for it. */
  labelledBy?: string;
  isWrong: boolean;
  /** The step it stands in. */
  step: string;
  /** What draws the fields within it. */
  Field: ComponentType<FieldViewProps>;
}
