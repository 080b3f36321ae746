// What a store can fail with, the same over both databases.

/** The queue is full: nothing was done, the caller may try again. */
export class BusyError extends Error {
  readonly retryAfterMs = 500;
}

/** The database failed or did not answer: whether a write is stored is not known (P4). */
export class UnavailableError extends Error {}

/** Another program holds the database: nothing was done, and a while later it may be free. */
export class LockedError extends UnavailableError {}

/** The transaction gave way to another one: nothing of it is stored, and it may be run again. */
export class ConflictError extends UnavailableError {}

/** A database cannot be opened; `message` is for the operator. */
export class StoreOpenError extends Error {}
