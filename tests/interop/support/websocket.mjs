// A WebSocket whose events can be awaited one after the other, none lost in between.
import WebSocket from "ws";

export class AwaitableWebSocket {
  #events = { open: [], message: [], close: [] };
  #waiting = { open: [], message: [], close: [] };

  constructor(url, options = {}) {
    this.socket = new WebSocket(url, options);
    this.socket.on("open", () => this.#happened("open", undefined));
    this.socket.on("message", (data, isBinary) => this.#happened("message", isBinary ? data : data.toString()));
    this.socket.on("close", (code) => this.#happened("close", code));
    this.socket.on("error", () => {}); // a close follows
  }

  #happened(kind, value) {
    const waiting = this.#waiting[kind].shift();
    if (waiting) waiting(value);
    else this.#events[kind].push(value);
  }

  /** The next "open", "message" (a string, or a Buffer when binary) or "close" (its code). */
  next(kind, timeout = 10_000) {
    if (this.#events[kind].length) return Promise.resolve(this.#events[kind].shift());
    return new Promise((resolve, reject) => {
      const timer = setTimeout(() => reject(new Error(`no ${kind} within ${timeout} ms`)), timeout);
      this.#waiting[kind].push((value) => {
        clearTimeout(timer);
        resolve(value);
      });
    });
  }

  /** The next message that is not a ping; pings are answered. */
  async nextPacket() {
    for (;;) {
      const data = await this.next("message");
      if (data !== "2") return data;
      this.send("3");
    }
  }

  send(data) {
    this.socket.send(data);
  }

  terminate() {
    this.socket.terminate();
  }
}

export const sleep = (ms) => new Promise((resolve) => setTimeout(resolve, ms));
