// A small Socket.IO client (Engine.IO v4, Socket.IO v5) for this page: websocket first, long-polling where a
// websocket does not come through, reconnecting by itself. Main namespace and JSON only.

const separator = "\x1e";
const openTimeout = 5000; // for a transport's open packet, ms
const ackTimeout = 10000;
const reconnectDelays = { first: 500, most: 10000 };

/** A websocket as a transport: `onPacket(text)`, `onEnd(reason)`. */
function webSocketTransport(path, { onPacket, onEnd }) {
  const url = new URL(`${path}?EIO=4&transport=websocket`, document.baseURI);
  url.protocol = url.protocol.replace("http", "ws");
  const socket = new WebSocket(url);
  socket.onmessage = ({ data }) => typeof data === "string" && onPacket(data);
  let taken = false;
  socket.onopen = () => (taken = true);
  // Browsers do not say why.
  socket.onclose = () => onEnd(taken ? "The connection was lost" : `${url.href} takes no WebSocket`);
  return {
    name: "websocket",
    send: (packet) => socket.send(packet),
    close() {
      socket.onclose = null;
      socket.close();
    },
  };
}

/** Why the server's answer to a request is none of ours, in its words where it has some. */
async function reasonOf(response) {
  const text = (await response.text().catch(() => "")).slice(0, 500);
  let said = /^text\/plain/.test(response.headers.get("Content-Type") ?? "") ? text : "";
  try {
    said = JSON.parse(text).message ?? said;
  } catch {
    // Not ours: a proxy's page, which would say less than its status.
  }
  return `${new URL(response.url).pathname} answers ${response.status}${said ? `: ${said.trim()}` : ""}`;
}

/** The same over long-polling. */
function pollingTransport(path, { onPacket, onEnd }) {
  const url = new URL(`${path}?EIO=4&transport=polling`, document.baseURI);
  const abort = new AbortController();
  let waiting = [];
  let posting = false;
  const end = (error) => {
    if (abort.signal.aborted) return;
    abort.abort();
    onEnd(error instanceof TypeError ? `${url.origin} cannot be reached` : error.message);
  };
  async function request(options = {}) {
    const response = await fetch(url, { ...options, signal: abort.signal, cache: "no-store" });
    if (!response.ok) throw new Error(await reasonOf(response));
    return response.text();
  }
  async function poll() {
    try {
      while (!abort.signal.aborted) {
        for (const packet of (await request()).split(separator)) {
          if (!/^[0-6b]/.test(packet)) throw new Error(`${url.pathname} is not the server's endpoint`);
          if (packet[0] === "0") url.searchParams.set("sid", JSON.parse(packet.slice(1)).sid);
          onPacket(packet);
        }
      }
    } catch (error) {
      end(error);
    }
  }
  async function post() {
    if (posting) return;
    posting = true;
    try {
      while (waiting.length) {
        const body = waiting.join(separator);
        waiting = [];
        await request({ method: "POST", body });
      }
      posting = false;
    } catch (error) {
      end(error);
    }
  }
  poll();
  return {
    name: "polling",
    send(packet) {
      waiting.push(packet);
      post();
    },
    close() {
      // Tell the server, past our own abort; whether it hears it does not matter.
      if (url.searchParams.has("sid")) fetch(url, { method: "POST", body: "1", keepalive: true }).catch(() => {});
      abort.abort();
    },
  };
}

/**
 * The connection. `path` is where the server's endpoint is, seen from the page. `auth()` is asked at every connect.
 * `on("state", ...)` hears of: "connecting", "connected", "waiting" (to reconnect, with {delay} in ms and {reason} in
 * words), "refused" (with {message}) and "closed".
 */
export class Socket {
  #path;
  #auth;
  #transport = null;
  #kinds = [webSocketTransport, pollingTransport];
  #attempt = 0;
  #handlers = new Map();
  #acks = new Map();
  #nextAck = 0;
  #timer = 0; // to open, for the next ping, or to reconnect: one at a time
  #heartbeat = 0;
  state = "closed";

  constructor({ path = "socket.io/", auth = () => ({}) } = {}) {
    this.#path = path;
    this.#auth = auth;
    addEventListener("online", () => this.state === "waiting" && this.connect());
    addEventListener("pagehide", () => this.disconnect());
    addEventListener("pageshow", (event) => event.persisted && this.connect());
  }

  /** "websocket", "polling", or "" while there is none. */
  get transport() {
    return this.#transport?.name ?? "";
  }

  /** Handlers of the server's events; also "state", and "traffic" for every event in both directions. */
  on(event, handler) {
    this.#handlers.set(event, [...(this.#handlers.get(event) ?? []), handler]);
  }

  #tell(event, ...args) {
    for (const handler of this.#handlers.get(event) ?? []) handler(...args);
  }

  #setState(state, detail = {}) {
    this.state = state;
    this.#tell("state", state, detail);
  }

  connect() {
    this.#drop();
    this.#setState("connecting");
    this.#open(0);
  }

  disconnect() {
    if (this.state === "connected") this.#transport.send("41");
    this.#drop();
    this.#setState("closed");
  }

  #open(kind) {
    let opened = false;
    const failed = (reason) => {
      this.#drop();
      // Before the open packet another way may do; afterwards the network is what went.
      if (!opened && kind + 1 < this.#kinds.length) this.#open(kind + 1);
      else this.#reconnectLater(reason);
    };
    this.#timer = setTimeout(failed, openTimeout, `No answer within ${openTimeout / 1000} seconds`);
    this.#transport = this.#kinds[kind](this.#path, {
      onEnd: failed,
      onPacket: (packet) => {
        if (packet[0] === "0") {
          opened = true;
          const { pingInterval, pingTimeout } = JSON.parse(packet.slice(1));
          this.#heartbeat = pingInterval + pingTimeout;
          this.#transport.send("40" + JSON.stringify(this.#auth()));
        } else if (packet[0] === "2") {
          this.#transport.send("3" + packet.slice(1));
        } else if (packet[0] === "1") {
          failed("The server has ended the session");
        } else if (packet[0] === "4") {
          this.#onMessage(packet.slice(1));
        }
        if (opened && this.#transport) this.#expectPing(failed);
      },
    });
  }

  #expectPing(failed) {
    clearTimeout(this.#timer);
    this.#timer = setTimeout(failed, this.#heartbeat, "Nothing was heard of the server");
  }

  #drop() {
    clearTimeout(this.#timer);
    this.#transport?.close();
    this.#transport = null;
    for (const { reject } of this.#acks.values()) reject({ code: "DISCONNECTED", message: "The connection was lost" });
    this.#acks.clear();
  }

  #reconnectLater(reason) {
    const longest = Math.min(reconnectDelays.most, reconnectDelays.first * 2 ** this.#attempt++);
    const delay = longest * (0.5 + Math.random() / 2); // so that clients of a restarted server do not come all at once
    this.#setState("waiting", { delay, reason });
    this.#timer = setTimeout(() => this.connect(), delay);
  }

  #onMessage(packet) {
    const [, type, id, json] = /^(\d)(?:\/,)?(\d*)(.*)$/s.exec(packet) ?? [];
    const value = json ? JSON.parse(json) : undefined;
    if (type === "0") {
      this.#attempt = 0;
      this.#setState("connected");
    } else if (type === "1") {
      this.#drop();
      this.#reconnectLater("The server has ended the connection");
    } else if (type === "2") {
      const [event, payload] = value;
      this.#tell("traffic", { sent: false, event, payload });
      this.#tell(event, payload);
    } else if (type === "3") {
      const ack = this.#acks.get(Number(id));
      this.#acks.delete(Number(id));
      if (value?.[0]?.ok === false) ack?.reject(value[0].error);
      else ack?.resolve(value?.[0]);
    } else if (type === "4") {
      this.#drop();
      this.#setState("refused", value);
    }
  }

  /**
   * Sends an event and waits for its ack; rejects with the server's {code, message, path?}. A quiet one is not
   * told as "traffic".
   */
  request(event, payload, { quiet = false } = {}) {
    if (this.state !== "connected") return Promise.reject({ code: "DISCONNECTED", message: "There is no connection" });
    const id = this.#nextAck++;
    const args = payload === undefined ? [event] : [event, payload];
    return new Promise((resolve, reject) => {
      const timer = setTimeout(() => {
        this.#acks.delete(id);
        reject({ code: "TIMEOUT", message: `No answer within ${ackTimeout / 1000} seconds` });
      }, ackTimeout);
      const settle = (how) => (value) => {
        clearTimeout(timer);
        how(value);
      };
      this.#acks.set(id, { resolve: settle(resolve), reject: settle(reject) });
      this.#transport.send(`42${id}${JSON.stringify(args)}`);
      if (!quiet) this.#tell("traffic", { sent: true, event, payload });
    });
  }
}
