// A Socket.IO client that keeps to no rule it is not told to: it comes from the loopback address that it likes, may stop
// reading while it goes on to say that it is there, and sends packets as they are given.
import WebSocket from "ws";

export const path = "/socket.io/?EIO=4&transport=websocket";

export class Client {
  events = []; // [name, payload] that nobody waited for
  packets = 0;
  #acks = new Map();
  #lastAck = 0;
  #waiting = [];
  #heartbeat;

  /** Connected; rejects with the words of a refusal. */
  static async connect(options) {
    const client = new Client(options);
    await client.ready;
    return client;
  }

  /** `auth`: what CONNECT says, in place of {userId}; null: it does not CONNECT. `keep`: the names of events to keep. */
  constructor({ port, address, userId, auth = { userId }, onEvent }) {
    this.onEvent = onEvent;
    this.socket = new WebSocket(`ws://127.0.0.1:${port}${path}`, { localAddress: address, perMessageDeflate: false });
    this.closed = new Promise((resolve) => this.socket.on("close", (code) => resolve(this.#closed(code))));
    this.opened = new Promise((resolve) => (this.#opened = resolve));
    this.socket.on("error", () => {}); // a close follows
    this.socket.on("message", (data) => this.#packet(data.toString()));
    if (auth !== null) this.opened.then(() => this.send("40" + JSON.stringify(auth)));
    this.ready = new Promise((resolve, reject) => (this.#ready = { resolve, reject }));
    this.ready.catch(() => {});
  }
  #ready;
  #opened;

  /** CONNECT, again after "41". */
  reconnect(auth) {
    this.ready = new Promise((resolve, reject) => (this.#ready = { resolve, reject }));
    this.ready.catch(() => {});
    this.send("40" + (auth === undefined ? "" : JSON.stringify(auth)));
    return this.ready;
  }

  send(packet) {
    if (this.socket.readyState === WebSocket.OPEN) this.socket.send(packet);
  }
  emit(name, payload) {
    this.send("42" + JSON.stringify([name, payload]));
  }
  /** The ack; {ok: false, closed: true} when the connection ends before. */
  ask(name, payload) {
    const id = ++this.#lastAck;
    return new Promise((resolve) => {
      if (this.isClosed) return resolve({ ok: false, closed: true });
      this.#acks.set(id, resolve);
      this.send(`42${id}` + JSON.stringify([name, payload]));
    });
  }
  /** The next event of that name. */
  async next(name) {
    for (;;) {
      const at = this.events.findIndex(([each]) => each === name);
      if (at >= 0) return this.events.splice(at, 1)[0][1];
      if (this.isClosed) throw new Error(`closed with ${this.closeCode} while waiting for ${name}`);
      await new Promise((resolve) => this.#waiting.push(resolve));
    }
  }

  /** Reads no more, and answers heartbeats all the same. */
  stopReading() {
    this.socket.pause();
    this.#heartbeat = setInterval(() => this.send("3"), 300);
  }
  readOn() {
    clearInterval(this.#heartbeat);
    this.socket.resume();
  }
  /** Gone without a word: a reset, which is noticed even of a connection that is not read. */
  vanish() {
    clearInterval(this.#heartbeat);
    this.socket._socket?.resetAndDestroy();
    this.socket.terminate();
  }

  #packet(packet) {
    this.packets++;
    if (packet[0] === "0") return this.#opened();
    if (packet === "2") return this.send("3");
    if (packet[2] === "/") return; // Of another namespace: for the kind that is there to look at.
    if (packet.startsWith("40")) return this.#ready.resolve();
    if (packet.startsWith("44")) return this.#ready.reject(Object.assign(new Error(packet), JSON.parse(packet.slice(2))));
    if (packet.startsWith("43")) {
      const start = packet.indexOf("[");
      const id = Number(packet.slice(2, start));
      const resolve = this.#acks.get(id);
      this.#acks.delete(id);
      return resolve?.(JSON.parse(packet.slice(start))[0]);
    }
    if (!packet.startsWith("42")) return;
    const event = JSON.parse(packet.slice(packet.indexOf("["))); // Behind an ack id, if it is asked.
    if (this.onEvent) return this.onEvent(...event);
    this.events.push(event);
    this.#wake();
  }
  #closed(code) {
    this.isClosed = true;
    this.closeCode = code;
    this.vanish();
    this.#ready.reject(new Error(`closed with ${code}`));
    for (const resolve of this.#acks.values()) resolve({ ok: false, closed: true });
    this.#acks.clear();
    this.#wake();
    return code;
  }
  #wake() {
    this.#waiting.splice(0).forEach((resolve) => resolve());
  }
}
