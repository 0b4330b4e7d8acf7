// A TCP proxy in front of a server that does to connections what networks do: cuts them (with a reset, or after some more
// bytes, which end wherever they do), swallows them in silence, and lets nobody in.
import { once } from "node:events";
import { connect, createServer } from "node:net";

export class CuttingProxy {
  #server;
  #serverPort;
  #pairs = new Set();
  #accepts = true;
  accepted = 0; // since the beginning

  static async start(serverPort) {
    const proxy = new CuttingProxy();
    proxy.#serverPort = serverPort;
    proxy.#server = createServer((client) => proxy.#accept(client)).listen(0, "127.0.0.1");
    await once(proxy.#server, "listening");
    return proxy;
  }

  get port() {
    return this.#server.address().port;
  }

  get url() {
    return `http://127.0.0.1:${this.port}`;
  }

  get connections() {
    return this.#pairs.size;
  }

  /** Where it leads from now on. */
  set target(port) {
    this.#serverPort = port;
  }

  /** False: connections are reset as they come. */
  set accepting(accepts) {
    this.#accepts = accepts;
  }

  #accept(client) {
    client.on("error", () => {});
    if (!this.#accepts) {
      client.resetAndDestroy();
      return;
    }
    this.accepted++;
    const server = connect(this.#serverPort, "127.0.0.1");
    const pair = { client, server, left: Infinity, isSwallowing: false };
    this.#pairs.add(pair);
    const end = () => {
      this.#pairs.delete(pair);
      client.destroy();
      server.destroy();
    };
    server.on("error", () => {});
    client.on("close", end);
    // That the server has closed it does not come through either.
    server.on("close", () => pair.isSwallowing || end());
    client.on("data", (bytes) => pair.isSwallowing || server.write(bytes));
    server.on("data", (bytes) => {
      if (pair.isSwallowing) return;
      if (bytes.length < pair.left) {
        pair.left -= bytes.length;
        client.write(bytes);
        return;
      }
      client.write(bytes.subarray(0, pair.left), () => this.#reset(pair));
    });
  }

  #reset(pair) {
    this.#pairs.delete(pair);
    pair.client.resetAndDestroy();
    pair.server.destroy();
  }

  cutAll() {
    for (const pair of [...this.#pairs]) this.#reset(pair);
  }

  /** Each, after so many bytes more from the server. */
  cutAfter(bytes) {
    for (const pair of this.#pairs) pair.left = bytes;
  }

  /** Of those there are, nothing passes in either direction any more, and nobody is told: a network gone away. */
  swallow() {
    for (const pair of this.#pairs) pair.isSwallowing = true;
  }

  stop() {
    this.cutAll();
    this.#server.close();
  }
}
