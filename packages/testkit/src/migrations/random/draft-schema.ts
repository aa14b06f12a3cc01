import { col, createSchema, defineModel, type AnySchema } from "@mortise/core";
import type { Draft, DraftColumn, DraftTable } from "./draft.ts";
import { isComputed, kindOf } from "./draft-kinds.ts";

interface BuiltDraft {
  readonly schema: AnySchema;
  readonly models: ReadonlyMap<string, object>;
}

/** The models of a draft, each under the name of its table. */
export function schemaOfDraft(draft: Draft): BuiltDraft {
  const models = Object.fromEntries(draft.tables.map((table) => [table.name, modelOf(table, draft)]));
  return { schema: createSchema(models), models: new Map(Object.entries(models)) };
}

type Definition = Parameters<typeof defineModel>[1]["columns"][string];

function modelOf(table: DraftTable, { tables }: Draft) {
  const nameOf = (key: number): string => table.columns.find((column) => column.key === key)?.name ?? "id";
  const columns: Readonly<Record<string, Definition>> = {
    id: col.increment(),
    n: col.integer({ nullable: false }),
    ...Object.fromEntries(table.columns.map((column) => [column.name, definitionOf(column)])),
  };
  return defineModel(table.name, {
    columns,
    indexes: table.indexes.map((index) => ({
      name: `i${index.key}`,
      columns: index.columns.map(nameOf),
      ...(index.descending ? { order: { [nameOf(index.columns[0] ?? 0)]: "desc" as const } } : {}),
    })),
    checks: table.checks.map(({ key, column, bound }) => ({
      name: `k${key}`,
      expression: `${nameOf(column)} > ${-bound} or ${nameOf(column)} is null`,
    })),
    foreignKeys: table.references.map((reference) => ({
      columns: [nameOf(reference.column)],
      references: { table: tables.find(({ key }) => key === reference.table)?.name ?? "", columns: ["id"] },
      onDelete: reference.onDelete,
    })),
    options: {
      ...(table.renamedFrom === undefined ? {} : { renamedFrom: table.renamedFrom }),
      ...(table.comment === undefined ? {} : { comment: table.comment }),
    },
  });
}

function definitionOf({ kind, nullable, hasDefault, unique, renamedFrom, comment }: DraftColumn) {
  const { make, value } = kindOf(kind);
  return make({
    nullable,
    ...(unique ? { unique } : {}),
    ...(hasDefault && !isComputed(kind) ? { default: value(1) } : {}),
    ...(renamedFrom === undefined ? {} : { renamedFrom }),
    ...(comment === undefined ? {} : { comment }),
  });
}
