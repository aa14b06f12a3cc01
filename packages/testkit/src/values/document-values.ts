import { generateKeyPairSync } from "node:crypto";
import { col } from "@mortise/core";
import { jsonNull } from "@mortise/core/adapter";
import { becomes, notScalars, notTexts, same, type CaseValue, type ValueCase } from "./value-case.ts";

const mebibyte = 2 ** 20;
const ownProto: unknown = JSON.parse('{"__proto__":{"admin":true},"constructor":1,"toString":null}');
const cyclic: { self?: unknown } = {};
cyclic.self = cyclic;

const documents: readonly CaseValue[] = [
  ...same(jsonNull, true, false, 0, -1.5, 5e-324, 2 ** 53, "", "null", "text", '{"a":1}', "\u{1f600}"),
  ...same([], {}, [null], [1, "1", [true, { a: [] }]], { b: 1, a: { "": null, "a.b": 2, $ne: 3 } }, ownProto),
  ...same({ long: "x".repeat(mebibyte) }),
  becomes({ a: 1, gone: undefined }, { a: 1 }),
  becomes({ at: new Date(0) }, { at: "1970-01-01T00:00:00.000Z" }),
  becomes(-0, 0),
];
const notDocuments = [
  Number.NaN,
  [Infinity],
  1n,
  { deep: { big: 2n } },
  () => 1,
  Symbol("json"),
  new Map([["a", 1]]),
  new Set([1]),
  new Uint8Array(2),
  "nul \0",
  { "lone \ud800": 1 },
  [undefined],
  cyclic,
];

const json: readonly ValueCase[] = ([col.json(), col.jsonb()] as const).map((column) => ({
  name: column.type.kind,
  column,
  values: documents,
  refused: notDocuments,
  compares: "not",
}));

const every = Buffer.from(Array.from({ length: 256 }, (_, byte) => byte));

const bytes: readonly ValueCase[] = [
  {
    name: "binary",
    column: col.binary(),
    values: [
      ...same(Buffer.alloc(0), Buffer.from([0])),
      ...same(every),
      becomes("text\u{1f600}", Buffer.from("text\u{1f600}")),
      ...same(Buffer.alloc(mebibyte, 0xaa)),
      becomes(new Uint8Array([254, 1]), Buffer.from([254, 1])),
      becomes(new Uint8Array([0, 255, 0, 9]).subarray(1, 3), Buffer.from([255, 0])),
    ],
    refused: [1, true, new ArrayBuffer(2), [1, 2], "\ud800", { length: 1 }, ...notScalars],
    compares: "ordered",
  },
  {
    name: "binary of 4 bytes",
    column: col.binary({ length: 4 }),
    values: same(Buffer.from([1]), Buffer.from([1, 2, 3, 4])),
    refused: [Buffer.alloc(5), "\u{1f600}1"],
    compares: "ordered",
  },
];

const lists: readonly ValueCase[] = [
  {
    name: "set",
    column: col.set(["read", "write", "it's"]),
    values: [...same([], ["read"], ["read", "it's"]), becomes(["write", "read"], ["read", "write"])],
    refused: [["delete"], ["read", "read"], "read", {}, [null], [["read"]], 1],
    compares: "equal",
  },
  {
    name: "array of integers",
    column: col.array(col.integer()),
    values: same([], [1], [3, -1, 3, 0], [null, 1]),
    refused: [[1.5], ["1"], [undefined], "1", 1, {}, [[1]], [Number.NaN]],
    compares: "equal",
  },
  {
    name: "array of bigints",
    column: col.array(col.bigInteger({ mode: "bigint" })),
    values: same([2n ** 63n - 1n, -(2n ** 63n), 0n, 2n ** 53n + 1n]),
    refused: [[2n ** 63n], ["1"]],
    compares: "equal",
  },
  {
    name: "array of decimals",
    column: col.array(col.decimal({ precision: 38, scale: 2, mode: "string" })),
    values: same(["0.10", "123456789012345678901234567890123456.78"]),
    refused: [["0.001"], [0.1 + 0.2]],
    compares: "equal",
  },
  {
    name: "array of instants",
    column: col.array(col.datetime()),
    values: same([new Date(0), null, new Date("2024-02-29T12:00:00.123Z")]),
    refused: [[new Date(Number.NaN)], ["x"]],
    compares: "equal",
  },
  {
    name: "array of texts",
    column: col.array(col.text()),
    values: same([""], ["a,b", "{c}", '"', "null", "NULL", "\\", "'", "__proto__", "\u{1f600}"]),
    refused: [[1], ["\0"], [["a"]]],
    compares: "equal",
  },
  {
    name: "array of bytes",
    column: col.array(col.binary()),
    values: same([Buffer.from([0, 255]), Buffer.alloc(0)]),
    refused: [[1]],
    compares: "equal",
  },
  {
    name: "array of booleans",
    column: col.array(col.boolean()),
    values: same([true, false, null]),
    refused: [[1], ["true"]],
    compares: "equal",
  },
];

const { publicKey, privateKey } = generateKeyPairSync("rsa", {
  modulusLength: 2048,
  publicKeyEncoding: { type: "spki", format: "pem" },
  privateKeyEncoding: { type: "pkcs8", format: "pem" },
});
const secrets = same("", "a", "secret", "v1.k1.x.y.z", "\u{1f600}", "x".repeat(10_000));

const encrypted: readonly ValueCase[] = [
  {
    name: "encryption.symmetric",
    column: col.encryption.symmetric({ keys: "a secret of 16 bytes or more" }),
    values: secrets,
    refused: notTexts,
    compares: "not",
  },
  {
    name: "encryption.asymmetric",
    column: col.encryption.asymmetric({ publicKey, privateKey }),
    values: secrets,
    refused: notTexts,
    compares: "not",
  },
];

/** Documents, bytes, lists and encrypted texts. */
export const documentValues: readonly ValueCase[] = [...json, ...bytes, ...lists, ...encrypted];
