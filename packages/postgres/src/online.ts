import {
  isSame,
  qualifiedName,
  type Change,
  type ChangeOf,
  type SchemaState,
  type TableChange,
} from "@mortise/core/state";
import { alterColumn } from "./alter-column.ts";
import { tableName } from "./table-ddl.ts";

/** The kinds that have a form which lets others read and write meanwhile. */
const kinds = [
  "createIndex",
  "replaceIndex",
  "dropIndex",
  "addUnique",
  "replaceUnique",
  "addForeignKey",
  "replaceForeignKey",
  "addCheck",
  "replaceCheck",
  "alterColumn",
] as const;

type Candidate = ChangeOf<(typeof kinds)[number]>;

/** A change that is made in such a form. */
export type OnlineChange = Candidate & { readonly online: true };

export function isOnline(change: Change): change is OnlineChange {
  return "online" in change && change.online === true;
}

/**
 * Marks the changes that PostgreSQL can make while others write: their statements are committed one by one. Tables that the plan makes
 * itself have nobody to wait; partitioned ones have no such forms.
 */
export function online(changes: readonly Change[], actual: SchemaState): readonly Change[] {
  const made = changes.flatMap((change) => (change.kind === "createTable" ? [qualifiedName(change.table)] : []));
  const whole = actual.tables.filter(({ unmanaged }) => unmanaged.some(({ kind }) => kind === "partitioning"));
  const excepted = new Set([...made, ...whole.map(qualifiedName)]);
  return changes.flatMap((change): readonly Change[] => {
    if (!isCandidate(change)) return [change];
    if (excepted.has(qualifiedName({ name: change.table, namespace: change.namespace }))) return [change];
    return onlineForms(change);
  });
}

function isCandidate(change: Change): change is Candidate {
  return kinds.some((kind) => kind === change.kind);
}

function onlineForms(change: Candidate): readonly TableChange[] {
  const { table, namespace } = change;
  const place = { table, namespace, online: true } as const;
  switch (change.kind) {
    case "createIndex":
    case "dropIndex":
    case "addUnique":
      return [{ ...change, online: true }];
    case "replaceIndex":
      if (isSame(change.from, change.to)) return [{ kind: "createIndex", ...place, index: change.to }];
      // It may belong to a unique key, which only its constraint can drop.
      return change.from.unique ? [change] : [{ ...change, online: true }];
    case "replaceUnique":
      if (isSame(change.from, change.to)) return [{ kind: "addUnique", ...place, unique: change.to }];
      return [{ ...change, online: true }];
    case "addForeignKey":
      return [change.foreignKey.name === undefined ? change : { ...change, online: true }];
    case "replaceForeignKey":
      if (isSame(change.from, change.to)) return [{ kind: "addForeignKey", ...place, foreignKey: change.to }];
      return [change.to.name === undefined ? change : { ...change, online: true }];
    case "addCheck":
      return [change.check.name === undefined ? change : { ...change, online: true }];
    case "replaceCheck":
      if (isSame(change.from, change.to)) return [{ kind: "addCheck", ...place, check: change.to }];
      return [change.to.name === undefined ? change : { ...change, online: true }];
    case "alterColumn":
      return notNullApart(change);
  }
}

/** That nulls are forbidden is a step of its own, behind whatever else changes of the column. A counter asks for it at once. */
function notNullApart(change: ChangeOf<"alterColumn">): readonly TableChange[] {
  const { from, to } = change;
  if (!from.nullable || to.nullable || to.generated !== undefined || to.autoIncrement) return [change];
  const first = { ...change, to: { ...to, nullable: true } };
  const isMore = alterColumn(tableName(change.table, change.namespace), first).length > 0;
  // Each change begins at the state that the one before it leads to, so that a run that goes on can tell which are made.
  return isMore ? [first, { ...change, from: first.to, online: true }] : [{ ...change, online: true }];
}
