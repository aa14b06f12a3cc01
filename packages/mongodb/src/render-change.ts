import { assertNever } from "@mortise/core/adapter";
import type { Change, ChangeOf, TableState } from "@mortise/core/state";
import type { Document } from "mongodb";
import { changeCollection } from "./change-collection.ts";
import { counterCollection } from "./command.ts";
import { indexDocument, indexDocuments, uniqueDocument } from "./index-document.ts";
import { validatorOf } from "./validator.ts";

/** The commands of a change. What changes in a collection comes as one change (see `rewrite.ts`). */
export function render(change: Change): readonly Document[] {
  switch (change.kind) {
    case "createTable":
      return createCollection(change.table);
    case "dropTable":
      return [
        { drop: change.table.name },
        { delete: counterCollection, deletes: [{ q: countersOf(change.table.name), limit: 0 }] },
      ];
    case "changeTable":
      return changeCollection(change);
    case "renameTable":
      return renameCollection(change);
    case "createIndex":
      return [{ createIndexes: change.table, indexes: [indexDocument(change.index, { columns: [] })] }];
    case "addUnique":
      return [{ createIndexes: change.table, indexes: [uniqueDocument(change.unique, { columns: [] })] }];
    case "dropIndex":
      return [{ dropIndexes: change.table, index: change.index.name }];
    case "dropUnique":
      return [{ dropIndexes: change.table, index: change.unique.name }];
    case "alterTable":
    case "setTableComment":
    case "addColumn":
    case "renameColumn":
    case "alterColumn":
    case "dropColumn":
    case "setPrimaryKey":
    case "replaceIndex":
    case "renameIndex":
    case "replaceUnique":
    case "addForeignKey":
    case "replaceForeignKey":
    case "dropForeignKey":
    case "addCheck":
    case "replaceCheck":
    case "dropCheck":
    case "createEnum":
    case "alterEnum":
    case "dropEnum":
    case "createNamespace":
    case "dropNamespace":
    case "createExtension":
      throw new TypeError(`The change "${change.kind}" has no command of its own.`);
    default:
      return assertNever(change);
  }
}

function createCollection(table: TableState): readonly Document[] {
  const indexes = indexDocuments(table);
  const create = { create: table.name, validator: validatorOf(table) };
  return indexes.length === 0 ? [create] : [create, { createIndexes: table.name, indexes }];
}

/** The counters of a collection's keys go with it: a new one of its name begins with 1. */
export function countersOf(table: string): Document {
  return { _id: { $regex: `^${escaped(table)}\\.[^.]+$` } };
}

function escaped(text: string): string {
  return text.replaceAll(/[\\^$.*+?()[\]{}|]/g, "\\$&");
}

/** Counters are copied to the new name first and removed from the old one last, so that no number is given twice. */
function renameCollection({ from, to }: ChangeOf<"renameTable">): readonly Document[] {
  const renamed = { $concat: [{ $literal: to }, { $substrCP: ["$_id", Array.from(from).length, 1000] }] };
  return [
    {
      aggregate: counterCollection,
      pipeline: [{ $match: countersOf(from) }, { $set: { _id: renamed } }, { $merge: { into: counterCollection } }],
      cursor: {},
    },
    { renameCollection: from, to },
    { delete: counterCollection, deletes: [{ q: countersOf(from), limit: 0 }] },
  ];
}
