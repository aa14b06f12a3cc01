import { col, createSchema, defineModel } from "@mortise/core";
import type { Fixture } from "../suite.ts";

export interface Meta {
  readonly title?: string;
  readonly pages?: number;
  readonly draft?: boolean;
  readonly note?: string | null;
  readonly author?: { readonly name: string; readonly born?: number };
  readonly "a.b"?: string;
  readonly 'quo"te'?: string;
}

const DocumentTable = defineModel("documents", {
  columns: {
    id: col.primary<number>({ type: "integer" }),
    meta: col.json<Meta>(),
    list: col.json<unknown[]>(),
    words: col.array(col.string()),
    day: col.date(),
    at: col.datetime(),
    clock: col.time({ as: "string" }),
  },
});

export const archiveSchema = createSchema({ documents: DocumentTable });
export const { documents: Document } = archiveSchema;

/** Three documents around the turn of the year 2024, and an empty one. */
export const archive: Fixture<typeof archiveSchema> = {
  schema: archiveSchema,
  async seed(db) {
    await db.from(Document).insertMany([
      {
        id: 1,
        meta: {
          title: "One",
          pages: 10,
          draft: true,
          note: null,
          author: { name: "Ann", born: 1990 },
          "a.b": "dotted",
        },
        list: ["a", "b", 3],
        words: ["red", "blue"],
        day: new Date("2023-12-31T00:00:00Z"),
        at: new Date("2023-12-31T23:59:59.999Z"),
        clock: "08:15:00",
      },
      {
        id: 2,
        meta: { title: "two", pages: 200, draft: false, author: { name: "Bob" }, 'quo"te': "quoted" },
        list: [],
        words: ["red"],
        day: new Date("2024-01-01T00:00:00Z"),
        at: new Date("2024-01-01T00:00:00.000Z"),
        clock: "12:00:00",
      },
      {
        id: 3,
        meta: { title: "10", pages: 9 },
        list: [{ k: 1, l: 2 }, ["x"]],
        words: [],
        day: new Date("2024-02-29T00:00:00Z"),
        at: new Date("2024-02-29T12:30:15.500Z"),
        clock: "23:59:59",
      },
      { id: 4 },
    ]);
  },
};
