import type { Awaitable } from "../adapter/adapter.ts";
import { InvalidValueError } from "../errors/errors.ts";
import { readerOn } from "../query/query-builder.ts";
import { after, settle } from "./awaitable.ts";
import type { DatabaseCore } from "./database-core.ts";
import { loadInto, loadMissing } from "./load-into.ts";
import type { Reader } from "./reader.ts";
import type { RowMethods } from "./row-methods.ts";
import { Session } from "./session.ts";

/** `db.loadInto`. */
export function loadRows(session: Session, rows: unknown, given: readonly unknown[]): Promise<readonly object[]> {
  return settle(() => {
    if (!Array.isArray(rows))
      throw new InvalidValueError("db.loadInto needs a list of rows. For one row use row.$load.");
    const list = Array.from<object>(rows);
    return after(
      ready(session, (reader) => loadInto(reader, list, given)),
      () => list,
    );
  });
}

/** The methods of a database's rows. They use the transaction around the call, where there is one. */
export function rowMethods(core: () => DatabaseCore): RowMethods {
  const run = (row: object, body: (reader: Reader) => Awaitable<void>) =>
    settle(() => after(ready(new Session(core(), core().around()), body), () => row));
  return {
    $load: (row, given) => run(row, (reader) => loadInto(reader, [row], given)),
    $loadMissing: (row, given) => run(row, (reader) => loadMissing(reader, row, given)),
  };
}

function ready(session: Session, body: (reader: Reader) => Awaitable<void>): Awaitable<void> {
  return after(session.core.ready(), () => body(readerOn(session)));
}
