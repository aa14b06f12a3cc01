import { col, createDatabase, createSchema, defineModel, defineRelations } from "@mortise/core";
import { expect, test } from "vitest";
import { sqlite } from "./index.ts";

const Team = defineModel("teams", { columns: { id: col.increment(), name: col.string({ nullable: false }) } });
const Player = defineModel("players", {
  columns: { id: col.increment(), teamId: col.integer({ nullable: false }), name: col.string({ nullable: false }) },
});
const schema = createSchema(
  { teams: Team, players: Player },
  { players: defineRelations(Player, ({ belongsTo }) => ({ team: belongsTo(Team, { foreignKey: "teamId" }) })) },
);

async function players() {
  const db = createDatabase(schema, sqlite({ filename: ":memory:" }));
  await db.raw("create table teams (id integer primary key, name text not null)");
  await db.raw("create table players (id integer primary key, team_id integer not null, name text not null)");
  await db.from(Team).insertMany([{ name: "red" }, { name: "blue" }]);
  await db.from(Player).insertMany([
    { teamId: 1, name: "Ada" },
    { teamId: 2, name: "Bo" },
    { teamId: 2, name: "Cy" },
  ]);
  return db;
}

test("the rows of a union load their relations", async () => {
  await using db = await players();
  const of = (id: number) => db.from(Player).where("id", id);
  const rows = await of(1)
    .union(of(2).unionAll(of(2)).union(of(3)))
    .load("team")
    .orderBy("id")
    .many();
  expect(rows.map(({ name, team }) => [name, team?.name])).toEqual([
    ["Ada", "red"],
    ["Bo", "blue"],
    ["Cy", "blue"],
  ]);
});

test("a union that does not select the key of a relation is refused with the column to select", async () => {
  await using db = await players();
  const names = db.from(Player).select("name");
  await expect(names.union(names).load("team").many()).rejects.toThrow('select "teamId" too');
});
