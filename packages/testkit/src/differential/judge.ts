import { canonical } from "./canonical.ts";
import { lengthOf, type Answer, type Listing } from "./evaluator/answer.ts";
import type { Command, LoadSpec } from "./program.ts";
import type { Outcome } from "./run-command.ts";

/** What is wrong with an outcome, as a sentence, or `undefined` when it is as it must be. */
export function judge(command: Command, answer: Answer, outcome: Outcome): string | undefined {
  const text = (value: unknown) => canonical(tidy(value, loadsOf(command)));
  if (answer.is === "error" || outcome.is === "error") return judgeError(answer, outcome, text);
  if (answer.is === "steps") return judgeSteps(command, answer, outcome);
  if (answer.is === "pages") return judgePages(answer, outcome, text);
  if (outcome.is !== "value") return `The outcome is "${outcome.is}" where "${answer.is}" belongs.`;
  const { value } = outcome;
  switch (answer.is) {
    case "value":
      return differ(canonical(answer.value), canonical(value));
    case "list":
      return judgeList(answer.list, value, text);
    case "first": {
      const { from, to } = answer.list;
      return judgeList({ ...answer.list, to: Math.min(to, from + 1) }, value === null ? [] : [value], text);
    }
    case "page": {
      const { meta, data } = pageOf(value);
      return differ(canonical(answer.meta), canonical(meta)) ?? judgeList(answer.list, data, text);
    }
  }
}

type Text = (value: unknown) => string;

function differ(expected: string, actual: string): string | undefined {
  return expected === actual ? undefined : `Expected ${expected}\n but got ${actual}`;
}

function judgeError(answer: Answer, outcome: Outcome, text: Text): string | undefined {
  if (answer.is === "error" && outcome.is === "error") return differ(answer.code, outcome.code);
  if (outcome.is === "error") return `Expected ${answer.is}\n but got the error ${outcome.code}: ${outcome.message}`;
  const given = outcome.is === "value" ? text(outcome.value) : outcome.is;
  return `Expected the error ${answer.is === "error" ? answer.code : ""}\n but got ${given}`;
}

/** The wanted rows in their order; those of one group in any order, and of a group that is cut any of them. */
function judgeList(list: Listing, value: unknown, text: Text): string | undefined {
  if (!Array.isArray(value)) return `Expected a list\n but got ${canonical(value)}`;
  const actual = value.map(text);
  const size = lengthOf(list);
  let at = 0;
  let place = 0;
  for (const group of list.groups) {
    const first = Math.max(list.from, place);
    const behind = Math.min(list.to, place + group.length);
    place += group.length;
    if (behind <= first) continue;
    const rest = group.map(text);
    const part = actual.slice(at, at + behind - first);
    at += behind - first;
    if (part.length === behind - first && part.every((one) => takeOut(rest, one))) continue;
    const where = `rows ${first} to ${behind} of ${place}`;
    return `Expected ${size} rows, and as ${where}\n ${group.map(text).join("\n ")}\n but got ${actual.length} rows\n ${actual.join("\n ")}`;
  }
  return at === actual.length ? undefined : `Expected ${size} rows\n but got ${actual.length}\n ${actual.join("\n ")}`;
}

function takeOut(rest: string[], one: string): boolean {
  const at = rest.indexOf(one);
  if (at !== -1) rest.splice(at, 1);
  return at !== -1;
}

/** Every page but the last is full, all of them are the list, and the way back has the same pages. */
function judgePages(answer: Extract<Answer, { is: "pages" }>, outcome: Outcome, text: Text): string | undefined {
  if (outcome.is !== "pages") return `The outcome is "${outcome.is}" where "pages" belongs.`;
  const { pages, back } = outcome;
  const size = lengthOf(answer.list);
  const sizes = Array.from({ length: Math.max(1, Math.ceil(size / answer.perPage)) }, (_, at) =>
    Math.min(answer.perPage, size - at * answer.perPage),
  );
  const texts = (list: readonly (readonly unknown[])[]) => canonical(list.map((page) => page.map(text)));
  return (
    judgeList(answer.list, pages.flat(), text) ??
    differ(canonical(sizes), canonical(pages.map((page) => page.length))) ??
    differ(texts(pages.slice(0, -1)), texts(back))
  );
}

function judgeSteps(command: Command, answer: Extract<Answer, { is: "steps" }>, outcome: Outcome): string | undefined {
  if (outcome.is !== "steps" || command.do !== "transaction") return `The outcome is "${outcome.is}".`;
  for (const [at, step] of command.commands.entries()) {
    const [one, other] = [answer.answers[at], outcome.outcomes[at]];
    if (one === undefined || other === undefined) return `Step ${at + 1} of the transaction did not run.`;
    const wrong = judge(step, one, other);
    if (wrong !== undefined) return `Step ${at + 1} of the transaction: ${wrong}`;
  }
  return undefined;
}

function pageOf(value: unknown): { readonly meta: unknown; readonly data: unknown } {
  if (typeof value !== "object" || value === null) return { meta: undefined, data: undefined };
  return { meta: Reflect.get(value, "meta"), data: Reflect.get(value, "data") };
}

function loadsOf(command: Command): readonly LoadSpec[] {
  return "query" in command ? command.query.loads : [];
}

/** A row whose loaded lists stand in one order where theirs is left open. */
function tidy(row: unknown, loads: readonly LoadSpec[]): unknown {
  if (loads.length === 0 || typeof row !== "object" || row === null) return row;
  const tidied: Record<string, unknown> = { ...row };
  for (const { relation, loads: inner, order } of loads) {
    const loaded = tidied[relation];
    if (!Array.isArray(loaded)) tidied[relation] = tidy(loaded, inner);
    else {
      const children = loaded.map((child) => tidy(child, inner));
      const byText = (left: unknown, right: unknown) => (canonical(left) < canonical(right) ? -1 : 1);
      tidied[relation] = order.length > 0 ? children : children.sort(byText);
    }
  }
  return tidied;
}
