import type { Session } from "./session.ts";
import { quoteText } from "./spelling.ts";

export interface TableRow {
  readonly id: unknown;
  readonly namespace: string;
  readonly own: boolean;
  readonly name: string;
  readonly kind: string;
  readonly comment: string | null;
}

export interface ColumnRow {
  readonly name: string;
  readonly type: string;
  readonly notNull: boolean;
  readonly default: string | null;
  readonly identity: boolean;
  /** The default takes its numbers from a sequence that no other table uses, but for those that inherit from each other. */
  readonly serial: boolean;
  /** `s` for stored, `v` for virtual, empty for a column that is not generated. */
  readonly generated: string;
  /** The name of its collation where it has one, whether it is the type's own or not. */
  readonly collation: string | null;
  readonly comment: string | null;
}

export interface ConstraintRow {
  readonly name: string;
  readonly kind: string;
  readonly columns: readonly string[];
  readonly expression: string | null;
  readonly targetNamespace: string | null;
  readonly targetOwn: boolean;
  readonly targetTable: string | null;
  readonly targetColumns: readonly string[];
  readonly onDelete: string;
  readonly onUpdate: string;
  readonly match: string;
  readonly deferrable: boolean;
  readonly deferred: boolean;
  readonly valid: boolean;
  readonly nullsNotDistinct: boolean;
}

export interface IndexRow {
  readonly name: string;
  readonly unique: boolean;
  readonly method: string;
  readonly where: string | null;
  readonly nullsNotDistinct: boolean;
  /** The operators of each part, where they are not those of its type. */
  readonly operatorClasses: readonly (string | null)[];
  /** False for what is left of an index that could not be built concurrently. */
  readonly valid: boolean;
  readonly columns: readonly (string | null)[];
  readonly expressions: readonly string[];
  readonly options: readonly number[];
  readonly collations: readonly (string | null)[];
  readonly include: readonly string[];
}

/** Something of a table, or beside the tables, that has no place in a state. */
export interface OtherRow {
  readonly table: unknown;
  readonly kind: string;
  readonly name: string;
}

/** A type with labels. */
export interface EnumRow {
  readonly name: string;
  readonly namespace: string;
  readonly own: boolean;
  readonly values: readonly string[];
}

/** What PostgreSQL tells of some namespaces in six queries, by the number of the table. */
export interface Catalogue {
  readonly tables: readonly TableRow[];
  readonly columns: ReadonlyMap<unknown, readonly ColumnRow[]>;
  readonly constraints: ReadonlyMap<unknown, readonly ConstraintRow[]>;
  readonly indexes: ReadonlyMap<unknown, readonly IndexRow[]>;
  readonly enums: readonly EnumRow[];
  readonly others: readonly OtherRow[];
}

/** The namespaces to read: those named and the connection's own, or the one of temporary tables. */
export type Reach = { readonly namespaces: readonly string[] } | "temporary";

function namespaceFilter(reach: Reach): string {
  if (reach === "temporary") return "n.oid = pg_my_temp_schema()";
  const named = reach.namespaces.map(quoteText).join(", ");
  return `(n.nspname = current_schema()${named === "" ? "" : ` or n.nspname in (${named})`})`;
}

const notOfExtension = (catalogue: string, id: string): string =>
  `not exists (select from pg_depend e where e.classid = '${catalogue}'::regclass and e.objid = ${id} and e.deptype = 'e')`;

function tablesQuery(reach: Reach): string {
  return `
    select c.oid, n.nspname, n.nspname = current_schema() or n.oid = pg_my_temp_schema(), c.relname,
      case when c.relispartition then 'partition' else c.relkind::text end, obj_description(c.oid, 'pg_class')
    from pg_class c join pg_namespace n on n.oid = c.relnamespace
    where ${namespaceFilter(reach)} and c.relkind in ('r', 'p', 'v', 'm', 'f') and ${notOfExtension("pg_class", "c.oid")}
    order by c.oid`;
}

function columnsQuery(reach: Reach): string {
  return `
    select c.oid, a.attname, format_type(a.atttypid, a.atttypmod), a.attnotnull, pg_get_expr(d.adbin, d.adrelid),
      a.attidentity <> '', coalesce(pg_get_expr(d.adbin, d.adrelid) ~ '^nextval\\([^()]*\\)$', false) and exists (
        select from pg_depend p join pg_class q on q.oid = p.refobjid and q.relkind = 'S'
        where p.classid = 'pg_attrdef'::regclass and p.objid = d.oid and p.refclassid = 'pg_class'::regclass and not exists (
          select from pg_depend o join pg_attrdef e on e.oid = o.objid join pg_class t on t.oid = e.adrelid
          where o.classid = 'pg_attrdef'::regclass and o.refclassid = 'pg_class'::regclass and o.refobjid = q.oid
            and e.oid <> d.oid and not exists (select from pg_inherits i where i.inhrelid in (t.oid, c.oid)))),
      a.attgenerated::text, l.collname, col_description(c.oid, a.attnum)
    from pg_class c join pg_namespace n on n.oid = c.relnamespace
      join pg_attribute a on a.attrelid = c.oid and a.attnum > 0 and not a.attisdropped
      left join pg_attrdef d on d.adrelid = c.oid and d.adnum = a.attnum
      left join pg_collation l on l.oid = a.attcollation
    where ${namespaceFilter(reach)} and c.relkind in ('r', 'p') order by c.oid, a.attnum`;
}

const columnNames = (table: string, numbers: string): string =>
  `coalesce((select array_agg(a.attname::text order by k.at) from unnest(${numbers}) with ordinality k(number, at)
     join pg_attribute a on a.attrelid = ${table} and a.attnum = k.number), '{}')`;

function constraintsQuery(reach: Reach): string {
  return `
    select c.oid, x.conname, x.contype::text, ${columnNames("c.oid", "x.conkey")}, pg_get_expr(x.conbin, x.conrelid),
      tn.nspname, coalesce(tn.nspname = current_schema(), false), t.relname, ${columnNames("x.confrelid", "x.confkey")},
      x.confdeltype::text, x.confupdtype::text, x.confmatchtype::text, x.condeferrable, x.condeferred, x.convalidated,
      coalesce(i.indnullsnotdistinct, false)
    from pg_constraint x join pg_class c on c.oid = x.conrelid join pg_namespace n on n.oid = c.relnamespace
      left join pg_class t on t.oid = x.confrelid left join pg_namespace tn on tn.oid = t.relnamespace
      left join pg_index i on i.indexrelid = x.conindid and x.contype in ('p', 'u')
    where ${namespaceFilter(reach)} and x.contype <> 'n' and x.conparentid = 0 order by c.oid, x.oid`;
}

function indexesQuery(reach: Reach): string {
  return `
    select c.oid, i.relname, x.indisunique, m.amname, pg_get_expr(x.indpred, x.indrelid), x.indnullsnotdistinct,
      (select array_agg(case when not p.opcdefault then p.opcname::text end order by o.at)
        from unnest(x.indclass::oid[]) with ordinality o(id, at) join pg_opclass p on p.oid = o.id), x.indisvalid,
      array_agg(a.attname::text order by k.at) filter (where k.at <= x.indnkeyatts),
      array_agg(pg_get_indexdef(x.indexrelid, k.at::int, true) order by k.at) filter (where k.at <= x.indnkeyatts),
      array_agg((x.indoption::int2[])[k.at - 1]::int order by k.at) filter (where k.at <= x.indnkeyatts),
      array_agg(case when l.oid is distinct from a.attcollation then l.collname::text end order by k.at)
        filter (where k.at <= x.indnkeyatts),
      coalesce(array_agg(a.attname::text order by k.at) filter (where k.at > x.indnkeyatts), '{}')
    from pg_index x join pg_class i on i.oid = x.indexrelid join pg_class c on c.oid = x.indrelid
      join pg_namespace n on n.oid = c.relnamespace join pg_am m on m.oid = i.relam
      cross join unnest(x.indkey::int2[]) with ordinality k(number, at)
      left join pg_attribute a on a.attrelid = c.oid and a.attnum = k.number and k.number > 0
      left join pg_collation l on l.oid = (x.indcollation::oid[])[k.at - 1]
    where ${namespaceFilter(reach)} and c.relkind in ('r', 'p')
      and not exists (select from pg_constraint y where y.conindid = x.indexrelid and y.contype in ('p', 'u', 'x'))
    group by c.oid, i.relname, x.indisunique, m.amname, x.indexrelid, x.indpred, x.indrelid, x.indnullsnotdistinct,
      x.indisvalid, x.indclass
    order by c.oid, i.relname`;
}

function othersQuery(reach: Reach): string {
  return `
    select t.tgrelid, 'trigger', t.tgname from pg_trigger t join pg_class c on c.oid = t.tgrelid
      join pg_namespace n on n.oid = c.relnamespace where ${namespaceFilter(reach)} and not t.tgisinternal
    union all select i.inhrelid, 'inheritance', p.relname from pg_inherits i join pg_class p on p.oid = i.inhparent
      join pg_class c on c.oid = i.inhrelid join pg_namespace n on n.oid = c.relnamespace
      where ${namespaceFilter(reach)} and c.relkind = 'r' and not c.relispartition
    union all select r.ev_class, 'rule', r.rulename from pg_rewrite r join pg_class c on c.oid = r.ev_class
      join pg_namespace n on n.oid = c.relnamespace where ${namespaceFilter(reach)} and c.relkind in ('r', 'p')
    union all select p.polrelid, 'policy', p.polname from pg_policy p join pg_class c on c.oid = p.polrelid
      join pg_namespace n on n.oid = c.relnamespace where ${namespaceFilter(reach)}
    union all select null, 'sequence', c.relname from pg_class c join pg_namespace n on n.oid = c.relnamespace
      where ${namespaceFilter(reach)} and c.relkind = 'S' and ${notOfExtension("pg_class", "c.oid")}
        and not exists (select from pg_depend d where d.classid = 'pg_class'::regclass and d.objid = c.oid and d.deptype in ('a', 'i'))
    union all select null, 'type', t.typname from pg_type t join pg_namespace n on n.oid = t.typnamespace
      where ${namespaceFilter(reach)} and t.typtype in ('d', 'r') and ${notOfExtension("pg_type", "t.oid")}
    union all select null, 'function', p.proname from pg_proc p join pg_namespace n on n.oid = p.pronamespace
      where ${namespaceFilter(reach)} and ${notOfExtension("pg_proc", "p.oid")}
    order by 2, 3`;
}

function enumsQuery(reach: Reach): string {
  return `
    select t.typname, n.nspname, n.nspname = current_schema(), array_agg(e.enumlabel::text order by e.enumsortorder)
    from pg_type t join pg_namespace n on n.oid = t.typnamespace join pg_enum e on e.enumtypid = t.oid
    where ${namespaceFilter(reach)} and ${notOfExtension("pg_type", "t.oid")} group by t.oid, n.nspname order by t.oid`;
}

/** Reads everything of some namespaces. */
export async function readCatalogue(session: Session, reach: Reach): Promise<Catalogue> {
  const tables = await session.query(tablesQuery(reach));
  const columns = await session.query(columnsQuery(reach));
  const constraints = await session.query(constraintsQuery(reach));
  const indexes = await session.query(indexesQuery(reach));
  const enums = reach === "temporary" ? [] : await session.query(enumsQuery(reach));
  const others = reach === "temporary" ? [] : await session.query(othersQuery(reach));
  return {
    tables: tables.map(tableRow),
    columns: grouped(columns, columnRow),
    constraints: grouped(constraints, constraintRow),
    indexes: grouped(indexes, indexRow),
    enums: enums.map(([name, namespace, own, values]) => ({
      name: String(name),
      namespace: String(namespace),
      own: own === true,
      values: textsOf(values),
    })),
    others: others.map(([table, kind, name]) => ({ table, kind: String(kind), name: String(name) })),
  };
}

type Row = readonly unknown[];

function grouped<T>(rows: readonly Row[], read: (row: Row) => T): ReadonlyMap<unknown, readonly T[]> {
  const groups = new Map<unknown, T[]>();
  for (const [id, ...row] of rows) {
    const group = groups.get(id) ?? [];
    group.push(read(row));
    groups.set(id, group);
  }
  return groups;
}

function tableRow([id, namespace, own, name, kind, comment]: Row): TableRow {
  return {
    id,
    namespace: String(namespace),
    own: own === true,
    name: String(name),
    kind: String(kind),
    comment: textOf(comment),
  };
}

function columnRow([name, type, notNull, given, identity, serial, generated, collation, comment]: Row): ColumnRow {
  return {
    name: String(name),
    type: String(type),
    notNull: notNull === true,
    default: textOf(given),
    identity: identity === true,
    serial: serial === true,
    generated: String(generated),
    collation: textOf(collation),
    comment: textOf(comment),
  };
}

function constraintRow(row: Row): ConstraintRow {
  const [name, kind, columns, expression, namespace, own, table, targets, onDelete, onUpdate, match, ...flags] = row;
  return {
    name: String(name),
    kind: String(kind),
    columns: textsOf(columns),
    expression: textOf(expression),
    targetNamespace: textOf(namespace),
    targetOwn: own === true,
    targetTable: textOf(table),
    targetColumns: textsOf(targets),
    onDelete: String(onDelete),
    onUpdate: String(onUpdate),
    match: String(match),
    deferrable: flags[0] === true,
    deferred: flags[1] === true,
    valid: flags[2] === true,
    nullsNotDistinct: flags[3] === true,
  };
}

function indexRow([
  name,
  unique,
  method,
  where,
  nulls,
  operators,
  valid,
  columns,
  texts,
  options,
  collations,
  include,
]: Row): IndexRow {
  return {
    name: String(name),
    unique: unique === true,
    method: String(method),
    where: textOf(where),
    nullsNotDistinct: nulls === true,
    operatorClasses: listOf(operators).map(textOf),
    valid: valid === true,
    columns: listOf(columns).map(textOf),
    expressions: textsOf(texts),
    options: listOf(options).map(Number),
    collations: listOf(collations).map(textOf),
    include: textsOf(include),
  };
}

function textOf(value: unknown): string | null {
  return typeof value === "string" ? value : null;
}

function listOf(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? value : [];
}

function textsOf(value: unknown): readonly string[] {
  return listOf(value).map(String);
}
