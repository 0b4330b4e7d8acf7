// Runs one exchange against a server and answers what came back, normalised: what differs from run to run (session
// ids, dates, keys) is replaced, what does not concern the protocol (header order, keep-alive) is left out.
import { RawConnection, encodeFrame, encodeRequest, upgradeHeaders } from "../support/rawconnection.mjs";

const comparedHeaders = ["content-type", "cache-control", "access-control-allow-origin",
  "access-control-allow-methods", "access-control-allow-headers", "access-control-allow-credentials", "vary",
  "sec-websocket-accept", "upgrade", "set-cookie"];

const timeout = 3000;

/** A payload in a step: a string, or {prefix, repeat, count} for a long one. */
const expand = (data) => (typeof data === "object" ? data.prefix + data.repeat.repeat(data.count) : data);

/** Long texts are kept as their length and ends. */
const shorten = (data) => (data.length > 4096 ? `${data.slice(0, 16)}...${data.length} characters` : data);

class Run {
  #connections = new Map();
  #session = "none";
  #port;
  answersPings = false;
  wantsPings = false;

  constructor(port) {
    this.#port = port;
  }

  async #connection(name) {
    if (!this.#connections.has(name)) this.#connections.set(name, await RawConnection.open(this.#port));
    return this.#connections.get(name);
  }

  destroy() {
    for (const connection of this.#connections.values()) connection.destroy();
  }

  #fill(data) {
    return expand(data).replaceAll("{sid}", this.#session);
  }

  /** Packets as text, with ids replaced; learns the session's id from an open packet. */
  #normalise(data) {
    const opened = /^0(\{.*\})$/s.exec(data);
    if (opened) this.#session = JSON.parse(opened[1]).sid;
    return shorten(data.replace(/"sid":"[^"]*"/g, '"sid":"<sid>"'));
  }

  #normaliseBody(body) {
    const packets = body.split("\x1e").map((packet) => this.#normalise(packet));
    const kept = this.wantsPings ? packets : packets.filter((packet) => packet !== "2");
    return kept.join("\x1e");
  }

  async #readResponse(step, connection) {
    const value = await connection.readResponse(timeout);
    if (value.kind === "closed") return { closed: true };
    if (step.only === "error") return { error: value.status >= 400 };
    // A refusal comes as an HTTP error, or (the reference, for some) as a connection that is closed after its 101.
    if (step.only === "refusal") return { refused: value.status >= 400 || value.status === 101 };
    const headers = {};
    for (const name of comparedHeaders) {
      const meansNothing = value.status === 101 && name.startsWith("access-control-"); // CORS does not guard WebSockets
      if (name in value.headers && !meansNothing) headers[name] = value.headers[name];
    }
    return { status: value.status, headers, body: this.#normaliseBody(value.body) };
  }

  async #readFrame(connection) {
    for (;;) {
      const value = await connection.readFrame(timeout);
      if (value.kind === "closed") return { closed: true };
      if (value.kind === "close") {
        connection.send(encodeFrame("close", Buffer.from("03e8", "hex"))); // the client's half of the closing handshake
        return { close: value.code === 1005 ? 1000 : value.code }; // none given: a normal one
      }
      if (value.masked) return { error: "a masked frame from the server" };
      const isPing = value.kind === "text" && value.data === "2";
      if (isPing && this.answersPings) connection.send(encodeFrame("text", "3"));
      if (isPing && !this.wantsPings) continue;
      return { [value.kind]: value.kind === "text" ? this.#normalise(value.data) : value.data };
    }
  }

  /** Until the server ends the connection, answering pings where the exchange is about something else. */
  async #readToTheEnd(connection) {
    const last = await this.#readFrame(connection);
    if (last.closed) return { closed: true };
    if (last.close !== undefined) {
      await connection.waitClosed(timeout);
      return { closed: true };
    }
    return last;
  }

  async step(step) {
    const connection = step.on && (await this.#connection(step.on));
    switch (step.op) {
      case "request": {
        const body = step.body === undefined ? undefined : this.#fill(step.body);
        connection.send(encodeRequest(step.method, this.#fill(step.target), step.headers, body));
        return undefined;
      }
      case "upgrade":
        connection.send(encodeRequest("GET", this.#fill(step.target), { ...upgradeHeaders, ...step.headers }));
        return undefined;
      case "raw":
        connection.send(expand(step.bytes));
        return undefined;
      case "frame": {
        const payload = step.kind === "text" && !step.hex ? this.#fill(step.data) : Buffer.from(step.data, "hex");
        connection.send(encodeFrame(step.kind, payload, step.options));
        return undefined;
      }
      case "drop":
        connection.destroy();
        this.#connections.delete(step.on);
        return undefined;
      case "wait": // for what was sent to arrive, and then for what it does to be done
        for (const each of this.#connections.values()) await each.isRead();
        await new Promise((resolve) => setTimeout(resolve, step.ms));
        return undefined;
      case "pings":
        this.answersPings = step.answer === true;
        this.wantsPings = !this.answersPings;
        return undefined;
      case "response":
        return this.#readResponse(step, connection);
      case "readFrame":
        return this.#readFrame(connection);
      case "silent":
        return { silent: await connection.isSilent(60) };
      case "closed":
        return this.#readToTheEnd(connection);
      default:
        throw new Error(`unknown step ${step.op}`);
    }
  }
}

/** The steps' results, in order; undefined for steps that only send. */
export async function runExchange(port, steps) {
  const run = new Run(port);
  const results = [];
  try {
    for (const step of steps) results.push(await run.step(step));
  } finally {
    run.destroy();
  }
  return results;
}
