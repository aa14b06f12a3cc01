import { writeFileSync } from "node:fs";
import type * as core from "@mortise/core";
import { errorCodes, type ErrorCode } from "@mortise/core";
import { table } from "./table.ts";

/** The class that carries each code. */
const classes: Readonly<Record<ErrorCode, keyof typeof core>> = {
  MODEL_DEFINITION: "ModelDefinitionError",
  SCHEMA: "SchemaError",
  UNKNOWN_COLUMN: "UnknownColumnError",
  UNKNOWN_RELATION: "UnknownRelationError",
  UNSUPPORTED: "UnsupportedError",
  INVALID_VALUE: "InvalidValueError",
  INVALID_QUERY: "InvalidQueryError",
  UNFILTERED_WRITE: "UnfilteredWriteError",
  TOO_MANY_ROWS: "TooManyRowsError",
  RECORD_NOT_FOUND: "RecordNotFoundError",
  MULTIPLE_RECORDS: "MultipleRecordsError",
  UNIQUE_VIOLATION: "UniqueViolationError",
  FOREIGN_KEY_VIOLATION: "ForeignKeyViolationError",
  NOT_NULL_VIOLATION: "NotNullViolationError",
  CHECK_VIOLATION: "CheckViolationError",
  DATABASE_BUSY: "LockTimeoutError",
  DEADLOCK: "DeadlockError",
  SERIALIZATION: "SerializationError",
  QUERY_TIMEOUT: "QueryTimeoutError",
  QUERY_CANCELLED: "QueryCancelledError",
  POOL_TIMEOUT: "PoolTimeoutError",
  COMMIT_UNKNOWN: "CommitOutcomeUnknownError",
  QUERY_FAILED: "QueryError",
  CONNECTION: "ConnectionError",
  CONNECTION_CLOSED: "ConnectionError",
  TRANSACTION: "TransactionError",
  STALE_DRAFT: "MortiseError",
  CURSOR: "MortiseError",
  N_PLUS_ONE: "NPlusOneError",
  DECRYPTION: "DecryptionError",
  MIGRATION: "MigrationError",
};

const introduction = `# Errors

This page is made by \`docs/errors.ts\` from \`packages/core/src/errors/codes.ts\`; do not edit it.

Every error is a \`MortiseError\`: a sentence that says what happened and what to do. It has these properties:

- \`code\`: one of the codes below. It does not change when a sentence does.
- \`message\`: the sentence. It may contain SQL text, and never a value.
- \`model\` and \`column\`: the table of the model and the property concerned, where there are any.
- \`cause\`: the driver's error, where there is one.

The four constraint violations also have \`constraint\`, \`table\` and \`columns\`.
To tell which key a write broke, ask \`isConstraint\`:

\`\`\`ts
try {
  await db.from(User).insert({ name: "Another Ada", email: "ada@example.com" });
} catch (error) {
  if (!isConstraint(error, User, "email")) throw error;
  console.log("This address is taken.");
}
\`\`\`

`;

/** The page `docs/errors.md`. */
export function errorsPage(): string {
  const rows = Object.entries(classes).map(([code, name]) => [`\`${code}\``, `\`${name}\``, sentenceOf(code)]);
  return introduction + table([["code", "class", "what it means"], ...rows]);
}

function sentenceOf(code: string): string {
  return Object.entries(errorCodes).find(([name]) => name === code)?.[1] ?? "";
}

if (import.meta.main) writeFileSync(new URL("errors.md", import.meta.url), errorsPage());
