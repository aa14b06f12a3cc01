import type { ColumnState, ForeignKeyState, SaidType, TableState } from "@mortise/core/state";

export type Naming = "camel" | "keep";

/** How a model says a column. */
export interface SaidColumn {
  readonly said: SaidType;
  /** The default as a model says it. */
  readonly default: SaidDefault | undefined;
}

export type SaidDefault =
  | { readonly kind: "now" }
  | { readonly kind: "literal"; readonly value: string | number | boolean }
  | { readonly kind: "sql"; readonly expression: string };

/** A table in the words of models: types and defaults settled, and what the types imply left out. */
export interface SaidTable {
  readonly table: TableState;
  /** One for each column, in order. */
  readonly columns: readonly SaidColumn[];
  /** Checks that no type implies. */
  readonly checks: TableState["checks"];
}

export interface PulledColumn extends SaidColumn {
  readonly property: string;
  /** Set where the convention does not give the name in the database. */
  readonly databaseName: string | undefined;
  readonly state: ColumnState;
}

/** A model as it will be written. */
export interface PulledModel {
  /** The name of its constant, `User`. */
  readonly name: string;
  /** Its key in the schema, `users`. */
  readonly key: string;
  /** Without ending. */
  readonly file: string;
  readonly table: TableState;
  readonly columns: readonly PulledColumn[];
  readonly convention: "snake" | "camel" | "pascal" | "preserve";
  readonly checks: TableState["checks"];
  /** Foreign keys that no relation makes, since their table is not among the models. */
  readonly foreignKeys: readonly ForeignKeyState[];
}

/** A relation as it will be written. */
export interface PulledRelation {
  readonly name: string;
  readonly kind: "belongsTo" | "hasOne" | "hasMany" | "manyToMany";
  readonly target: PulledModel;
  /** Properties by option: `foreignKey`, `ownerKey`, `leftForeignKey` and the like. */
  readonly keys: Readonly<Record<string, readonly string[]>>;
  readonly through: PulledModel | undefined;
  /** Of a `belongsTo`: the key that it makes. */
  readonly foreignKey: ForeignKeyState | undefined;
  /** Whether there may be no target. */
  readonly optional: boolean;
}
