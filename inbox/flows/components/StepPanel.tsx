// The form of a step, made from what the step's kind says of its fields.
import type { JSX } from 'preact';
import { useState } from 'preact/hooks';
import type { StepJson } from '../../../shared/bot/edit.ts';
import { setTarget } from '../../../shared/bot/edit.ts';
import { fieldsOf } from '../../../shared/bot/editor.ts';
import type { EditorField } from '../../../shared/bot/editor.ts';
import { isStepTypeName, stepTypes } from '../../../shared/bot/steps/index.ts';
import { Icon } from '../../components/Icon.tsx';
import { DeleteIcon, FailedIcon } from '../../components/icons.ts';
import { Menu } from '../../components/Menu.tsx';
import type { MenuItem } from '../../components/Menu.tsx';
import { branchAfter, choicesOf, setStep } from '../change.ts';
import { useFlow } from '../context.ts';
import { faultsByField } from '../field-faults.ts';
import { FieldView } from '../fields/FieldView.tsx';
import { focusStep } from '../graph-keys.ts';
import { BranchByAnswerIcon, DuplicateIcon, FoldedIcon, MoreIcon, PreviewIcon, StartIcon } from '../icons.ts';
import { lookOf } from '../step-looks.ts';
import { PanelView } from './Panel.tsx';
import { StepName } from './StepName.tsx';

export function StepPanel({ id }: { id: string }): JSX.Element | null {
  const { editor, canvas } = useFlow();
  const step = editor.draft.value.steps[id];
  if (step === undefined) return null;
  const look = lookOf(step['type']);
  const close = (): void => {
    editor.select(null);
    focusStep(id, canvas);
  };
  return (
    <PanelView
      name="step"
      title={look.title}
      close={close}
      icon={
        <span class={`node-icon group-${look.group}`}>
          <Icon of={look.icon} size={15} />
        </span>
      }
      actions={<StepActions id={id} step={step} />}
    >
      <StepName id={id} key={id} />
      <StepForm id={id} step={step} key={`form ${id}`} />
    </PanelView>
  );
}

function StepActions({ id, step }: { id: string; step: StepJson }): JSX.Element | null {
  const { acts, editor, preview } = useFlow();
  const isReadOnly = editor.isReadOnly.value;
  const canBranch =
    !isReadOnly && step['type'] === 'ask-choice' && choicesOf(step).length > 0 && branchAfter(editor.draft.value, id) === null;
  const items: MenuItem[] = [
    { key: 'preview', label: 'Start the preview here', icon: PreviewIcon, run: () => preview.restart(id) },
    ...(canBranch ? [{ key: 'branch', label: 'Branch by answer', icon: BranchByAnswerIcon, run: () => acts.branchByAnswer(id) }] : []),
    ...(isReadOnly || editor.draft.value.start === id
      ? []
      : [{ key: 'start', label: 'Begin the flow here', icon: StartIcon, run: () => acts.makeStart(id) }]),
    ...(isReadOnly
      ? []
      : [
          { key: 'copy', label: 'Duplicate', icon: DuplicateIcon, run: () => acts.duplicate(id) },
          { key: 'remove', label: 'Remove', icon: DeleteIcon, hint: 'Del', isGroupStart: true, run: () => acts.remove(id) },
        ]),
  ];
  return (
    <Menu label="More about this step" items={items} class="icon-button" align="end">
      <Icon of={MoreIcon} label="More about this step" />
    </Menu>
  );
}

function StepForm({ id, step }: { id: string; step: StepJson }): JSX.Element {
  const { acts, editor } = useFlow();
  const [isUnfolded, setUnfolded] = useState(false);
  const type = step['type'];
  const faults = editor.drawing.faultsOf.value.get(id) ?? [];
  if (!isStepTypeName(type)) return <UnknownStep faults={faults.map(({ message }) => message)} />;
  const fields = ordered(fieldsOf(type));
  const byField = faultsByField(faults, fields);
  const view = (field: EditorField): JSX.Element => (
    <FieldView
      key={field.name}
      step={id}
      field={field}
      value={step[field.name]}
      faults={byField.get(field.name) ?? []}
      onChange={(value) =>
        field.control === 'step'
          ? editor.change(setStep(editor.history.now.peek(), id, setTarget(step, field.name, typeof value === 'string' ? value : '')))
          : acts.setField(id, field.name, value)
      }
    />
  );
  const folded = fields.filter((field) => field.isAdvanced === true);
  // What is set or wrong is not hidden.
  const isOpen = isUnfolded || folded.some(({ name }) => byField.has(name));
  const set = folded.filter(({ name }) => step[name] !== undefined).length;
  return (
    <div class="flow-form">
      <p class="form-hint flow-help">{stepTypes[type].help}</p>
      {(byField.get('') ?? []).map((fault) => (
        <p class="form-fault" role="alert" key={fault}>
          <Icon of={FailedIcon} size={13} /> {fault}
        </p>
      ))}
      {fields.filter((field) => field.isAdvanced !== true).map(view)}
      {folded.length > 0 ? (
        <button type="button" class="flow-fold" aria-expanded={isOpen} onClick={() => setUnfolded(!isOpen)}>
          <Icon of={FoldedIcon} size={14} /> More settings {set > 0 ? <span class="flow-fold-count">{set} set</span> : null}
        </button>
      ) : null}
      {isOpen ? folded.map(view) : null}
    </div>
  );
}

/** Where it leads comes last of what is always shown: one reads what it does first. */
function ordered(fields: readonly EditorField[]): EditorField[] {
  const leads = (field: EditorField): boolean => field.control === 'step';
  return [...fields.filter((field) => !leads(field)), ...fields.filter(leads)];
}

function UnknownStep({ faults }: { faults: readonly string[] }): JSX.Element {
  return (
    <div class="flow-form">
      <p>This version of Foyer does not know this kind of step. It came with an imported file, perhaps of a newer version.</p>
      {faults.map((fault) => (
        <p class="form-fault" role="alert" key={fault}>
          <Icon of={FailedIcon} size={13} /> {fault}
        </p>
      ))}
    </div>
  );
}
