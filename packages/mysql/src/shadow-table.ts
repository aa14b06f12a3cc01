import { MortiseError } from "@mortise/core/adapter";
import type { CheckState, ColumnState, TableState } from "@mortise/core/state";
import { columnRow, toldColumn } from "./catalogue.ts";
import { collationName, columnDefinition } from "./column-ddl.ts";
import { columnState } from "./introspect.ts";
import { normalExpression } from "./normal-text.ts";
import type { Server } from "./server.ts";
import type { Session } from "./session.ts";
import { parseCreate } from "./show-create.ts";
import { quoteName, unquotedText } from "./spelling.ts";

interface Stored {
  readonly columns: readonly ColumnState[];
  readonly checks: readonly CheckState[];
}

const shadow = quoteName("mortise_shadow");

/**
 * The columns and checks of a table as the server would keep them. It is shown them as a temporary table, which only this session sees.
 * A text that it does not take stays as it is: making the real table will say why.
 */
export async function asStored(table: TableState, session: Session, server: Server): Promise<Stored> {
  const needsServer =
    table.checks.length > 0 ||
    table.columns.some(
      (column) => column.default !== undefined || column.generated !== undefined || isForeignType(column),
    );
  if (!needsServer) return table;
  try {
    await session.run(`DROP TEMPORARY TABLE IF EXISTS ${shadow}`);
    await session.run(shadowStatement(table, server));
    const columns = await session.query(`SHOW FULL COLUMNS FROM ${shadow}`, 9);
    const [[, text] = []] = await session.query(`SHOW CREATE TABLE ${shadow}`, 2);
    await session.run(`DROP TEMPORARY TABLE IF EXISTS ${shadow}`);
    return read(table, columns, typeof text === "string" ? text : "", server);
  } catch (error) {
    if (error instanceof MortiseError) return table;
    throw error;
  }
}

function shadowStatement(table: TableState, server: Server): string {
  const parts = [
    ...table.columns.map((column) => columnDefinition({ ...column, autoIncrement: false, comment: undefined })),
    ...table.checks.map(({ expression }, at) => `CONSTRAINT \`mortise_${at}\` CHECK (${expression})`),
  ];
  const collation = table.options.collation ?? server.collation;
  return `CREATE TEMPORARY TABLE ${shadow} (\n  ${parts.join(",\n  ")}\n) COLLATE=${collationName(collation)}`;
}

/** A type in the model's own words, which the server may know by others. JSON is no type of its own to every server. */
function isForeignType({ type, databaseType }: ColumnState): boolean {
  return type?.kind === "specific" && databaseType !== "json";
}

/** Field, type, collation, null, key, default, extra, privileges and comment, as the catalogue has them too. */
function read(table: TableState, rows: readonly (readonly unknown[])[], text: string, server: Server): Stored {
  const lines = text.split("\n").map((line) => line.trim());
  const told = parseCreate(text);
  const stored = rows.map(([name, type, collation, nullable, , value, extra]) => {
    const line = lines.find((one) => one.startsWith(`${quoteName(String(name))} `)) ?? "";
    // Of a temporary table only the statement tells which defaults are expressions.
    const kind = / DEFAULT (?!'|-?[\d.]|b'|NULL)/.test(line) ? `DEFAULT_GENERATED ${String(extra)}` : extra;
    const given = literalOf(line) ?? value;
    const row = columnRow([undefined, name, type, nullable, given, kind, collation, "", ""]);
    return columnState(toldColumn(row, told), { ...server, defaultsAsSql: false }, new Set(), server.collation);
  });
  return {
    columns: table.columns.map((column, at) => ({
      ...column,
      databaseType: isForeignType(column) ? stored[at]?.databaseType : column.databaseType,
      default: stored[at]?.default,
      generated: stored[at]?.generated,
    })),
    checks: table.checks.map((check, at) => {
      const expression = told.checks.get(`mortise_${at}`)?.expression;
      return { ...check, expression: expression === undefined ? check.expression : normalExpression(expression) };
    }),
  };
}

/** A text as default: some releases quote it among the columns, and some do not. */
function literalOf(line: string): string | undefined {
  const quoted = / DEFAULT ('(?:[^'\\]|\\[\s\S]|'')*')/.exec(line)?.[1];
  return quoted === undefined ? undefined : unquotedText(quoted);
}
