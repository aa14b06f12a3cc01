import { fork, type ChildProcess } from "node:child_process";
import type { Answer, Answers, Request } from "./messages.ts";

/** A subject in a process of its own, so that no subject's garbage or compiled code weighs on another. */
export class SubjectProcess {
  readonly name: string;
  readonly #child: ChildProcess;

  constructor(engine: string, name: string, flags: readonly string[] = []) {
    this.name = name;
    this.#child = fork(new URL("child.ts", import.meta.url), [engine, name], { execArgv: ["--expose-gc", ...flags] });
  }

  ask<R extends Request>(request: R): Promise<Answers[R["kind"]]> {
    return new Promise((resolve, reject) => {
      const stopped = () => reject(new Error(`The process of ${this.name} ended with ${this.#child.exitCode}.`));
      if (!this.#child.connected) return stopped();
      this.#child.once("exit", stopped);
      this.#child.once("message", (message: Answer) => {
        this.#child.off("exit", stopped);
        if ("error" in message) reject(new Error(`${this.name}, ${request.workload}: ${message.error}`));
        else resolve(message.answer as Answers[R["kind"]]);
      });
      this.#child.send(request);
    });
  }

  stop(): void {
    this.#child.kill();
  }
}
