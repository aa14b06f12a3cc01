import type { ChangeOf, EnumState } from "@mortise/core/state";
import { quoteName, quoteText } from "./spelling.ts";
import { createEnum, tableName } from "./table-ddl.ts";

/**
 * Labels are renamed and added where they stand. A type that loses a label, or has them in another order, is made anew, and its columns
 * go over to it by the text of their labels.
 */
export function alterEnum(change: ChangeOf<"alterEnum">): readonly string[] {
  const { from, to, renames } = change;
  const type = tableName(to.name, to.namespace);
  const kept = from.values.map((label) => renames.find((rename) => rename.from === label)?.to ?? label);
  const renamed = renames.map(
    (label) => `alter type ${type} rename value ${quoteText(label.from)} to ${quoteText(label.to)}`,
  );
  if (isExtended(kept, to)) return [...renamed, ...added(type, kept, to)];
  return [...renamed, ...remade(change, type)];
}

/** True when the labels that are there stay, in their order. */
function isExtended(kept: readonly string[], { values }: EnumState): boolean {
  return JSON.stringify(values.filter((label) => kept.includes(label))) === JSON.stringify(kept);
}

function added(type: string, kept: readonly string[], { values }: EnumState): readonly string[] {
  return values.flatMap((label, at) => {
    if (kept.includes(label)) return [];
    const before = values[at - 1];
    const next = kept[0];
    const place =
      before !== undefined ? `after ${quoteText(before)}` : next === undefined ? "" : `before ${quoteText(next)}`;
    return [`alter type ${type} add value ${quoteText(label)} ${place}`.trimEnd()];
  });
}

/** A default that is a label goes on under the label's new name. */
function renamedLabel(expression: string, renames: ChangeOf<"alterEnum">["renames"]): string {
  const label = renames.find(({ from }) => expression.startsWith(`${quoteText(from)}::`));
  return label === undefined ? expression : `${quoteText(label.to)}${expression.slice(quoteText(label.from).length)}`;
}

function remade({ to, uses, renames }: ChangeOf<"alterEnum">, type: string): readonly string[] {
  const old = `mortise_old_${to.name}`;
  return [
    `alter type ${type} rename to ${quoteName(old)}`,
    createEnum(to),
    ...uses.flatMap(({ table, namespace, column }) => {
      const on = tableName(table, namespace);
      const alter = `alter table ${on} alter column ${quoteName(column.name)}`;
      const declared = column.databaseType?.endsWith("[]") === true ? `${type}[]` : type;
      const text = declared.endsWith("[]") ? "text[]" : "text";
      const given =
        column.default?.kind === "expression" ? renamedLabel(column.default.expression, renames) : undefined;
      return [
        ...(given === undefined ? [] : [`${alter} drop default`]),
        `${alter} type ${declared} using ${quoteName(column.name)}::${text}::${declared}`,
        ...(given === undefined ? [] : [`${alter} set default ${given}`]),
      ];
    }),
    `drop type ${tableName(old, to.namespace)}`,
  ];
}
