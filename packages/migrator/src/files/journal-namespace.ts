import { MigrationError } from "@mortise/core/adapter";
import type { SchemaAdapter } from "@mortise/core/state";

/** The adapter with its journal in a namespace of its own; as it is where none is named. */
export function withJournalIn(schema: SchemaAdapter, namespace: string | undefined): SchemaAdapter {
  if (namespace === undefined) return schema;
  const { within } = schema.journal;
  if (within === undefined) {
    throw new MigrationError(
      `The journal cannot stand in "${namespace}": this database has no namespaces. Leave schemaName out. Nothing was changed.`,
    );
  }
  return {
    ...schema,
    journal: within(namespace),
    atomic: (body) => schema.atomic((inside) => body(withJournalIn(inside, namespace))),
  };
}
