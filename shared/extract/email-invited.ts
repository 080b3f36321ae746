// Invitations to write: "please write to …", "you can reply to …". Who is asked to write decides whose address it is.
import { relations } from './relations.ts';
import { vocabulary } from './vocabulary.ts';

/** `own`: the visitor asks us to write there. `quoted`: they repeat what others say. `visitor`: they would write there themselves. */
export type Invitation = 'own' | 'quoted' | 'visitor' | null;

/** Before an invitation: somebody or something else says it. */
const QUOTED =
  /(?<!\p{L})(?:says?|(?<!\bi )(?:said|told)|saying|tells|stated|(?:states|claims) that|reads|according to|sagt|sagte|sagten|steht|meint|meinte|hieß|laut (?:der|ihrer|eurer|deiner|web|home)\p{L}*|dit|dites|disait|indique|est écrit|selon|dice[ns]?|dijo|dijeron|pone|indica|según|diz|disse|dizem|disseram|segundo [oa]|detto|dicono|[èa] scritto|secondo (?:il|la)|zegt|zei|staat|volgens|mówi|powiedzia\p{L}+|napisan\p{L}+|diyor|yazıyor|dedi|dediler|сказа\p{L}+|говор\p{L}+|написан\p{L}+|пишет|каже|сказав|říká|řekl\p{L}*|säger|sade|står|sanoo|katanya|bilang)(?!\p{L})|说|說|显示|と言|と書/u;
/** Before an invitation: the address may be the one of the person spoken of. */
const SOMEBODY = new RegExp(
  String.raw`(?<!\p{L})(?:he|she|him|her|his|their|(?:my|our|the) (?:accountant|assistant|secretary|manager|lawyer|client|customer)|${relations})(?!\p{L})`,
  'u',
);
/** The visitor asks whether they should write, or writes: it is not their address. */
const VISITOR_WRITES =
  /\b(?:i|we)(?:'m|'ll|'d|'re)?(?: (?:am|are|was|were|will|would|can|could|should|may|must|do|have|need|want|wanted|like|try|tried|trying|going|go|home|and|to|always|usually|just|also|not)){0,5} (?:write|writing|e-?mail|e-?mailing|mailing|reply|replying|respond|responding|send|sending)\b[^,;:.!?@]{0,30}\bto\s*$|(?:puis-je|peut-on|dois-je|je vous|je leur|j')\s?(?:écri|répond|envo)[\p{L}]*[^,;:.!?@]{0,20} à\s*$|(?:puedo|podemos|debo|tengo que) (?:escrib|respond|envi|mand)\p{L}*[^,;:.!?@]{0,20} a\s*$|(?:posso|podemos|devo) (?:escrev|respond|envi|mand|scriv|rispond|invi)\p{L}*[^,;:.!?@]{0,20} (?:para|a|ad)\s*$|\bik (?:mail|schrijf|stuur)[^,;:.!?@]{0,20} (?:naar|aan)\s*$|mogę (?:pisać|napisać|wysłać)[^,;:.!?@]{0,20} na\s*$|(?:мне|могу|мы можем) (?:писать|написать|отправить)[^,;:.!?@]{0,20} на\s*$|\bich (?:schreibe|schicke|sende|maile)[^,;:.!?@]{0,30} an\s*$/u;
const MAY_I = /(?:kann|soll|darf|muss|sollte|könnte|kan|mag|moet|zal) (?:ich|ik)[^,;:.!?@]{0,30} (?:an|naar|aan)\s*$/u;
const MAY_I_WRITE = /^\s?(?:schreiben|schicken|senden|mailen|schrijven|sturen)(?!\p{L})/u;
const MAY_I_WRITE_TR = /^\p{L}{0,2}\s?(?:adresine )?[^.!?@]{0,20}(?:yaz|gönder|at)[ae]?bilir miyi[mz]/u;
/** "An … geschrieben": the past closes the clause; to the visitor themselves it would say so. */
const WRITTEN = /^\s?(?:geschrieben|gemailt|geantwortet|geschreven|gemaild|geantwoord)(?!\p{L})/u;
const TO_VISITOR = /(?<!\p{L})(?:mir|mich|uns|mij|me|ons)(?!\p{L})/u;
/** "…, she has the account" */
export const OF_ANOTHER = /^[\s,;–-]{0,3}(?:she|he|they|who|elle|ella|él|lei|zij|она)(?!\p{L})/u;
/** "Please do not reply to …" */
const FORBIDDEN =
  /(?:(?<!\p{L})(?:don'?t|do not|never|stop|no|não|non|nie|ne|не)\s|(?<!\p{L})n')(?:reply|respond|answer|writ|send|escrib|respond|escrev|scriv|rispond|écri|répond|pis|napis|odpis|пиш|напис|отве|отправ)\p{L}*(?: pas)?(?: (?:to|al?|ad|à|para|na|на))?\s*$/u;

function visitorWrites(near: string, after: string): boolean {
  if (VISITOR_WRITES.test(near) || MAY_I_WRITE_TR.test(after)) return true;
  return (MAY_I.test(near) && MAY_I_WRITE.test(after)) || (WRITTEN.test(after) && !TO_VISITOR.test(near));
}

/** `near`: the clause up to the address; `after`: the rest of it. Both in lower case. */
export function invitation(near: string, after: string): Invitation {
  const { invites, invitesAround } = vocabulary();
  if (FORBIDDEN.test(near)) return 'quoted';
  const around = invitesAround.find((one) => one.after.test(after) && one.before.test(near));
  const index = invites.exec(near)?.index ?? (around ? near.search(around.before) : -1);
  if (index < 0) return visitorWrites(near, after) ? 'visitor' : null;
  const before = near.slice(0, index);
  if (QUOTED.test(before)) return 'quoted';
  return SOMEBODY.test(before) || OF_ANOTHER.test(after) ? null : 'own';
}
