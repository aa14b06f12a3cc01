import { col, createSchema, defineModel, defineRelations } from "@mortise/core";
import type { Fixture } from "../suite.ts";

const id = () => col.primary<number>({ type: "integer" });
const word = () => col.string({ nullable: false, length: 20 });

const DepotTable = defineModel("depots", {
  columns: { region: word(), number: col.integer({ nullable: false }), code: word(), city: word() },
  primaryKey: ["region", "number"],
  uniques: [["code"]],
});
const TruckTable = defineModel("trucks", {
  columns: { plate: word(), state: word(), depotRegion: col.string({ length: 20 }), depotNumber: col.integer() },
  primaryKey: ["plate", "state"],
});
const ParcelTable = defineModel("parcels", {
  columns: {
    id: id(),
    truckPlate: col.string({ length: 20 }),
    truckState: col.string({ length: 20 }),
    depotCode: col.string({ length: 20 }),
    city: col.string({ length: 20 }),
    kilos: col.integer({ nullable: false }),
  },
});
const SealTable = defineModel("seals", {
  columns: {
    id: id(),
    kind: col.enum(["depots", "trucks"]),
    first: col.string({ length: 20 }),
    second: col.integer(),
  },
});

export const freightSchema = createSchema(
  { depots: DepotTable, trucks: TruckTable, parcels: ParcelTable, seals: SealTable },
  {
    depots: defineRelations(DepotTable, ({ hasMany, hasManyThrough, hasOneThrough, morphMany }) => ({
      carried: hasManyThrough(ParcelTable, {
        through: TruckTable,
        firstKey: ["depotRegion", "depotNumber"],
        secondKey: ["truckPlate", "truckState"],
      }),
      heaviest: hasOneThrough(ParcelTable, {
        through: TruckTable,
        firstKey: ["depotRegion", "depotNumber"],
        secondKey: ["truckPlate", "truckState"],
        orderBy: ["kilos", "desc"],
      }),
      stored: hasMany(ParcelTable, { foreignKey: "depotCode", localKey: "code" }),
      seals: morphMany(SealTable, { typeColumn: "kind", idColumn: ["first", "second"] }),
    })),
    parcels: defineRelations(ParcelTable, ({ belongsTo }) => ({
      truck: belongsTo(TruckTable, { foreignKey: ["truckPlate", "truckState"] }),
      depot: belongsTo(DepotTable, { foreignKey: "depotCode", ownerKey: "code" }),
      nearest: belongsTo(DepotTable, { foreignKey: "city", ownerKey: "city" }),
    })),
    seals: defineRelations(SealTable, ({ morphTo }) => ({
      on: morphTo({ typeColumn: "kind", idColumn: ["first", "second"], targets: { depot: DepotTable } }),
    })),
  },
);
export const { depots: Depot, trucks: Truck, parcels: Parcel, seals: Seal } = freightSchema;

/** Keys whose parts, put together carelessly, would be equal: ("n", 11) and ("n1", 1), ("ab", "c") and ("a", "bc"). */
export const freight: Fixture<typeof freightSchema> = {
  schema: freightSchema,
  async seed(db) {
    await db.from(Depot).insertMany([
      { region: "n", number: 11, code: "N11", city: "Bern" },
      { region: "n1", number: 1, code: "N1-1", city: "Bern" },
    ]);
    await db.from(Truck).insertMany([
      { plate: "ab", state: "c", depotRegion: "n", depotNumber: 11 },
      { plate: "a", state: "bc", depotRegion: "n1", depotNumber: 1 },
      { plate: "z", state: "z", depotRegion: "n" },
    ]);
    await db.from(Parcel).insertMany([
      { id: 1, truckPlate: "ab", truckState: "c", kilos: 3, depotCode: "N11" },
      { id: 2, truckPlate: "a", truckState: "bc", kilos: 5, city: "Bern" },
      { id: 3, truckPlate: "ab", truckState: "c", kilos: 8, depotCode: "N1-1" },
      { id: 4, truckPlate: "ab", kilos: 9, depotCode: "N11" },
    ]);
    await db.from(Seal).insertMany([
      { id: 1, kind: "depots", first: "n", second: 11 },
      { id: 2, kind: "depots", first: "n1", second: 1 },
      { id: 3, kind: "depots", first: "n" },
    ]);
  },
};
