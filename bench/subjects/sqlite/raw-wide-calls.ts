import type { Call, Calls } from "../../workloads/workload.ts";
import { instantOf, rowsOf, type Use } from "./statement.ts";

interface WideRow {
  readonly id: number;
  readonly integer1: number;
  readonly integer2: number;
  readonly integer3: number;
  readonly integer4: number;
  readonly integer5: number;
  readonly maybe_integer1: number | null;
  readonly maybe_integer2: number | null;
  readonly text1: string;
  readonly text2: string;
  readonly text3: string;
  readonly text4: string;
  readonly text5: string;
  readonly text6: string;
  readonly maybe_text1: string | null;
  readonly maybe_text2: string | null;
  readonly flag1: number;
  readonly flag2: number;
  readonly flag3: number;
  readonly flag4: number;
  readonly maybe_flag1: number | null;
  readonly instant1: string;
  readonly instant2: string;
  readonly instant3: string;
  readonly instant4: string;
  readonly maybe_instant1: string | null;
  readonly document1: string;
  readonly document2: string;
  readonly maybe_document1: string | null;
  readonly number1: number;
  readonly number2: number;
}

const wideColumns = `
  id, integer1, integer2, integer3, integer4, integer5, maybe_integer1, maybe_integer2, text1,
  text2, text3, text4, text5, text6, maybe_text1, maybe_text2, flag1, flag2, flag3, flag4,
  maybe_flag1, instant1, instant2, instant3, instant4, maybe_instant1, document1, document2,
  maybe_document1, number1, number2
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
    integer1: row.integer1,
    integer2: row.integer2,
    integer3: row.integer3,
    integer4: row.integer4,
    integer5: row.integer5,
    maybeInteger1: row.maybe_integer1,
    maybeInteger2: row.maybe_integer2,
    text1: row.text1,
    text2: row.text2,
    text3: row.text3,
    text4: row.text4,
    text5: row.text5,
    text6: row.text6,
    maybeText1: row.maybe_text1,
    maybeText2: row.maybe_text2,
    flag1: row.flag1 === 1,
    flag2: row.flag2 === 1,
    flag3: row.flag3 === 1,
    flag4: row.flag4 === 1,
    maybeFlag1: row.maybe_flag1 === null ? null : row.maybe_flag1 === 1,
    instant1: instantOf(row.instant1),
    instant2: instantOf(row.instant2),
    instant3: instantOf(row.instant3),
    instant4: instantOf(row.instant4),
    maybeInstant1: row.maybe_instant1 === null ? null : instantOf(row.maybe_instant1),
    document1: documentOf(row.document1),
    document2: documentOf(row.document2),
    maybeDocument1: row.maybe_document1 === null ? null : documentOf(row.maybe_document1),
    number1: row.number1,
    number2: row.number2,
  };
}
