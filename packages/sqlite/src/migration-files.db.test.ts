import { runFiles } from "@mortise/testkit";
import { target } from "./target.fixture.ts";

runFiles(target);
