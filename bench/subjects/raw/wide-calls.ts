import type { Call, Calls } from "../../workloads/workload.ts";
import { instantOf, rowsOf, type Use } from "./statement.ts";

interface WideRow {
  readonly id: number;
  readonly integer_1: number;
  readonly integer_2: number;
  readonly integer_3: number;
  readonly integer_4: number;
  readonly integer_5: number;
  readonly maybe_integer_1: number | null;
  readonly maybe_integer_2: number | null;
  readonly text_1: string;
  readonly text_2: string;
  readonly text_3: string;
  readonly text_4: string;
  readonly text_5: string;
  readonly text_6: string;
  readonly maybe_text_1: string | null;
  readonly maybe_text_2: string | null;
  readonly flag_1: number;
  readonly flag_2: number;
  readonly flag_3: number;
  readonly flag_4: number;
  readonly maybe_flag_1: number | null;
  readonly instant_1: string;
  readonly instant_2: string;
  readonly instant_3: string;
  readonly instant_4: string;
  readonly maybe_instant_1: string | null;
  readonly document_1: string;
  readonly document_2: string;
  readonly maybe_document_1: string | null;
  readonly number_1: number;
  readonly number_2: number;
}

const wideColumns = `
  id, integer_1, integer_2, integer_3, integer_4, integer_5, maybe_integer_1, maybe_integer_2, text_1,
  text_2, text_3, text_4, text_5, text_6, maybe_text_1, maybe_text_2, flag_1, flag_2, flag_3, flag_4,
  maybe_flag_1, instant_1, instant_2, instant_3, instant_4, maybe_instant_1, document_1, document_2,
  maybe_document_1, number_1, number_2
`;

/** The workloads on wide rows, by hand. */
export function wideCalls(use: Use): Calls {
  return { wide1k: wide(use, 1000), wide10k: wide(use, 10_000) };
}

function wide(use: Use, count: number): Call {
  const someRows = use(`select ${wideColumns} from wide order by id limit ?`);
  return () => rowsOf<WideRow>(someRows().all(count)).map(wideOf);
}

function documentOf(text: string): unknown {
  return JSON.parse(text);
}

function wideOf(row: WideRow): object {
  return {
    id: row.id,
    integer1: row.integer_1,
    integer2: row.integer_2,
    integer3: row.integer_3,
    integer4: row.integer_4,
    integer5: row.integer_5,
    maybeInteger1: row.maybe_integer_1,
    maybeInteger2: row.maybe_integer_2,
    text1: row.text_1,
    text2: row.text_2,
    text3: row.text_3,
    text4: row.text_4,
    text5: row.text_5,
    text6: row.text_6,
    maybeText1: row.maybe_text_1,
    maybeText2: row.maybe_text_2,
    flag1: row.flag_1 === 1,
    flag2: row.flag_2 === 1,
    flag3: row.flag_3 === 1,
    flag4: row.flag_4 === 1,
    maybeFlag1: row.maybe_flag_1 === null ? null : row.maybe_flag_1 === 1,
    instant1: instantOf(row.instant_1),
    instant2: instantOf(row.instant_2),
    instant3: instantOf(row.instant_3),
    instant4: instantOf(row.instant_4),
    maybeInstant1: row.maybe_instant_1 === null ? null : instantOf(row.maybe_instant_1),
    document1: documentOf(row.document_1),
    document2: documentOf(row.document_2),
    maybeDocument1: row.maybe_document_1 === null ? null : documentOf(row.maybe_document_1),
    number1: row.number_1,
    number2: row.number_2,
  };
}
