import type { Session } from "./session.ts";

/** A row of sqlite_schema with what `table_list` knows of it. */
export interface ObjectRow {
  readonly type: string;
  readonly name: string;
  readonly table: string;
  readonly sql: string | null;
  /** table, view, virtual or shadow; empty for indexes and triggers. */
  readonly kind: string;
  readonly strict: boolean;
  readonly withoutRowid: boolean;
}

export interface ColumnRow {
  readonly name: string;
  readonly type: string;
  readonly notNull: boolean;
  readonly default: string | null;
  /** The position in the primary key, from 1; 0 outside of it. */
  readonly key: number;
}

export interface IndexPartRow {
  readonly unique: boolean;
  readonly name: string | null;
  readonly descending: boolean;
  readonly collation: string;
}

export interface ForeignKeyRow {
  readonly id: number;
}

/** What SQLite tells of a database, in four queries, by table or index name. */
export interface Catalogue {
  readonly objects: readonly ObjectRow[];
  /** Indexes and triggers. */
  readonly onTable: ReadonlyMap<string, readonly ObjectRow[]>;
  readonly columns: ReadonlyMap<string, readonly ColumnRow[]>;
  readonly indexParts: ReadonlyMap<string, readonly IndexPartRow[]>;
  readonly foreignKeys: ReadonlyMap<string, readonly ForeignKeyRow[]>;
}

const ownObjects = `name not like 'sqlite\\_%' escape '\\'`;
const tables = `(select name from pragma_table_list where schema = 'main' and type = 'table' and ${ownObjects})`;

/** `table_list` is a function that would run for each row; materialised it runs once. */
const objectsQuery = `
  with l as materialized (select name, type, strict, wr from pragma_table_list where schema = 'main')
  select s.type, s.name, s.tbl_name, s.sql, l.type, l.strict, l.wr
  from main.sqlite_schema s left join l on l.name = s.name and s.type in ('table', 'view')
  where s.${ownObjects} order by s.rowid`;
const columnsQuery = `
  select t.name, c.name, c.type, c."notnull", c.dflt_value, c.pk
  from ${tables} t, pragma_table_xinfo(t.name, 'main') c where c.hidden <> 1 order by t.name, c.cid`;
const indexesQuery = `
  select i.name, i."unique", p.name, p."desc", p.coll
  from ${tables} t, pragma_index_list(t.name, 'main') i, pragma_index_xinfo(i.name, 'main') p
  where i.origin = 'c' and p.key = 1 order by i.name, p.seqno`;
const foreignKeysQuery = `
  select t.name, f.id from ${tables} t, pragma_foreign_key_list(t.name, 'main') f order by t.name, f.id, f.seq`;

export async function readCatalogue(session: Session): Promise<Catalogue> {
  const objects = (await session.query(objectsQuery, 7)).map(objectRow);
  const columns = groupRows(await session.query(columnsQuery, 6), ([, name, type, notNull, value, key]) => ({
    name: text(name),
    type: text(type),
    notNull: Number(notNull) === 1,
    default: value === null ? null : text(value),
    key: Number(key),
  }));
  const indexParts = groupRows(await session.query(indexesQuery, 5), ([, unique, name, descending, collation]) => ({
    unique: Number(unique) === 1,
    name: name === null ? null : text(name),
    descending: Number(descending) === 1,
    collation: text(collation),
  }));
  const foreignKeys = groupRows(await session.query(foreignKeysQuery, 2), ([, id]) => ({ id: Number(id) }));
  const onTable = Map.groupBy(
    objects.filter(({ type }) => type === "index" || type === "trigger"),
    (object) => object.table,
  );
  return { objects, onTable, columns, indexParts, foreignKeys };
}

function objectRow([type, name, table, sql, kind, strict, withoutRowid]: readonly unknown[]): ObjectRow {
  return {
    type: text(type),
    name: text(name),
    table: text(table),
    sql: sql === null ? null : text(sql),
    kind: text(kind),
    strict: Number(strict) === 1,
    withoutRowid: Number(withoutRowid) === 1,
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

function text(value: unknown): string {
  return typeof value === "string" ? value : "";
}
