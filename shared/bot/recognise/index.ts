// Registry of recognisers: what a flow's steps may name in `recognise` to take an answer out of free text, also unasked.
import { z } from 'zod';
import type { Detail } from '../../extract/types.ts';
import type { Folded } from '../understand/fold.ts';
import type { FieldMeta } from '../step.ts';
import { company } from './company.ts';
import { teamSize } from './team-size.ts';
import { timing } from './timing.ts';

export interface Phrase {
  raw: string;
  folded: Folded;
  details: readonly Detail[];
}

/**
 * Reads one thing out of a message; null where it does not say it. Asked, the whole message may be the answer; unasked,
 * only words that cannot mean anything else count.
 */
export type Recogniser = (phrase: Phrase, asked: boolean) => string | number | null;

export const recognisers = {
  /** A number of people. */
  'team-size': teamSize,
  /** In how many days from now, roughly. */
  timing,
  /** A company's name as written. */
  company,
} as const satisfies Record<string, Recogniser>;

export type RecogniserName = keyof typeof recognisers;
const recogniserNames = Object.keys(recognisers) as [RecogniserName, ...RecogniserName[]];

export const recogniseField = z.enum(recogniserNames).meta({
  label: 'Understand',
  help: 'Reads it out of whole sentences, also where it is said before it is asked.',
  options: { 'team-size': 'A number of people', timing: 'When', company: 'A company’s name' },
  isAdvanced: true,
} satisfies FieldMeta);
