import type { ColumnType } from "@mortise/core/adapter";
import type { ColumnState, SaidType, TableState } from "@mortise/core/state";
import { Decimal128 } from "mongodb";
import { parseRule, ruleText } from "./rule.ts";
import { ruleOfType } from "./type-rule.ts";

/** How a model may say the rule of a field, best first. The last is in words of MongoDB. */
export function typesOf(column: ColumnState, table: TableState): readonly SaidType[] {
  const place = { model: table.name, column: column.name };
  const known = candidates(column).filter((type) => ruleText(ruleOfType(type, place)) === column.databaseType);
  const own: SaidType = { type: { kind: "specific", sqlType: column.databaseType ?? "" }, value: "unknown" };
  return [...known.map((type): SaidType => ({ type })), own];
}

const whole = ["integer", "smallInteger", "tinyInteger", "mediumInteger"] as const;

function candidates({ databaseType }: ColumnState): readonly ColumnType[] {
  const { more } = parseRule(databaseType);
  const items: unknown = more["items"];
  return [
    ...whole.flatMap((kind) => [
      { kind, unsigned: false },
      { kind, unsigned: true },
    ]),
    { kind: "bigInteger", unsigned: false, mode: "auto" },
    { kind: "bigInteger", unsigned: true, mode: "auto" },
    { kind: "double" },
    ...decimals(more["maximum"]),
    ...lengths(more["maxLength"]),
    { kind: "uuid" },
    { kind: "ulid" },
    { kind: "date", as: "date" },
    { kind: "time", as: "date", precision: undefined },
    { kind: "text" },
    { kind: "boolean" },
    { kind: "datetime", as: "date", useTz: true, precision: undefined },
    { kind: "objectId" },
    { kind: "binary", length: undefined },
    ...labels(more["enum"], (values) => ({ kind: "enum", values, native: undefined })),
    ...labels(partOf(items, "enum"), (values) => ({ kind: "set", values })),
    ...simple.map((inner): ColumnType => ({ kind: "array", inner })),
    { kind: "json" },
  ];
}

/** What lists are usually of. */
const simple: readonly ColumnType[] = [
  { kind: "text" },
  { kind: "integer", unsigned: false },
  { kind: "double" },
  { kind: "objectId" },
  { kind: "boolean" },
  { kind: "string", length: 255 },
];

function decimals(most: unknown): readonly ColumnType[] {
  const none = { kind: "decimal", precision: undefined, scale: undefined, mode: "string" } as const;
  if (!(most instanceof Decimal128)) return [none];
  const [digits = "", fraction = ""] = most.toString().split(".");
  const precision = (digits === "0" ? 0 : digits.length) + fraction.length;
  const scales = fraction === "" ? [undefined, 0] : [fraction.length];
  return scales.map((scale) => ({ kind: "decimal", precision, scale, mode: "string" }));
}

function lengths(most: unknown): readonly ColumnType[] {
  return typeof most === "number" ? [{ kind: "string", length: most }] : [];
}

function labels(given: unknown, type: (values: readonly string[]) => ColumnType): readonly ColumnType[] {
  if (!Array.isArray(given) || !given.every((label): label is string => typeof label === "string")) return [];
  return [type(given)];
}

function partOf(rules: unknown, keyword: string): unknown {
  return typeof rules === "object" && rules !== null ? Reflect.get(rules, keyword) : undefined;
}
