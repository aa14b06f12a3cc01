import type { Server } from "./server.ts";
import type { Session } from "./session.ts";
import { parseCreate, type CreateText } from "./show-create.ts";
import { quoteName } from "./spelling.ts";

export interface TableRow {
  readonly name: string;
  readonly kind: "table" | "view" | "other";
  readonly engine: string;
  readonly collation: string;
  readonly comment: string;
}

export interface ColumnRow {
  readonly name: string;
  readonly type: string;
  readonly nullable: boolean;
  /** The default in the server's words; whether those are a value or an expression is told by `extra`. */
  readonly default: string | undefined;
  readonly extra: string;
  readonly collation: string;
  readonly generated: string;
  readonly comment: string;
}

export interface IndexPartRow {
  readonly index: string;
  readonly unique: boolean;
  readonly column: string | undefined;
  readonly expression: string | undefined;
  readonly descending: boolean;
  /** Only so much of the beginning of the column. */
  readonly length: number | undefined;
  readonly method: string;
}

export interface ForeignKeyRow {
  readonly name: string;
  readonly column: string;
  readonly namespace: string;
  readonly table: string;
  readonly references: string;
  readonly onDelete: string;
  readonly onUpdate: string;
}

export interface CheckRow {
  readonly name: string;
  readonly expression: string;
  readonly enforced: boolean;
}

/** What the server tells of a database; all but the tables by table name. */
export interface Catalogue {
  readonly database: string;
  readonly tables: readonly TableRow[];
  readonly columns: ReadonlyMap<string, readonly ColumnRow[]>;
  readonly indexParts: ReadonlyMap<string, readonly IndexPartRow[]>;
  readonly foreignKeys: ReadonlyMap<string, readonly ForeignKeyRow[]>;
  readonly checks: ReadonlyMap<string, readonly CheckRow[]>;
  readonly triggers: ReadonlyMap<string, readonly string[]>;
  /** The tables whose rows are spread over partitions. */
  readonly partitioned: ReadonlySet<string>;
  /** Functions, procedures and events. */
  readonly others: readonly { readonly kind: string; readonly name: string }[];
}

const tablesQuery = `
  select table_name, table_type, engine, table_collation, table_comment, database()
  from information_schema.tables where table_schema = database() order by table_name`;
const columnsQuery = `
  select table_name, column_name, column_type, is_nullable, column_default, extra, collation_name, generation_expression, column_comment
  from information_schema.columns where table_schema = database() order by table_name, ordinal_position`;
const indexesQuery = (expression: string): string => `
  select table_name, index_name, non_unique, column_name, collation, sub_part, index_type, ${expression}
  from information_schema.statistics where table_schema = database() order by table_name, index_name, seq_in_index`;
const foreignKeysQuery = `
  select k.table_name, k.constraint_name, k.column_name, k.referenced_table_schema, k.referenced_table_name, k.referenced_column_name,
    r.delete_rule, r.update_rule
  from information_schema.key_column_usage k
  join information_schema.referential_constraints r
    on r.constraint_schema = k.constraint_schema and r.constraint_name = k.constraint_name and r.table_name = k.table_name
  where k.table_schema = database() and k.referenced_table_name is not null
  order by k.table_name, k.constraint_name, k.ordinal_position`;
const triggersQuery = `
  select event_object_table, trigger_name from information_schema.triggers
  where trigger_schema = database() order by event_object_table, trigger_name`;

const partitionsQuery = `
  select distinct table_name from information_schema.partitions where table_schema = database() and partition_name is not null`;
const othersQuery = `
  select lower(routine_type), routine_name from information_schema.routines where routine_schema = database()
  union all select 'event', event_name from information_schema.events where event_schema = database() order by 1, 2`;

/** What the server tells of a database; expressions, where its catalogue garbles them, from the statement that makes the table. */
export async function readCatalogue(session: Session, server: Server): Promise<Catalogue> {
  const catalogue = await readRows(session, server);
  if (server.defaultsAsSql) return catalogue;
  const columns = new Map(catalogue.columns);
  const checks = new Map(catalogue.checks);
  const indexParts = new Map(catalogue.indexParts);
  for (const { name } of catalogue.tables) {
    const rows = columns.get(name) ?? [];
    const parts = indexParts.get(name) ?? [];
    const hasParts = parts.some(({ expression }) => expression !== undefined);
    if (!checks.has(name) && !hasParts && !rows.some(hasExpression)) continue;
    const [[, create] = []] = await session.query(`SHOW CREATE TABLE ${quoteName(name)}`, 2);
    const told = parseCreate(text(create));
    columns.set(
      name,
      rows.map((row) => toldColumn(row, told)),
    );
    indexParts.set(name, toldParts(parts, told));
    checks.set(
      name,
      Array.from(told.checks, ([check, { expression, enforced }]) => ({ name: check, expression, enforced })),
    );
  }
  return { ...catalogue, columns, checks, indexParts };
}

function toldParts(parts: readonly IndexPartRow[], { indexExpressions }: CreateText): readonly IndexPartRow[] {
  const left = new Map(Array.from(indexExpressions, ([index, texts]) => [index, [...texts]]));
  return parts.map((part) =>
    part.expression === undefined ? part : { ...part, expression: left.get(part.index)?.shift() ?? part.expression },
  );
}

function hasExpression({ generated, extra }: ColumnRow): boolean {
  return generated !== "" || /default_generated/i.test(extra);
}

/** A column whose expressions are replaced by those that the server told in SQL. */
export function toldColumn(row: ColumnRow, told: CreateText): ColumnRow {
  return {
    ...row,
    default: told.defaults.get(row.name) ?? row.default,
    generated: told.generated.get(row.name) ?? row.generated,
  };
}

async function readRows(session: Session, server: Server): Promise<Catalogue> {
  const tables = await session.query(tablesQuery, 6);
  const columns = await session.query(columnsQuery, 9);
  const indexes = await session.query(indexesQuery(server.indexExpression), 8);
  const foreignKeys = await session.query(foreignKeysQuery, 8);
  const checks = await session.query(server.checksQuery, 3);
  const triggers = await session.query(triggersQuery, 2);
  const partitioned = await session.query(partitionsQuery, 1);
  const others = await session.query(othersQuery, 2);
  return {
    database: text(tables[0]?.[5]),
    tables: tables.map(tableRow),
    columns: groupRows(columns, columnRow),
    indexParts: groupRows(indexes, indexPartRow),
    foreignKeys: groupRows(foreignKeys, foreignKeyRow),
    checks: groupRows(checks, ([, name, expression]) => ({
      name: text(name),
      expression: text(expression),
      enforced: true,
    })),
    triggers: groupRows(triggers, ([, name]) => text(name)),
    partitioned: new Set(partitioned.map(([name]) => text(name))),
    others: others.map(([kind, name]) => ({ kind: text(kind), name: text(name) })),
  };
}

function tableRow([name, type, engine, collation, comment]: readonly unknown[]): TableRow {
  const kind = type === "BASE TABLE" ? "table" : type === "VIEW" ? "view" : "other";
  return { name: text(name), kind, engine: text(engine), collation: text(collation), comment: text(comment) };
}

export function columnRow(row: readonly unknown[]): ColumnRow {
  const [, name, type, nullable, value, extra, collation, generated, comment] = row;
  return {
    name: text(name),
    type: text(type),
    nullable: text(nullable).toUpperCase() === "YES",
    default: value === null || value === undefined ? undefined : text(value),
    extra: text(extra),
    collation: text(collation),
    generated: text(generated),
    comment: text(comment),
  };
}

function indexPartRow(row: readonly unknown[]): IndexPartRow {
  const [, index, nonUnique, column, order, prefix, method, expression] = row;
  return {
    index: text(index),
    unique: Number(nonUnique) === 0,
    column: column === null ? undefined : text(column),
    expression: expression === null ? undefined : text(expression),
    descending: order === "D",
    length: prefix === null || text(method) === "SPATIAL" ? undefined : Number(prefix),
    method: text(method),
  };
}

function foreignKeyRow(row: readonly unknown[]): ForeignKeyRow {
  const [, name, column, namespace, table, references, onDelete, onUpdate] = row;
  return {
    name: text(name),
    column: text(column),
    namespace: text(namespace),
    table: text(table),
    references: text(references),
    onDelete: text(onDelete),
    onUpdate: text(onUpdate),
  };
}

function groupRows<T>(
  rows: readonly (readonly unknown[])[],
  read: (row: readonly unknown[]) => T,
): ReadonlyMap<string, readonly T[]> {
  const groups = new Map<string, T[]>();
  for (const row of rows) {
    const owner = text(row[0]);
    const group = groups.get(owner);
    if (group === undefined) groups.set(owner, [read(row)]);
    else group.push(read(row));
  }
  return groups;
}

/** The catalogue's texts come as text or as bytes, depending on the release. */
function text(value: unknown): string {
  if (value instanceof Uint8Array) return Buffer.from(value).toString("utf8");
  return typeof value === "string" ? value : "";
}
