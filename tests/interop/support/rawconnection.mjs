// HTTP/1.1 and WebSocket over a plain TCP socket: nothing is added, corrected or hidden on the way.
import { randomBytes } from "node:crypto";
import { readFileSync } from "node:fs";
import { connect } from "node:net";

const opcodes = { text: 1, binary: 2, close: 8, ping: 9, pong: 10, continuation: 0 };
const names = Object.fromEntries(Object.entries(opcodes).map(([name, code]) => [code, name]));

/** One masked client frame. `options`: fin, rsv, masked; all as a correct client has them by default. */
export function encodeFrame(kind, payload, { fin = true, rsv = 0, masked = true } = {}) {
  const body = Buffer.from(payload);
  const opcode = typeof kind === "number" ? kind : opcodes[kind];
  const head = [(fin ? 0x80 : 0) | (rsv << 4) | opcode];
  const mask = masked ? 0x80 : 0;
  if (body.length < 126) {
    head.push(mask | body.length);
  } else if (body.length < 65536) {
    head.push(mask | 126, body.length >> 8, body.length & 255);
  } else {
    head.push(mask | 127, 0, 0, 0, 0, ...[24, 16, 8, 0].map((shift) => (body.length >>> shift) & 255));
  }
  if (!masked) return Buffer.concat([Buffer.from(head), body]);
  const key = randomBytes(4);
  const out = Buffer.from(body);
  for (let i = 0; i < out.length; i++) out[i] ^= key[i & 3];
  return Buffer.concat([Buffer.from(head), key, out]);
}

/** The bytes of a request; Host is added, and Content-Length where there is a body and no length yet. */
export function encodeRequest(method, target, headers = {}, body = undefined) {
  const lines = [`${method} ${target} HTTP/1.1`, "Host: localhost"];
  const bytes = body === undefined ? Buffer.alloc(0) : Buffer.from(body);
  for (const [name, value] of Object.entries(headers)) lines.push(`${name}: ${value}`);
  const framed = Object.keys(headers).some((name) => /^(content-length|transfer-encoding)$/i.test(name));
  if (body !== undefined && !framed) lines.push(`Content-Length: ${bytes.length}`);
  return Buffer.concat([Buffer.from(lines.join("\r\n") + "\r\n\r\n"), bytes]);
}

export const upgradeHeaders = {
  Connection: "Upgrade",
  Upgrade: "websocket",
  "Sec-WebSocket-Version": "13",
  "Sec-WebSocket-Key": "dGhlIHNhbXBsZSBub25jZQ==",
};

export class RawConnection {
  #socket;
  #buffer = Buffer.alloc(0);
  #wake = () => {};
  closed = false;

  static async open(port, options = {}) {
    const connection = new RawConnection();
    const socket = connect({ port, host: "127.0.0.1", ...options });
    connection.#socket = socket;
    socket.setNoDelay(true);
    socket.on("data", (chunk) => {
      connection.#buffer = Buffer.concat([connection.#buffer, chunk]);
      connection.#wake();
    });
    socket.on("close", () => {
      connection.closed = true;
      connection.#wake();
    });
    socket.on("error", () => {});
    await new Promise((resolve, reject) => {
      socket.once("connect", resolve);
      socket.once("error", reject);
    });
    return connection;
  }

  get socket() {
    return this.#socket;
  }

  send(bytes) {
    this.#socket.write(bytes);
  }

  destroy() {
    this.#socket.destroy();
  }

  /** Closes abruptly, with a reset. */
  reset() {
    this.#socket.resetAndDestroy();
  }

  /** Calls `parse(buffer)` as bytes come in until it answers {value, used}; {closed: true} when the peer closed first. */
  async #read(parse, timeout, what) {
    const deadline = Date.now() + timeout;
    for (;;) {
      const result = parse(this.#buffer, this.closed);
      if (result) {
        this.#buffer = this.#buffer.subarray(result.used);
        return result.value;
      }
      if (this.closed) return { kind: "closed" };
      const left = deadline - Date.now();
      if (left <= 0) throw new Error(`no ${what} within ${timeout} ms; have ${JSON.stringify(this.#buffer.toString("latin1"))}`);
      await new Promise((resolve) => {
        const timer = setTimeout(resolve, left);
        this.#wake = () => {
          clearTimeout(timer);
          resolve();
        };
      });
    }
  }

  /** {kind: "response", status, headers, body}, or {kind: "closed"}. */
  readResponse(timeout = 10_000) {
    return this.#read(parseResponse, timeout, "response");
  }

  /** {kind: "text" | "binary" | "ping" | ..., data} or {kind: "close", code, reason}, or {kind: "closed"}. */
  readFrame(timeout = 10_000) {
    return this.#read(parseFrame, timeout, "frame");
  }

  /** Waits for the peer to close the TCP connection, whatever it sends before. */
  async waitClosed(timeout = 10_000) {
    return this.#read(() => null, timeout, "close");
  }

  /** Waits until the peer, on this machine, has read all that was sent, as the kernel tells. */
  async isRead(timeout = 10_000) {
    const deadline = Date.now() + timeout;
    while (this.#socket.writableLength > 0 || unreadAt(this.#socket.remotePort, this.#socket.localPort) > 0) {
      if (Date.now() > deadline) throw new Error(`not read within ${timeout} ms`);
      await new Promise((resolve) => setTimeout(resolve, 1));
    }
  }

  /** True when nothing arrives for `ms`. */
  async isSilent(ms) {
    const before = this.#buffer.length;
    await new Promise((resolve) => setTimeout(resolve, ms));
    return this.#buffer.length === before && !this.closed;
  }
}

/** Bytes in the kernel that the owner of `port` has not read from the connection with `peerPort`. */
function unreadAt(port, peerPort) {
  const hex = (number) => `:${number.toString(16).toUpperCase().padStart(4, "0")}`;
  for (const line of readFileSync("/proc/net/tcp", "utf8").split("\n")) {
    const [, local, remote, , queues] = line.trim().split(/\s+/);
    if (local?.endsWith(hex(port)) && remote?.endsWith(hex(peerPort))) return parseInt(queues.split(":")[1], 16);
  }
  return 0; // closed
}

function parseResponse(buffer, ended) {
  const end = buffer.indexOf("\r\n\r\n");
  if (end < 0) return null;
  const [statusLine, ...lines] = buffer.subarray(0, end).toString("latin1").split("\r\n");
  const headers = {};
  for (const line of lines) {
    const colon = line.indexOf(":");
    const name = line.slice(0, colon).toLowerCase();
    const value = line.slice(colon + 1).trim();
    headers[name] = name in headers ? `${headers[name]}, ${value}` : value;
  }
  const status = Number(statusLine.split(" ")[1]);
  const start = end + 4;
  const value = { kind: "response", status, headers, body: "" };
  if (status === 101 || status === 204 || status === 304) return { value, used: start };
  if (headers["transfer-encoding"] === "chunked") {
    let at = start;
    for (;;) {
      const eol = buffer.indexOf("\r\n", at);
      if (eol < 0) return null;
      const size = parseInt(buffer.subarray(at, eol).toString(), 16);
      if (buffer.length < eol + 2 + size + 2) return null;
      value.body += buffer.subarray(eol + 2, eol + 2 + size).toString("utf8");
      at = eol + 2 + size + 2;
      if (size === 0) return { value, used: at };
    }
  }
  if (headers["content-length"] === undefined) {
    if (!ended) return null;
    value.body = buffer.subarray(start).toString("utf8");
    return { value, used: buffer.length };
  }
  const length = Number(headers["content-length"]);
  if (buffer.length < start + length) return null;
  value.body = buffer.subarray(start, start + length).toString("utf8");
  return { value, used: start + length };
}

function parseFrame(buffer) {
  if (buffer.length < 2) return null;
  let length = buffer[1] & 127;
  let at = 2;
  if (length === 126) {
    if (buffer.length < 4) return null;
    length = buffer.readUInt16BE(2);
    at = 4;
  } else if (length === 127) {
    if (buffer.length < 10) return null;
    length = Number(buffer.readBigUInt64BE(2));
    at = 10;
  }
  if (buffer.length < at + length) return null;
  const payload = buffer.subarray(at, at + length);
  const kind = names[buffer[0] & 15] ?? "unknown";
  const used = at + length;
  if (kind === "close") {
    const code = length >= 2 ? payload.readUInt16BE(0) : 1005;
    return { value: { kind, code, reason: payload.subarray(2).toString("utf8") }, used };
  }
  const data = kind === "text" ? payload.toString("utf8") : payload.toString("hex");
  return { value: { kind, data, masked: (buffer[1] & 128) !== 0 }, used };
}
