import { toolsOf, type DatabaseTools } from "@mortise/core/adapter";
import { stateFromSchema, type SchemaAdapter, type SchemaState } from "@mortise/core/state";

/** Runs a body with the migration side of a database handle and the state that its schema asks for. */
export async function withTools<T>(
  db: object,
  body: (schema: SchemaAdapter, desired: SchemaState, tools: DatabaseTools) => Promise<T>,
): Promise<T> {
  const tools = toolsOf(db);
  const desired = stateFromSchema(tools.registry, tools.capabilities);
  const schema = await tools.openSchema();
  try {
    return await body(schema, desired, tools);
  } finally {
    await schema.close();
  }
}
