import type { ColumnInfo, ModelInfo, ReferenceAction } from "./model-info.ts";

export type RelationKind =
  | "hasOne"
  | "hasMany"
  | "belongsTo"
  | "manyToMany"
  | "hasOneThrough"
  | "hasManyThrough"
  | "morphOne"
  | "morphMany"
  | "morphTo"
  | "morphToMany"
  | "morphedByMany";

/** How many a relation gives: a list, one row, or one row or null. */
export type Cardinality = "many" | "one" | "maybe";

/** What a relation that holds the key asks the migrator for. */
export interface ConstraintOptions {
  readonly onDelete?: ReferenceAction;
  readonly onUpdate?: ReferenceAction;
  readonly name?: string;
  readonly deferrable?: boolean;
}

/** The model between source and target: a pivot, or one with a meaning of its own. Its `left` equals the source's key, its `right` the target's. */
export interface ThroughInfo {
  readonly model: ModelInfo;
  readonly left: readonly ColumnInfo[];
  readonly right: readonly ColumnInfo[];
  /** Columns that results show under `pivot`. */
  readonly shown: readonly ColumnInfo[];
  /** With `timestamps: true`, the columns for the instants a pivot row was made and last changed. */
  readonly stamps: { readonly created: ColumnInfo; readonly updated: ColumnInfo } | undefined;
}

/** A column that holds one text in every row of a relation: the stored type of a polymorphic one. */
export interface ConstantInfo {
  readonly at: "source" | "through" | "target";
  readonly column: ColumnInfo;
  readonly value: string;
}

/**
 * A relation to one model with every name settled, whatever its kind. `from` are columns of the source and `to` of the target,
 * pairwise equal; with a model between, `from = through.left` and `through.right = to`. `constants` hold besides.
 * Where `from` is a list of keys, each of its entries equals `to`.
 */
export interface RelationInfo {
  readonly name: string;
  readonly kind: RelationKind;
  readonly cardinality: Cardinality;
  readonly source: ModelInfo;
  readonly target: ModelInfo;
  readonly from: readonly ColumnInfo[];
  readonly to: readonly ColumnInfo[];
  /** Whether `from` is one column that holds a list of keys. */
  readonly listed: boolean;
  readonly through: ThroughInfo | undefined;
  readonly constants: readonly ConstantInfo[];
  /** The columns among them that point at a row elsewhere. */
  readonly pointers: readonly ColumnInfo[];
  readonly constraint: ConstraintOptions | undefined;
  readonly orderBy: readonly { readonly column: ColumnInfo; readonly direction: "asc" | "desc" }[];
  /** In a `morphTo`, the name of this target: what its rows show as `type`. */
  readonly branch: string | undefined;
}

/** A relation to one of several models: for each a relation of its own, of which at most one leads from a row. */
export interface MorphInfo {
  readonly name: string;
  readonly source: ModelInfo;
  readonly branches: readonly RelationInfo[];
  /** Where the type is stored; an arc has a key for each target instead. */
  readonly typeColumn: ColumnInfo | undefined;
  /** Whether the database lets a row of an arc lead nowhere. */
  readonly nullable: boolean;
}

/** A model inside a schema: its key, its class and its relations. */
export interface SchemaEntry {
  readonly key: string;
  readonly info: ModelInfo;
  /** The augmented class; rows read through this schema are instances of it, and so of the model it extends. */
  readonly model: new () => object;
  readonly relations: ReadonlyMap<string, RelationInfo>;
  /** Its relations to one of several models. */
  readonly morphs: ReadonlyMap<string, MorphInfo>;
}

/** What tools and adapters read of a schema. Made by `createSchema`, given by `schemaOf`. */
export interface SchemaRegistry {
  readonly entries: readonly SchemaEntry[];
  /** Finds the entry of a model class, plain or augmented. */
  readonly byModel: ReadonlyMap<unknown, SchemaEntry>;
  readonly byInfo: ReadonlyMap<ModelInfo, SchemaEntry>;
}
