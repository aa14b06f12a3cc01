import { documentValues } from "../../testkit/src/values/document-values.ts";
import { numberValues } from "../../testkit/src/values/number-values.ts";
import { refusedValues } from "../../testkit/src/values/refused-values.ts";
import { textValues } from "../../testkit/src/values/text-values.ts";
import { timeValues } from "../../testkit/src/values/time-values.ts";
import { valueMatrix } from "../../testkit/src/values/value-matrix.ts";
import { target } from "./target.fixture.ts";

const cases = [...numberValues, ...textValues, ...timeValues, ...documentValues];

valueMatrix(target, cases);
refusedValues(target, cases);
