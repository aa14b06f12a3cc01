import { errorCodes, type ErrorCode } from "@mortise/core";
import { describe, expect, it } from "vitest";
import { seenCodes } from "./refusal.ts";

/** Every code of the table was thrown by the tests before, or has a reason why it is not thrown here. Called last. */
export function codeTable(elsewhere: Readonly<Partial<Record<ErrorCode, string>>>): void {
  describe("the table of codes", () => {
    it("has no code that nothing throws", () => {
      const known = [...seenCodes, ...Object.keys(elsewhere)].toSorted();
      expect(known).toEqual(Object.keys(errorCodes).toSorted());
    });
    it("has a sentence for each code", () => {
      for (const sentence of Object.values(errorCodes)) expect(sentence).toMatch(/^[A-Z].*\.$/);
    });
  });
}
