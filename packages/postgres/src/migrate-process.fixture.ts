import { runOrders } from "../../testkit/src/migrations/processes/migrate-process.ts";
import { postgres } from "./index.ts";

await runOrders((place) => {
  const [url = "", schema = ""] = place.split(" ");
  return postgres({ connectionString: url, searchPath: [schema] });
});
