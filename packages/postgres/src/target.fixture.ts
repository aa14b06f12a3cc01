import { afterAll } from "vitest";
import { openNamespace, removeNamespaces, type Namespace, type Server } from "./servers.fixture.ts";

/** Some queries of the laws are so deep that planning them would take minutes: a typed error ends them. */
const statementTimeout = 5000;

/** PostgreSQL as the testkit's cases see it: every database is a namespace of its own. */
export function targetOn(server: Server) {
  const opened: Namespace[] = [];
  const openOne = async () => {
    const namespace = await openNamespace(server, { max: 4 });
    opened.push(namespace);
    return namespace;
  };
  afterAll(() =>
    removeNamespaces(
      server,
      opened.map(({ name }) => name),
    ),
  );
  return {
    name: server.name,
    open: async () => (await openOne()).adapter({ statementTimeout }),
    shared: async () => {
      const namespace = await openOne();
      return { open: () => namespace.adapter({ statementTimeout }), remove: () => undefined };
    },
  };
}
