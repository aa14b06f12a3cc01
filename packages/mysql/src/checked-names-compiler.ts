import { InvalidQueryError } from "@mortise/core/adapter";
import { MysqlQueryCompiler } from "kysely";
import { isName } from "./spelling.ts";

/** Kysely's compiler, but a name that the server could not hold is refused before anything is sent. */
export class CheckedNamesCompiler extends MysqlQueryCompiler {
  protected override sanitizeIdentifier(identifier: string): string {
    if (isName(identifier, longestAlias)) return super.sanitizeIdentifier(identifier);
    throw new InvalidQueryError(
      `The name ${JSON.stringify(identifier)} cannot be used: it is too long, ends in a blank or has characters beyond U+FFFF.`,
    );
  }
}

/** The names of results may be longer than those of tables and columns. */
const longestAlias = 256;
