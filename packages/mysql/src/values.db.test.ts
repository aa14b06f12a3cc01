import { columnSemantics } from "../../testkit/src/values/column-semantics.ts";
import { documentValues } from "../../testkit/src/values/document-values.ts";
import { encryptedColumns } from "../../testkit/src/values/encrypted-columns.ts";
import { exactSums } from "../../testkit/src/values/exact-sums.ts";
import { generatedKeys } from "../../testkit/src/values/generated-keys.ts";
import { numberValues } from "../../testkit/src/values/number-values.ts";
import { refusedValues } from "../../testkit/src/values/refused-values.ts";
import { textValues } from "../../testkit/src/values/text-values.ts";
import { timeValues } from "../../testkit/src/values/time-values.ts";
import { valueMatrix } from "../../testkit/src/values/value-matrix.ts";
import { onServers } from "./servers.fixture.ts";
import { targetOn } from "./target.fixture.ts";

/** A decimal has at most 65 digits, 30 of them behind the point: one "without limits" has 35 before it. */
const unlimited = 'decimal of mode "string" without limits';
const numbers = numberValues.filter(({ name }) => name !== unlimited);
const cases = [...numbers, ...textValues, ...timeValues, ...documentValues];

onServers((server) => {
  const target = targetOn(server);
  valueMatrix(target, cases);
  refusedValues(target, cases);
  exactSums(target);
  generatedKeys(target);
  encryptedColumns(target);
  columnSemantics(target);
});
