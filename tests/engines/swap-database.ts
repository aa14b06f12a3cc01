import { registerHooks } from "node:module";

/** Loaded before a program: its `db.ts` is the one beside this file, on the engine that the environment names. Nothing else changes. */
registerHooks({
  resolve: (specifier, context, next) =>
    specifier === "./db.ts" && context.parentURL?.includes("/examples/quickstart/") === true
      ? { url: new URL("quickstart-db.ts", import.meta.url).href, shortCircuit: true }
      : next(specifier, context),
});
