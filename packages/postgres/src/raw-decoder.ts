import type { ColumnType, ValuePlace } from "@mortise/core/adapter";
import { arrayDecoder } from "./array-codec.ts";
import { decodeAutoInteger, decodeBoolean, decodeBytes, decodeNumber, zonedInstantDecoder } from "./scalar-codec.ts";

type Decode = (raw: unknown) => unknown;

const place: ValuePlace = { type: { kind: "any" }, nullable: true, model: "", column: "A column of a raw query" };
const instant = { kind: "datetime", as: "date", precision: undefined } as const satisfies Partial<ColumnType>;
const decodeZoned = zonedInstantDecoder({ ...instant, useTz: true }, place);
const decodeLocal = zonedInstantDecoder({ ...instant, useTz: false }, place);

function decodeJson(raw: unknown): unknown {
  return typeof raw === "string" ? JSON.parse(raw) : null;
}

/** Reads an instant, or leaves a text that no Date can hold (`infinity`, years before 1) as it is. */
function instantOrText(decode: Decode): Decode {
  return (raw) => (typeof raw === "string" && /^\d{4}-[^B]*$/.test(raw) ? decode(raw) : raw);
}

/** The scalar types by their numbers in `pg_type`, which never change, with the number of the array of each. */
const scalars: readonly (readonly [type: number, array: number, decode: Decode | undefined])[] = [
  [16, 1000, decodeBoolean],
  [17, 1001, decodeBytes],
  [20, 1016, decodeAutoInteger],
  [21, 1005, decodeNumber],
  [23, 1007, decodeNumber],
  [26, 1028, decodeNumber],
  [700, 1021, decodeNumber],
  [701, 1022, decodeNumber],
  [114, 199, decodeJson],
  [3802, 3807, decodeJson],
  [1114, 1115, instantOrText(decodeLocal)],
  [1184, 1185, instantOrText(decodeZoned)],
  [25, 1009, undefined],
  [1043, 1015, undefined],
  [1042, 1014, undefined],
  [19, 1003, undefined],
  [1700, 1231, undefined],
  [1082, 1182, undefined],
  [1083, 1183, undefined],
  [2950, 2951, undefined],
];

const decoders: ReadonlyMap<number, Decode | undefined> = new Map(
  scalars.flatMap(([type, array, decode]) => [[type, decode] as const, [array, arrayDecoder(decode, place)] as const]),
);

/** How a value of a type that only the server knows is read; `undefined` where its text is the value. */
export function decodeByType(typeId: number): Decode | undefined {
  return decoders.get(typeId);
}
