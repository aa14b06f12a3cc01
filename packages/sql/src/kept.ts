/** How long the one that was used last is kept at most, in milliseconds. */
const longest = 1000;

/**
 * Connections that were given back a moment ago and are lent again without asking the pool, which counts them as lent. Those that nobody
 * wanted for a while go back to it, so that it may close what is idle.
 */
export class Kept<Connection> {
  readonly #patience: number;
  readonly #release: (connection: Connection) => void;
  readonly #connections: { readonly connection: Connection; readonly since: number }[] = [];
  #timer: NodeJS.Timeout | undefined;

  constructor(patience: number, release: (connection: Connection) => void) {
    this.#patience = Math.max(1, Math.min(patience, longest));
    this.#release = release;
  }

  get size(): number {
    return this.#connections.length;
  }

  /** The one that was given back last. */
  take(): Connection | undefined {
    return this.#connections.pop()?.connection;
  }

  keep(connection: Connection): void {
    this.#connections.push({ connection, since: performance.now() });
    this.#timer ??= setInterval(() => this.#sort(), this.#patience).unref();
  }

  giveBack(): void {
    for (const { connection } of this.#connections.splice(0)) this.#release(connection);
    this.#stop();
  }

  /** Gives back those that were kept for too long. */
  #sort(): void {
    const since = performance.now() - this.#patience;
    const young = this.#connections.findIndex((one) => one.since > since);
    const old = this.#connections.splice(0, young === -1 ? this.#connections.length : young);
    for (const { connection } of old) this.#release(connection);
    if (this.#connections.length === 0) this.#stop();
  }

  #stop(): void {
    clearInterval(this.#timer);
    this.#timer = undefined;
  }
}
