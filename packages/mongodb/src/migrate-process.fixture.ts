import { runOrders } from "../../testkit/src/migrations/processes/migrate-process.ts";
import { mortalCommands } from "../../testkit/src/migrations/processes/mortal-adapter.ts";
import { mongodb } from "./index.ts";

const url = process.env["TEST_MONGODB_URL"] ?? "";

await runOrders((place) => mongodb({ url, database: place }), mortalCommands);
