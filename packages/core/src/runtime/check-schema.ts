import type { Adapter } from "../adapter/adapter.ts";
import { UnsupportedError } from "../errors/errors.ts";
import type { ColumnType } from "../model/column-type.ts";
import type { ColumnInfo, ModelInfo } from "../model/model-info.ts";
import type { RelationInfo, SchemaRegistry } from "../model/relation.ts";

/** Refuses what the engine cannot hold, by name: a column type, a list of references, or a name that it would cut off. */
export function checkSchema(registry: SchemaRegistry, adapter: Adapter): void {
  for (const { info, relations } of registry.entries) {
    for (const relation of relations.values()) checkRelation(relation, adapter);
    checkName(info, info.table, adapter);
    for (const column of info.columns.values()) {
      checkName(info, column.databaseName, adapter, column);
      const kind = unsupportedKind(column.definition.type, adapter);
      if (kind === undefined) continue;
      throw new UnsupportedError({
        capability: `The column type ${kind} of "${column.property}" of model "${info.table}"`,
        adapter: adapter.name,
        alternative: "Use another type, or col.specific with the engine's own.",
        model: info.table,
        column: column.property,
      });
    }
  }
}

/** Keys in a list are reached one by one, or not at all. */
function checkRelation({ name, source, from, listed }: RelationInfo, adapter: Adapter): void {
  if (!listed || adapter.capabilities.listEntries) return;
  throw new UnsupportedError({
    capability: `The option "references" of the relation "${name}" of model "${source.table}"`,
    adapter: adapter.name,
    alternative: "Name a model between with `through`, `leftForeignKey` and `rightForeignKey`.",
    model: source.table,
    column: from[0]?.property,
  });
}

function unsupportedKind(type: ColumnType, adapter: Adapter): string | undefined {
  if (!adapter.capabilities.columns.includes(type.kind)) return type.kind;
  return type.kind === "array" ? unsupportedKind(type.inner, adapter) : undefined;
}

function checkName(info: ModelInfo, name: string, { name: adapter, capabilities }: Adapter, column?: ColumnInfo): void {
  const { longestName } = capabilities;
  if (longestName === undefined) return;
  const { length, unit } = longestName;
  const size = unit === "bytes" ? new TextEncoder().encode(name).length : Array.from(name).length;
  if (size <= length) return;
  throw new UnsupportedError({
    capability: `The name ${JSON.stringify(name)} of ${column === undefined ? "a table" : `"${column.property}" of model "${info.table}"`}, ${size} ${unit} long where ${length} are held,`,
    adapter,
    alternative:
      column === undefined ? "Give the model a shorter table name." : "Give the column a shorter databaseName.",
    model: info.table,
    column: column?.property,
  });
}
