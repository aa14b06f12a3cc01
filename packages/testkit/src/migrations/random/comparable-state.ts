import { toolsOf } from "@mortise/core/adapter";
import { sortState, stateFromSchema, type SchemaState, type TableState } from "@mortise/core/state";

/** What the database has, and what its schema asks for, in normal form and without what neither decides. */
export async function statesOf(handle: object): Promise<readonly [actual: unknown, desired: unknown]> {
  const tools = toolsOf(handle);
  const schema = await tools.openSchema();
  try {
    const actual = await schema.normalise(await schema.inspect({ namespaces: [] }));
    return [comparable(actual), comparable(await schema.normalise(stateFromSchema(tools.registry)))];
  } finally {
    await schema.close();
  }
}

/** Names that were derived from old ones stay, and added columns stand last: neither is a difference. */
function comparable({ tables }: SchemaState): unknown {
  const journal = "mortise_migrations";
  return sortState({
    tables: tables.filter(({ name }) => name !== journal).map(comparableTable),
    enums: [],
    unmanaged: [],
  });
}

function comparableTable(table: TableState): TableState {
  const unnamed = <T extends { readonly name: string | undefined }>(list: readonly T[]): readonly T[] =>
    list.map((one) => ({ ...one, name: undefined }));
  return {
    ...table,
    renamedFrom: undefined,
    columns: table.columns
      .map((column) => ({ ...column, type: undefined, renamedFrom: undefined }))
      .toSorted((a, b) => (a.name < b.name ? -1 : 1)),
    primaryKey: table.primaryKey && { ...table.primaryKey, name: undefined },
    uniques: unnamed(table.uniques),
    foreignKeys: unnamed(table.foreignKeys),
    checks: unnamed(table.checks),
    options: { ...table.options, strict: undefined, engine: undefined, charset: undefined, collation: undefined },
  };
}
