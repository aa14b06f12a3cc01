import { runOrders } from "../../testkit/src/migrations/processes/migrate-process.ts";
import { mysql } from "./index.ts";

await runOrders((place) => mysql({ uri: place }));
