import { runConformance } from "@mortise/testkit";
import { mongodbCapabilities } from "./capabilities.ts";
import { onServer } from "./test-database.fixture.ts";

onServer((open) => runConformance({ name: "mongodb", capabilities: mongodbCapabilities, open }));
