import { MigrationError } from "@mortise/core/adapter";

/** A table: `"users"`, `"auth.users"` with its namespace, or `{ name: "odd.name", schema: "auth" }` where a dot belongs to a name. */
export type TableName = string | { readonly name: string; readonly schema?: string };

export interface TablePlace {
  readonly name: string;
  readonly namespace: string | undefined;
}

export function placeOf(given: TableName): TablePlace {
  if (typeof given !== "string") return { name: required(given.name), namespace: given.schema };
  const dot = given.indexOf(".");
  if (dot <= 0) return { name: required(given), namespace: undefined };
  return { name: required(given.slice(dot + 1)), namespace: given.slice(0, dot) };
}

function required(name: string): string {
  if (typeof name === "string" && name !== "") return name;
  throw new MigrationError("A table needs a name.");
}
