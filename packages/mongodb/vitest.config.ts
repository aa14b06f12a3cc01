import { fileURLToPath } from "node:url";
import { defineConfig } from "vitest/config";

/**
 * The conformance of this adapter, on the server that `TEST_MONGODB_URL` names. It is not complete yet, so that neither `pnpm test` nor CI
 * asks for it; when it is, this becomes a project of `tests/vitest.config.ts`.
 */
export default defineConfig({
  test: {
    root: fileURLToPath(new URL(".", import.meta.url)),
    include: ["src/**/*.test.ts"],
    testTimeout: 60_000,
    hookTimeout: 120_000,
  },
});
