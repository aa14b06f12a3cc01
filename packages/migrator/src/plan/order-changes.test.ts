import { expect, test } from "vitest";
import type { Change, TableState } from "@mortise/core/state";
import { orderChanges } from "./order-changes.ts";

function table(name: string, ...targets: readonly string[]): TableState {
  return {
    name,
    namespace: undefined,
    columns: [],
    primaryKey: undefined,
    uniques: [],
    indexes: [],
    foreignKeys: targets.map((target) => ({
      name: undefined,
      columns: ["x"],
      references: { table: target, namespace: undefined, columns: ["id"] },
      onDelete: "no action",
      onUpdate: "no action",
      deferrable: false,
    })),
    checks: [],
    options: { strict: undefined, withoutRowid: false, engine: undefined, charset: undefined, collation: undefined },
    comment: undefined,
    renamedFrom: undefined,
    unmanaged: [],
  };
}

const create = (state: TableState): Change => ({ kind: "createTable", table: state });
const namesOf = (changes: readonly Change[]) =>
  orderChanges(changes).map((change) => (change.kind === "createTable" ? change.table.name : change.kind));

test("a table comes after those it points at, and otherwise where it was", () => {
  const changes = [table("c", "b"), table("x"), table("b", "a", "not new"), table("a")].map(create);
  expect(namesOf(changes)).toEqual(["a", "b", "c", "x"]);
});

test("circles and self references are no obstacle", () => {
  expect(namesOf([table("a", "b", "a"), table("b", "a")].map(create))).toEqual(["b", "a"]);
});

test("columns come before what is built on them", () => {
  const place = { table: "t", namespace: undefined };
  const changes: readonly Change[] = [
    { kind: "addUnique", ...place, unique: { name: "u", columns: ["a"] } },
    { kind: "addCheck", ...place, check: { name: "c", expression: "a > 1" } },
    { kind: "renameColumn", ...place, from: "x", to: "y" },
    create(table("n")),
  ];
  expect(namesOf(changes)).toEqual(["renameColumn", "n", "addCheck", "addUnique"]);
});
