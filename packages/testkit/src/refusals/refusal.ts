import { errorCodes, MortiseError, type ErrorCode } from "@mortise/core";
import { expect } from "vitest";

type ErrorClass = new (...given: never[]) => MortiseError;

/** What must be refused, and how. */
export interface Refusal {
  readonly act: () => unknown;
  readonly type: ErrorClass;
  readonly code: ErrorCode;
  /** The sentence, or the part of it that stays. */
  readonly says: string | RegExp;
  /** Further properties of the error: model, column, constraint. */
  readonly has?: Readonly<Record<string, unknown>>;
}

/** The codes that errors had so far in this file. */
export const seenCodes: Set<ErrorCode> = new Set();

/** Runs what must be refused; gives the error. */
export async function expectRefusal({ act, type, code, says, has = {} }: Refusal): Promise<MortiseError> {
  const error = await thrownBy(act);
  expect(error).toBeInstanceOf(type);
  if (!(error instanceof MortiseError)) throw error;
  expect(error.name).toBe(type.name);
  expect(error).toMatchObject({ code, ...has });
  if (typeof says === "string") expect(error.message).toBe(says);
  else expect(error.message).toMatch(says);
  expect(error.message).toMatch(/[.!?]$|The statement was: /);
  expect(Object.keys(errorCodes)).toContain(error.code);
  seenCodes.add(error.code);
  return error;
}

async function thrownBy(act: () => unknown): Promise<unknown> {
  try {
    return new Error(`An error was expected, but the call gave ${String(await act())}.`);
  } catch (error) {
    return error;
  }
}
