import type { ErrorCode } from "./codes.ts";

export interface ErrorDetails {
  readonly code: ErrorCode;
  /** The table of the model concerned. */
  readonly model?: string | undefined;
  /** The property name of the column concerned. */
  readonly column?: string | undefined;
  readonly cause?: unknown;
}

/**
 * The one base of every error Mortise throws: a sentence, a stable `code`, the model and the cause.
 *
 * Values never appear in `message`; SQL text may, parameters do not.
 */
export class MortiseError extends Error {
  readonly code: ErrorCode;
  readonly model: string | undefined;
  readonly column: string | undefined;

  constructor(message: string, details: ErrorDetails) {
    super(message, details.cause === undefined ? undefined : { cause: details.cause });
    this.name = new.target.name;
    this.code = details.code;
    this.model = details.model;
    this.column = details.column;
  }
}
