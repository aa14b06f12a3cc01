import { spawn, spawnSync } from "node:child_process";
import { mkdirSync, mkdtempSync, realpathSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

const packages = fileURLToPath(new URL("../../packages", import.meta.url));
const command = [process.execPath, join(packages, "migrator/src/cli/main.ts")];

/** What a run of the command gave. */
export interface Run {
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

/** A question that is waited for, and the keys that answer it. */
export interface Answer {
  readonly to: RegExp;
  readonly keys: string;
}

/** Whether a pseudo-terminal can be had: by `script` of util-linux. */
export const hasTerminal: boolean =
  spawnSync("script", ["--version"], { encoding: "utf8" }).stdout?.includes("util-linux") ?? false;

/** A folder as a new user has it: the packages are installed, and nothing else is there. */
export class Project {
  readonly folder: string = realpathSync(mkdtempSync(join(tmpdir(), "mortise-journey-")));

  constructor(installed: readonly string[] = ["core", "migrator", "sqlite", "postgres", "mysql", "mongodb"]) {
    mkdirSync(join(this.folder, "node_modules/@mortise"), { recursive: true });
    for (const name of installed) symlinkSync(join(packages, name), join(this.folder, "node_modules/@mortise", name));
  }

  /** The same commands in a folder of the project. */
  in(folder: string): Pick<Project, "run"> {
    return { run: (...args) => finished(this.#spawn(command[0] ?? "", [command[1] ?? "", ...args], "ignore", folder)) };
  }

  write(path: string, text: string): void {
    mkdirSync(dirname(join(this.folder, path)), { recursive: true });
    writeFileSync(join(this.folder, path), text);
  }

  /** Runs the command with standard input closed. */
  run(...args: readonly string[]): Promise<Run> {
    return finished(this.#spawn(command[0] ?? "", [command[1] ?? "", ...args], "ignore"));
  }

  /** Runs the command in a pseudo-terminal and answers its questions in their order. */
  answer(answers: readonly Answer[], ...args: readonly string[]): Promise<Run> {
    const line = [...command, ...args].map((word) => `'${word}'`).join(" ");
    const child = this.#spawn("script", ["-qec", `stty cols 100 rows 40; ${line}`, "/dev/null"], "pipe");
    const open = [...answers];
    let seen = "";
    child.stdout?.on("data", (chunk: Buffer) => {
      seen += String(chunk);
      if (open[0]?.to.test(seen) !== true) return;
      seen = "";
      child.stdin?.write(open.shift()?.keys ?? "");
    });
    return finished(child);
  }

  remove(): void {
    rmSync(this.folder, { recursive: true, force: true });
  }

  #spawn(program: string, args: readonly string[], stdin: "ignore" | "pipe", folder = "."): ReturnType<typeof spawn> {
    const { PATH = "", HOME = "", CI = "" } = process.env;
    const env = { PATH, HOME, CI, TERM: "xterm", NO_COLOR: "1" };
    return spawn(program, [...args], { cwd: join(this.folder, folder), env, stdio: [stdin, "pipe", "pipe"] });
  }
}

function finished(child: ReturnType<typeof spawn>): Promise<Run> {
  return new Promise((resolve, reject) => {
    const said = { stdout: "", stderr: "" };
    child.stdout?.on("data", (chunk: Buffer) => void (said.stdout += String(chunk)));
    child.stderr?.on("data", (chunk: Buffer) => void (said.stderr += String(chunk)));
    child.on("error", reject);
    child.on("close", (code) => resolve({ code, ...said }));
  });
}
