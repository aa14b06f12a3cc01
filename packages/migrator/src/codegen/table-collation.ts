import { isSame, type SchemaAdapter, type SchemaState, type TableState } from "@mortise/core/state";
import type { SaidTable } from "./pulled.ts";

/**
 * Tables whose texts share a collation say it once, as an option of the model, rather than at each column. It stands only where the adapter
 * makes the same columns of it.
 */
export async function withTableCollation(
  schema: SchemaAdapter,
  state: SchemaState,
  said: readonly SaidTable[],
): Promise<readonly SaidTable[]> {
  const wanted = said.map((one) => withOption(one));
  const asked = wanted.map(({ table, columns }, at): TableState => ({
    ...table,
    columns: table.columns.map((column, place) => ({
      ...column,
      type: columns[place]?.said.type,
      databaseType: undefined,
      default: undefined,
      collation: said[at]?.table.columns[place]?.collation === table.options.collation ? undefined : column.collation,
    })),
    checks: [],
    indexes: [],
    uniques: [],
    foreignKeys: [],
  }));
  const changed = asked.filter((_, at) => wanted[at] !== said[at]);
  if (changed.length === 0) return said;
  const { tables } = await schema.normalise({ ...state, tables: changed });
  const normal = new Map(changed.map((table, at) => [table, tables[at]]));
  return said.map((one, at) => {
    const [before, after] = [asked[at], wanted[at]];
    const found = before && normal.get(before);
    return found !== undefined && after !== undefined && isSame(collations(found), collations(one.table)) ? after : one;
  });
}

function collations({ columns }: TableState): readonly (string | undefined)[] {
  return columns.map(({ collation }) => collation);
}

function withOption(said: SaidTable): SaidTable {
  const { table } = said;
  if (table.options.collation !== undefined) return said;
  const counts = new Map<string, number>();
  for (const { collation } of table.columns)
    if (collation !== undefined) counts.set(collation, (counts.get(collation) ?? 0) + 1);
  const [most] = [...counts].toSorted(([, a], [, b]) => b - a);
  if (most === undefined) return said;
  return { ...said, table: { ...table, options: { ...table.options, collation: most[0] } } };
}
