import { afterAll } from "vitest";
import { openNamespace, removeNamespaces, type Namespace, type Server } from "./servers.fixture.ts";

/** Some queries of the laws are so deep that planning them would take minutes: a typed error ends them. */
const statementTimeout = 5000;

/** How many namespaces are dropped at once: each drop waits for the disk. */
const together = 20;

/** PostgreSQL as the testkit's cases see it: every database is a namespace of its own, gone when its handle is closed. */
export function targetOn(server: Server) {
  const opened = new Set<Namespace>();
  const done: string[] = [];
  const openOne = async () => {
    const namespace = await openNamespace(server, { max: 4 });
    opened.add(namespace);
    return namespace;
  };
  const removeDone = () => removeNamespaces(server, done.splice(0));
  const remove = async (namespace: Namespace) => {
    if (opened.delete(namespace)) done.push(namespace.name);
    if (done.length >= together) await removeDone();
  };
  afterAll(async () => {
    for (const namespace of opened) done.push(namespace.name);
    await removeDone();
  });
  return {
    name: server.name,
    open: async () => {
      const namespace = await openOne();
      const adapter = namespace.adapter({ statementTimeout });
      const connect = async () => {
        const source = await adapter.connect();
        const close = () => source.close();
        const stream: typeof source.stream = (...given) => source.stream(...given);
        return {
          acquire: () => source.acquire(),
          release: (...given: Parameters<typeof source.release>) => source.release(...given),
          stream,
          close: () => close().then(() => remove(namespace)),
        };
      };
      return { ...adapter, connect };
    },
    shared: async () => {
      const namespace = await openOne();
      return { open: () => namespace.adapter({ statementTimeout }), remove: () => remove(namespace) };
    },
  };
}
