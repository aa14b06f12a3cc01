import { InvalidQueryError, InvalidValueError } from "@mortise/core";
import { expect } from "vitest";
import { archive, Document } from "../models/archive.ts";
import { suite } from "../suite.ts";
import { untrusted } from "../untrusted.ts";

type Comparison = "=" | "!=" | "<" | "<=" | ">" | ">=";

export const dates = suite("dates", archive, {
  "an instant is matched by its UTC day": async ({ db }) => {
    const at = (operator: Comparison) =>
      db.from(Document).whereDate("at", operator, "2024-01-01").orderBy("id").pluck("id");
    expect(await at("=")).toEqual([2]);
    expect(await at("!=")).toEqual([1, 3]);
    expect(await at("<")).toEqual([1]);
    expect(await at("<=")).toEqual([1, 2]);
    expect(await at(">")).toEqual([3]);
    expect(await at(">=")).toEqual([2, 3]);
    expect(await db.from(Document).whereDate("at", "2023-12-31").pluck("id")).toEqual([1]);
  },
  "a day is matched by a day": async ({ db }) => {
    expect(await db.from(Document).whereDate("day", "2024-02-29").pluck("id")).toEqual([3]);
    expect(await db.from(Document).whereDate("day", ">", "2023-12-31").orderBy("id").pluck("id")).toEqual([2, 3]);
    const noon = new Date("2024-01-01T12:00:00Z");
    expect(await db.from(Document).whereDate("day", noon).pluck("id")).toEqual([2]);
    expect(await db.from(Document).where("id", 4).orWhereDate("day", noon).orderBy("id").pluck("id")).toEqual([2, 4]);
  },
  "a date filter keeps the column bare so that an index serves": async ({ db }) => {
    const { parameters } = db.from(Document).whereDate("at", "2024-01-01").toSQL();
    expect(parameters).toHaveLength(2);
  },
  "parts of the UTC date are numbers": async ({ db }) => {
    expect(await db.from(Document).whereYear("at", 2024).orderBy("id").pluck("id")).toEqual([2, 3]);
    expect(await db.from(Document).whereYear("at", "<", 2024).pluck("id")).toEqual([1]);
    expect(await db.from(Document).whereMonth("at", 12).pluck("id")).toEqual([1]);
    expect(await db.from(Document).whereMonth("day", "<=", 2).orderBy("id").pluck("id")).toEqual([2, 3]);
    expect(await db.from(Document).whereDay("at", 29).pluck("id")).toEqual([3]);
    expect(await db.from(Document).whereDay("day", ">", 1).orderBy("id").pluck("id")).toEqual([1, 3]);
  },
  "parts have or forms": async ({ db }) => {
    const four = db.from(Document).where("id", 4);
    expect(await four.orWhereYear("at", 2023).orderBy("id").pluck("id")).toEqual([1, 4]);
    expect(await four.orWhereMonth("at", "=", 2).orderBy("id").pluck("id")).toEqual([3, 4]);
    expect(await four.orWhereDay("at", 1).orderBy("id").pluck("id")).toEqual([2, 4]);
    expect(await four.orWhereTime("at", "=", "00:00:00").orderBy("id").pluck("id")).toEqual([2, 4]);
  },
  "the time of day is compared": async ({ db }) => {
    expect(await db.from(Document).whereTime("at", "00:00:00").pluck("id")).toEqual([2]);
    expect(await db.from(Document).whereTime("at", ">", "12:00:00").orderBy("id").pluck("id")).toEqual([1, 3]);
    expect(await db.from(Document).whereTime("at", "<=", "12:30:15.500").orderBy("id").pluck("id")).toEqual([2, 3]);
    expect(await db.from(Document).whereTime("clock", "<", "12:00:00").pluck("id")).toEqual([1]);
    expect(await db.from(Document).where("clock", ">=", "12:00:00").orderBy("id").pluck("id")).toEqual([2, 3]);
  },
  "what is no date is refused": async ({ db, refused }) => {
    for (const value of [
      "2024-02-30",
      "2024-13-01",
      "yesterday",
      20240101,
      {},
      null,
      undefined,
      new Date(Number.NaN),
    ]) {
      await refused(InvalidValueError, () => db.from(Document).whereDate("at", untrusted(value)).many());
    }
    for (const value of ["2024", 1.5, null, undefined, {}]) {
      await refused(InvalidValueError, () => db.from(Document).whereYear("at", untrusted(value)).many());
      await refused(InvalidValueError, () => db.from(Document).whereMonth("at", untrusted(value)).many());
      await refused(InvalidValueError, () => db.from(Document).whereDay("at", untrusted(value)).many());
    }
    for (const value of ["25:00:00", "noon", 12, null, undefined, {}]) {
      await refused(InvalidValueError, () => db.from(Document).whereTime("at", untrusted(value)).many());
    }
  },
  "a date filter needs a column that holds dates": async ({ db, refused }) => {
    await refused(InvalidQueryError, () => db.from(Document).whereDate("id", "2024-01-01").many());
    await refused(InvalidQueryError, () => db.from(Document).whereYear("id", 2024).many());
    await refused(InvalidQueryError, () => db.from(Document).whereTime("meta", "12:00:00").many());
    await refused(InvalidQueryError, () => db.from(Document).whereDate("clock", "2024-01-01").many());
    await refused(InvalidQueryError, () => db.from(Document).whereMonth("clock", 1).many());
    await refused(InvalidQueryError, () => db.from(Document).whereTime("day", "12:00:00").many());
  },
});
