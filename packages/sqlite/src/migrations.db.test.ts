import { runMigrations } from "@mortise/testkit";
import { target } from "./target.fixture.ts";

runMigrations(target);
