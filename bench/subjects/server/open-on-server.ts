import type { Crew, Subject } from "../subject.ts";

/** A library with so many connections to a database; `exec` runs a statement as it is. */
export type Connect = (address: string, connections: number) => Connected | Promise<Connected>;

export interface Connected extends Crew {
  readonly exec: (sql: string) => unknown;
}

/** A subject on a server: one connection for itself, and a pool of its own for each turn of many callers. */
export async function openOnServer(address: string, connect: Connect): Promise<Subject> {
  const alone = await connect(address, 1);
  return { ...alone, crew: (connections) => connect(address, connections) };
}
