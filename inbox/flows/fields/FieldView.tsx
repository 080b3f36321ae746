// One field of a step's form: its label, its control, its help, and what is wrong with it.
import type { JSX } from 'preact';
import { useId } from 'preact/hooks';
import { Icon } from '../../components/Icon.tsx';
import { FailedIcon } from '../../components/icons.ts';
import { useFlow } from '../context.ts';
import { controls } from './controls.tsx';
import type { FieldViewProps } from './types.ts';

/** Controls that are a group of their own; their label is no `label`. */
const groups: ReadonlySet<string> = new Set(['list', 'condition', 'map', 'words', 'value', 'duration']);

export function FieldView({ step, field, value, onChange, faults = [], isInner = false }: FieldViewProps): JSX.Element {
  const { editor } = useFlow();
  const id = useId();
  const Control = controls[field.control];
  const notes = `${id}-notes`;
  const hasNotes = field.help !== undefined || faults.length > 0;
  const control = (
    <Control
      field={field}
      value={value}
      onChange={onChange}
      id={id}
      step={step}
      Field={FieldView}
      isReadOnly={editor.isReadOnly.value}
      isWrong={faults.length > 0}
      describedBy={hasNotes ? notes : undefined}
    />
  );
  const isGroup = groups.has(field.control);
  return (
    <div
      class={`flow-field control-${field.control} ${isInner ? 'is-inner' : ''} ${faults.length > 0 ? 'is-wrong' : ''}`}
      data-field={field.name}
    >
      {field.control === 'flag' ? (
        control
      ) : (
        <>
          {isGroup ? (
            <span class="form-label" id={`${id}-label`}>
              {field.label}
            </span>
          ) : (
            <label class="form-label" for={id}>
              {field.label}
              {field.required ? null : <span class="flow-optional"> optional</span>}
            </label>
          )}
          {control}
        </>
      )}
      {hasNotes ? (
        <div class="flow-notes" id={notes}>
          {faults.map((fault) => (
            <p class="form-fault" key={fault} role="alert">
              <Icon of={FailedIcon} size={13} /> {fault}
            </p>
          ))}
          {field.help !== undefined ? <p class="form-hint">{field.help}</p> : null}
        </div>
      ) : null}
    </div>
  );
}
