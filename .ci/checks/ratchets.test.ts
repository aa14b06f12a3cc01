import { expect, test } from "vitest";
import { checkRatchets, tighten } from "./ratchets.ts";
import type { SourceFile } from "./source-file.ts";

/** A file of core, long enough that a few casts are within 5 in 1,000 lines. */
function core(text: string): SourceFile {
  return { path: "packages/core/src/a.ts", text: `${text}\n${"export {}\n".repeat(1000)}` };
}

function check(text: string, recorded = { casts: 0, any: 0 }): string[] {
  return checkRatchets([core(text)], { core: recorded });
}

test("code without casts passes, and `as const` is none", () => {
  expect(check(`export const a = ["x"] as const\nimport { b as c } from "./b.ts"\nexport { c }`)).toEqual([]);
});

test("the recorded number of casts passes; one more fails; one fewer asks to be recorded", () => {
  const text = `export const a = 1 as unknown as string`;
  expect(check(text, { casts: 2, any: 0 })).toEqual([]);
  expect(check(text, { casts: 1, any: 0 })).toEqual([
    "There are 2 casts in core, and only 1 are recorded: remove the new ones.",
  ]);
  expect(check(text, { casts: 3, any: 0 })).toEqual([
    "There are only 2 casts in core, and 3 are recorded: run `pnpm ratchets --record`.",
  ]);
});

test("a package that is not recorded is named", () => {
  expect(checkRatchets([core("")], {})).toEqual(["core has no recorded counts; run `pnpm ratchets --record`."]);
});

test("more than 5 in 1,000 lines fails even when it is recorded", () => {
  const text = `export const a = 1 as number\n`.repeat(6) + `export type B = Array<any>\n`.repeat(6);
  expect(check(text, { casts: 6, any: 6 })).toEqual([
    "6 casts in 1012 code lines are more than 5 in 1,000.",
    "6 uses of any in 1012 code lines are more than 5 in 1,000.",
  ]);
});

test.each([
  `export type A<T extends any[]> = T`,
  `export type A = Map<string, any>`,
  `export type A<T> = T extends (...args: any[]) => unknown ? T : never`,
])("any may stand in %s", (text) => {
  expect(check(text, { casts: 0, any: 1 })).toEqual([]);
});

test.each([`export let a: any`, `export function f(a: any) {}`, `export type A<T = any> = T`])(
  "any in %s is refused",
  (text) => {
    expect(check(text, { casts: 0, any: 1 })).toEqual([
      "packages/core/src/a.ts:1 uses any outside a constraint or a type argument; write unknown.",
    ]);
  },
);

test.each([
  [`// @ts-ignore\nexport {}`, "silences the type checker with @ts-ignore"],
  [`/* @ts-expect-error */\nexport {}`, "silences the type checker with @ts-expect-error"],
  [`eval("1")`, "makes code from text"],
  [`new Function("return 1")`, "makes code from text"],
])("%s is refused", (text, reason) => {
  expect(check(text)).toEqual([expect.stringContaining(reason)]);
});

test("recording lowers a number and never raises one", () => {
  const files = [core(`export const a = 1 as number`)];
  expect(tighten(files, { core: { casts: 5, any: 0 } })).toEqual({ core: { casts: 1, any: 0 } });
  expect(tighten(files, { core: { casts: 0, any: 0 } })).toEqual({ core: { casts: 0, any: 0 } });
  expect(tighten(files, {})).toEqual({ core: { casts: 1, any: 0 } });
});
