import type { ReferenceAction } from "@mortise/core/adapter";
import type {
  ColumnState,
  ForeignKeyState,
  IndexState,
  SchemaState,
  Scope,
  TableState,
  UniqueState,
  UnmanagedState,
} from "@mortise/core/state";
import {
  readCatalogue,
  type Catalogue,
  type ColumnRow,
  type ConstraintRow,
  type IndexRow,
  type Reach,
  type TableRow,
} from "./catalogue.ts";
import { withInLists } from "./in-list.ts";
import type { Session } from "./session.ts";
import { isTemporaryName } from "./temporary-name.ts";

/** Reads the tables of the connection's own namespace and of those named. What a state has no word for is `unmanaged`. */
export function inspect(session: Session, { namespaces }: Scope): Promise<SchemaState> {
  return readState(session, { namespaces });
}

/** Reads tables in the server's own normal form. */
export async function readState(session: Session, reach: Reach): Promise<SchemaState> {
  const catalogue = await readCatalogue(session, reach);
  const tables = catalogue.tables.filter((table) => table.kind === "r" || table.kind === "p");
  return {
    tables: tables.map((table) => tableState(table, catalogue)),
    enums: catalogue.enums.map(({ name, namespace, own, values }) => ({
      name,
      namespace: own ? undefined : namespace,
      values,
    })),
    unmanaged: [
      ...catalogue.tables.flatMap(({ kind, name }) => {
        const word = otherRelations[kind];
        return word === undefined ? [] : [{ kind: word, name }];
      }),
      ...catalogue.others.filter(({ table }) => table === null).map(({ kind, name }) => ({ kind, name })),
    ],
  };
}

const otherRelations: Readonly<Record<string, string>> = {
  v: "view",
  m: "materialized view",
  f: "foreign table",
  partition: "partition",
};

function tableState(table: TableRow, catalogue: Catalogue): TableState {
  const constraints = catalogue.constraints.get(table.id) ?? [];
  const indexes = catalogue.indexes.get(table.id) ?? [];
  const checks = constraints.filter(({ kind, valid, name }) => kind === "c" && valid && !isTemporaryName(name));
  const key = constraints.find(({ kind }) => kind === "p");
  const columns = (catalogue.columns.get(table.id) ?? []).map(columnState);
  const varying = new Set(
    columns.flatMap((one) => (one.databaseType?.startsWith("character varying") === true ? one.name : [])),
  );
  const spelled = (expression: string): string => withInLists(expression, varying);
  return {
    name: table.name,
    namespace: table.own ? undefined : table.namespace,
    columns: columns.map((column) => ({
      ...column,
      generated: column.generated && { ...column.generated, expression: spelled(column.generated.expression) },
    })),
    primaryKey: key && { columns: key.columns, name: key.name },
    uniques: constraints.filter(isPlainUnique).map(({ name, columns }): UniqueState => ({ name, columns })),
    indexes: indexes.filter((row) => !isUnfinished(row)).map((row) => indexState(row, spelled)),
    foreignKeys: constraints.filter(isPlainForeignKey).map(foreignKeyState),
    checks: checks.map(({ name, expression }) => ({ name, expression: spelled(expression ?? "") })),
    options: { strict: undefined, withoutRowid: false, engine: undefined, charset: undefined, collation: undefined },
    comment: table.comment ?? undefined,
    renamedFrom: undefined,
    unmanaged: unmanagedOf(table, constraints, indexes, catalogue),
  };
}

/** Columns of a text type sort by bytes unless they say otherwise; those of other types sort as their type does. */
export function isText(databaseType: string): boolean {
  return /^(text|character varying(\(\d+\))?|character(\(\d+\))?)$/.test(databaseType);
}

function columnState(row: ColumnRow): ColumnState {
  const counted = row.identity || row.serial;
  const expression = row.default ?? "";
  const generated = row.generated !== "";
  return {
    name: row.name,
    type: undefined,
    databaseType: row.type,
    nullable: !row.notNull,
    default: row.default === null || counted || generated ? undefined : { kind: "expression", expression },
    autoIncrement: counted,
    generated: generated ? { expression, stored: row.generated === "s" } : undefined,
    collation: collationOf(row),
    comment: row.comment ?? undefined,
    renamedFrom: undefined,
    managed: true,
  };
}

function collationOf({ type, collation }: ColumnRow): string | undefined {
  if (collation === null) return undefined;
  const usual = isText(type) ? "C" : "default";
  return collation === usual ? undefined : collation;
}

function isPlainUnique({ kind, deferrable, nullsNotDistinct }: ConstraintRow): boolean {
  return kind === "u" && !deferrable && !nullsNotDistinct;
}

/** Deferrable to Mortise means: checked at the end of the transaction. */
function isPlainForeignKey({ kind, match, valid, deferrable, deferred }: ConstraintRow): boolean {
  return kind === "f" && match === "s" && valid && deferrable === deferred;
}

const actions: Readonly<Record<string, ReferenceAction>> = {
  a: "no action",
  r: "restrict",
  c: "cascade",
  n: "set null",
  d: "set default",
};

function foreignKeyState(row: ConstraintRow): ForeignKeyState {
  return {
    name: row.name,
    columns: row.columns,
    references: {
      table: row.targetTable ?? "",
      namespace: row.targetOwn ? undefined : (row.targetNamespace ?? undefined),
      columns: row.targetColumns,
    },
    onDelete: actions[row.onDelete] ?? "no action",
    onUpdate: actions[row.onUpdate] ?? "no action",
    deferrable: row.deferrable,
  };
}

const descending = 1;
const nullsFirst = 2;

/** Nulls stand last where values rise and first where they fall, unless the index says otherwise. */
function nullsOf(option: number): "first" | "last" | undefined {
  const falls = (option & descending) !== 0;
  const first = (option & nullsFirst) !== 0;
  return falls === first ? undefined : first ? "first" : "last";
}

function indexState(row: IndexRow, spelled: (expression: string) => string): IndexState {
  return {
    name: row.name,
    unique: row.unique,
    columns: row.columns.map((column, at) => ({
      column: column ?? undefined,
      expression: column === null ? spelled(row.expressions[at] ?? "") : undefined,
      order: ((row.options[at] ?? 0) & descending) === 0 ? "asc" : "desc",
      collation: column === null ? undefined : (row.collations[at] ?? undefined),
      nulls: nullsOf(row.options[at] ?? 0),
      operatorClass: row.operatorClasses[at] ?? undefined,
    })),
    where: row.where === null ? undefined : spelled(row.where),
    method: row.method === "btree" ? undefined : row.method,
    include: row.include,
    nullsNotDistinct: row.nullsNotDistinct,
  };
}

/** Not built to the end, or built for a key that never got it. */
function isUnfinished({ valid, name }: IndexRow): boolean {
  return !valid || isTemporaryName(name);
}

function unmanagedOf(
  table: TableRow,
  constraints: readonly ConstraintRow[],
  indexes: readonly IndexRow[],
  catalogue: Catalogue,
): readonly UnmanagedState[] {
  return [
    ...(table.kind === "p" ? [{ kind: "partitioning", name: table.name }] : []),
    ...constraints.flatMap((row) => {
      const word = unusualConstraint(row);
      const left: Pick<UnmanagedState, "unfinished"> = isTemporaryName(row.name) ? { unfinished: true } : {};
      return word === undefined ? [] : [{ kind: word, name: row.name, ...left }];
    }),
    ...indexes
      .filter(isUnfinished)
      .map(({ name, valid }) => ({ kind: valid ? "index" : "invalid index", name, unfinished: true as const })),
    ...catalogue.others.filter((other) => other.table === table.id).map(({ kind, name }) => ({ kind, name })),
  ];
}

function unusualConstraint(row: ConstraintRow): string | undefined {
  switch (row.kind) {
    case "u":
      return isPlainUnique(row) ? undefined : "unique key";
    case "f":
      if (isPlainForeignKey(row)) return undefined;
      return isPlainForeignKey({ ...row, valid: true }) ? "foreign key that is not validated" : "foreign key";
    case "c":
      if (!row.valid) return "check that is not validated";
      return isTemporaryName(row.name) ? "check" : undefined;
    case "p":
      return undefined;
    default:
      return "constraint";
  }
}
