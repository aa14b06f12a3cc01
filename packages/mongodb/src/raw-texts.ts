import type { RawTexts } from "@mortise/core/adapter";
import { BSON } from "mongodb";

/** The driver's values as MongoDB's extended JSON, which keeps their types. */
export const rawTexts: RawTexts = {
  write: (value) => BSON.EJSON.stringify(value, { relaxed: false }),
  read: (text) => BSON.EJSON.parse(text, { relaxed: false, useBigInt64: true }),
};
