import { runConformance } from "@mortise/testkit";
import { mongodbCapabilities } from "./capabilities.ts";
import { losesTransactions, onServer } from "./test-database.fixture.ts";

const keys = "the _id of a document never changes, and the primary key is the _id";
const ties = "MongoDB has no foreign keys";

/** What MongoDB cannot do and no capability says. */
const exclusions = {
  "counters: an upsert and a key by an expression move it too": "a value in words of SQL is no value of MongoDB's",
  "counters: a key that is changed moves it too": keys,
  "first or create: updateOrCreate gives the row as stored even when it no longer matches": keys,
  "request bodies: documents are data in a column of documents alone":
    "a key that begins with a dollar sign is refused in documents, too",
  "exclusive arcs: the database refuses a target that is missing": ties,
  "exclusive arcs: a nullable arc has no target that is missing": ties,
  "exclusive arcs: deleting a target takes its rows along or is refused, as declared": ties,
  "one meaning: an instant keeps 6 digits behind the second, and is UTC": "a BSON date counts milliseconds",
};

onServer(
  (open) => runConformance({ name: "mongodb", capabilities: mongodbCapabilities, exclusions, open }),
  losesTransactions,
);
