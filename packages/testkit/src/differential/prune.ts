import type { ColumnSpec, Command, ModelSpec, Program } from "./program.ts";

/** Whether a program still shows what is sought. */
type Fails = (program: Program) => Promise<boolean>;

/**
 * Takes away whatever a failing program does not need: commands, models, relations, columns, rows. Values are drawn for a schema, so
 * that shrinking alone cannot make the schema smaller and keep them.
 */
export async function prune(program: Program, fails: Fails): Promise<Program> {
  let smallest = program;
  let again = true;
  while (again) {
    again = false;
    for (const smaller of smallerPrograms(smallest)) {
      if (!(await fails(smaller))) continue;
      smallest = smaller;
      again = true;
      break;
    }
  }
  return smallest;
}

function* smallerPrograms(program: Program): Generator<Program> {
  const { models, rows, commands } = program;
  for (const at of commands.keys()) yield { ...program, commands: without(commands, at) };
  for (const [at, command] of commands.entries()) {
    for (const smaller of smallerCommands(command)) yield { ...program, commands: commands.with(at, smaller) };
  }
  for (const at of models.keys()) yield { ...program, models: without(models, at) };
  for (const [at, model] of models.entries()) {
    for (const smaller of smallerModels(model)) {
      const lean = { ...program, models: models.with(at, smaller) };
      yield {
        ...lean,
        rows: { ...rows, [model.name]: (rows[model.name] ?? []).map((row) => onlyColumns(smaller, row)) },
      };
    }
  }
  for (const [name, list] of Object.entries(rows)) {
    for (const at of list.keys()) yield { ...program, rows: { ...rows, [name]: without(list, at) } };
  }
}

function without<T>(list: readonly T[], at: number): readonly T[] {
  return list.toSpliced(at, 1);
}

function* smallerCommands(command: Command): Generator<Command> {
  if (command.do === "transaction") {
    for (const at of command.commands.keys()) yield { ...command, commands: without(command.commands, at) };
  } else if (command.do === "group") {
    const { group } = command;
    for (const at of group.where.keys()) yield { ...command, group: { ...group, where: without(group.where, at) } };
    for (const at of group.having.keys()) yield { ...command, group: { ...group, having: without(group.having, at) } };
    if (group.order.length > 0) yield { ...command, group: { ...group, order: [] } };
  } else if ("query" in command) {
    const { query } = command;
    for (const at of query.where.keys()) yield { ...command, query: { ...query, where: without(query.where, at) } };
    for (const at of query.loads.keys()) yield { ...command, query: { ...query, loads: without(query.loads, at) } };
    for (const at of query.extras.keys()) yield { ...command, query: { ...query, extras: without(query.extras, at) } };
    if (command.do !== "aggregate" && query.order.length > 0) yield { ...command, query: { ...query, order: [] } };
  }
}

function* smallerModels(model: ModelSpec): Generator<ModelSpec> {
  for (const at of model.relations.keys()) yield { ...model, relations: without(model.relations, at) };
  if (model.uniques.length > 0) yield { ...model, uniques: [] };
  for (const at of model.columns.keys()) {
    const isKey = at === 0 || model.columns[at]?.name === model.softDelete;
    if (!isKey) yield { ...model, columns: without<ColumnSpec>(model.columns, at) };
  }
}

function onlyColumns<T>(model: ModelSpec, row: Readonly<Record<string, T>>): Readonly<Record<string, T>> {
  const names = new Set(model.columns.map(({ name }) => name));
  return Object.fromEntries(Object.entries(row).filter(([name]) => names.has(name)));
}
