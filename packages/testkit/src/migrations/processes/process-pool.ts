import { fork, type ChildProcess } from "node:child_process";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import process from "node:process";
import type { Orders, Word } from "./orders.ts";

/** How a process ended. */
export interface Ended {
  /** 0, another code, or the signal that ended it. */
  readonly code: number | string;
  readonly made: number | undefined;
  /** What it complained of. */
  readonly said: string;
}

/** A process of its own that has loaded everything and waits for its orders. */
export class WarmProcess {
  readonly #child: ChildProcess;
  readonly #words: Word[] = [];
  #listener: (() => void) | undefined;
  readonly ended: Promise<Ended>;

  constructor(script: string, cache: string) {
    const env = { ...process.env, NODE_COMPILE_CACHE: cache };
    this.#child = fork(script, [], { env, execArgv: [], stdio: ["ignore", "ignore", "pipe", "ipc"] });
    let said = "";
    this.#child.stderr?.on("data", (chunk: Buffer) => void (said += String(chunk)));
    this.#child.on("message", (word: Word) => this.#hear(word));
    this.ended = new Promise((resolve) => {
      this.#child.on("close", (code, signal) => {
        const made = this.#words.map((word) => (typeof word === "object" ? word.made : undefined));
        resolve({ code: signal ?? code ?? 1, made: made.at(-1), said });
        this.#listener?.();
      });
    });
  }

  /** Waits until the process says this, or ends; tells whether it said so. */
  async says(word: Word): Promise<boolean> {
    while (!this.has(word)) {
      if (this.#child.exitCode !== null || this.#child.signalCode !== null) return false;
      await new Promise<void>((resolve) => (this.#listener = resolve));
    }
    return true;
  }

  /** Whether the process has said this by now. */
  has(word: Word): boolean {
    return this.#words.includes(word);
  }

  tell(orders: Orders | "go"): void {
    // A process that has ended by itself hears nothing, and says why when it is asked how it ended.
    this.#child.send(orders, () => undefined);
  }

  /** Ends it at once, or when it has said a word. */
  async kill(after?: Word): Promise<Ended> {
    if (after !== undefined) await this.says(after);
    this.#child.kill("SIGKILL");
    return this.ended;
  }

  #hear(word: Word): void {
    this.#words.push(word);
    this.#listener?.();
  }
}

/**
 * Processes that are started ahead of need, since loading costs most of what they do. They share a cache of compiled sources, which the
 * first one fills.
 */
export class ProcessPool {
  readonly #script: string;
  readonly #cache: string;
  readonly #size: number;
  readonly #warm: WarmProcess[] = [];

  private constructor(script: string, cache: string, size: number) {
    this.#script = script;
    this.#cache = cache;
    this.#size = size;
  }

  static async open(script: string, size: number): Promise<ProcessPool> {
    const pool = new ProcessPool(script, await mkdtemp(join(tmpdir(), "mortise-compiled-")), size);
    await pool.#start().kill("warm");
    return pool;
  }

  async take(): Promise<WarmProcess> {
    this.#fill();
    const taken = this.#warm.shift() ?? this.#start();
    await taken.says("warm");
    this.#fill();
    return taken;
  }

  /** So many at once, all of which wait. */
  async takeAll(count: number): Promise<readonly WarmProcess[]> {
    return Promise.all(Array.from({ length: count }, () => this.take()));
  }

  async close(): Promise<void> {
    await Promise.all(this.#warm.map((one) => one.kill()));
    await rm(this.#cache, { recursive: true, force: true });
  }

  #fill(): void {
    while (this.#warm.length < this.#size) this.#warm.push(this.#start());
  }

  #start(): WarmProcess {
    return new WarmProcess(this.#script, this.#cache);
  }
}
