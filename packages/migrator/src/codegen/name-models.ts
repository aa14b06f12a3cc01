import { applyConvention, qualifiedName, type ColumnState, type TableState } from "@mortise/core/state";
import { camelName, fileName, modelName, Names, plural, wordsOf } from "./names.ts";
import type { Naming, PulledColumn, PulledModel, SaidTable } from "./pulled.ts";

type Convention = PulledModel["convention"];

/** Gives every table a model, a key, a file and names for its columns. */
export function nameModels(tables: readonly SaidTable[], naming: Naming): readonly PulledModel[] {
  const models = new Names();
  const keys = new Names();
  const files = new Names();
  return tables.map((said): PulledModel => {
    const { table } = said;
    const name = models.claim(modelName(table.name), modelName(qualifiedName(table)));
    const columns = nameColumns(said, naming);
    return {
      name,
      key: keys.claim(schemaKey(table), schemaKey({ ...table, name: qualifiedName(table) })),
      file: files.claim(fileName(name)),
      table,
      ...columns,
      checks: said.checks,
      foreignKeys: [],
    };
  });
}

function schemaKey({ name }: TableState): string {
  const words = wordsOf(name);
  const key = camelName([...words.slice(0, -1), plural(words.at(-1) ?? "")], "tables");
  return key === "__proto__" ? "proto" : key;
}

/** The convention of the model is the one that gives most of its names in the database. */
function nameColumns(
  { table, columns }: SaidTable,
  naming: Naming,
): { readonly columns: readonly PulledColumn[]; readonly convention: Convention } {
  const names = new Names();
  const named = table.columns.map((state) => ({ state, property: propertyName(state, naming, names) }));
  const conventions: readonly Convention[] =
    naming === "keep" ? ["preserve"] : ["snake", "camel", "pascal", "preserve"];
  const misses = (convention: Convention): number =>
    named.filter(({ state, property }) => applyConvention(property, convention) !== state.name).length;
  const convention = conventions.reduce((best, one) => (misses(one) < misses(best) ? one : best));
  return {
    convention,
    columns: named.flatMap(({ state, property }, at) => {
      const said = columns[at];
      const isGiven = applyConvention(property, convention) === state.name;
      return said === undefined ? [] : [{ ...said, state, property, databaseName: isGiven ? undefined : state.name }];
    }),
  };
}

function propertyName({ name }: ColumnState, naming: Naming, names: Names): string {
  const wanted = naming === "keep" ? name : camelName(wordsOf(name), "column");
  return names.claim(wanted === "__proto__" ? "proto" : wanted);
}
