import type { Cardinality, RelationKind } from "./relation.ts";

type Side = "source" | "through" | "target";

/** What the options of a relation helper mean. */
export interface KindRule {
  readonly cardinality: Cardinality;
  /** Options that name columns, and of which model. */
  readonly columns: Readonly<Record<string, Side>>;
  readonly others: readonly string[];
  readonly needs: readonly string[];
  /** The side with the columns `${name}Type` and `${name}Id`. */
  readonly morph?: Side;
}

const onTarget = { columns: { foreignKey: "target", localKey: "source" }, needs: ["foreignKey"] } as const;
const between = {
  columns: { firstKey: "through", secondKey: "target", localKey: "source", secondLocalKey: "through" },
  needs: ["firstKey", "secondKey"],
} as const;
const morphed = {
  columns: { typeColumn: "target", idColumn: "target", localKey: "source" },
  needs: [],
  morph: "target",
} as const;
const pivot = { localKey: "source", targetKey: "target", pivot: "through" } as const;
const morphPivot = { typeColumn: "through", idColumn: "through" } as const;

/** Every kind of relation. */
const kindRules: Readonly<Record<RelationKind, KindRule>> = {
  hasOne: { ...onTarget, cardinality: "maybe", others: ["orderBy"] },
  hasMany: { ...onTarget, cardinality: "many", others: [] },
  belongsTo: {
    cardinality: "maybe",
    columns: { foreignKey: "source", ownerKey: "target" },
    others: ["nullable", "constraint"],
    needs: ["foreignKey"],
  },
  manyToMany: {
    cardinality: "many",
    columns: { leftForeignKey: "through", rightForeignKey: "through", ...pivot },
    others: ["through", "timestamps"],
    needs: ["leftForeignKey", "rightForeignKey"],
  },
  hasOneThrough: { ...between, cardinality: "maybe", others: ["through", "orderBy"] },
  hasManyThrough: { ...between, cardinality: "many", others: ["through"] },
  morphOne: { ...morphed, cardinality: "maybe", others: ["name", "orderBy"] },
  morphMany: { ...morphed, cardinality: "many", others: ["name"] },
  morphTo: {
    cardinality: "maybe",
    columns: { typeColumn: "source", idColumn: "source" },
    others: ["name", "targets", "arc", "nullable", "constraint"],
    needs: [],
    morph: "source",
  },
  morphToMany: {
    cardinality: "many",
    columns: { ...morphPivot, rightForeignKey: "through", ...pivot },
    others: ["name", "through", "timestamps"],
    needs: ["rightForeignKey"],
    morph: "through",
  },
  morphedByMany: {
    cardinality: "many",
    columns: { ...morphPivot, leftForeignKey: "through", ...pivot },
    others: ["name", "through", "timestamps"],
    needs: ["leftForeignKey"],
    morph: "through",
  },
};

/** `manyToMany` without a model between: the row itself holds the keys. */
const references: KindRule = {
  cardinality: "many",
  columns: { references: "source", targetKey: "target" },
  others: [],
  needs: ["references"],
};

/** What the options of a relation mean, by its kind and by which of them are there. */
export function ruleOf(kind: RelationKind, options: Readonly<Record<string, unknown>>): KindRule {
  return kind === "manyToMany" && options["references"] !== undefined ? references : kindRules[kind];
}

/** The options that a helper takes, in the order that messages name them. */
export function optionNames({ columns, others }: KindRule): readonly string[] {
  return [...others, ...Object.keys(columns)];
}
