import { skipped } from "./local-server.ts";

/** The tests run on the server that the environment names. Without one they are skipped with one visible line, or fail where every database is required. */
export default function setup(): undefined {
  if (process.env["TEST_MONGODB_URL"] === undefined) {
    skipped("No MongoDB: set TEST_MONGODB_URL to a replica set, such as mongodb://127.0.0.1:27017/test.");
  }
}
