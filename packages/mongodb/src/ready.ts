import { MigrationError } from "@mortise/core/adapter";
import type { Change, ChangeOf, ColumnState } from "@mortise/core/state";
import type { Db, Document } from "mongodb";
import { changedIndexes } from "./change-collection.ts";
import { beforeRenames, documentStages } from "./document-change.ts";
import { plainText } from "./extended-json.ts";
import { validatorOf, validatorText } from "./validator.ts";

/**
 * Looks whether documents would be refused by the new rules of their collections, before the first change is made: MongoDB takes any
 * validator, and tells of documents that break it only when they are written the next time.
 */
export async function requireReady(db: Db, changes: readonly Change[]): Promise<void> {
  const old = new Map(changes.flatMap((change) => (change.kind === "renameTable" ? [[change.to, change.from]] : [])));
  const found: string[] = [];
  for (const change of changes) {
    if (change.kind !== "changeTable") continue;
    const stored = old.get(change.table) ?? change.table;
    found.push(...(await refusedDocuments(db, stored, change)), ...(await refusedTwins(db, stored, change)));
  }
  if (found.length === 0) return;
  throw new MigrationError(
    `Documents forbid the new rules, so nothing was changed:${found.map((line) => `\n- ${line}`).join("")}\n` +
      "Mend these documents, or ease the rules, and run it again.",
  );
}

/** Documents that the old rules let through and the new ones do not, as they are after the change. */
async function refusedDocuments(db: Db, stored: string, change: ChangeOf<"changeTable">): Promise<readonly string[]> {
  const before = beforeRenames(change);
  if (validatorText(before) === validatorText(change.to)) return [];
  const old = validatorOf(before);
  const candidates = [...(Object.keys(old).length === 0 ? [] : [{ $match: old }]), ...documentStages(change)];
  const all = await refusedBy(db, stored, candidates, validatorOf(change.to));
  if (all === undefined) return [];
  const columns: string[] = [];
  for (const column of newColumns(change)) {
    const rule = { ...change.to, columns: [column], checks: [], unmanaged: [] };
    if ((await refusedBy(db, stored, candidates, validatorOf(rule))) !== undefined) columns.push(column.name);
  }
  const where = columns.length === 0 ? "" : ` in ${columns.map((name) => `"${name}"`).join(", ")}`;
  const { rows, example } = all;
  return [
    `${rows} ${rows === 1 ? "document" : "documents"} of "${change.table}" would be refused${where}, such as that with the key ${example}.`,
  ];
}

function newColumns({ changes }: ChangeOf<"changeTable">): readonly ColumnState[] {
  return changes.flatMap((change): readonly ColumnState[] => {
    if (change.kind === "addColumn") return [change.column];
    return change.kind === "alterColumn" ? [change.to] : [];
  });
}

interface Refused {
  readonly rows: number;
  /** The key of one of them. */
  readonly example: string;
}

async function refusedBy(
  db: Db,
  collection: string,
  stages: readonly Document[],
  validator: Document,
): Promise<Refused | undefined> {
  const refused = [
    { $match: { $nor: [validator] } },
    { $group: { _id: null, rows: { $sum: 1 }, one: { $first: "$_id" } } },
  ];
  const [found] = await db
    .collection(collection)
    .aggregate([...stages, ...refused])
    .toArray();
  return found === undefined ? undefined : { rows: Number(found["rows"]), example: plainText(found["one"]) };
}

/** Documents that are equal in the fields of a new unique index. */
async function refusedTwins(db: Db, stored: string, change: ChangeOf<"changeTable">): Promise<readonly string[]> {
  const found: string[] = [];
  for (const index of changedIndexes(change).made) {
    if (index["unique"] !== true) continue;
    const fields = Object.keys(index["key"]);
    const values = Object.fromEntries(fields.map((field, at) => [`k${at}`, { $ifNull: [`$${field}`, null] }]));
    const filter: unknown = index["partialFilterExpression"];
    const twins = [
      ...documentStages(change),
      ...(filter === undefined ? [] : [{ $match: filter }]),
      { $group: { _id: values, rows: { $sum: 1 }, one: { $first: "$_id" } } },
      { $match: { rows: { $gt: 1 } } },
      { $group: { _id: null, rows: { $sum: "$rows" }, one: { $first: "$one" } } },
    ];
    const [one] = await db.collection(stored).aggregate(twins, { allowDiskUse: true }).toArray();
    if (one === undefined) continue;
    const names = fields.map((field) => `"${field}"`).join(", ");
    found.push(
      `${Number(one["rows"])} documents of "${change.table}" are equal in ${names}, which shall be unique; one has the key ${plainText(one["one"])}.`,
    );
  }
  return found;
}
