import type { Change, ColumnState, IndexState, LockWarning, TypeChange } from "@mortise/core/state";
import { quoteName } from "./spelling.ts";

/** The bits of an integer type. */
const bits: Readonly<Record<string, number>> = { tinyint: 8, smallint: 16, mediumint: 24, int: 32, bigint: 64 };

const texts = ["tinytext", "text", "mediumtext", "longtext"];
const blobs = ["tinyblob", "blob", "mediumblob", "longblob"];
const lengths = [255, 65_535, 16_777_215, 4_294_967_295];

/** What becomes of the values when the declared type of a column changes. */
export function typeChange(
  { databaseType: before = "" }: ColumnState,
  { databaseType: after = "" }: ColumnState,
): TypeChange {
  if (/^(enum|set)\(/.test(before) && before.slice(0, 4) === after.slice(0, 4)) {
    return after.startsWith(before.slice(0, -1)) ? "widening" : holdsLabels(before, after) ? "rewrite" : "lossy";
  }
  const isWider =
    widerInteger(before, after) ??
    widerText(before, after, /^(?:varchar|char)\((\d+)\)$/, texts) ??
    widerText(before, after, /^(?:varbinary|binary)\((\d+)\)$/, blobs) ??
    widerDecimal(before, after) ??
    widerInstant(before, after) ??
    becomesText(before, after);
  return isWider ? "rewrite" : "lossy";
}

function holdsLabels(before: string, after: string): boolean {
  const labels = (type: string): readonly string[] => type.match(/'(?:[^']|'')*'/g) ?? [];
  return labels(before).every((label) => labels(after).includes(label));
}

function widerInteger(before: string, after: string): boolean | undefined {
  const range = (type: string) => {
    const [, name = "", unsigned] = /^(\w+)(?:\(\d+\))?( unsigned)?$/.exec(type) ?? [];
    return Object.hasOwn(bits, name) ? { bits: bits[name] ?? 0, unsigned: unsigned !== undefined } : undefined;
  };
  const [from, to] = [range(before), range(after)];
  if (from === undefined) return undefined;
  if (to === undefined) return after === "double" ? from.bits <= 32 : undefined;
  if (from.unsigned === to.unsigned) return to.bits >= from.bits;
  return from.unsigned && to.bits > from.bits;
}

function widerText(before: string, after: string, sized: RegExp, kinds: readonly string[]): boolean | undefined {
  const room = (type: string): number | undefined => {
    const length = sized.exec(type)?.[1];
    return length === undefined ? lengths[kinds.indexOf(type)] : Number(length);
  };
  const [from, to] = [room(before), room(after)];
  if (from === undefined || to === undefined) return undefined;
  // The long types count bytes, the others characters of up to four.
  return kinds.includes(after) && !kinds.includes(before) ? to >= from * 4 : to >= from;
}

function widerDecimal(before: string, after: string): boolean | undefined {
  const digits = (type: string): readonly number[] | undefined =>
    /^decimal\((\d+),(\d+)\)/.exec(type)?.slice(1).map(Number);
  const [from, to] = [digits(before), digits(after)];
  if (from === undefined || to === undefined) return undefined;
  const [size = 0, scale = 0] = from;
  const [newSize = 0, newScale = 0] = to;
  return newScale >= scale && newSize - newScale >= size - scale;
}

function widerInstant(before: string, after: string): boolean | undefined {
  const precision = (type: string) => /^(datetime|time|timestamp|date)(?:\((\d)\))?$/.exec(type);
  const [from, to] = [precision(before), precision(after)];
  if (from === null || to === null) return undefined;
  if (from[1] === to[1]) return Number(to[2] ?? 0) >= Number(from[2] ?? 0);
  return from[1] === "date" && to[1] === "datetime";
}

/** Everything but bytes has a text, and none is longer than this. */
function becomesText(before: string, after: string): boolean {
  const room = /^varchar\((\d+)\)$/.exec(after)?.[1];
  if (/blob|binary|bit/.test(before)) return false;
  return after === "longtext" || (Number(room ?? 0) >= 67 && !/text|char|json|enum|set/.test(before));
}

/** What a change to a table that is in use makes others wait for. */
export function locks(change: Change): readonly LockWarning[] {
  if ("online" in change && change.online === true) return [];
  if (change.kind === "changeTable") return change.changes.flatMap(locks);
  const on = "table" in change && typeof change.table === "string" ? quoteName(change.table) : "";
  switch (change.kind) {
    case "alterColumn": {
      const retyped =
        change.from.databaseType !== change.to.databaseType && typeChange(change.from, change.to) !== "widening";
      return retyped ? [copies(on)] : [];
    }
    case "addColumn":
      return change.column.generated?.stored === true || change.column.autoIncrement ? [copies(on)] : [];
    case "createIndex":
      return isLocking(change.index) ? [blocksWrites(on)] : [];
    case "replaceIndex":
      return isLocking(change.to) ? [blocksWrites(on)] : [];
    case "alterTable":
    case "setPrimaryKey":
    case "addCheck":
    case "replaceCheck":
    case "addForeignKey":
    case "replaceForeignKey":
      return [copies(on)];
    default:
      return [];
  }
}

/** Indexes that no server builds while others write. */
function isLocking({ method }: IndexState): boolean {
  return method === "fulltext" || method === "spatial";
}

function blocksWrites(on: string): LockWarning {
  return {
    code: "index-blocks-writes",
    message: `Writes to ${on} wait while the index is built.`,
    advice: "Do it in a quiet hour: full text and places are indexed in no other way.",
  };
}

/** Whether a change waits for everybody who uses its table. Every ALTER does, for the moment in which it begins and ends. */
export function waits({ kind }: Change): boolean {
  return kind !== "createTable" && kind !== "createEnum" && kind !== "createNamespace" && kind !== "createExtension";
}

function copies(on: string): LockWarning {
  return {
    code: "copies-table",
    message: `Every row of ${on} is copied, and writes wait meanwhile.`,
    advice: "Do it in a quiet hour, or with a tool that copies the table in the background.",
  };
}
