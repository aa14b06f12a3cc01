import { assertNever } from "@mortise/core/adapter";
import type { Change, ChangeOf, ColumnState, IndexState, TableState, Unsupported } from "@mortise/core/state";
import { isQueryText } from "./check-text.ts";
import { collationOf } from "./collation-text.ts";
import { isGivable } from "./default-text.ts";
import { secondsOf } from "./index-document.ts";

/** Whether MongoDB can make a change, and if not the sentence that says so. */
export function supports(change: Change): true | Unsupported {
  const reason = refusal(change);
  return reason === undefined ? true : { reason };
}

function refusal(change: Change): string | undefined {
  switch (change.kind) {
    case "createTable":
      return nameRefusal(change.table.name) ?? tableRefusal(change.table);
    case "changeTable":
      return changeRefusal(change);
    case "renameTable":
      return nameRefusal(change.to);
    case "addColumn":
      return change.position === undefined
        ? columnRefusal(change.column, change.table)
        : `The fields of a document have no order of columns: leave out first() and after() of "${change.column.name}" of "${change.table}".`;
    case "alterColumn":
      return columnRefusal(change.to, change.table);
    case "renameColumn":
      return fieldRefusal(change.to, change.table);
    case "createIndex":
      return indexRefusal(change.index, change.table);
    case "replaceIndex":
      return indexRefusal(change.to, change.table);
    case "addCheck":
      return checkRefusal(change.check.expression, change.table);
    case "replaceCheck":
      return checkRefusal(change.to.expression, change.table);
    case "setPrimaryKey":
      return change.from === undefined || change.to === undefined
        ? undefined
        : `The key of a document never changes: make a new collection beside "${change.table}", and copy the documents.`;
    case "dropColumn":
      return change.column.name === "_id"
        ? `Every document has the field "_id": it cannot be dropped from "${change.table}".`
        : undefined;
    case "dropTable":
    case "alterTable":
    case "setTableComment":
    case "renameIndex":
    case "dropIndex":
    case "addUnique":
    case "replaceUnique":
    case "dropUnique":
    case "dropCheck":
      return undefined;
    case "addForeignKey":
    case "replaceForeignKey":
    case "dropForeignKey":
      return "MongoDB has no foreign keys.";
    case "createEnum":
    case "alterEnum":
    case "dropEnum":
      return `MongoDB has no types of its own for enums: leave out the type of the database, "${"type" in change ? change.type.name : change.to.name}".`;
    case "createNamespace":
    case "dropNamespace":
      return `MongoDB has no namespaces within a database: leave out "${change.name}".`;
    case "createExtension":
      return `MongoDB has no extensions: leave out "${change.name}".`;
    default:
      return assertNever(change);
  }
}

function changeRefusal(change: ChangeOf<"changeTable">): string | undefined {
  const refused = change.changes.map(refusal).find((reason) => reason !== undefined);
  return refused ?? twinRefusal(change.to) ?? unsaidRefusal(change);
}

/** An index that models have no words for would go on with the old name of a field, which no document has any more. */
function unsaidRefusal({ from, changes }: ChangeOf<"changeTable">): string | undefined {
  const indexes = from.unmanaged.filter(({ kind }) => kind === "index");
  for (const change of changes) {
    const field = change.kind === "renameColumn" ? change.from : undefined;
    const index =
      field === undefined ? undefined : indexes.find(({ definition }) => definition?.includes(`"${field}"`));
    if (index !== undefined) {
      return `The index "${index.name}" of "${from.name}" is over the field "${field}" and says more than a model can: drop it by hand, and make it again afterwards.`;
    }
  }
  return undefined;
}

function nameRefusal(name: string): string | undefined {
  if (name !== "" && !/[$\0]/.test(name) && !name.startsWith("system.") && new TextEncoder().encode(name).length <= 200)
    return undefined;
  return `No collection can be named ${JSON.stringify(name)}: a name has no dollar sign, does not begin with "system." and is at most 200 bytes long.`;
}

function fieldRefusal(name: string, table: string): string | undefined {
  if (name !== "" && !name.includes("\0")) return undefined;
  return `No field of "${table}" can be named ${JSON.stringify(name)}: a field has a name, without a character of code 0. Give the column another databaseName.`;
}

function tableRefusal(table: TableState): string | undefined {
  const reasons = [
    ...table.columns.map((column) => columnRefusal(column, table.name)),
    ...table.indexes.map((index) => indexRefusal(index, table.name)),
    ...table.checks.map(({ expression }) => checkRefusal(expression, table.name)),
    twinRefusal(table),
  ];
  return reasons.find((reason) => reason !== undefined);
}

/** A collection has one text index, and the fields of a validator one rule each. */
function twinRefusal({ name, indexes, columns }: TableState): string | undefined {
  const [first, second] = indexes.filter(({ method }) => method === "text");
  if (first !== undefined && second !== undefined)
    return `A collection has one text index: put the columns of "${first.name}" and "${second.name}" of "${name}" into one.`;
  const twin = columns.find((column, at) => columns.findIndex((other) => other.name === column.name) !== at);
  return twin === undefined
    ? undefined
    : `Two columns of "${name}" are the field "${twin.name}": the primary key is the field "_id" of every document.`;
}

function columnRefusal(column: ColumnState, table: string): string | undefined {
  const { name, generated, collation, default: value } = column;
  if (generated !== undefined)
    return `MongoDB computes no fields: leave out generatedAs of "${table}.${name}", or set the field where documents are written.`;
  if (collation !== undefined)
    return `MongoDB has collations of indexes and queries, and none of fields: leave it out of "${table}.${name}".`;
  if (value !== undefined && !isGivable(value))
    return `The default of "${table}.${name}" is an expression of SQL: on MongoDB a default is a value, or now.`;
  return fieldRefusal(name, table);
}

function checkRefusal(expression: string, table: string): string | undefined {
  if (isQueryText(expression)) return undefined;
  return (
    `The check "${expression}" of "${table}" has words that documents cannot be asked. MongoDB knows comparisons, arithmetic, in, between, ` +
    'is null, and, or, not, length, lower, upper and abs; or write it as a query document: \'{ "age": { "$gte": 18 } }\'.'
  );
}

const methods: ReadonlySet<string> = new Set(["text", "2dsphere", "hashed", "sparse"]);

function indexRefusal(index: IndexState, table: string): string | undefined {
  const { columns, method, include, name, where } = index;
  const paths = columns.flatMap(({ expression }) => expression ?? []);
  const collations = new Set(columns.map(({ collation }) => collation));
  const [collation] = collations;
  const asked = [
    ...(include.length === 0 ? [] : ["include"]),
    ...(columns.some(({ length }) => length !== undefined) ? ["length"] : []),
    ...(columns.some(({ nulls }) => nulls !== undefined) ? ["nulls"] : []),
    ...(columns.some(({ operatorClass }) => operatorClass !== undefined) ? ["operatorClass"] : []),
    ...(method === undefined || methods.has(method) || secondsOf(method) !== undefined ? [] : [`type "${method}"`]),
    ...paths.filter((path) => !isPath(path)).map((path) => `expression "${path}"`),
    ...(collations.size > 1 ? ["different collations"] : []),
    ...(collation !== undefined && collationOf(collation) === undefined ? [`collation "${collation}"`] : []),
  ];
  if (asked.length > 0)
    return `The indexes of MongoDB have no ${asked.join(" and no ")}: leave it out of the index "${name}" of "${table}".`;
  if (secondsOf(method) !== undefined && columns.length !== 1)
    return `An index that lets documents run out has one field: "${name}" of "${table}" has ${columns.length}.`;
  if (where === undefined || isQueryText(where)) return undefined;
  return (
    `The condition "${where}" of the index "${name}" of "${table}" has words that a partial index cannot say. MongoDB knows =, <, <=, >, >=, in, ` +
    'between, is null, is not null, and, or; or write it as a query document: \'{ "age": { "$gte": 18 } }\'.'
  );
}

/** `address.city`, `address.$**`, or `$**` for all fields. */
function isPath(path: string): boolean {
  return /^(?:[^.$\0]+\.)*(?:[^.$\0]+|\$\*\*)$/.test(path) && !/[()'" ]/.test(path);
}
