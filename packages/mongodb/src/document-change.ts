import { changedTable, type ChangeOf, type ColumnState, type TableState } from "@mortise/core/state";
import type { Document } from "mongodb";
import { renameIn } from "./check-text.ts";
import { conversionTo } from "./conversion.ts";
import { defaultValue } from "./default-text.ts";

/** The stages that take a document from the old rules of its collection to the new ones; none where documents stay as they are. */
export function documentStages({ changes }: ChangeOf<"changeTable">): readonly Document[] {
  const renamed = changes.flatMap((change) => (change.kind === "renameColumn" ? [change] : []));
  const dropped = changes.flatMap((change) => (change.kind === "dropColumn" ? [change.column.name] : []));
  const values = changes.flatMap((change): readonly (readonly [string, unknown])[] => {
    switch (change.kind) {
      case "addColumn":
        return added(change.column);
      case "alterColumn":
        return altered(change.from, change.to);
      default:
        return [];
    }
  });
  // A dropped field may come again in the same change: the old one goes first.
  return [
    ...(dropped.length === 0 ? [] : [{ $unset: dropped }]),
    ...(renamed.length === 0 ? [] : renames(renamed)),
    ...(values.length === 0 ? [] : [{ $set: Object.fromEntries(values) }]),
  ];
}

function renames(all: readonly { readonly from: string; readonly to: string }[]): readonly Document[] {
  const moved = all.map(({ from, to }) => [to, { $cond: [isMissing(from), `$${to}`, `$${from}`] }]);
  const gone = all.map(({ from }) => from).filter((from) => !all.some(({ to }) => to === from));
  return [{ $set: Object.fromEntries(moved) }, ...(gone.length === 0 ? [] : [{ $unset: gone }])];
}

function isMissing(field: string): Document {
  return { $eq: [{ $type: `$${field}` }, "missing"] };
}

/** Stored documents get the default of a new field, as rows do. */
function added(column: ColumnState): readonly (readonly [string, unknown])[] {
  const value = defaultValue(column);
  return value === undefined ? [] : [[column.name, { $cond: [isMissing(column.name), value, `$${column.name}`] }]];
}

function altered(from: ColumnState, to: ColumnState): readonly (readonly [string, unknown])[] {
  const value = from.nullable && !to.nullable ? defaultValue(to) : undefined;
  const converted = conversionTo(`$${to.name}`, from.databaseType, to.databaseType);
  if (value === undefined) return converted === undefined ? [] : [[to.name, converted]];
  return [[to.name, { $ifNull: [converted ?? `$${to.name}`, value] }]];
}

/** The collection as it is named before the renames of a change: its validator and its indexes still say the old names. */
export function beforeRenames({ from, changes }: ChangeOf<"changeTable">): TableState {
  return changes.reduceRight((table, change) => {
    if (change.kind !== "renameColumn") return table;
    const text = (expression: string): string => renameIn(expression, change.to, change.from);
    const old = changedTable(table, { ...change, from: change.to, to: change.from });
    return {
      ...old,
      checks: old.checks.map((check) => ({ ...check, expression: text(check.expression) })),
      indexes: old.indexes.map((index) => ({ ...index, where: index.where && text(index.where) })),
    };
  }, from);
}
