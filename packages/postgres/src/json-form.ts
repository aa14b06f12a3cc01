import { template, type JsonForm } from "@mortise/sql";
import { decodeByType } from "./raw-decoder.ts";

/** Every value as the server's text, which is what the connection gives of it too. */
export const textForm: JsonForm = { project: (operand) => template`cast(${operand} as text)`, revive: undefined };

/** A value whose type only the server knows: the number of its type, and its text. */
export const typedForm: JsonForm = {
  project: (operand) =>
    template`(select cast(cast(pg_typeof(v) as oid) as text) || ' ' || cast(v as text) from (select ${operand} as v) as one)`,
  revive: (entry) => {
    const text = String(entry);
    const end = text.indexOf(" ");
    const value = text.slice(end + 1);
    const decode = decodeByType(Number(text.slice(0, end)));
    return decode === undefined ? value : decode(value);
  },
};
