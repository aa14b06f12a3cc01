import { runDifferential, type DeclaredDifference } from "@mortise/testkit";
import { mongodbCapabilities } from "./capabilities.ts";
import { onServer } from "./test-database.fixture.ts";

const differences: readonly DeclaredDifference[] = [
  {
    reason: "the _id of a document never changes, so that a key that would change is refused",
    features: /^set key$/,
    shows: /\bUNSUPPORTED\b/,
  },
  {
    reason: "a Decimal128 has 34 digits, and an average ends there",
    features: /avg decimal$/,
    shows: /\d{9,}\.\d{10,}/,
  },
  {
    reason: "the tests' server forgets a sorted cursor of a transaction when a $lookup runs beside it",
    features: /^stream in a transaction$/,
    shows: /MongoDB refused the command with code 43/,
  },
];

const unsteady = "the tests' server may give up a transaction and keep what it wrote";

// That server takes seconds, and at times a minute, over $lookup within $lookup.
onServer((open) =>
  runDifferential(
    { name: "mongodb", capabilities: mongodbCapabilities, differences, unsteady, open },
    { cases: 2000, perSchema: 24, nesting: 1 },
  ),
);
