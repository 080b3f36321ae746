// Every error code that leaves the server, once: what it means, whether a retry can help, its HTTP status.

interface ErrorKind {
  status: number;
  retryable: boolean;
  message: string;
}

export const errors = {
  bad_request: { status: 400, retryable: false, message: 'The request does not fit its schema.' },
  unknown_command: { status: 404, retryable: false, message: 'There is no such command in this namespace.' },
  text_too_long: { status: 422, retryable: false, message: 'The text is longer than 8,000 characters.' },
  too_large: { status: 413, retryable: false, message: 'The request is larger than the server takes.' },
  unknown_app: { status: 404, retryable: false, message: 'No workspace has this app id. Copy the snippet from the inbox again.' },
  origin_refused: { status: 403, retryable: false, message: 'This site is not among the allowed origins of the workspace.' },
  protocol_unsupported: { status: 400, retryable: false, message: 'This protocol version is not spoken here. Reload the page.' },
  unauthorized: { status: 401, retryable: false, message: 'Sign in first.' },
  wrong_credentials: { status: 401, retryable: false, message: 'Email or password is wrong.' },
  forbidden: { status: 403, retryable: false, message: 'This is not yours to see or change.' },
  csrf_failed: { status: 403, retryable: false, message: 'The request did not carry the CSRF token of this session. Reload the page.' },
  invalid_token: { status: 401, retryable: false, message: 'This is no valid API token.' },
  insufficient_scope: { status: 403, retryable: false, message: 'The API token may not do this.' },
  setup_link_invalid: {
    status: 410,
    retryable: false,
    message: 'This set-up link was used already or is too old. Restart the server for a new one.',
  },
  session_revoked: { status: 401, retryable: false, message: 'This session was ended. A new one starts with the next message.' },
  not_found: { status: 404, retryable: false, message: 'There is no such thing here.' },
  cid_conflict: { status: 409, retryable: false, message: 'This cid was used before with another body.' },
  form_invalid: { status: 422, retryable: false, message: 'Some fields of the form need another look.' },
  already_answered: { status: 409, retryable: false, message: 'This form was answered already.' },
  flow_faulty: { status: 422, retryable: false, message: 'The flow has faults and cannot be published.' },
  draft_conflict: { status: 409, retryable: false, message: 'Somebody else changed this draft meanwhile. Load it again.' },
  in_use: { status: 409, retryable: false, message: 'This is in use and cannot be deleted.' },
  file_refused: { status: 415, retryable: false, message: 'Files of this kind are not taken here.' },
  identity_verification_failed: { status: 401, retryable: false, message: 'The proof of identity does not fit.' },
  identity_token_expired: { status: 401, retryable: false, message: 'The proof of identity has expired; sign a fresh one.' },
  settings_fixed: { status: 409, retryable: false, message: 'The configuration of the server decides this; it cannot be changed here.' },
  invalid_public_key: { status: 422, retryable: false, message: 'This is no public key that proofs can be checked with.' },
  rotation_under_way: { status: 409, retryable: false, message: 'There is a second identity secret already: finish or drop it first.' },
  no_rotation: { status: 409, retryable: false, message: 'There is no second identity secret.' },
  invalid_identity: { status: 422, retryable: false, message: 'This is no usable user id or email.' },
  too_many_attributes: { status: 422, retryable: false, message: 'A contact holds at most 100 attributes and 64 kB of them.' },
  ambiguous_identity: { status: 409, retryable: false, message: 'Several users have this email; identify by user_id.' },
  blocked: { status: 403, retryable: false, message: 'You cannot write here any more.' },
  contact_gone: { status: 410, retryable: false, message: 'This contact was merged into another one, or erased.' },
  same_contact: { status: 422, retryable: false, message: 'A contact cannot be merged with itself.' },
  two_users: { status: 409, retryable: false, message: 'Both are users of your app. Only an owner can merge them, with force.' },
  undo_expired: { status: 409, retryable: false, message: 'A merge can be undone for 30 days.' },
  undo_blocked: { status: 409, retryable: false, message: 'Another merge stands on this one: undo that one first.' },
  type_is_derived: { status: 422, retryable: false, message: 'The type follows from what is known of a contact; it cannot be set.' },
  surer_value: { status: 409, retryable: false, message: 'This value is proved or vouched for; what is only said cannot replace it.' },
  mail_not_configured: { status: 409, retryable: false, message: 'No mail server is configured: set SMTP_URL and MAIL_FROM.' },
  verification_invalid: {
    status: 410,
    retryable: false,
    message: 'This link was used already, is too old, or is not for this address any more.',
  },
  storage_blocked: { status: 0, retryable: false, message: 'This browser lets the page store nothing.' },
  busy: { status: 503, retryable: true, message: 'The server is at its limit; the message is kept and sent again.' },
  rate_limited: { status: 429, retryable: true, message: 'Too many requests; wait a moment.' },
  unavailable: { status: 503, retryable: true, message: 'The database does not answer; nothing was acknowledged, nothing is lost.' },
  internal: { status: 500, retryable: true, message: 'Something went wrong on the server; nothing was acknowledged.' },
} as const satisfies Record<string, ErrorKind>;

export type ErrorCode = keyof typeof errors;

/** What a command answers when it is not done. `retryable: false` will never succeed with the same body. */
export interface Failure {
  ok: false;
  code: ErrorCode;
  message: string;
  retryable: boolean;
  retryAfterMs?: number;
  /** One entry per field that does not fit, as a JSON pointer and words. */
  errors?: { pointer: string; message: string }[];
  /** The contact to ask for in its place. */
  movedTo?: string;
}

export type Reply<T> = ({ ok: true } & T) | Failure;

export function failure(code: ErrorCode, message?: string, more: Partial<Failure> = {}): Failure {
  const kind: ErrorKind = errors[code];
  return { ok: false, code, message: message ?? kind.message, retryable: kind.retryable, ...more };
}
