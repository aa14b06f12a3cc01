import { SchemaError } from "../errors/errors.ts";
import type { ModelInfo } from "./model-info.ts";
import { isReferenceAction, referenceActions } from "./reference-action.ts";
import type { ConstraintOptions } from "./relation.ts";

/** The foreign key that a relation asks for, if it asks. */
export function relationConstraint(name: string, source: ModelInfo, value: unknown): ConstraintOptions | undefined {
  if (value === undefined || value === false) return undefined;
  if (value === true) return {};
  if (isConstraint(value)) return value;
  throw new SchemaError(
    `"constraint" of the relation "${name}" of model "${source.table}" is true, or has onDelete and onUpdate ` +
      `(${referenceActions.join(", ")}), name and deferrable.`,
    { model: source.table },
  );
}

const constraintOptions: Readonly<Record<string, (value: unknown) => boolean>> = {
  onDelete: isReferenceAction,
  onUpdate: isReferenceAction,
  name: (value) => typeof value === "string",
  deferrable: (value) => typeof value === "boolean",
};

function isConstraint(value: unknown): value is ConstraintOptions {
  if (typeof value !== "object" || value === null) return false;
  return Object.entries(value).every(([name, one]) => {
    const fits = Object.hasOwn(constraintOptions, name) ? constraintOptions[name] : undefined;
    return fits !== undefined && (one === undefined || fits(one));
  });
}
