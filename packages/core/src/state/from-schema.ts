import { SchemaError } from "../errors/errors.ts";
import type { SchemaRegistry } from "../model/relation.ts";
import { canonicalText, isSame, qualifiedName } from "./canonical.ts";
import { tableFromModel } from "./from-model.ts";
import { mergeTables, type SourcedTable } from "./merge-tables.ts";
import { distinctName, isDerivedName, type NameSuffix } from "./names.ts";
import type { EnumState, IndexState, SchemaState, TableState } from "./schema-state.ts";

/**
 * The database that a schema asks for: tables and columns in the order of their declaration, every index and constraint named.
 *
 * `stateFromSchema(schemaOf(schema))`
 *
 * Pure. Models on one table become one table; where they disagree a `SchemaError` names both.
 */
export function stateFromSchema(registry: SchemaRegistry, { indexNames = "namespace" }: NameRules = {}): SchemaState {
  const groups = new Map<string, [SourcedTable, ...SourcedTable[]]>();
  for (const entry of registry.entries) {
    const table = tableFromModel(entry);
    const sourced = { source: `"${entry.key}"`, table };
    const id = JSON.stringify([table.namespace, table.name]);
    const group = groups.get(id);
    if (group === undefined) groups.set(id, [sourced]);
    else group.push(sourced);
  }
  const tables = nameApart([...groups.values()].map(mergeTables), indexNames);
  return { tables, enums: enumsOf(tables), unmanaged: [] };
}

/** Within what the names of indexes have to differ. */
export interface NameRules {
  readonly indexNames?: "namespace" | "table";
}

/** The types that columns name: `col.enum(values, { native: "mood" })`. Two columns that name one must agree on its values. */
function enumsOf(tables: readonly TableState[]): readonly EnumState[] {
  const found = new Map<string, EnumState>();
  for (const table of tables) {
    for (const { name, type } of table.columns) {
      if (type?.kind !== "enum" || type.native === undefined) continue;
      const asked: EnumState = { name: type.native, namespace: undefined, values: type.values };
      const known = found.get(qualifiedName(asked));
      if (known === undefined) found.set(qualifiedName(asked), asked);
      else if (!isSame(known.values, asked.values)) throw disagreement(table, name, asked);
    }
  }
  return [...found.values()];
}

function disagreement(table: TableState, column: string, { name }: EnumState): SchemaError {
  return new SchemaError(
    `The column "${column}" of table "${table.name}" has other values for the type "${name}" than a column before it. ` +
      "Give both the same list of values, or the types different names.",
    { model: table.name, column },
  );
}

/** Index names are shared by all tables of a namespace on most engines: of two equal derived names the second is hashed. */
function nameApart(tables: readonly TableState[], within: "namespace" | "table"): readonly TableState[] {
  if (within === "table") return tables.flatMap((table) => nameApart([table], "namespace"));
  const taken = new Map<string, string>();
  for (const table of tables) {
    for (const index of table.indexes) if (!isDerivedIndex(table, index)) claim(taken, table, index.name);
    for (const unique of table.uniques) {
      if (!isDerivedName(unique.name, table.name, unique.columns, "unique")) claim(taken, table, unique.name);
    }
  }
  return tables.map((table) => ({
    ...table,
    uniques: table.uniques.map((unique) => {
      if (!isDerivedName(unique.name, table.name, unique.columns, "unique")) return unique;
      return { ...unique, name: free(taken, table, unique.name ?? "", unique.columns, "unique", unique) };
    }),
    indexes: table.indexes.map((index) => {
      if (!isDerivedIndex(table, index)) return index;
      const suffix = index.unique ? "unique" : "index";
      return { ...index, name: free(taken, table, index.name, indexParts(index), suffix, index) };
    }),
  }));
}

function isDerivedIndex(table: TableState, index: IndexState): boolean {
  return isDerivedName(index.name, table.name, indexParts(index), index.unique ? "unique" : "index");
}

/** What an index's derived name is made of. */
export function indexParts(index: IndexState): readonly string[] {
  return index.columns.map((part) => part.column ?? "expression");
}

function claim(taken: Map<string, string>, table: TableState, name: string | undefined): void {
  if (name === undefined) return;
  const id = nameId(table, name);
  const owner = taken.get(id);
  if (owner !== undefined) {
    throw new SchemaError(
      `The name "${name}" is given to an index or unique key of table "${owner}" and to another of table ` +
        `"${qualifiedName(table)}". Name one of them differently.`,
      { model: table.name },
    );
  }
  taken.set(id, qualifiedName(table));
}

function free(
  taken: Map<string, string>,
  table: TableState,
  name: string,
  parts: readonly string[],
  suffix: NameSuffix,
  object: object,
): string {
  const chosen = taken.has(nameId(table, name))
    ? distinctName(table.name, parts, suffix, canonicalText([table.name, object]))
    : name;
  taken.set(nameId(table, chosen), qualifiedName(table));
  return chosen;
}

function nameId(table: TableState, name: string): string {
  return JSON.stringify([table.namespace, name.toLowerCase()]);
}
