import type { AdapterHandle } from "../adapter/adapter.ts";
import type { DatabaseCore } from "./database-core.ts";
import type { Session } from "./session.ts";

/** Adds what the adapter brings (`db.kysely`) to a handle or a transaction. */
export function openDoor(handle: object, core: DatabaseCore, session: Session): void {
  const door = core.adapter.open(adapterHandle(core, session));
  Object.defineProperties(handle, Object.getOwnPropertyDescriptors(door));
}

/** What the adapter may ask of a handle: a connection of its session. */
export function adapterHandle(core: DatabaseCore, session: Session): AdapterHandle<unknown> {
  return {
    get models() {
      return core.registry.entries.map((entry) => entry.info);
    },
    withConnection: async (body) => session.use(body),
  };
}
