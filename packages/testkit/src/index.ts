/** The conformance suite for authors of adapters, run from a test file beside the adapter. */
export { runConformance, type AdapterUnderTest } from "./conformance.ts";
