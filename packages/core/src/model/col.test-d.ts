import { expectTypeOf, test } from "vitest";
import type { Insert, Row, Update } from "../types/row.ts";
import { col } from "./col.ts";
import { sqlDefault, type AnyColumn, type InOf, type OutOf } from "./column.ts";
import { defineModel } from "./define-model.ts";

/** What reads give of a column. */
function read<C extends AnyColumn>(_column: C): OutOf<C> {
  throw new Error("for the compiler only");
}
/** What `InstanceType<Model>` shows of a column, and writes take. */
function written<C extends AnyColumn>(_column: C): InOf<C> {
  throw new Error("for the compiler only");
}

test("helpers with one value type", () => {
  expectTypeOf(read(col.increment())).toEqualTypeOf<number>();
  expectTypeOf(read(col.bigIncrement())).toEqualTypeOf<number>();
  expectTypeOf(read(col.bigIncrement({ mode: "bigint" }))).toEqualTypeOf<bigint>();
  expectTypeOf(read(col.tinyInteger())).toEqualTypeOf<number | null>();
  expectTypeOf(read(col.smallInteger({ nullable: false }))).toEqualTypeOf<number>();
  expectTypeOf(read(col.mediumInteger({ nullable: true }))).toEqualTypeOf<number | null>();
  expectTypeOf(read(col.integer({ unsigned: true }))).toEqualTypeOf<number | null>();
  expectTypeOf(read(col.float())).toEqualTypeOf<number | null>();
  expectTypeOf(read(col.double({ nullable: false }))).toEqualTypeOf<number>();
  expectTypeOf(read(col.real())).toEqualTypeOf<number | null>();
  expectTypeOf(read(col.string())).toEqualTypeOf<string | null>();
  expectTypeOf(read(col.char({ nullable: false, length: 2 }))).toEqualTypeOf<string>();
  expectTypeOf(read(col.text({ nullable: false }))).toEqualTypeOf<string>();
  expectTypeOf(read(col.mediumText())).toEqualTypeOf<string | null>();
  expectTypeOf(read(col.longText())).toEqualTypeOf<string | null>();
  expectTypeOf(read(col.boolean())).toEqualTypeOf<boolean | null>();
  expectTypeOf(read(col.boolean({ nullable: false, default: true }))).toEqualTypeOf<boolean>();
  expectTypeOf(read(col.uuid())).toEqualTypeOf<string | null>();
  expectTypeOf(read(col.ulid({ primaryKey: true }))).toEqualTypeOf<string>();
  expectTypeOf(read(col.objectId({ nullable: false }))).toEqualTypeOf<string>();
  expectTypeOf(read(col.softDeletes())).toEqualTypeOf<Date | null>();
});

test("numbers beyond the safe range, exact decimals", () => {
  expectTypeOf(read(col.bigInteger())).toEqualTypeOf<number | bigint | null>();
  expectTypeOf(read(col.bigInteger({ nullable: false }))).toEqualTypeOf<number | bigint>();
  expectTypeOf(read(col.bigInteger({ mode: "number" }))).toEqualTypeOf<number | null>();
  expectTypeOf(read(col.bigInteger({ nullable: false, mode: "bigint" }))).toEqualTypeOf<bigint>();
  expectTypeOf(read(col.decimal())).toEqualTypeOf<number | null>();
  expectTypeOf(read(col.decimal({ nullable: false, precision: 10, scale: 2 }))).toEqualTypeOf<number>();
  expectTypeOf(read(col.decimal({ mode: "string" }))).toEqualTypeOf<string | null>();
  expectTypeOf(written(col.decimal({ nullable: false, mode: "string" }))).toEqualTypeOf<string>();
  // @ts-expect-error -- no such mode
  col.bigInteger({ mode: "string" });
  // @ts-expect-error -- no such mode
  col.decimal({ mode: "bigint" });
  // @ts-expect-error -- the default of a bigint column is a bigint
  col.bigInteger({ nullable: false, mode: "bigint", default: 1 });
  // @ts-expect-error -- the default of an exact decimal is text
  col.decimal({ mode: "string", default: 1.5 });
});

test("dates are `Date`, text, or what the type argument says", () => {
  expectTypeOf(read(col.date())).toEqualTypeOf<Date | null>();
  expectTypeOf(read(col.date({ as: "string" }))).toEqualTypeOf<string | null>();
  expectTypeOf(read(col.datetime({ nullable: false }))).toEqualTypeOf<Date>();
  expectTypeOf(read(col.datetime({ nullable: false, as: "string", precision: 6 }))).toEqualTypeOf<string>();
  expectTypeOf(read(col.timestamp({ useTz: false }))).toEqualTypeOf<Date | null>();
  expectTypeOf(read(col.timestamp({ as: "string", nullable: false, defaultNow: true }))).toEqualTypeOf<string>();
  expectTypeOf(read(col.time({ as: "string" }))).toEqualTypeOf<string | null>();
  expectTypeOf(read(col.time())).toEqualTypeOf<Date | null>();
  const seconds = col.datetime<number>({
    nullable: false,
    serialize: (raw) => Number(raw),
    prepare: (value) => new Date(value * 1000),
  });
  expectTypeOf(read(seconds)).toEqualTypeOf<number>();
  // @ts-expect-error -- no such form
  col.date({ as: "number" });
  // @ts-expect-error -- with `as: "string"` the default is text
  col.datetime({ as: "string", default: new Date() });
  // @ts-expect-error -- a date has no zone
  col.date({ useTz: true });
  // @ts-expect-error -- softDeletes is always a `Date`
  col.softDeletes({ as: "string" });
  // @ts-expect-error -- softDeletes is always nullable
  col.softDeletes({ nullable: false });
});

test("enum, set and array carry their values", () => {
  expectTypeOf(read(col.enum(["a", "b"]))).toEqualTypeOf<"a" | "b" | null>();
  expectTypeOf(read(col.enum(["a", "b"], { nullable: false }))).toEqualTypeOf<"a" | "b">();
  expectTypeOf(read(col.enum(["a", "b"] as const, { nullable: false, default: "b" }))).toEqualTypeOf<"a" | "b">();
  expectTypeOf(read(col.set(["x", "y"]))).toEqualTypeOf<("x" | "y")[] | null>();
  expectTypeOf(read(col.set(["x", "y"], { nullable: false }))).toEqualTypeOf<("x" | "y")[]>();
  expectTypeOf(read(col.array(col.integer()))).toEqualTypeOf<number[] | null>();
  expectTypeOf(read(col.array(col.enum(["a", "b"]), { nullable: false }))).toEqualTypeOf<("a" | "b")[]>();
  // @ts-expect-error -- the default is not one of the values
  col.enum(["a", "b"], { nullable: false, default: "c" });
  // @ts-expect-error -- the default of a nullable one is not one of the values
  col.enum(["a", "b"], { default: "c" });
  // @ts-expect-error -- the values are texts
  col.enum([1, 2]);
  // @ts-expect-error -- the default of a set is a list of its values
  col.set(["x", "y"], { nullable: false, default: ["z"] });
  // @ts-expect-error -- the default of an array is a list of the inner values
  col.array(col.integer(), { default: ["one"] });
  // @ts-expect-error -- an array needs its inner column
  col.array();
});

test("JSON, binary and the engine's own types", () => {
  expectTypeOf(read(col.json())).toEqualTypeOf<unknown>();
  expectTypeOf(read(col.json<{ a: 1 }>())).toEqualTypeOf<{ a: 1 } | null>();
  expectTypeOf(read(col.jsonb<string[]>({ nullable: false }))).toEqualTypeOf<string[]>();
  expectTypeOf(written(col.json<{ a: 1 }>())).toEqualTypeOf<{ a: 1 } | null | undefined>();
  expectTypeOf(read(col.binary())).toEqualTypeOf<Uint8Array | null>();
  expectTypeOf(read(col.binary({ nullable: false }))).toEqualTypeOf<Uint8Array>();
  expectTypeOf(written(col.binary({ nullable: false }))).toEqualTypeOf<Buffer | Uint8Array | string>();
  expectTypeOf(read(col.specific<[number, number]>("point"))).toEqualTypeOf<[number, number] | null>();
  expectTypeOf(read(col.specific<string>({ postgres: "citext" }, { nullable: false }))).toEqualTypeOf<string>();
  // @ts-expect-error -- the default is not of the column's type
  col.json<{ a: 1 }>({ nullable: false, default: { a: 2 } });
  // @ts-expect-error -- a specific column names its type
  col.specific<string>();
  // @ts-expect-error -- a number is no binary
  col.binary({ default: 1 });
});

test("col<T> and col.primary<T> are exactly T, whatever the nullability", () => {
  expectTypeOf(read(col<"x" | "y">())).toEqualTypeOf<"x" | "y">();
  expectTypeOf(read(col<Date | undefined>({ type: "date" }))).toEqualTypeOf<Date | undefined>();
  expectTypeOf(read(col<string>({ nullable: false }))).toEqualTypeOf<string>();
  expectTypeOf(read(col.primary())).toEqualTypeOf<string | number>();
  expectTypeOf(read(col.primary<bigint>({ type: "bigInteger" }))).toEqualTypeOf<bigint>();
  // @ts-expect-error -- no such type
  col<string>({ type: "varchar" });
  // @ts-expect-error -- the default is not of the given type
  col<string>({ default: 1 });
});

test("keys are never null", () => {
  expectTypeOf(read(col.integer({ primaryKey: true }))).toEqualTypeOf<number>();
  expectTypeOf(read(col.string({ primaryKey: true }))).toEqualTypeOf<string>();
  // @ts-expect-error -- an increment cannot be nullable
  col.increment({ nullable: true });
  // @ts-expect-error -- an increment makes its own values
  col.increment({ default: 1 });
});

test("encryption needs its keys", () => {
  expectTypeOf(read(col.encryption.symmetric({ keys: "secret" }))).toEqualTypeOf<string | null>();
  expectTypeOf(
    read(col.encryption.symmetric({ nullable: false, keys: [{ id: "2026", secret: "s" }] })),
  ).toEqualTypeOf<string>();
  expectTypeOf(read(col.encryption.asymmetric({ publicKey: "pem" }))).toEqualTypeOf<string | null>();
  // @ts-expect-error -- no options, no keys
  col.encryption.symmetric();
  // @ts-expect-error -- no keys
  col.encryption.symmetric({ nullable: false });
  // @ts-expect-error -- no public key
  col.encryption.asymmetric({ privateKey: "pem" });
  // @ts-expect-error -- no options, no key
  col.encryption.asymmetric();
  // @ts-expect-error -- a key needs an id
  col.encryption.symmetric({ keys: [{ secret: "s" }] });
  // @ts-expect-error -- encryption has no callbacks
  col.encryption.symmetric({ keys: "secret", serialize: (raw: unknown) => String(raw) });
});

test("helpers with both callbacks", () => {
  const both = {
    nullable: false,
    serialize: (raw: unknown) => String(raw),
    prepare: (value: string) => value,
  } as const;
  expectTypeOf(read(col.string(both))).toEqualTypeOf<string>();
  expectTypeOf(read(col.char(both))).toEqualTypeOf<string>();
  expectTypeOf(read(col.text(both))).toEqualTypeOf<string>();
  expectTypeOf(read(col.longText({ serialize: () => null }))).toEqualTypeOf<string | null>();
  expectTypeOf(read(col.date({ serialize: () => new Date() }))).toEqualTypeOf<Date | null>();
  expectTypeOf(read(col.time({ nullable: false, prepare: (value) => value.getTime() }))).toEqualTypeOf<Date>();
  expectTypeOf(read(col.enum(["a", "b"], { serialize: () => "a" }))).toEqualTypeOf<"a" | "b" | null>();
  expectTypeOf(read(col.binary({ nullable: false, serialize: () => new Uint8Array() }))).toEqualTypeOf<Uint8Array>();
  expectTypeOf(read(col<Set<string>>({ serialize: (raw: string) => new Set(raw) }))).toEqualTypeOf<Set<string>>();
  expectTypeOf(read(col.primary<string>({ prepare: (value) => value.trim() }))).toEqualTypeOf<string>();
  expectTypeOf(read(col.specific<Date>("abstime", { serialize: () => null }))).toEqualTypeOf<Date | null>();
  // @ts-expect-error -- serialize gives a number where text is promised
  col.string({ serialize: () => 42 });
  // @ts-expect-error -- serialize gives null where null is excluded
  col.string({ nullable: false, serialize: () => null });
  // @ts-expect-error -- prepare takes text
  col.text({ prepare: (value: number) => value });
  // @ts-expect-error -- serialize gives text where a `Date` is promised
  col.datetime({ serialize: () => "2026-01-01" });
  // @ts-expect-error -- serialize gives a `Date` where text is promised
  col.datetime({ as: "string", serialize: () => new Date() });
  // @ts-expect-error -- serialize gives what is not one of the values
  col.enum(["a", "b"], { serialize: () => "c" });
  // @ts-expect-error -- serialize gives another type than the type argument
  col<number>({ serialize: () => "1" });
  // @ts-expect-error -- serialize gives text where bytes are promised
  col.binary({ serialize: () => "bytes" });
});

test("helpers with prepare alone", () => {
  expectTypeOf(read(col.integer({ nullable: false, prepare: (value) => value + 1 }))).toEqualTypeOf<number>();
  expectTypeOf(read(col.increment({ prepare: (value) => value }))).toEqualTypeOf<number>();
  expectTypeOf(read(col.bigInteger({ mode: "bigint", prepare: (value) => -value }))).toEqualTypeOf<bigint | null>();
  expectTypeOf(read(col.decimal({ mode: "string", prepare: (value) => value.trim() }))).toEqualTypeOf<string | null>();
  expectTypeOf(read(col.float({ prepare: (value) => Math.round(value) }))).toEqualTypeOf<number | null>();
  // @ts-expect-error -- integers take no serialize
  col.integer({ serialize: (raw: unknown) => Number(raw) });
  // @ts-expect-error -- increments take no serialize
  col.increment({ serialize: (raw: unknown) => Number(raw) });
  // @ts-expect-error -- decimals take no serialize
  col.decimal({ serialize: (raw: unknown) => Number(raw) });
  // @ts-expect-error -- big integers take no serialize
  col.bigInteger({ serialize: (raw: unknown) => Number(raw) });
  // @ts-expect-error -- prepare takes a number
  col.integer({ prepare: (value: string) => value });
});

test("helpers with serialize alone, and with none", () => {
  expectTypeOf(read(col.uuid({ serialize: (raw: string) => raw.toLowerCase() }))).toEqualTypeOf<string | null>();
  expectTypeOf(read(col.ulid({ nullable: false, serialize: String }))).toEqualTypeOf<string>();
  // @ts-expect-error -- uuids take no prepare
  col.uuid({ prepare: (value: string) => value });
  // @ts-expect-error -- ulids take no prepare
  col.ulid({ prepare: (value: string) => value });
  // @ts-expect-error -- object ids take no callback
  col.objectId({ serialize: (raw: unknown) => String(raw) });
  // @ts-expect-error -- booleans take no serialize
  col.boolean({ serialize: (raw: unknown) => raw === 1 });
  // @ts-expect-error -- booleans take no prepare
  col.boolean({ prepare: (value: boolean) => value });
  // @ts-expect-error -- documents take no serialize
  col.json<string>({ serialize: (raw: unknown) => String(raw) });
  // @ts-expect-error -- documents take no prepare
  col.jsonb<string>({ prepare: (value: string) => value });
  // @ts-expect-error -- sets take no callback
  col.set(["a"], { prepare: (value: string[]) => value });
  // @ts-expect-error -- arrays take no callback
  col.array(col.integer(), { serialize: () => [] });
  // @ts-expect-error -- softDeletes takes no callback
  col.softDeletes({ serialize: () => null });
});

test("unknown options and wrong defaults are refused", () => {
  // @ts-expect-error -- a misspelt option
  col.string({ lenght: 10 });
  // @ts-expect-error -- an integer has no length
  col.integer({ length: 10 });
  // @ts-expect-error -- a boolean is not unsigned
  col.boolean({ unsigned: true });
  // @ts-expect-error -- the default of a number is no text
  col.integer({ nullable: false, default: "0" });
  // @ts-expect-error -- the default of a text is no number
  col.string({ default: 0 });
  // @ts-expect-error -- the function gives another type
  col.boolean({ nullable: false, defaultTo: () => 1 });
  // @ts-expect-error -- autoCreate is for instants
  col.integer({ autoCreate: true });
  // @ts-expect-error -- the function of autoUpdate gives a `Date`
  col.datetime({ autoUpdate: () => "now" });
});

test("nullability decides Row, InstanceType, Insert and Update", () => {
  const Thing = defineModel("things", {
    columns: {
      id: col.increment(),
      code: col.string({ nullable: false }),
      note: col.string(),
      size: col.integer({ nullable: false, default: 1 }),
      stamp: col.datetime({ nullable: false, autoUpdate: true }),
      since: col.timestamp({ nullable: false, default: sqlDefault("now()") }),
      token: col.uuid({ nullable: false }),
      total: col.integer({ nullable: false, generatedAs: "size * 2" }),
      data: col.binary({ nullable: false, defaultTo: () => new Uint8Array() }),
    },
  });
  expectTypeOf<Row<typeof Thing>>().toEqualTypeOf<{
    id: number;
    code: string;
    note: string | null;
    size: number;
    stamp: Date;
    since: Date;
    token: string;
    total: number;
    data: Uint8Array;
  }>();
  expectTypeOf<InstanceType<typeof Thing>["note"]>().toEqualTypeOf<string | null | undefined>();
  expectTypeOf<InstanceType<typeof Thing>["code"]>().toEqualTypeOf<string>();
  expectTypeOf<Insert<typeof Thing>>().toEqualTypeOf<{
    id?: number;
    code: string;
    note?: string | null;
    size?: number;
    stamp?: Date;
    since?: Date;
    token?: string;
    total?: number;
    data?: Buffer | Uint8Array | string;
  }>();
  expectTypeOf<Update<typeof Thing>["code"]>().toEqualTypeOf<string | undefined>();
  expectTypeOf<Update<typeof Thing>["note"]>().toEqualTypeOf<string | null | undefined>();
  expectTypeOf<{ note: null }>().toExtend<Update<typeof Thing>>();
  // @ts-expect-error -- an update never writes undefined
  expectTypeOf<{ code: undefined }>().toExtend<Update<typeof Thing>>();
});

test("an option given as undefined is left out, one that is there at times only is no promise", () => {
  const sometimes: { readonly nullable?: false; readonly primaryKey?: true } = {};
  const perhaps: boolean = Math.random() > 0.5;
  expectTypeOf(read(col.string({ ...(perhaps ? { length: 3 } : {}), nullable: false }))).toEqualTypeOf<string>();
  expectTypeOf(read(col.string({ nullable: false, primaryKey: perhaps }))).toEqualTypeOf<string>();
  expectTypeOf(read(col.datetime({ nullable: false, autoCreate: perhaps }))).toEqualTypeOf<Date>();
  // @ts-expect-error -- whether null is allowed is known at run time only
  col.string({ nullable: perhaps });
  // @ts-expect-error -- whether it is a key is known at run time only
  col.datetime({ primaryKey: perhaps });
  // @ts-expect-error -- null is allowed where the option is not there
  col.integer(sometimes);
  // @ts-expect-error -- null is allowed where the option is not there
  col.timestamp({ ...sometimes, as: "string" });
});

test("who says the type of a date says all of it", () => {
  const Stamped = defineModel("stamped", {
    columns: {
      at: col.datetime<number>({ nullable: false, autoCreate: true, databaseName: "moment" }),
      by: col.date<"2026-01-01">({ nullable: false, serialize: () => "2026-01-01" }),
      maybe: col.datetime({ nullable: false, autoCreate: false }),
    },
  });
  expectTypeOf<Insert<typeof Stamped>>().toEqualTypeOf<{ at?: number; by: "2026-01-01"; maybe: Date }>();
});
