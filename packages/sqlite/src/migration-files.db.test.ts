import { runFiles, runModules } from "@mortise/testkit";
import { target } from "./target.fixture.ts";

runFiles(target);
runModules(target);
