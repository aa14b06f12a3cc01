import { runOrders } from "../../testkit/src/migrations/processes/migrate-process.ts";
import { sqlite } from "./index.ts";

await runOrders((place) => sqlite({ filename: place }));
