// How each kind of step looks: its icon; the colour follows from its group.
import type { StepGroup } from '../../shared/bot/step.ts';
import type { StepTypeName } from '../../shared/bot/steps/index.ts';
import { isStepTypeName, stepTypes } from '../../shared/bot/steps/index.ts';
import type { IconNode } from '../components/icons.ts';
import * as icons from './icons.ts';

const iconsByType: Readonly<Record<StepTypeName, IconNode>> = {
  say: icons.SayIcon,
  'ask-text': icons.TextIcon,
  'ask-email': icons.EmailIcon,
  'ask-phone': icons.PhoneIcon,
  'ask-name': icons.NameIcon,
  'ask-number': icons.NumberIcon,
  'ask-date': icons.DateIcon,
  'ask-choice': icons.ChoiceIcon,
  'ask-choices': icons.ChoicesIcon,
  'ask-rating': icons.RatingIcon,
  'ask-file': icons.UploadIcon,
  form: icons.FormIcon,
  branch: icons.BranchIcon,
  'set-attribute': icons.AttributeIcon,
  tag: icons.TagIcon,
  score: icons.ScoreIcon,
  assign: icons.AssignIcon,
  wait: icons.WaitIcon,
  call: icons.CallIcon,
  jump: icons.JumpIcon,
  handover: icons.HandoverIcon,
  end: icons.EndIcon,
};

export type Look = { icon: IconNode; title: string; group: StepGroup | 'unknown' };

export const stepTypeNames = Object.keys(stepTypes) as StepTypeName[];

/** Also of a kind this version does not know. */
export function lookOf(type: unknown): Look {
  if (!isStepTypeName(type)) return { icon: icons.TextIcon, title: typeof type === 'string' ? type : 'Unknown', group: 'unknown' };
  const { title, group } = stepTypes[type];
  return { icon: iconsByType[type], title, group };
}

/** In the order of the palette. */
export const groupWords: Readonly<Record<StepGroup, string>> = {
  say: 'Say',
  ask: 'Ask',
  logic: 'Decide and wait',
  contact: 'About the contact',
  team: 'Team and end',
};
