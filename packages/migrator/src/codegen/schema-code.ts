import { call, entry, list, literal, print, propertyKey, record, type Code } from "./code.ts";
import { constraintOptions } from "./model-code.ts";
import type { PulledModel, PulledRelation } from "./pulled.ts";
import type { RelatedModels } from "./relate-models.ts";

/** The text of `schema.ts`: every model, the relations between them, and the schema of both. */
export function schemaSource({ models, relations }: RelatedModels): string {
  const related = models.filter((model) => (relations.get(model) ?? []).length > 0);
  const imports = [
    `import { createSchema${related.length > 0 ? ", defineRelations" : ""} } from "@mortise/core";`,
    ...models.map(({ name, file }) => `import { ${name} } from ${literal(`./${file}.ts`)};`),
  ];
  const all: Code = { head: "", open: "{", items: models.map(({ key, name }) => `${propertyKey(key)}: ${name}`) };
  const sets: Code = {
    head: "",
    open: "{",
    items: related.map((model) => entry(propertyKey(model.key), relationsCode(model, relations.get(model) ?? []))),
    tall: true,
  };
  const made = call("export const schema = createSchema", all, ...(related.length > 0 ? [sets] : []));
  return `${imports.join("\n")}\n\n${print(made)};\n`;
}

function relationsCode(model: PulledModel, relations: readonly PulledRelation[]): Code {
  const helpers = [...new Set(relations.map(({ kind }) => kind))].toSorted();
  const items = relations.map((relation) => entry(propertyKey(relation.name), relationCode(model, relation)));
  const body: Code = { head: "", open: "{", items, tall: true };
  return {
    head: "defineRelations",
    open: "(",
    items: [model.name, { head: `({ ${helpers.join(", ")} }) => `, open: "(", items: [body] }],
  };
}

function relationCode(model: PulledModel, { kind, target, keys, through, foreignKey, optional }: PulledRelation): Code {
  const columns = Object.fromEntries(Object.entries(keys).map(([option, names]) => [option, namesCode(names)]));
  const options = record({
    through: through?.name,
    ...columns,
    nullable: kind === "belongsTo" && !optional ? "false" : undefined,
    constraint: foreignKey && constraintCode(model, foreignKey),
  });
  return call(kind, target.name, options);
}

function namesCode(names: readonly string[]): Code {
  const [only, another] = names;
  return only !== undefined && another === undefined ? literal(only) : list(names.map(literal));
}

function constraintCode(model: PulledModel, key: NonNullable<PulledRelation["foreignKey"]>): Code {
  const options = constraintOptions(model, key);
  return Object.values(options).every((option) => option === undefined) ? "true" : record(options);
}
