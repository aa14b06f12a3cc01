import { runWritten } from "@mortise/testkit";
import { target } from "./target.fixture.ts";

runWritten(target);
