import { isSame, type ChangeOf } from "@mortise/core/state";
import type { Document } from "mongodb";
import { beforeRenames, documentStages } from "./document-change.ts";
import { indexDocuments } from "./index-document.ts";
import { validatorOf, validatorText } from "./validator.ts";

/**
 * The commands of a change of a collection. Indexes go before documents are written anew, and come after the new rules hold. Each command
 * does nothing when it is run a second time, so that a run that was cut off goes on.
 */
export function changeCollection(change: ChangeOf<"changeTable">): readonly Document[] {
  const { table: name, to } = change;
  const before = beforeRenames(change);
  const { dropped, made } = changedIndexes(change);
  const stages = documentStages(change);
  const isRuled = validatorText(before) !== validatorText(to);
  return [
    ...dropped.map((index) => ({ dropIndexes: name, index })),
    ...(stages.length === 0 ? [] : [writeDocuments(name, stages)]),
    ...(isRuled ? [{ collMod: name, validator: validatorOf(to) }] : []),
    ...(made.length === 0 ? [] : [{ createIndexes: name, indexes: made }]),
  ];
}

/** Documents are moved from one set of rules to the next: for the time between they may break either. */
function writeDocuments(name: string, stages: readonly Document[]): Document {
  return { update: name, updates: [{ q: {}, u: stages, multi: true }], bypassDocumentValidation: true };
}

interface ChangedIndexes {
  /** By name. */
  readonly dropped: readonly string[];
  readonly made: readonly Document[];
}

/** An index is another one when its fields are, or what its fields may hold: unique keys leave nulls out by their types. */
export function changedIndexes(change: ChangeOf<"changeTable">): ChangedIndexes {
  const old = indexDocuments(beforeRenames(change));
  const wanted = indexDocuments(change.to);
  const isIn = (list: readonly Document[], one: Document): boolean => list.some((other) => sameIndex(one, other));
  return {
    dropped: old.filter((index) => !isIn(wanted, index)).map((index) => String(index["name"])),
    made: wanted.filter((index) => !isIn(old, index)),
  };
}

/** The order of fields is part of an index. */
function sameIndex(a: Document, b: Document): boolean {
  return isSame(a, b) && isSame(Object.keys(a["key"]), Object.keys(b["key"]));
}
