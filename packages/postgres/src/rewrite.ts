import {
  detachForeignKeys,
  isSame,
  type Change,
  type ChangeOf,
  type ColumnState,
  type IndexState,
  type SchemaState,
  type TableChange,
  type TableState,
} from "@mortise/core/state";
import { quoteName } from "./spelling.ts";
import { isTemporaryName } from "./temporary-name.ts";

/** Changes as PostgreSQL can make them. */
export function rewrite(changes: readonly Change[], actual: SchemaState): readonly Change[] {
  const made = changes.flatMap((change): readonly Change[] => {
    if (change.kind === "alterEnum") return [{ ...change, uses: usesOf(change.from.name, actual) }];
    if (change.kind === "alterColumn" && needsNewColumn(change)) return newColumn(change, actual, changes);
    return [insteadOfInvalid(change, actual)];
  });
  return detachForeignKeys([...leftovers(made, actual), ...made]);
}

/** What was made for a step that never came to its end, on the tables that are changed now. */
function leftovers(changes: readonly Change[], { tables }: SchemaState): readonly Change[] {
  const isChanged = ({ name, namespace }: TableState): boolean =>
    changes.some((change) => "namespace" in change && change.table === name && change.namespace === namespace);
  return tables.filter(isChanged).flatMap(({ name: table, namespace, unmanaged }) =>
    unmanaged
      .filter(({ name }) => isTemporaryName(name))
      .map(({ kind, name }): Change => {
        if (kind.startsWith("check"))
          return {
            kind: "dropCheck",
            table,
            namespace,
            check: { name, expression: "made for a step that was cut off" },
          };
        return { kind: "dropIndex", table, namespace, index: indexNamed(name) };
      }),
  );
}

function indexNamed(name: string): IndexState {
  const plain = { unique: false, where: undefined, method: undefined, include: [], nullsNotDistinct: false };
  return { ...plain, name, columns: [] };
}

/** What is left of an index that could not be built, or of a constraint that was not validated, is in the way of its name. */
function insteadOfInvalid(change: Change, { tables }: SchemaState): Change {
  const isLeft = (kind: string, made: string | undefined): boolean =>
    tables.some(
      ({ name, namespace, unmanaged }) =>
        "namespace" in change &&
        name === change.table &&
        namespace === change.namespace &&
        unmanaged.some((one) => one.kind === kind && one.name === made),
    );
  switch (change.kind) {
    case "createIndex": {
      const { index, ...place } = change;
      return isLeft("invalid index", index.name) ? { ...place, kind: "replaceIndex", from: index, to: index } : change;
    }
    case "addUnique": {
      const { unique, ...place } = change;
      return isLeft("invalid index", unique.name)
        ? { ...place, kind: "replaceUnique", from: unique, to: unique }
        : change;
    }
    case "addForeignKey": {
      const { foreignKey: key, ...place } = change;
      return isLeft("foreign key that is not validated", key.name)
        ? { ...place, kind: "replaceForeignKey", from: key, to: key }
        : change;
    }
    case "addCheck": {
      const { check, ...place } = change;
      return isLeft("check that is not validated", check.name)
        ? { ...place, kind: "replaceCheck", from: check, to: check }
        : change;
    }
    default:
      return change;
  }
}

function usesOf(type: string, { tables }: SchemaState): ChangeOf<"alterEnum">["uses"] {
  const names = [type, quoteName(type), `${type}[]`, `${quoteName(type)}[]`];
  return tables.flatMap((table) =>
    table.columns
      .filter(({ databaseType = "" }) => names.includes(databaseType))
      .map((column) => ({ table: table.name, namespace: table.namespace, column })),
  );
}

/** The expression of a column, and whether it is stored, stay as they are as long as the column lives. */
function needsNewColumn({ from, to }: ChangeOf<"alterColumn">): boolean {
  if (to.generated === undefined) return from.generated?.stored === false;
  return !isSame(from.generated, to.generated) || from.databaseType !== to.databaseType;
}

/** A computed column is dropped and added again, and so is what stands on it; its values come by themselves. */
function newColumn(
  { table: name, namespace, from, to }: ChangeOf<"alterColumn">,
  actual: SchemaState,
  changes: readonly Change[],
): readonly Change[] {
  const place = { table: name, namespace };
  const table = actual.tables.find((one) => one.name === name && one.namespace === namespace);
  const remade: readonly TableChange[] = table === undefined ? [] : dependents(table, from, place, changes);
  return [
    { kind: "dropColumn", ...place, column: from },
    { kind: "addColumn", ...place, column: to, foreignKey: undefined },
    ...remade,
  ];
}

/** Keys and checks over the column, which go with it; those that change or go anyway take care of themselves. */
function dependents(
  table: TableState,
  { name }: ColumnState,
  place: { readonly table: string; readonly namespace: string | undefined },
  changes: readonly Change[],
): readonly TableChange[] {
  const gone = new Set(
    changes.flatMap((change) =>
      change.kind === "dropIndex" ? [change.index.name] : change.kind === "dropUnique" ? [change.unique.name] : [],
    ),
  );
  const uses = ({ columns, include, where }: TableState["indexes"][number]): boolean =>
    include.includes(name) ||
    columns.some((part) => part.column === name || mentions(part.expression, name)) ||
    mentions(where, name);
  return [
    ...table.indexes
      .filter((index) => uses(index) && !gone.has(index.name))
      .map((index): TableChange => ({ kind: "createIndex", ...place, index })),
    ...table.uniques
      .filter((unique) => unique.columns.includes(name) && !gone.has(unique.name))
      .map((unique): TableChange => ({ kind: "addUnique", ...place, unique })),
    ...table.checks
      .filter((check) => mentions(check.expression, name))
      .map((check): TableChange => ({ kind: "addCheck", ...place, check })),
  ];
}

function mentions(expression: string | undefined, name: string): boolean {
  if (expression === undefined) return false;
  const bare = new RegExp(`(^|[^\\w"])${name.replaceAll(/[^\w]/g, "\\$&")}($|[^\\w"])`);
  return bare.test(expression) || expression.includes(quoteName(name));
}
