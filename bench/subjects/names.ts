/** The subjects by engine. All ratios are to the first one. */
export const subjectNames: Readonly<Record<string, readonly string[]>> = {
  sqlite: ["raw", "raw-prepared", "mortise"],
};
