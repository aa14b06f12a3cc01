import type { DoorHandle } from "../adapter/adapter.ts";
import type { ModelInfo } from "../model/model-info.ts";
import { columnField } from "../plan/build-select.ts";
import { hydrate, rowShape } from "../plan/row-shape.ts";
import type { DatabaseCore } from "./database-core.ts";
import { entryOf } from "./entry-of.ts";
import type { Session } from "./session.ts";

/** Adds what the adapter brings (`db.kysely`) to a handle or a transaction. */
export function openDoor(handle: object, core: DatabaseCore, session: Session): void {
  const door = core.adapter.open(adapterHandle(core, session));
  Object.defineProperties(handle, Object.getOwnPropertyDescriptors(door));
}

/** What the adapter may ask of a handle: a connection of its session, the models of its schema, rows of theirs. */
export function adapterHandle(core: DatabaseCore, session: Session): DoorHandle<unknown> {
  return {
    get models() {
      return core.registry.entries.map((entry) => entry.info);
    },
    withConnection: async (body) => session.use(body),
    useConnection: (body) => session.use(body),
    tablesChanged: () => core.insertFacts.clear(),
    modelOf: (model, caller) => entryOf(core.registry, model, caller).info,
    rowsOf: (model, raw) => rowsOf(core, model, raw),
  };
}

function rowsOf(core: DatabaseCore, model: ModelInfo, raw: readonly unknown[][]): object[] {
  const entry = entryOf(core.registry, model, "The adapter");
  const fields = [...model.columns.values()].map((column) => columnField(model, column));
  const rows = hydrate(rowShape(core.adapter, entry.model, fields, []), raw);
  core.guard?.readTogether(rows);
  return rows;
}
