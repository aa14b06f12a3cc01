import { runOrders } from "../../testkit/src/migrations/processes/migrate-process.ts";
import { postgres } from "./index.ts";

const [place = "", orders = "{}"] = process.argv.slice(2);
const [url = "", schema = ""] = place.split(" ");
await runOrders(postgres({ connectionString: url, searchPath: [schema] }), JSON.parse(orders));
