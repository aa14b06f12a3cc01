import type { Description } from "@mortise/core/adapter";
import { BSON } from "mongodb";
import type { Compiled } from "./command.ts";
import { fill, slotsOf, type Slot } from "./slot.ts";

/** A command as text, `?1` standing for the first value, with the values apart. */
export function describeCommand(compiled: Compiled, values: readonly unknown[] | undefined): Description {
  const template = bodyOf(compiled);
  const slots = slotsOf(template).filter(({ isShown }) => isShown);
  const placeOf = (slot: Slot): number =>
    slot.isShown ? slots.indexOf(slot) : slots.findIndex((other) => other.slot === slot.slot);
  const shown = fill(template, (slot) => `?${placeOf(slot) + 1}`);
  const collection = compiled.collection ?? "aggregate";
  return {
    sql: `db.${collection}.${compiled.kind}(${BSON.EJSON.stringify(shown)})`,
    parameters: values === undefined ? [] : slots.map((slot) => slot.show(values[slot.slot])),
  };
}

function bodyOf(compiled: Compiled): unknown {
  switch (compiled.kind) {
    case "aggregate":
      return compiled.pipeline;
    case "insert":
      return compiled.documents;
    case "update":
      return [targetBody(compiled.target), compiled.changes];
    case "delete":
      return targetBody(compiled.target);
    case "truncate":
      return {};
  }
}

function targetBody(target: Extract<Compiled, { kind: "delete" }>["target"]): unknown {
  return target.by === "filter" ? target.filter : target.pipeline;
}
