import type { Change, ChangeOf, RowProbe, SchemaAdapter } from "@mortise/core/state";
import { partsOf, placeOfChange } from "./change-place.ts";

/** What a change may do to the rows, and how many of them are concerned. */
export interface Hazard {
  /** Stable, for acknowledgements and tools: `drop-column`. */
  readonly code: string;
  /** `destructive`: values are lost or changed, so that it needs an acknowledgement. `dataDependent`: the rows may forbid it. */
  readonly level: "destructive" | "dataDependent";
  /** `users.name` */
  readonly target: string;
  readonly message: string;
  /** Where the rows concerned are counted; `undefined` when that cannot be told beforehand. */
  readonly probe: RowProbe | undefined;
  /** Counted when the plan was made. */
  readonly rows: number | undefined;
}

/** What of an engine decides about hazards. */
type HazardRules = Pick<SchemaAdapter, "typeChange" | "openColumns">;

/** The hazards of a change, not yet counted. Pure. */
export function hazardsOf(change: Change, schema: HazardRules): readonly Hazard[] {
  return partsOf(change).flatMap((part) => hazardsOfPart(part, schema));
}

function hazardsOfPart(change: Change, schema: HazardRules): readonly Hazard[] {
  const place = placeOfChange(change);
  switch (change.kind) {
    case "dropTable": {
      const { name, namespace } = change.table;
      const probe: RowProbe = { table: name, namespace, rows: { of: "all" } };
      return [hazard("drop-table", "destructive", place, `All rows of the table "${place}" are lost.`, probe)];
    }
    case "dropColumn": {
      if (change.column.generated !== undefined) return [];
      const target = `${place}.${change.column.name}`;
      const probe = probeOf(change, { of: "notNull", column: change.column.name });
      return [hazard("drop-column", "destructive", target, `The values of the column "${target}" are lost.`, probe)];
    }
    case "alterEnum":
      return labelHazards(change, place);
    case "alterColumn":
      return columnHazards(change, `${place}.${change.to.name}`, schema);
    case "addColumn":
      return schema.openColumns === true ? [] : addColumnHazards(change, `${place}.${change.column.name}`);
    case "addUnique":
    case "replaceUnique": {
      const { columns } = change.kind === "addUnique" ? change.unique : change.to;
      const message = `Rows that are equal in ${columns.join(", ")} forbid the unique key.`;
      return [hazard("add-unique", "dataDependent", place, message, probeOf(change, { of: "duplicates", columns }))];
    }
    case "setPrimaryKey":
      return change.to === undefined
        ? []
        : [
            hazard(
              "set-primary-key",
              "dataDependent",
              place,
              "Rows that are equal in the key, or null there, forbid it.",
            ),
          ];
    case "addCheck":
    case "replaceCheck":
      return [hazard("add-check", "dataDependent", place, "Rows that break the check forbid it.")];
    case "addForeignKey":
    case "replaceForeignKey":
      return [hazard("add-foreign-key", "dataDependent", place, "Rows that point at no row forbid the foreign key.")];
    default:
      return [];
  }
}

function hazard(code: string, level: Hazard["level"], target: string, message: string, probe?: RowProbe): Hazard {
  return { code, level, target, message, probe, rows: undefined };
}

function probeOf(
  change: { readonly table: string; readonly namespace: string | undefined },
  rows: RowProbe["rows"],
): RowProbe {
  return { table: change.table, namespace: change.namespace, rows };
}

function removedLabels({ from, to, renames }: ChangeOf<"alterEnum">): readonly string[] {
  return from.values.filter((label) => !to.values.includes(label) && !renames.some((rename) => rename.from === label));
}

/** For each column of the type; those that hold lists of labels are not counted. */
function labelHazards(change: ChangeOf<"alterEnum">, place: string): readonly Hazard[] {
  return removedLabels(change).flatMap((label) =>
    change.uses.map((use) => {
      const { name, databaseType } = use.column;
      const message = `Rows of "${use.table}" that hold "${label}" in "${name}" have no value in the new type.`;
      const probe = probeOf(use, { of: "value", column: name, value: label });
      const counted = databaseType?.endsWith("[]") === true ? undefined : probe;
      return hazard("remove-enum-value", "destructive", place, message, counted);
    }),
  );
}

function columnHazards(change: ChangeOf<"alterColumn">, target: string, schema: HazardRules): readonly Hazard[] {
  const { from, to } = change;
  const notNull = probeOf(change, { of: "notNull", column: from.name });
  const found: Hazard[] = [];
  if (from.databaseType !== to.databaseType && schema.typeChange(from, to) === "lossy") {
    const message = `The column "${target}" goes from ${from.databaseType ?? "no type"} to ${to.databaseType ?? "no type"}, which does not hold every value.`;
    found.push(hazard("narrow-type", "destructive", target, message, notNull));
  }
  if (from.generated === undefined && to.generated !== undefined) {
    const message = `The values of the column "${target}" are replaced by computed ones.`;
    found.push(hazard("compute-column", "destructive", target, message, notNull));
  }
  if (from.nullable && !to.nullable) {
    const nulls = probeOf(change, { of: "null", column: from.name });
    found.push(
      to.default === undefined
        ? hazard("set-not-null", "dataDependent", target, `Rows without a value in "${target}" forbid it.`, nulls)
        : hazard("set-not-null", "destructive", target, `Rows without a value in "${target}" get its default.`, nulls),
    );
  }
  return found;
}

function addColumnHazards(change: ChangeOf<"addColumn">, target: string): readonly Hazard[] {
  const { column } = change;
  const isFilled =
    column.nullable || column.default !== undefined || column.generated !== undefined || column.autoIncrement;
  if (isFilled) return [];
  const message = `The column "${target}" is never null and has no default, so that no row may be there.`;
  return [hazard("add-not-null-column", "dataDependent", target, message, probeOf(change, { of: "all" }))];
}
