import type { ColumnState } from "@mortise/core/state";

/** What a validator has no keyword for stands in the description of a field. */
export type FieldNote = Pick<ColumnState, "comment" | "default" | "autoIncrement">;

const noted = /^(?:([\s\S]*)\n)?\((counted|no default|default [^\n]+)\)$/;

/** The comment of a column, and under it how a new document gets its value: `(counted)`, `(default "x")`. */
export function descriptionOf({ comment, default: value, autoIncrement }: FieldNote): string | undefined {
  const given = value?.kind === "expression" ? `(default ${value.expression})` : undefined;
  // A comment that could be read as a note gets one behind it.
  const none = comment !== undefined && noted.test(comment) ? "(no default)" : undefined;
  const lines = [comment, autoIncrement ? "(counted)" : (given ?? none)].filter((line) => line !== undefined);
  return lines.length === 0 ? undefined : lines.join("\n");
}

/** The way back. A description that somebody else wrote is a comment. */
export function noteOf(description: unknown): FieldNote {
  const none = { comment: undefined, default: undefined, autoIncrement: false };
  if (typeof description !== "string") return none;
  const found = noted.exec(description);
  if (found === null) return { ...none, comment: description };
  const [, comment, note = ""] = found;
  const expression = note.startsWith("default ") ? note.slice("default ".length) : undefined;
  return {
    comment,
    default: expression === undefined ? undefined : { kind: "expression", expression },
    autoIncrement: note === "counted",
  };
}
