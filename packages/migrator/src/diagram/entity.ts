import type { ColumnType, SchemaRegistry } from "@mortise/core/adapter";
import { qualifiedName, stateFromSchema, type ForeignKeyState, type TableState } from "@mortise/core/state";

/** A table as a diagram shows it. */
export interface Entity {
  readonly name: string;
  readonly attributes: readonly Attribute[];
}

export interface Attribute {
  readonly name: string;
  readonly type: string;
  readonly marks: readonly ("PK" | "FK" | "UK")[];
}

/** A key from one table to another. */
export interface Link {
  readonly from: string;
  readonly to: string;
  readonly label: string;
  /** Whether one row of the target has at most one here. */
  readonly unique: boolean;
  /** Whether a row may point at nothing. */
  readonly optional: boolean;
}

export interface Drawing {
  readonly entities: readonly Entity[];
  readonly links: readonly Link[];
}

/** The tables of a schema, with its foreign keys and the relations that hold a key without asking for one. */
export function drawingOf(registry: SchemaRegistry): Drawing {
  const { tables } = stateFromSchema(registry, { indexNames: "table" });
  const byName = new Map(tables.map((table) => [qualifiedName(table), table]));
  const held = registry.entries.flatMap(({ relations, info }) =>
    [...relations.values()].flatMap((relation) =>
      relation.kind === "belongsTo"
        ? [
            {
              table: tableId(info),
              target: tableId(relation.target),
              columns: relation.from.map((one) => one.databaseName),
            },
          ]
        : [],
    ),
  );
  const made = tables.flatMap((table) => table.foreignKeys.map((key) => linkOfKey(table, key)));
  const all = [...made, ...held].filter(({ table, target }) => byName.has(table) && byName.has(target));
  const links = new Map(all.map((link) => [JSON.stringify(link), link]));
  return {
    entities: tables.map((table) => entityOf(table, [...links.values()])),
    links: [...links.values()].flatMap((link) => drawnLink(link, byName.get(link.table)) ?? []),
  };
}

interface HeldKey {
  readonly table: string;
  readonly target: string;
  readonly columns: readonly string[];
}

function tableId({ table, options }: SchemaRegistry["entries"][number]["info"]): string {
  return qualifiedName({ name: table, namespace: options.schema });
}

function linkOfKey(table: TableState, { columns, references }: ForeignKeyState): HeldKey {
  const target = qualifiedName({ name: references.table, namespace: references.namespace });
  return { table: qualifiedName(table), target, columns };
}

function drawnLink({ table: from, target: to, columns }: HeldKey, table: TableState | undefined): Link | undefined {
  if (table === undefined) return undefined;
  const keys = [table.primaryKey?.columns ?? [], ...table.uniques.map((unique) => unique.columns)];
  const unique = keys.some((key) => key.length > 0 && key.every((column) => columns.includes(column)));
  const optional = table.columns.some(({ name, nullable }) => nullable && columns.includes(name));
  return { from, to, label: columns.join(", "), unique, optional };
}

function entityOf(table: TableState, links: readonly HeldKey[]): Entity {
  const name = qualifiedName(table);
  const pointers = new Set(links.flatMap((link) => (link.table === name ? link.columns : [])));
  return {
    name,
    attributes: table.columns.map((column): Attribute => {
      const isKey = table.primaryKey?.columns.includes(column.name) === true;
      const isUnique = table.uniques.some(({ columns }) => columns.length === 1 && columns[0] === column.name);
      return {
        name: column.name,
        type: column.type === undefined ? "" : typeLabel(column.type),
        marks: [
          ...(isKey ? ["PK" as const] : []),
          ...(pointers.has(column.name) ? ["FK" as const] : []),
          ...(isUnique ? ["UK" as const] : []),
        ],
      };
    }),
  };
}

/** `string(45)`, `decimal(10,2)`, `integer[]`. */
export function typeLabel(type: ColumnType): string {
  switch (type.kind) {
    case "string":
    case "char":
      return `${type.kind}(${type.length})`;
    case "decimal":
      return type.precision === undefined ? "decimal" : `decimal(${type.precision},${type.scale ?? 0})`;
    case "array":
      return `${typeLabel(type.inner)}[]`;
    case "enum":
      return type.native ?? "enum";
    case "specific":
      return typeof type.sqlType === "string" ? type.sqlType : (Object.values(type.sqlType)[0] ?? "specific");
    case "vector":
      return `vector(${type.dimensions})`;
    case "range":
    case "geometry":
      return type.of;
    default:
      return type.kind;
  }
}
