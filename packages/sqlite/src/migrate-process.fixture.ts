import { runOrders } from "../../testkit/src/migrations/processes/migrate-process.ts";
import { sqlite } from "./index.ts";

const [place = "", orders = "{}"] = process.argv.slice(2);
await runOrders(sqlite({ filename: place }), JSON.parse(orders));
