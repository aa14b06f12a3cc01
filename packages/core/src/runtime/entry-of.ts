import { SchemaError } from "../errors/errors.ts";
import { modelInfo } from "../model/model.ts";
import type { ModelInfo } from "../model/model-info.ts";
import type { SchemaEntry, SchemaRegistry } from "../model/relation.ts";

/** The entry of a model, given as its class or as what is known of it; `caller` is what an error begins with: `db.from`. */
export function entryOf({ entries, byModel, byInfo }: SchemaRegistry, model: unknown, caller: string): SchemaEntry {
  const own = entries.find((entry) => entry.info === model);
  const info: ModelInfo | undefined = own?.info ?? modelInfo(model);
  const entry = own ?? byModel.get(model) ?? (info && byInfo.get(info));
  if (entry !== undefined) return entry;
  throw new SchemaError(
    info === undefined
      ? `${caller} needs a model made with defineModel.`
      : `Model "${info.table}" is not part of this database's schema. It has: ${entries.map((one) => one.info.table).join(", ")}.`,
  );
}
