// Who the preview's visitor is taken for. A change holds from the next message on, or from the beginning.
import type { JSX } from 'preact';
import { askPolicies } from '../../../shared/bot/types.ts';
import type { AskPolicy } from '../../../shared/bot/types.ts';
import { detailFields } from '../../../shared/contact-fields.ts';
import { policyWords } from '../../policy-words.ts';
import { attributeLabel } from '../../words.ts';
import { useFlow } from '../context.ts';
import type { PreviewSettings } from '../pretence.ts';

export function PreviewFacts(): JSX.Element {
  const { preview } = useFlow();
  const { settings, set } = preview.pretence;
  const now = settings.value;
  const text = (name: 'language' | 'page', label: string): JSX.Element => (
    <label class="flow-field">
      <span class="form-label">{label}</span>
      <input class="input" type="text" value={now[name]} onInput={(event) => set({ [name]: event.currentTarget.value })} />
    </label>
  );
  const flag = (name: 'isOnline' | 'isOpen', label: string): JSX.Element => (
    <label class="switch">
      <input type="checkbox" role="switch" checked={now[name]} onChange={(event) => set({ [name]: event.currentTarget.checked })} />
      <span>{label}</span>
    </label>
  );
  return (
    <div class="flow-form">
      {flag('isOnline', 'Somebody of the team is here')}
      {flag('isOpen', 'Within business hours')}
      {text('language', 'Language of the page')}
      {text('page', 'Page')}
      <label class="flow-field">
        <span class="form-label">Device</span>
        <select
          class="select"
          value={now.device}
          onChange={(event) => set({ device: event.currentTarget.value as PreviewSettings['device'] })}
        >
          <option value="desktop">Desktop</option>
          <option value="tablet">Tablet</option>
          <option value="phone">Phone</option>
        </select>
      </label>
      <label class="flow-field">
        <span class="form-label">When to ask how to reach them</span>
        <select class="select" value={now.policy} onChange={(event) => set({ policy: event.currentTarget.value as AskPolicy })}>
          {askPolicies.map((policy) => (
            <option key={policy} value={policy}>
              {policyWords[policy].label}
            </option>
          ))}
        </select>
      </label>
      <fieldset class="flow-part">
        <legend class="form-label">Known already</legend>
        {detailFields.map((field) => (
          <label class="flow-field is-inner" key={field}>
            <span class="form-label">{attributeLabel(field)}</span>
            <input
              class="input"
              type="text"
              placeholder="not known"
              value={now.known[field] ?? ''}
              onInput={(event) => set({ known: { ...now.known, [field]: event.currentTarget.value || undefined } })}
            />
          </label>
        ))}
      </fieldset>
      <button type="button" class="button" onClick={() => preview.restart()}>
        Begin again with this
      </button>
    </div>
  );
}
