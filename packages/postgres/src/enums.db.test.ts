import { col, createDatabase, createSchema, defineModel } from "@mortise/core";
import { plan, push, type PushOptions } from "@mortise/migrator";
import { afterAll, beforeAll, expect, it } from "vitest";
import { onServers, openNamespace, type Namespace } from "./servers.fixture.ts";

const version = (values: readonly string[], standard: string, more: object = {}) =>
  createSchema({
    users: defineModel("users", {
      columns: { id: col.increment(), mood: col.enum(values, { native: "mood of", default: standard }), ...more },
    }),
  });

onServers((server) => {
  let namespace: Namespace;
  beforeAll(async () => void (namespace = await openNamespace(server)));
  afterAll(() => namespace.remove());

  /** Pushes a schema, and gives the lines of what it did and the labels that rows then have. */
  async function take(schema: ReturnType<typeof version>, options: PushOptions = {}) {
    await using db = createDatabase(schema, namespace.adapter());
    const { steps } = await plan(db, options);
    await push(db, options);
    expect((await push(db, options)).summary).toBe("no differences");
    await db.raw("insert into users default values");
    const rows = await db.raw("select mood from users order by id");
    return { steps, moods: rows.map((row) => Object.values(row)[0]) };
  }

  it("P41 adds, renames and removes labels, and uses a new one in the same plan", async () => {
    const made = await take(version(["glad", "sad"], "sad"));
    expect(made.moods).toEqual(["sad"]);

    const added = await take(version(["calm", "glad", "it's", "sad"], "it's"));
    expect(added.steps.map(({ alone }) => alone)).toEqual([true, false]);
    expect(added.steps[0]?.statements).toEqual([
      `alter type "mood of" add value 'calm' before 'glad'`,
      `alter type "mood of" add value 'it''s' after 'glad'`,
    ]);
    expect(added.moods).toEqual(["sad", "it's"]);

    const renamed = await take(version(["calm", "happy", "it's", "sad"], "happy"), { rename: ["mood of.glad:happy"] });
    expect(renamed.moods).toEqual(["sad", "it's", "happy"]);

    const fewest = version(["it's", "happy"], "happy");
    await using db = createDatabase(fewest, namespace.adapter());
    await expect(push(db, { acknowledge: ["drop-column"] })).rejects.toThrow(
      'Rows of "users" that hold "sad" in "mood" have no value in the new type. 1 row is concerned. ' +
        'Acknowledge it with "remove-enum-value:mood of".',
    );
    expect((await take(version(["sad", "it's", "happy"], "sad"))).moods).toEqual(["sad", "it's", "happy", "sad"]);
  });
});
