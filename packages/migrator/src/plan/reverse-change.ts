import { assertNever } from "@mortise/core/adapter";
import type { Change, ChangeOf, TableChange } from "@mortise/core/state";

/** The changes that take a change back, or the reason why there are none. */
export type Reverse = { readonly changes: readonly Change[] } | { readonly none: string };

/** The way back. What is lost does not come back with it: a dropped column can be added again, and its values are gone. */
export function reverseChange(change: Change): Reverse {
  switch (change.kind) {
    case "createTable":
      return { changes: [{ kind: "dropTable", table: change.table }] };
    case "dropTable":
      return { none: `The rows of the table "${change.table.name}" are gone.` };
    case "createEnum":
      return { none: `The type "${change.type.name}" may be in use elsewhere by then, so it is kept.` };
    case "alterEnum":
      return {
        changes: [
          {
            ...change,
            from: change.to,
            to: change.from,
            renames: change.renames.map(({ from, to }) => ({ from: to, to: from })),
          },
        ],
      };
    case "dropEnum":
      return { changes: [{ kind: "createEnum", type: change.type }] };
    case "createNamespace":
      return { changes: [{ kind: "dropNamespace", name: change.name }] };
    case "dropNamespace":
      return { changes: [{ kind: "createNamespace", name: change.name }] };
    case "createExtension":
      return { none: `The extension "${change.name}" may be in use elsewhere by then, so it is kept.` };
    case "changeTable":
      return reverseAll(change.changes);
    default:
      return reverseTableChange(change);
  }
}

/** In which form a change is made says nothing of the way back. */
function unmarked(change: TableChange): TableChange {
  const copy = { ...change };
  Reflect.deleteProperty(copy, "online");
  return copy;
}

/** Backwards through the changes of a table. */
function reverseAll(changes: readonly TableChange[]): Reverse {
  const back: Change[] = [];
  for (const change of changes) {
    const reverse = reverseTableChange(change);
    if ("none" in reverse) return reverse;
    back.unshift(...reverse.changes);
  }
  return { changes: back };
}

function reverseTableChange(marked: TableChange): Reverse {
  const change = unmarked(marked);
  const { table, namespace } = change;
  const place = { table, namespace };
  const back = (reverse: Change): Reverse => ({ changes: [reverse] });
  switch (change.kind) {
    case "renameTable":
      return back({ ...change, table: change.to, from: change.to, to: change.from });
    case "alterTable":
      return back({ ...change, from: change.to, to: change.from });
    case "setTableComment":
      return back({ ...change, from: change.to, to: change.from });
    case "addColumn":
      return withoutColumn(change, place);
    case "renameColumn":
    case "renameIndex":
      return back({ ...change, from: change.to, to: change.from });
    case "alterColumn":
      return back({ ...change, from: change.to, to: change.from });
    case "dropColumn":
      return { none: `The values of the column "${change.column.name}" of the table "${table}" are gone.` };
    case "setPrimaryKey":
      return back({ ...change, from: change.to, to: change.from });
    default:
      return reverseConstraint(change, place);
  }
}

/** A key that was made with its column goes before it. */
function withoutColumn(
  { column, foreignKey }: ChangeOf<"addColumn">,
  place: { readonly table: string; readonly namespace: string | undefined },
): Reverse {
  const dropKey: readonly Change[] = foreignKey === undefined ? [] : [{ kind: "dropForeignKey", ...place, foreignKey }];
  return { changes: [...dropKey, { kind: "dropColumn", ...place, column }] };
}

type ColumnKind =
  | "renameTable"
  | "alterTable"
  | "setTableComment"
  | "addColumn"
  | "renameColumn"
  | "renameIndex"
  | "alterColumn"
  | "dropColumn"
  | "setPrimaryKey";

function reverseConstraint(
  change: Exclude<TableChange, { kind: ColumnKind }>,
  place: { readonly table: string; readonly namespace: string | undefined },
): Reverse {
  const back = (reverse: Change): Reverse => ({ changes: [reverse] });
  switch (change.kind) {
    case "createIndex":
      return back({ kind: "dropIndex", ...place, index: change.index });
    case "replaceIndex":
      return back({ ...change, from: change.to, to: change.from });
    case "dropIndex":
      return back({ kind: "createIndex", ...place, index: change.index });
    case "addUnique":
      return back({ kind: "dropUnique", ...place, unique: change.unique });
    case "replaceUnique":
      return back({ ...change, from: change.to, to: change.from });
    case "dropUnique":
      return back({ kind: "addUnique", ...place, unique: change.unique });
    case "addForeignKey":
      return back({ kind: "dropForeignKey", ...place, foreignKey: change.foreignKey });
    case "replaceForeignKey":
      return back({ ...change, from: change.to, to: change.from });
    case "dropForeignKey":
      return back({ kind: "addForeignKey", ...place, foreignKey: change.foreignKey });
    case "addCheck":
      return back({ kind: "dropCheck", ...place, check: change.check });
    case "replaceCheck":
      return back({ ...change, from: change.to, to: change.from });
    case "dropCheck":
      return back({ kind: "addCheck", ...place, check: change.check });
    default:
      return assertNever(change);
  }
}
