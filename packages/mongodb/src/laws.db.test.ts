import { runLaws } from "@mortise/testkit";
import { losesTransactions, onServer } from "./test-database.fixture.ts";
import { serverTarget } from "./target.fixture.ts";

onServer(() => runLaws(serverTarget()), losesTransactions);
