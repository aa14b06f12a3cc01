import { expect, test } from "vitest";
import { withInLists } from "./in-list.ts";

const columns = new Set(["state", 'o"dd']);

test.for([
  [
    "((state)::text = ANY ((ARRAY['on'::character varying, 'it''s'::character varying])::text[]))",
    "(state in ('on', 'it''s'))",
  ],
  [
    "((state)::text = ANY (ARRAY[('on'::character varying)::text, ('off'::character varying)::text]))",
    "(state in ('on', 'off'))",
  ],
  [`(("o""dd")::text <> ALL ((ARRAY['a'::character varying(3)])::text[]))`, `("o""dd" not in ('a'))`],
  [
    "((other)::text = ANY ((ARRAY['1'::character varying])::text[]))",
    "((other)::text = ANY ((ARRAY['1'::character varying])::text[]))",
  ],
  ["(state = ANY (ARRAY['a'::text]))", "(state = ANY (ARRAY['a'::text]))"],
])("%s", ([print = "", written]) => {
  expect(withInLists(print, columns)).toBe(written);
});
