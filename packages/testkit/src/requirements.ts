import type { Capabilities } from "@mortise/core/adapter";

/** What an adapter is known to offer. */
export interface Offer {
  readonly capabilities: Capabilities;
  /** Whether handles have `db.kysely`. */
  readonly kysely?: boolean;
}

/** What a case may ask of an adapter, and how its capabilities answer. A case about a refusal asks for the lack. */
const answers = {
  returning: ({ returning }) => returning !== "none",
  raw: ({ raw }) => raw,
  transactions: ({ transactions }) => transactions,
  savepoints: ({ savepoints }) => savepoints,
  "common tables": ({ commonTables }) => commonTables,
  "set operations": ({ setOperations }) => setOperations.length === 4,
  joins: ({ joins }) => joins.includes("inner") && joins.includes("left") && joins.includes("cross"),
  "joins by name": ({ joinsByName }) => joinsByName,
  "no joins by name": ({ joinsByName }) => !joinsByName,
  "list entries": ({ listEntries }) => listEntries,
  "no list entries": ({ listEntries }) => !listEntries,
  "outer joins": ({ joins }) => joins.includes("right") && joins.includes("full"),
  "row locks": ({ rowLocks }) => rowLocks,
  "no row locks": ({ rowLocks }) => !rowLocks,
  "distinct on": ({ distinctOn }) => distinctOn,
  "no distinct on": ({ distinctOn }) => !distinctOn,
  "full text": ({ fullText }) => fullText,
  "no full text": ({ fullText }) => !fullText,
  regexp: ({ regexp }) => regexp,
  "json relations": ({ relations }) => relations.includes("json"),
  "relations inside rows": ({ relations }) => relations.some((one) => one !== "separate"),
  explain: ({ explain }) => explain,
  kysely: (_, { kysely }) => kysely === true,
} as const satisfies Readonly<Record<string, (capabilities: Capabilities, under: Offer) => boolean>>;

export type Requirement = keyof typeof answers;

/** The first requirement that an adapter does not meet. */
export function unmet(needs: readonly Requirement[], under: Offer): Requirement | undefined {
  return needs.find((need) => !answers[need](under.capabilities, under));
}
