import { ValueNode } from "kysely";
import { bindList, type Bind, type Encode } from "../bind.ts";

/**
 * A parameter in the tree. It holds the slot and the encoder, never a caller value, so that the compiler's list of parameters is the
 * plan by which values are bound.
 */
export function bindNode(slot: number, encode: Encode): ValueNode {
  const bind: Bind = Object.freeze({ slot, encode });
  return ValueNode.create(bind);
}

/** The compiler hands back what `bindNode` put in; anything else in the list would be a value in the tree. */
export function bindsOf(parameters: readonly unknown[]): readonly Bind[] {
  return bindList(parameters.map(toBind));
}

function toBind(parameter: unknown): Bind {
  if (typeof parameter === "object" && parameter !== null && "slot" in parameter && "encode" in parameter) {
    const { slot, encode } = parameter;
    if (typeof slot === "number" && isEncode(encode)) return { slot, encode };
  }
  throw new TypeError("A value reached the operation tree; only slots may.");
}

function isEncode(value: unknown): value is Encode {
  return typeof value === "function";
}
