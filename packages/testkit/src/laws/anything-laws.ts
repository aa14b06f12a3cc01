import { MortiseError } from "@mortise/core";
import fc, { type Arbitrary } from "fast-check";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { exactText } from "../values/exact-text.ts";
import type { Target } from "../values/target.ts";
import { check, lawTimeout } from "./check.ts";
import { lawColumns, openLaws, refill, type LawDatabase } from "./law-database.ts";

/** Every method of a query, whatever it is called with, works or throws an error of ours; the methods are found, not listed. */
export function anythingLaws(target: Target): void {
  describe("any arguments", () => {
    let laws: LawDatabase;
    beforeAll(async () => {
      laws = await openLaws(target.open);
      await refill(laws, [row]);
    });
    afterAll(() => laws.db.close());
    it(
      "are taken or refused by an error of ours, by every method",
      async () => {
        const methods = methodsOf(laws.query);
        expect(methods).toEqual(
          expect.arrayContaining(["where", "orWhereJson", "insertMany", "stream", "withMax", "firstOrNew"]),
        );
        const calls = fc.array(fc.tuple(fc.constantFrom(...methods), fc.array(argument, { maxLength: 4 })), {
          minLength: 1,
          maxLength: 3,
        });
        await check(
          fc.asyncProperty(calls, (list) => onlyOurErrors(laws, list)),
          1500,
        );
      },
      lawTimeout,
    );
    it(
      "are taken or refused by an error of ours, by a handle",
      async () => {
        const args = fc.array(argument, { maxLength: 3 });
        await check(
          fc.asyncProperty(fc.constantFrom("from", "raw", "transaction", "begin"), args, (name, given) =>
            onHandle(laws, name, given),
          ),
          300,
        );
      },
      lawTimeout,
    );
    it("change nothing of the objects they are", async () => {
      const given = Object.freeze({ int: 1, text: "t" });
      const list = Object.freeze([1, 2]);
      await laws.query.firstOrNew(given, given);
      await laws.query.where(given).whereIn("int", list).many();
      const growing = [1];
      const query = laws.query.whereIn("int", growing);
      growing.push(7);
      expect(query.toSQL().parameters).toEqual(laws.query.whereIn("int", [1]).toSQL().parameters);
      expect(exactText([given, list])).toBe('[{"int": 1, "text": "t"}, [1, 2]]');
    });
  });
}

const row = Object.fromEntries(Object.entries(lawColumns).map(([name, { pool }]) => [name, pool[0]]));
type Call = readonly [string, readonly unknown[]];

/** Our own helpers stand on the prototypes too; what begins with `add` grows a condition. */
const internal = /^(constructor|derive|build|draft|next|finish|state|isDraft|condition|group|apply|add([A-Z].*)?)$/;

function methodsOf(query: object): string[] {
  const names = new Set<string>();
  for (
    let at: unknown = Object.getPrototypeOf(query);
    at !== Object.prototype && at !== null;
    at = Object.getPrototypeOf(at)
  ) {
    for (const [name, { value }] of Object.entries(Object.getOwnPropertyDescriptors(Object(at)))) {
      if (typeof value === "function" && !internal.test(name)) names.add(name);
    }
  }
  return [...names];
}

const circular: { self?: unknown } = {};
circular.self = circular;

const argument: Arbitrary<unknown> = fc.oneof(
  {
    weight: 3,
    arbitrary: fc.constantFrom(
      "id",
      "int",
      "text",
      "at",
      "amount",
      "=",
      "in",
      "between",
      "asc",
      "desc",
      "like",
      "regexp",
      "rows",
      "?",
    ),
  },
  {
    weight: 2,
    arbitrary: fc.constantFrom(
      0,
      1,
      2,
      -1,
      1.5,
      2 ** 60,
      5n,
      null,
      undefined,
      true,
      "",
      "1",
      new Date(0),
      Symbol("s"),
      circular,
    ),
  },
  {
    weight: 1,
    arbitrary: fc.constantFrom(
      (q: unknown) => q,
      () => undefined,
      () => null,
      [1, 2],
      [],
      {},
      ["int"],
      { as: "x" },
      { int: 1 },
      { conflict: ["id"] },
      [[1]],
      [{ n: 1 }],
    ),
  },
  {
    weight: 3,
    arbitrary: fc.anything({
      withBigInt: true,
      withDate: true,
      withMap: true,
      withSet: true,
      withNullPrototype: true,
      withSparseArray: true,
      withTypedArray: true,
      withObjectString: true,
      withBoxedValues: true,
      maxDepth: 2,
    }),
  },
);

async function call(at: unknown, name: string, given: readonly unknown[]): Promise<unknown> {
  const method: unknown = Reflect.get(Object(at), name);
  if (typeof method !== "function") return at;
  const result: unknown = Reflect.apply(method, at, given);
  if (typeof result !== "object" || result === null || !(Symbol.asyncIterator in result)) return result;
  const seen: unknown[] = [];
  for await (const one of result as AsyncIterable<unknown>) seen.push(one);
  return seen;
}

/** A builder is followed to its statement; anything else that comes back ends the chain. */
async function onlyOurErrors({ query }: LawDatabase, calls: readonly Call[]): Promise<void> {
  let at: unknown = query;
  try {
    for (const [name, given] of calls) {
      const result = call(at, name, given);
      at = await result;
      if (!isBuilder(at)) return;
    }
    await call(at, "toSQL", []);
    await call(at, "many", []);
  } catch (error) {
    if (!(error instanceof MortiseError)) throw error;
    expect(error.message).toMatch(/[.!?]$|The statement was: /);
  }
}

function isBuilder(value: unknown): boolean {
  return typeof value === "object" && value !== null && "toSQL" in value;
}

async function onHandle({ db }: LawDatabase, name: string, given: readonly unknown[]): Promise<void> {
  try {
    const result = await call(db, name, given);
    if (name === "begin") await call(result, "rollback", []);
  } catch (error) {
    if (!(error instanceof MortiseError)) throw error;
  }
}
