import { connect, createServer, type Server, type Socket } from "node:net";

/** How a wire can fail. */
export type Fault = "reset" | "finish" | "black hole" | "replies dropped";

interface Line {
  readonly client: Socket;
  readonly server: Socket;
}

type Mood = "well" | "black hole" | "replies dropped";

/** A proxy between a driver and its server that breaks the wire when told to. */
export class TcpProxy {
  readonly #listener: Server;
  readonly #lines = new Set<Line>();
  #mood: Mood = "well";
  #nextRequest: { readonly like: RegExp; readonly body: () => Promise<void> | void } | undefined;
  #trouble: Promise<void> | void = undefined;

  private constructor(listener: Server) {
    this.#listener = listener;
  }

  /** Listens on a port of its own and passes everything on to an address. */
  static async open(host: string, port: number): Promise<TcpProxy> {
    const listener = createServer();
    const proxy = new TcpProxy(listener);
    listener.on("connection", (client) => proxy.#join(client, connect(port, host)));
    await new Promise<void>((resolve) => listener.listen(0, "127.0.0.1", resolve));
    return proxy;
  }

  get port(): number {
    const address = this.#listener.address();
    return typeof address === "object" && address !== null ? address.port : 0;
  }

  /** Breaks every wire now. Black holes and dropped replies hold for new ones too, until `mend`. */
  break(fault: Fault): void {
    if (fault === "black hole" || fault === "replies dropped") {
      this.#mood = fault;
      return;
    }
    for (const { client, server } of this.#lines) {
      if (fault === "reset") client.resetAndDestroy();
      else client.end();
      server.destroy();
    }
  }

  /** Runs a body when a client next sends bytes like these, before they are passed on. */
  onNextRequest(like: RegExp, body: () => Promise<void> | void): void {
    this.#nextRequest = { like, body };
  }

  /** New connections work again, once what `onNextRequest` began is over. What went through a fault before is cut. */
  async mend(): Promise<void> {
    await this.#trouble;
    this.#trouble = undefined;
    const wasWell = this.#mood === "well";
    this.#mood = "well";
    this.#nextRequest = undefined;
    if (!wasWell) this.#cut();
  }

  async close(): Promise<void> {
    this.#cut();
    await new Promise((resolve) => this.#listener.close(resolve));
  }

  #cut(): void {
    for (const { client, server } of this.#lines) {
      client.destroy();
      server.destroy();
    }
  }

  #join(client: Socket, server: Socket): void {
    const line = { client, server };
    this.#lines.add(line);
    for (const socket of [client, server]) {
      socket.setNoDelay(true);
      socket.on("error", () => undefined);
    }
    client.on("close", () => {
      if (this.#mood === "well") server.destroy();
    });
    server.on("close", () => {
      this.#lines.delete(line);
      if (this.#mood === "well") client.end();
    });
    client.on("data", (bytes) => void this.#request(line, bytes));
    server.on("data", (bytes) => {
      if (this.#mood === "well" && client.writable) client.write(bytes);
    });
  }

  async #request({ client, server }: Line, bytes: string | Buffer): Promise<void> {
    const next = this.#nextRequest;
    if (next?.like.test(bytes.toString("latin1")) === true) {
      this.#nextRequest = undefined;
      client.pause();
      this.#trouble = next.body();
      await this.#trouble;
      client.resume();
    }
    if (this.#mood !== "black hole" && server.writable) server.write(bytes);
  }
}
