import { execFileSync } from "node:child_process";
import { appendFileSync } from "node:fs";
import process from "node:process";
import type { Reporter, TestCase, TestModule } from "vitest/node";

const minute = 60_000;
/** The longest file takes two minutes on two processors. */
const patience = 15 * minute;

/**
 * A file whose process does not answer any more would hold the run for ever: the clock of a test stands in the process that it runs in.
 * After a quarter of an hour its test is named, and the processes of the tests are ended: their files fail, and the run goes on. Which
 * they were is written to the file that `STUCK_FILES` names.
 */
export default class StuckTests implements Reporter {
  readonly #running = new Map<string, { readonly since: number; test: string }>();
  #clock: NodeJS.Timeout | undefined;

  onTestRunStart(): void {
    this.#clock = setInterval(() => this.#look(), minute / 2).unref();
  }

  onTestModuleQueued({ relativeModuleId }: TestModule): void {
    this.#running.set(relativeModuleId, { since: Date.now(), test: "none yet" });
  }

  onTestCaseReady({ module, fullName }: TestCase): void {
    const running = this.#running.get(module.relativeModuleId);
    if (running !== undefined) running.test = fullName;
  }

  onTestModuleEnd({ relativeModuleId }: TestModule): void {
    this.#running.delete(relativeModuleId);
  }

  onTestRunEnd(): void {
    clearInterval(this.#clock);
  }

  #look(): void {
    const stuck = [...this.#running].filter(([, { since }]) => Date.now() - since > patience);
    if (stuck.length === 0) return;
    for (const [file, { test }] of stuck)
      console.error(
        `${file} has run for ${patience / minute} minutes, and the last test that it told of is: ${test}. The processes of the tests are ended.`,
      );
    const list = process.env["STUCK_FILES"];
    if (list !== undefined) appendFileSync(list, [...this.#running.keys(), ""].join("\n"));
    this.#running.clear();
    for (const id of testProcesses()) process.kill(id, "SIGKILL");
  }
}

function testProcesses(): readonly number[] {
  const processes = execFileSync("ps", ["-o", "pid=,args=", "--ppid", String(process.pid)], { encoding: "utf8" });
  return processes
    .split("\n")
    .flatMap((line) => (line.includes("workers/forks.js") ? [Number.parseInt(line, 10)] : []));
}
