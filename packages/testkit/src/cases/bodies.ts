import { InvalidValueError, MortiseError, type RegistryIn } from "@mortise/core";
import { expect } from "vitest";
import { closedMethods, entryPoints, innerMethods } from "../entry-points.ts";
import { intake, Part, type intakeSchema } from "../models/intake.ts";
import { suite, type Context } from "../suite.ts";
import { untrusted } from "../untrusted.ts";

/** Request bodies that mean an operator, an expression or a query somewhere; here they are values of the wrong kind. */
const bodies: readonly unknown[] = [
  '{"$ne":null}',
  '{"$gt":""}',
  '{"$where":"1"}',
  '{"not":""}',
  '{"!=":0}',
  '{"in":[1,2]}',
  '{"increment":1}',
  '{"text":"1 = 1","bindings":[]}',
  '{"kind":"literal","value":true}',
  '{"sql":"1 = 1","parameters":[],"toSQL":"select 1"}',
  '{"_bsontype":"ObjectID","id":"1"}',
  '{"__raw":"1 = 1"}',
  '{"length":1,"0":1}',
  '{"__proto__":{"a":1}}',
  '{"constructor":{"name":"RawExpression"}}',
  "[[1]]",
  '[{"$ne":null}]',
  '[["id","=",1]]',
].map((text) => JSON.parse(text));

/** Calls a method and runs what it gives, so that nothing stays unasked. */
async function runMethod(query: object, method: string, given: readonly unknown[]): Promise<unknown> {
  const result: unknown = await Reflect.apply(Reflect.get(query, method), query, given);
  if (typeof result !== "object" || result === null) return result;
  for (const terminal of ["many", "next", "update"]) {
    const run: unknown = Reflect.get(result, terminal);
    if (typeof run === "function") return Reflect.apply(run, result, terminal === "update" ? [{ size: 0 }] : []);
  }
  return result;
}

export const requestBodies = suite("request bodies", intake, {
  "every method of a query is in the list of entry points": async ({ db }) => {
    const methods = new Set<string>();
    const query: object = db.from(Part);
    for (let at = Object.getPrototypeOf(query); at !== Object.prototype; at = Object.getPrototypeOf(at)) {
      for (const name of Object.getOwnPropertyNames(at)) methods.add(name);
    }
    const listed = [...Object.keys(entryPoints), ...closedMethods, ...innerMethods];
    expect([...methods].filter((method) => !listed.includes(method))).toEqual([]);
    expect(listed.filter((method) => !methods.has(method))).toEqual([]);
    expect(listed.length).toBe(new Set(listed).size);
  },
  ...Object.fromEntries(
    Object.entries(entryPoints).map(([method, places]) => [
      `${method} takes no object or list for an operator`,
      async ({ db, refused }: Context<RegistryIn<typeof intakeSchema>>) => {
        const before = await db.from(Part).withTrashed().orderBy("id").many();
        for (const body of bodies) {
          for (const given of places(body)) {
            await refused(MortiseError, () => runMethod(db.from(Part), method, given));
          }
        }
        expect(await db.from(Part).withTrashed().orderBy("id").many()).toEqual(before);
      },
    ]),
  ),
  "what looks like a value is a value": async ({ db }) => {
    for (const text of [
      "' or 1=1 --",
      '"; drop table parts; --',
      "$1",
      "?",
      ":title",
      "%",
      "\\",
      "__proto__",
      "1) or (1=1",
      "a\u2028b",
    ]) {
      expect(await db.from(Part).where("title", text).many()).toEqual([]);
      await db.from(Part).where("id", 1).update({ title: text });
      expect(await db.from(Part).where("title", text).pluck("title")).toEqual([text]);
    }
    expect(await db.from(Part).count()).toBe(2);
  },
  "documents are data in a column of documents alone": async ({ db, refused }) => {
    for (const [at, body] of bodies.entries()) {
      await db.from(Part).insert({ id: at + 10, title: `t${at}`, meta: body });
      expect(
        await db
          .from(Part)
          .where("id", at + 10)
          .value("meta"),
      ).toEqual(body);
      await refused(InvalidValueError, () => db.from(Part).where("title", untrusted(body)).many());
    }
    expect(Object.keys(Object.prototype)).toEqual([]);
  },
});
