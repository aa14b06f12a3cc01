import { Db } from "mongodb";
import { runOrders, type Orders } from "../../testkit/src/migrations/processes/migrate-process.ts";
import { mongodb } from "./index.ts";

const [place = "", text = "{}"] = process.argv.slice(2);
const orders: Orders = JSON.parse(text);
const { dies } = orders;

// Commands do not go through the connection that the orders watch: a process that dies behind one dies here.
if (dies?.when === "after") {
  const command: Db["command"] = Reflect.get(Db.prototype, "command");
  Db.prototype.command = async function (document, options) {
    const answer = await command.call(this, document, options);
    if (JSON.stringify(document) === dies.text) process.kill(process.pid, "SIGKILL");
    return answer;
  };
}
await runOrders(mongodb({ url: process.env["TEST_MONGODB_URL"] ?? "", database: place }), orders);
