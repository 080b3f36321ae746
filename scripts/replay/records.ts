// The benchmark's conversations as files hold them. What they expect is for the score alone to read.
import { readFileSync } from 'node:fs';

export interface SaidTurn {
  role: 'visitor' | 'agent' | 'bot';
  text: string;
}

export interface ConversationRecord {
  id: string;
  lang?: string;
  country?: string;
  turns: SaidTurn[];
}

export interface RecordLine {
  record: ConversationRecord;
  /** As it stood in its file, for the score. */
  line: string;
}

const roles = ['visitor', 'agent', 'bot'];

/** @throws with file and line where one is no record */
export function readRecords(file: string): RecordLine[] {
  return readFileSync(file, 'utf8')
    .split('\n')
    .flatMap((line, i) => (line.trim() === '' ? [] : [{ record: parseRecord(line, `${file}:${i + 1}`), line }]));
}

function parseRecord(line: string, where: string): ConversationRecord {
  let value: Partial<ConversationRecord> | null;
  try {
    value = JSON.parse(line) as Partial<ConversationRecord> | null;
  } catch {
    throw new Error(`${where}: not JSON`);
  }
  const isTurn = (turn: SaidTurn | null): boolean => typeof turn?.text === 'string' && roles.includes(turn.role);
  if (typeof value?.id !== 'string' || !Array.isArray(value.turns) || value.turns.length === 0 || !value.turns.every(isTurn)) {
    throw new Error(`${where}: no conversation: an id and turns of visitor, agent or bot with their text are wanted`);
  }
  return value as ConversationRecord;
}

/** The language a browser of this visitor would say: `de-DE` where the country is known, `de` where it is not. */
export function languageOf({ lang, country }: ConversationRecord): string | undefined {
  return lang === undefined || country === undefined ? lang : `${lang}-${country}`;
}
