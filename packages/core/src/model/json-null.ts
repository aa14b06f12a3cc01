/**
 * The JSON value `null`, as a value of its own: in a JSON column `null` means that there is no document at all (SQL NULL), and
 * `jsonNull` that there is one, which is `null`. It is written and read as itself; inside a document plain `null` is enough.
 */
export class JsonNull {
  /** A record with it becomes the JSON one expects. */
  toJSON(): null {
    return null;
  }
}

/**
 * Stores the document `null` in a JSON column: `db.from(Event).insert({ payload: jsonNull })` writes the text `null`,
 * while `payload: null` writes SQL NULL.
 */
export const jsonNull: JsonNull = Object.freeze(new JsonNull());
