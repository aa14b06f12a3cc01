import { serverNumber } from "./driver-error.ts";
import { queryText, type RawConnection } from "./raw-connection.ts";

const patience = 550;
const attempts = 8;
const pause = 250;
const noSuchThread = 1094;

/** Stops statements of other connections, from a connection of its own that lives as long as the request. */
export class Stopper {
  readonly #open: (signal: AbortSignal) => Promise<RawConnection>;

  constructor(open: (signal: AbortSignal) => Promise<RawConnection>) {
    this.#open = open;
  }

  /** Ends the running statement of a connection. Rejects when the server does not answer in time. */
  stop(thread: number): Promise<void> {
    return this.#send(`kill query ${thread}`);
  }

  /**
   * Ends a session whose connection is gone while a statement ran: the server would run it to its end for nobody. The wire may be down
   * for a while, so that it is tried a few times.
   */
  async end(thread: number): Promise<void> {
    for (let attempt = 1; attempt <= attempts; attempt += 1) {
      try {
        await this.#send(`kill ${thread}`);
        return;
      } catch (cause) {
        if (serverNumber(cause) === noSuchThread) return;
        await new Promise((resolve) => setTimeout(resolve, pause).unref());
      }
    }
  }

  async #send(sql: string): Promise<void> {
    const controller = new AbortController();
    let raw: RawConnection | undefined;
    let timer: NodeJS.Timeout | undefined;
    const late = new Promise<never>((_, reject) => {
      timer = setTimeout(() => {
        controller.abort();
        reject(new Error("The server did not answer the request to stop a statement."));
      }, patience);
    });
    const kill = async (): Promise<void> => {
      raw = await this.#open(controller.signal);
      await queryText(raw, sql);
    };
    try {
      const killing = kill();
      killing.catch(() => undefined);
      await Promise.race([killing, late]);
    } finally {
      clearTimeout(timer);
      raw?.destroy();
    }
  }
}
