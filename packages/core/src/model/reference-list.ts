import { SchemaError } from "../errors/errors.ts";
import type { ColumnType } from "./column-type.ts";
import type { RelationInfo } from "./relation.ts";

/** Kinds of keys whose values are equal to those of another kind of the same family. */
const families = {
  integer: ["tinyInteger", "smallInteger", "mediumInteger", "integer", "bigInteger"],
  text: ["string", "char", "text", "mediumText", "longText", "uuid", "ulid", "enum"],
  objectId: ["objectId"],
  binary: ["binary"],
} as const satisfies Readonly<Record<string, readonly ColumnType["kind"][]>>;

/** A column of references is a list whose entries are keys of the target, in the form that the target has them. */
export function checkList({ name, source, target, from, to, listed }: RelationInfo): void {
  const [list, ...others] = from;
  const [key] = to;
  if (!listed || list === undefined || key === undefined) return;
  const { type, prepare, serialize } = list.definition;
  const asIs = prepare === undefined && serialize === undefined && key.definition.serialize === undefined;
  if (asIs && others.length === 0 && holds(type, key.definition.type)) return;
  throw new SchemaError(
    `"references" of the relation "${name}" of model "${source.table}" needs one column with a list of keys: ` +
      `"${list.property}" cannot hold "${key.property}" of model "${target.table}" as it is stored. ` +
      "Make it a col.array of the key's own type.",
    { model: source.table, column: list.property },
  );
}

/** Documents have numbers and texts as they are; every other key has a form of its own. */
function holds(list: ColumnType, key: ColumnType): boolean {
  const family = familyOf(key);
  switch (list.kind) {
    case "array":
      return family !== undefined && familyOf(list.inner) === family;
    case "json":
    case "jsonb":
      return family === "text" || (family === "integer" && key.kind !== "bigInteger");
    default:
      return false;
  }
}

function familyOf({ kind }: ColumnType): string | undefined {
  return Object.entries(families).find(([, kinds]) => kinds.some((one) => one === kind))?.[0];
}
