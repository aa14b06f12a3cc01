/** The three values of a condition. Only rows where it is true are found. */
export type Truth = "true" | "false" | "unknown";

const negation: Readonly<Record<Truth, Truth>> = { true: "false", false: "true", unknown: "unknown" };

const conjunction: Readonly<Record<Truth, Readonly<Record<Truth, Truth>>>> = {
  true: { true: "true", false: "false", unknown: "unknown" },
  false: { true: "false", false: "false", unknown: "false" },
  unknown: { true: "unknown", false: "false", unknown: "unknown" },
};

const disjunction: Readonly<Record<Truth, Readonly<Record<Truth, Truth>>>> = {
  true: { true: "true", false: "true", unknown: "true" },
  false: { true: "true", false: "false", unknown: "unknown" },
  unknown: { true: "true", false: "unknown", unknown: "unknown" },
};

export function not(truth: Truth): Truth {
  return negation[truth];
}

/** True of nothing. */
export function every(truths: Iterable<Truth>): Truth {
  let all: Truth = "true";
  for (const truth of truths) all = conjunction[all][truth];
  return all;
}

/** False of nothing. */
export function some(truths: Iterable<Truth>): Truth {
  let any: Truth = "false";
  for (const truth of truths) any = disjunction[any][truth];
  return any;
}

export function truthOf(holds: boolean): Truth {
  return holds ? "true" : "false";
}
