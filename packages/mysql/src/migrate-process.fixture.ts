import { runOrders } from "../../testkit/src/migrations/processes/migrate-process.ts";
import { mysql } from "./index.ts";

const [place = "", orders = "{}"] = process.argv.slice(2);
await runOrders(mysql({ uri: place }), JSON.parse(orders));
