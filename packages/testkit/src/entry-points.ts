import { Part } from "./models/intake.ts";

/**
 * Every method of a query through which a value of a caller can come in, with the arguments that put the value into each of
 * its places. A method that is missing here fails a case, so that a new one is thought about.
 */
export const entryPoints: Readonly<Record<string, (body: unknown) => readonly (readonly unknown[])[]>> = {
  ...named(["where", "orWhere", "whereNot", "orWhereNot"], (body) => [
    ["title", body],
    ["size", body],
    ["price", body],
    ["isOpen", body],
    ["at", body],
    ["title", "=", body],
    ["title", "!=", body],
    ["size", ">", body],
    ["title", "is", body],
    ["title", "like", body],
    ["title", "in", [body]],
    ["size", "between", [1, body]],
    ["title", body, "one"],
    [body, "one"],
    [body, "=", "one"],
    [{ title: body }],
    [{ id: 1, size: body }],
    [body],
  ]),
  ...named(["whereIn", "orWhereIn", "whereNotIn", "orWhereNotIn"], (body) => [
    ["title", [body]],
    ["id", [1, body]],
    ["price", ["1.00", body]],
    [body, ["one"]],
  ]),
  ...named(["whereNull", "orWhereNull", "whereNotNull", "orWhereNotNull"], (body) => [[body]]),
  ...named(["whereBetween", "orWhereBetween", "whereNotBetween", "orWhereNotBetween"], (body) => [
    ["size", body],
    ["size", [1, body]],
    ["size", [body, 1]],
    [body, [1, 2]],
  ]),
  ...named(
    ["Like", "ILike", "Contains", "StartsWith", "EndsWith", "NotLike"].flatMap((how) => [
      `where${how}`,
      `orWhere${how}`,
    ]),
    (body) => [
      ["title", body],
      [body, "one"],
    ],
  ),
  ...named(["whereColumn", "orWhereColumn"], (body) => [
    ["id", body],
    [body, "id"],
    ["id", body, "size"],
    ["id", "=", body],
  ]),
  ...named(["whereExists", "orWhereExists", "whereNotExists", "orWhereNotExists"], (body) => [[body]]),
  ...named(["whereHas", "orWhereHas"], (body) => [
    [body],
    ["children", body],
    ["children", undefined, body, 1],
    ["children", undefined, ">=", body],
    ["about", body],
    ["about", { part: body }],
  ]),
  ...named(["whereDoesntHave", "orWhereDoesntHave"], (body) => [[body], ["children", body], ["about", body]]),
  ...named(["whereMorphedTo", "orWhereMorphedTo"], (body) => [
    [body, Part, 1],
    ["about", body],
    ["about", body, 1],
    ["about", Part, body],
    ["about", Part, { id: body }],
  ]),
  ...named(["has", "orHas"], (body) => [[body], ["children", body, 1], ["children", "=", body]]),
  ...named(["whereJson", "orWhereJson"], (body) => [
    ["meta", ["a"], body],
    ["meta", ["a"], "=", body],
    ["meta", ["a"], body, 1],
    ["meta", [body], 1],
    [body, ["a"], 1],
  ]),
  ...named(["whereJsonContains", "orWhereJsonContains"], (body) => [
    ["title", body],
    [body, 1],
  ]),
  ...named(["whereJsonLength", "orWhereJsonLength"], (body) => [
    ["meta", body],
    ["meta", "=", body],
    ["meta", body, 1],
    [body, 1],
  ]),
  ...named(
    ["Date", "Year", "Month", "Day", "Time"].flatMap((part) => [`where${part}`, `orWhere${part}`]),
    (body) => [
      ["at", body],
      ["at", "=", body],
      ["at", body, 1],
      [body, 1],
    ],
  ),
  ...named(["whereFullText", "orWhereFullText"], (body) => [
    [["title"], body],
    [[body], "one"],
  ]),
  ...named(["whereRaw", "orWhereRaw", "havingRaw", "orHavingRaw", "orderByRaw", "selectRaw"], (body) => [
    ["size = ?", [body]],
    ["size = ?", body],
    [body],
  ]),
  ...named(["when", "unless"], (body) => [
    [true, body, body],
    [false, body, body],
  ]),
  ...named(["tap"], (body) => [[body]]),

  ...named(["select"], (body) => [[body], ["id", body], [{ name: body }]]),
  ...named(["selectCount"], (body) => [[body]]),
  ...named(["selectSum", "selectAvg", "selectMin", "selectMax"], (body) => [
    ["size", body],
    [body, "name"],
  ]),
  ...named(["distinctOn", "groupBy"], (body) => [[body]]),
  ...named(["join", "leftJoin", "rightJoin", "fullJoin"], (body) => [
    [body, "id", "id"],
    ["parts as other", body, "other.id"],
    ["parts as other", "id", body],
  ]),
  ...named(["crossJoin"], (body) => [[body]]),
  ...named(["having", "orHaving"], (body) => [
    ["size", body],
    ["size", "=", body],
    ["size", body, 1],
    [body, 1],
  ]),
  ...named(["orderBy"], (body) => [[body], ["id", body], ["id", "asc", body], ["id", "asc", { nulls: body }]]),
  ...named(["limit", "offset", "maxRows"], (body) => [[body]]),
  ...named(["union", "unionAll", "intersect", "except"], (body) => [[body]]),
  ...named(["with", "withRecursive"], (body) => [[body], ["name", body]]),
  ...named(["lockForUpdate", "lockForShare"], (body) => [[body], [{ skipLocked: body }], [{ noWait: body }]]),
  ...named(["load"], (body) => [
    [body],
    ["children", body],
    ["children", { strategy: body }],
    [{ children: { nope: body } }],
    ["about", body],
    ["about", { part: body }],
    [{ about: { nope: body } }],
  ]),
  ...named(["withCount", "withExists"], (body) => [[body], ["children", body], ["children", { as: body }]]),
  ...named(["withSum", "withAvg", "withMin", "withMax"], (body) => [
    [body, "size"],
    ["children", body],
    ["children", "size", body],
    ["children", "size", { as: body }],
  ]),
  ...named(["withoutHooks", "returning"], (body) => [[body]]),

  ...named(["find", "findOrFail"], (body) => [[body], [{ id: body }]]),
  ...named(["findMany"], (body) => [[[body]], [[1, body]], [[{ id: body }]]]),
  ...named(["count", "sum", "avg", "min", "max", "pluck", "value"], (body) => [[body]]),
  ...named(["paginate", "simplePaginate"], (body) => [[{ page: body }], [{ perPage: body }]]),
  ...named(["cursorPaginate"], (body) => [[{ perPage: body }], [{ after: body }], [{ before: body }]]),
  ...named(["chunk", "chunkById"], (body) => [
    [body, () => undefined],
    [1, body],
  ]),
  ...named(["stream"], (body) => [[{ batch: body }]]),
  ...named(["insert"], (body) => [[body], ...rows(body).map((row) => [row])]),
  ...named(["insertMany"], (body) => [[[body]], ...rows(body).map((row) => [[row]])]),
  ...named(["upsert"], (body) => [
    [body, { conflict: ["title"] }],
    ...rows(body).map((row) => [row, { conflict: ["title"] }]),
    [{ id: 9, title: "one" }, body],
    [{ id: 9, title: "one" }, { conflict: body }],
    [{ id: 9, title: "one" }, { conflict: [body] }],
    [
      { id: 9, title: "one" },
      { conflict: ["title"], update: [body] },
    ],
  ]),
  ...named(["upsertMany"], (body) => [
    [[body], { conflict: ["title"] }],
    ...rows(body).map((row) => [[row], { conflict: ["title"] }]),
    [[{ id: 9, title: "one" }], { conflict: [body] }],
  ]),
  ...named(["update"], (body) => [[body], [{ title: body }], [{ size: body }], [{ at: body }], [{ price: body }]]),
  ...named(["increment", "decrement"], (body) => [
    ["size", body],
    [body, 1],
    ["size", 1, body],
    ["size", 1, { title: body }],
  ]),
  ...named(["firstOrCreate", "updateOrCreate", "firstOrNew"], (body) => [
    [body],
    [{ title: body }],
    [{ id: 1, size: body }],
    [{ title: "one" }, body],
  ]),
};

/** Methods that take nothing of a caller but the options of the call. */
export const closedMethods: readonly string[] = (
  "many one oneOrFail sole exists plain explain toSQL delete softDelete restore forceDelete truncate " +
  "distinct inRandomOrder withTrashed onlyTrashed unfiltered"
).split(" ");

/** Parts of the implementation that no caller is shown. */
export const innerMethods: readonly string[] = (
  "constructor derive build draft next finish state isDraft add apply condition group addWhere addList addNull addBetween addLike " +
  "addColumns addExists addRelation addMorphedTo addJson addJsonLength addDate addFullText"
).split(" ");

function rows(body: unknown): readonly object[] {
  return [
    { id: 9, title: body },
    { id: 9, title: "nine", size: body },
    { id: 9, title: "nine", at: body },
    { id: body, title: "nine" },
  ];
}

function named(
  methods: readonly string[],
  places: (body: unknown) => readonly (readonly unknown[])[],
): Record<string, typeof places> {
  return Object.fromEntries(methods.map((method) => [method, places]));
}
