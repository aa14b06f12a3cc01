import { col } from "@mortise/core";
import { becomes, notScalars, notTexts, same, type ValueCase } from "./value-case.ts";

const mebibyte = 2 ** 20;
/** Texts that have broken queries, in the order of their code points. */
const texts: readonly string[] = [
  "",
  " ",
  "\n\t\r",
  '" or 1=1 --',
  "$1 ? :a @b {c}",
  "%_\\",
  "'; drop table parents; --",
  "0",
  "A",
  "NULL",
  "[object Object]",
  "__proto__",
  "a",
  "a ",
  "cafe\u0301",
  "caf\u00e9",
  "null",
  "\u0662",
  "\uffff",
  "\u{1f469}\u200d\u{1f680}",
].toSorted(byCodePoint);

function byCodePoint(left: string, right: string): number {
  return Buffer.compare(Buffer.from(left), Buffer.from(right));
}

const sized: readonly ValueCase[] = [
  {
    name: "string",
    column: col.string(),
    values: same(...texts),
    refused: ["x".repeat(256), "\u{1f600}".repeat(256), ...notTexts],
    compares: "ordered",
  },
  {
    name: "string of 3 code points",
    column: col.string({ length: 3 }),
    values: same("", "abc", "e\u0301e", "\u00e9\u00e9\u00e9", "\u{1f600}\u{1f600}\u{1f600}"),
    refused: ["abcd", "\u{1f600}\u{1f600}\u{1f600}\u{1f600}", "ab\u{1f600}d"],
    compares: "ordered",
  },
  {
    name: "char",
    column: col.char({ length: 2 }),
    values: same("", "a", "a ", "ab", "\u{1f600}"),
    refused: ["abc", ...notTexts],
    compares: "ordered",
  },
];

const unsized: readonly ValueCase[] = ([col.text(), col.mediumText(), col.longText()] as const).map((column) => ({
  name: column.type.kind,
  column,
  values: same(...texts, "\u{1f600}".repeat(mebibyte / 4)),
  refused: notTexts,
  compares: "ordered",
}));

const uuid = "0190a4c2-7b1e-7c3a-8f00-5a1d2c3b4e50";

const shaped: readonly ValueCase[] = [
  {
    name: "uuid",
    column: col.uuid(),
    values: [
      ...same("00000000-0000-0000-0000-000000000000", uuid),
      becomes("A190A4C2-7B1E-7C3A-8F00-5A1D2C3B4E5F", "a190a4c2-7b1e-7c3a-8f00-5a1d2c3b4e5f"),
      ...same("ffffffff-ffff-ffff-ffff-ffffffffffff"),
    ],
    refused: ["", "not a uuid", uuid.slice(1), `${uuid}\n`, `{${uuid}}`, uuid.replaceAll("-", ""), 1, ...notScalars],
    compares: "ordered",
  },
  {
    name: "ulid",
    column: col.ulid(),
    values: [
      ...same("00000000000000000000000000"),
      becomes("01arz3ndektsv4rrffq69g5fav", "01ARZ3NDEKTSV4RRFFQ69G5FAV"),
    ],
    refused: [
      "",
      "01ARZ3NDEKTSV4RRFFQ69G5FA",
      "81ARZ3NDEKTSV4RRFFQ69G5FAV",
      "01ARZ3NDEKTSV4RRFFQ69G5FAU",
      ...notScalars,
    ],
    compares: "ordered",
  },
  {
    name: "objectId",
    column: col.objectId(),
    values: [...same("000000000000000000000000"), becomes("507F1F77BCF86CD799439011", "507f1f77bcf86cd799439011")],
    refused: ["", "507f1f77bcf86cd79943901", "507f1f77bcf86cd79943901g", ...notScalars],
    compares: "ordered",
  },
  {
    name: "enum",
    column: col.enum(["low", "it's", 'say "x"', "", "Low", "__proto__", "\u{1f600}"]),
    values: same("", "Low", "__proto__", "it's", "low", 'say "x"', "\u{1f600}"),
    refused: ["LOW", "medium", "low ", "toString", 0, ["low"], ...notScalars],
    compares: "ordered",
  },
];

const truths: ValueCase = {
  name: "boolean",
  column: col.boolean(),
  values: same(false, true),
  refused: [0, 1, 1n, "true", "", new Date(0), ...notScalars],
  compares: "ordered",
};

/** Texts, texts of a shape, and the two truth values. */
export const textValues: readonly ValueCase[] = [...sized, ...unsized, ...shaped, truths];
