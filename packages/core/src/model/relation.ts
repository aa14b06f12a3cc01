import type { ColumnInfo, ModelInfo, ReferenceAction } from "./model-info.ts";

export type RelationKind = "hasOne" | "hasMany" | "belongsTo" | "manyToMany";

/** How many a relation gives: a list, one row, or one row or null. */
export type Cardinality = "many" | "one" | "maybe";

/** What a `belongsTo` asks the migrator for. */
export interface ConstraintOptions {
  readonly onDelete?: ReferenceAction;
  readonly onUpdate?: ReferenceAction;
  readonly name?: string;
  readonly deferrable?: boolean;
}

/** The pivot of a many-to-many relation. `left` points at the source, `right` at the target. */
export interface PivotInfo {
  readonly model: ModelInfo;
  readonly left: readonly ColumnInfo[];
  readonly right: readonly ColumnInfo[];
  /** Columns that results show under `pivot`. */
  readonly shown: readonly ColumnInfo[];
}

/**
 * A relation with every name settled. `from` are columns of the source and `to` of the target, pairwise equal;
 * with a pivot `from = pivot.left` and `pivot.right = to`.
 */
export interface RelationInfo {
  readonly name: string;
  readonly kind: RelationKind;
  readonly cardinality: Cardinality;
  readonly source: ModelInfo;
  readonly target: ModelInfo;
  readonly from: readonly ColumnInfo[];
  readonly to: readonly ColumnInfo[];
  readonly pivot: PivotInfo | undefined;
  readonly constraint: ConstraintOptions | undefined;
  readonly orderBy: readonly { readonly column: ColumnInfo; readonly direction: "asc" | "desc" }[];
}

/** A model inside a schema: its key, its class and its relations. */
export interface SchemaEntry {
  readonly key: string;
  readonly info: ModelInfo;
  /** The augmented class; rows read through this schema are instances of it, and so of the model it extends. */
  readonly model: new () => object;
  readonly relations: ReadonlyMap<string, RelationInfo>;
}

/** What tools and adapters read of a schema. Made by `createSchema`, given by `schemaOf`. */
export interface SchemaRegistry {
  readonly entries: readonly SchemaEntry[];
  /** Finds the entry of a model class, plain or augmented. */
  readonly byModel: ReadonlyMap<unknown, SchemaEntry>;
  readonly byInfo: ReadonlyMap<ModelInfo, SchemaEntry>;
}
