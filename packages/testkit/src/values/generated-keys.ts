import { col, createDatabase, createSchema, defineModel, defineRelations } from "@mortise/core";
import { push } from "@mortise/migrator";
import { afterAll, beforeAll, describe, expect, it, vi } from "vitest";
import { untrusted } from "../untrusted.ts";
import type { Target } from "./target.ts";

/** Identifiers are made where none was given, from cryptographic random numbers, and nowhere else. */
export function generatedKeys(target: Target): void {
  let opened: Opened;
  describe("identifiers", () => {
    beforeAll(async () => void (opened = await open(target)));
    afterAll(() => opened.db.close());
    it("are made for uuid, ulid and objectId keys that were not given", async () => {
      const { db, schema } = opened;
      const thing = await db.from(schema.things).insert({});
      expect(thing.id).toMatch(/^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/);
      expect(thing.code).toMatch(/^[0-7][0-9A-HJKMNP-TV-Z]{25}$/);
      expect((await db.from(schema.documents).insert({ title: "t" })).id).toMatch(/^[0-9a-f]{24}$/);
    });
    it("are made for an undefined value, never for null", async () => {
      const { db, schema } = opened;
      const rows = await db.from(schema.things).insertMany([{ code: null }, untrusted({ code: undefined })]);
      expect(rows[0]?.code).toBeNull();
      expect(rows[1]?.code).toMatch(/^[0-7]/);
    });
    it("are never made for columns that point at other rows", async () => {
      const { db, schema } = opened;
      const part = await db.from(schema.parts).insert({ label: "p" });
      expect(part).toMatchObject({ thingId: null, documentId: null });
      expect(part.id).toMatch(/-/);
    });
    it("are never made for other objectId columns", async () => {
      const { db, schema } = opened;
      expect((await db.from(schema.documents).insert({ title: "t" })).link).toBeNull();
    });
    it("come from crypto, and differ", async () => {
      const { db, schema } = opened;
      const random = vi.spyOn(Math, "random").mockReturnValue(0.5);
      const rows = await db.from(schema.things).insertMany(Array.from({ length: 500 }, () => ({})));
      expect(random).not.toHaveBeenCalled();
      random.mockRestore();
      expect(new Set(rows.map((row) => row.id)).size).toBe(500);
      expect(new Set(rows.map((row) => row.code)).size).toBe(500);
    });
    it("that were given are kept", async () => {
      const { db, schema } = opened;
      const id = "00000000-0000-4000-8000-000000000001";
      expect(await db.from(schema.things).insert({ id })).toMatchObject({ id });
      expect(await db.from(schema.things).find(id.toUpperCase())).toMatchObject({ id });
    });
  });
}

type Opened = Awaited<ReturnType<typeof open>>;

async function open(target: Target) {
  const Thing = defineModel("things", { columns: { id: col.uuid({ primaryKey: true }), code: col.ulid() } });
  const Document = defineModel("documents", {
    columns: { id: col.objectId({ primaryKey: true }), link: col.objectId(), title: col.text() },
  });
  const Part = defineModel("parts", {
    columns: { id: col.uuid({ primaryKey: true }), label: col.text(), thingId: col.uuid(), documentId: col.objectId() },
    foreignKeys: [{ columns: ["documentId"], references: { table: "documents", columns: ["id"] } }],
  });
  const schema = createSchema(
    { things: Thing, documents: Document, parts: Part },
    { parts: defineRelations(Part, ({ belongsTo }) => ({ thing: belongsTo(Thing, { foreignKey: "thingId" }) })) },
  );
  const db = createDatabase(schema, await target.open());
  await push(db);
  return { db, schema };
}
