import { runLaws } from "@mortise/testkit";
import { target } from "./target.fixture.ts";

runLaws(target);
