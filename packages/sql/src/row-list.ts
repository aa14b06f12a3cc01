import { QueryError, type ResultType, type RowsType } from "@mortise/core/adapter";
import type { OrderByItemNode, OperationNode, SelectQueryNode } from "kysely";

/** How values of one type stand in JSON without a loss: what is selected, and how the driver would have given it. */
export interface JsonForm {
  readonly project: (operand: OperationNode) => OperationNode;
  /** `undefined` where the entry of the JSON is what the driver would have given. Never called with null. */
  readonly revive: ((entry: unknown) => unknown) | undefined;
}

/** A value that JSON holds as it is. */
export const plainForm: JsonForm = { project: (operand) => operand, revive: undefined };

/** The query of a relation's rows, in parts. */
export interface RowQuery {
  /** The columns in their JSON form. */
  readonly columns: readonly OperationNode[];
  /** Rows of relations of the relation, which stand behind the columns. */
  readonly lists: readonly OperationNode[];
  /** Whether the list stands inside a row of another one. */
  readonly inside: boolean;
  /** Whether anybody looks at the order of the rows. */
  readonly ordered: boolean;
  readonly order: readonly OrderByItemNode[];
  readonly limit: OperationNode | undefined;
  readonly offset: OperationNode | undefined;
  /** The query with one column, `row`. */
  readonly whole: (row: OperationNode) => SelectQueryNode;
  /** The same without order, limit and offset. */
  readonly unordered: (row: OperationNode) => SelectQueryNode;
}

/** How the rows of a relation are read from the JSON that the database made of them. */
export interface RowListReader {
  readonly formOf: (result: Exclude<ResultType, RowsType>) => JsonForm;
  /** Makes of the JSON of a list what `spell` put in: rows, each with its columns and then its lists. `undefined` where it is that. */
  readonly unfold?: (rows: unknown[][], type: RowsType) => unknown[][];
}

/** How a database makes one JSON value of a relation's rows, and how that is read. */
export interface RowListDialect extends RowListReader {
  readonly spell: (query: RowQuery) => OperationNode;
}

/** The decoder of a column with the rows of a relation. */
export function rowListDecoder(type: RowsType, dialect: RowListReader): (raw: unknown) => unknown[][] {
  const read = rowsReader(type, dialect);
  return (raw) => read(typeof raw === "string" ? parsed(raw, type) : raw);
}

function rowsReader(type: RowsType, dialect: RowListReader): (rows: unknown) => unknown[][] {
  const revivers = type.results.map((result) =>
    result.kind === "rows" ? rowsReader(result, dialect) : dialect.formOf(result).revive,
  );
  const places = revivers.flatMap((revive, at) => (revive === undefined ? [] : [{ at, revive }]));
  const lists = new Set(type.results.flatMap(({ kind }, at) => (kind === "rows" ? [at] : [])));
  return (given) => {
    if (!isRows(given)) throw unreadable(type);
    const rows = dialect.unfold === undefined ? given : dialect.unfold(given, type);
    for (const { at, revive } of places) {
      const isList = lists.has(at);
      for (const row of rows) {
        const entry = row[at];
        if (isList || entry !== null) row[at] = revive(entry);
      }
    }
    return rows;
  };
}

/** Rows that `spell` wrote as a list of columns, in groups of so many, with the lists behind: `[[1, 2], [3], [[…]]]`. */
export function unfoldGroups(
  rows: unknown[][],
  { results }: RowsType,
  size: number = Number.MAX_SAFE_INTEGER,
): unknown[][] {
  const lists = results.filter(({ kind }) => kind === "rows").length;
  const groups = Math.ceil((results.length - lists) / size);
  if (lists === 0 && groups === 1) return rows;
  return rows.map((row) => unfolded(row, groups));
}

/** The first group takes in the others and the lists: it is the driver's own array, and nobody else has it. */
function unfolded(row: readonly unknown[], groups: number): unknown[] {
  const [first] = row;
  if (!Array.isArray(first)) throw new TypeError("A row of groups begins with one.");
  for (let at = 1; at < row.length; at += 1) {
    const part = row[at];
    if (at < groups && Array.isArray(part)) first.push(...part);
    else first.push(part);
  }
  return first;
}

function isRows(value: unknown): value is unknown[][] {
  return Array.isArray(value) && value.every((row) => Array.isArray(row));
}

function parsed(text: string, type: RowsType): unknown {
  try {
    return JSON.parse(text);
  } catch {
    throw unreadable(type);
  }
}

function unreadable({ model }: RowsType): QueryError {
  return new QueryError(
    `The rows of model "${model}" did not come whole inside the rows of their parents: they are more than the server puts into one value. ` +
      'Load the relation with { strategy: "separate" }, or fewer rows of it.',
    { model },
  );
}
