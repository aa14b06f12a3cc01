/** Every error code, with the sentence `docs/errors.md` prints for it. Closed: an error without a code here does not compile. */
export const errorCodes = {
  MODEL_DEFINITION: "A model definition is wrong; the message names the model and the key.",
  SCHEMA: "Models and relations do not fit together, or a schema does not fit an adapter.",
  UNKNOWN_COLUMN: "A column was named that the model does not have.",
  UNKNOWN_RELATION: "A relation was named that the model does not have.",
  UNSUPPORTED: "The adapter cannot do this; the message says what to use instead.",
  INVALID_VALUE: "A value does not fit its column or argument; nothing was sent to the database.",
  INVALID_QUERY: "A query was put together in a way that has no meaning; nothing was sent to the database.",
  UNFILTERED_WRITE: "An update or delete would touch every row and `.unfiltered()` was not said.",
  TOO_MANY_ROWS: "A write matched more rows than `maxRows` allows and was rolled back.",
  RECORD_NOT_FOUND: "A query that must find a row found none.",
  MULTIPLE_RECORDS: "A query that must find exactly one row found more.",
  UNIQUE_VIOLATION: "A unique key already holds this value.",
  FOREIGN_KEY_VIOLATION: "A foreign key points at no row, or rows still point at this one.",
  NOT_NULL_VIOLATION: "A column that must have a value was given none.",
  CHECK_VIOLATION: "A check constraint refused the row.",
  DATABASE_BUSY: "Another connection holds the lock on the database.",
  QUERY_FAILED: "The database refused a statement for a reason without a class of its own.",
  CONNECTION: "The database cannot be opened or reached.",
  CONNECTION_CLOSED: "The database handle or transaction has ended.",
  TRANSACTION: "A transaction was used in a way that has no meaning.",
  STALE_DRAFT: "A draft builder was used after its callback returned.",
  CURSOR: "A page cursor belongs to another query or was changed.",
  DECRYPTION: "A stored value cannot be decrypted with the keys at hand.",
  MIGRATION: "A migration step failed or was refused.",
} as const;

export type ErrorCode = keyof typeof errorCodes;
