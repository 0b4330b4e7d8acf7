import { Backoff } from "./backoff.js";
import { DialogueError, errorFrom } from "./errors.js";
import { findIo } from "./findio.js";
import { nextTurn } from "./turns.js";

const passing = new Set(["SERVER_DRAINING", "LIMIT_REACHED", "RATE_LIMITED", "UNAVAILABLE"]);
const longestWait = 60_000; // that a server may ask for, in ms
const lookAgain = 20; // ms between two looks at what a WebSocket has not sent yet
const abnormal = 1006; // a WebSocket without a close frame (RFC 6455, section 7.1.5)

const lost = (message, cause) => new DialogueError("CONNECTION_LOST", message, { cause });

/** Whether the server closed in good order, rather than the connection broke. Older clients do not tell. */
function isByServer(details) {
  const code = details?.context?.code;
  return details?.description === "transport closed by the server" || (Number.isInteger(code) && code !== abnormal);
}

/**
 * Keeps a connection: one socket of socket.io-client after the other, each for one attempt, so that nothing of an earlier one is
 * left, and waits in between. `owner` hears of onState(), onEvent(name, args), onScheduled(attempt, delay) and onEnded({error,
 * isByServer, isByUs, isFinal, wasConnected}), and calls greeted().
 */
export class Connector {
  #options;
  #owner;
  #backoff;
  #socket = null; // of this attempt or connection
  #attempt = null; // its identity
  #isOpened = false; // the transport is, so that what refuses us is the server
  #swaps = false; // the order of transports
  #attemptTimer;
  #retryTimer;
  #lastingTimer;
  #checkTimer; // while a sign of life is waited for
  #online = () => this.#state === "reconnecting" && this.start();
  #state = "disconnected";

  constructor(options, owner) {
    this.#options = options;
    this.#owner = owner;
    this.#backoff = new Backoff(options);
  }

  get state() {
    return this.#state;
  }

  /** The server has greeted us, so that something may be said. */
  get isConnected() {
    return this.#state === "connected";
  }

  /** "websocket", "polling", or nothing. */
  get transport() {
    return this.isConnected ? this.#socket.io?.engine?.transport?.name : undefined;
  }

  /** Something of this connection, to see later whether it still is that one. */
  get identity() {
    return this.#attempt;
  }

  /** Where it is connected. `onAck(args)`: the server's, unless the connection is lost before. */
  emit(event, payload, onAck) {
    if (!this.isConnected) return;
    const { identity } = this;
    const args = payload === undefined ? [] : [payload];
    if (onAck) args.push((...acked) => identity === this.#attempt && onAck(acked));
    this.#socket.emit(event, ...args);
  }

  /** The error, where the server takes no message of that size, {text, largest}; otherwise nothing. */
  tooLarge({ text, largest }) {
    const engine = this.#socket?.io?.engine;
    const most = engine?.maxPayload ?? engine?._maxPayload; // before engine.io-client 6.6, and since
    const encoded = this.transport === "polling" && largest > 0 ? 1 + Math.ceil(largest / 3) * 4 : largest; // as base64
    const bytes = Math.max(text, encoded);
    if (!(most > 0) || bytes <= most) return undefined;
    return new DialogueError("PAYLOAD_TOO_LARGE", `The message has ${bytes} bytes, the server takes ${most}`);
  }

  #setState(state) {
    if (this.#state === state) return;
    this.#state = state;
    this.#owner.onState();
  }

  /** Nothing where it is connected or at it; a waiting attempt begins now. */
  start() {
    if (this.#attempt) return;
    if (this.#state === "disconnected") {
      this.#backoff.reset();
      globalThis.addEventListener?.("online", this.#online);
      this.#setState("connecting");
    }
    this.#connect();
  }

  /** Says goodbye and stays disconnected. */
  stop() {
    if (this.#state === "disconnected") return;
    this.#end(lost("Disconnected by this client"), { isByUs: true });
  }

  /**
   * Whether the server is still there: `ask(answered)` asks it something. Without an answer in timeouts.check, and with nothing else
   * heard lately, the connection ends, and another is tried. A waiting attempt begins now.
   */
  check(ask) {
    if (this.#state === "reconnecting") this.start();
    if (!this.isConnected || this.#checkTimer) return;
    const { identity } = this;
    const { engine } = this.#socket.io;
    const { check } = this.#options.timeouts;
    let heard = -Infinity;
    const onPacket = () => (heard = performance.now());
    engine.on("packet", onPacket);
    const end = () => {
      engine.off("packet", onPacket);
      if (identity !== this.#attempt) return false;
      clearTimeout(this.#checkTimer);
      this.#checkTimer = undefined;
      return true;
    };
    this.#checkTimer = setTimeout(() => {
      // The answer may stand behind much else, which keeps coming.
      if (end() && performance.now() - heard > check / 2) this.drop(lost(`The server gave no sign of life within ${check} ms (timeouts.check)`));
    }, check);
    ask(end);
  }

  /** `done()` once nothing of what was said over this connection waits here any more; never, where it ends before. */
  whenSent(done) {
    const { identity } = this;
    const { engine } = this.#socket.io;
    const look = () => {
      if (identity !== this.#attempt) return;
      if (engine.writeBuffer.length > 0) engine.once("drain", look);
      else if (engine.transport?.ws?.bufferedAmount > 0) setTimeout(look, lookAgain); // A WebSocket tells of no end.
      else done();
    };
    nextTurn(look);
  }

  /** The server is not to be believed, or silent: the connection ends, and another is tried. */
  drop(error) {
    if (this.#attempt) this.#end(error, { mayRetry: true });
  }

  /** The server has greeted us, so this is a connection. */
  greeted() {
    clearTimeout(this.#attemptTimer);
    this.#lastingTimer = setTimeout(() => this.#backoff.reset(), this.#options.reconnectionDelayMax);
    this.#setState("connected");
  }

  async #connect() {
    clearTimeout(this.#retryTimer);
    const attempt = {};
    const isCurrent = () => this.#attempt === attempt;
    this.#attempt = attempt;
    this.#isOpened = false;
    const { timeouts, url, path, socket: further } = this.#options;
    const late = () => this.#end(new DialogueError("TIMEOUT", `No connection within ${timeouts.connect} ms (timeouts.connect)`), { mayRetry: true });
    this.#attemptTimer = setTimeout(late, timeouts.connect);
    let io;
    let auth;
    try {
      io = await findIo(this.#options);
      if (isCurrent()) auth = await this.freshAuth();
    } catch (error) {
      if (!isCurrent()) return;
      const isWrongOption = error instanceof DialogueError && error.code === "CONFIG_ERROR";
      const told = isWrongOption ? error : new DialogueError("UNAUTHORIZED", `auth() failed: ${error?.message ?? error}`, { path: "auth", cause: error });
      this.#end(told, { mayRetry: !isWrongOption }); // What cannot be had now may be later.
      return;
    }
    if (!isCurrent()) return;
    // Clients before 4.8 try but the first of them.
    const transports = this.#swaps ? [...this.#options.transports].reverse() : this.#options.transports;
    try {
      this.#socket = io(url, {
        tryAllTransports: true, timeout: timeouts.connect, ...further, path, transports, auth, forceNew: true, reconnection: false, autoConnect: false,
      });
    } catch (cause) {
      this.#end(new DialogueError("CONFIG_ERROR", `socket.io-client does not take the options: ${cause?.message ?? cause}`, { cause }), {});
      return;
    }
    const socket = this.#socket;
    const on = (emitter, event, handler) => emitter.on(event, (...args) => isCurrent() && handler(...args));
    on(socket.io, "open", () => (this.#isOpened = true));
    on(socket, "connect_error", (error) => this.#onFailed(error));
    on(socket, "disconnect", (reason, details) => this.#onDisconnected(reason, details));
    socket.onAny((name, ...args) => isCurrent() && this.#owner.onEvent(name, args));
    socket.connect();
  }

  /** What to say of ourselves. It may throw what the application throws. */
  async freshAuth() {
    const { auth } = this.#options;
    const said = typeof auth === "function" ? await auth() : auth;
    if (typeof said === "object" && said !== null && !Array.isArray(said)) return said;
    throw new DialogueError("CONFIG_ERROR", "auth: the function must give an object, or a promise of one", { path: "auth" });
  }

  #onFailed(error) {
    if (!this.#isOpened || error?.type === "TransportError") {
      this.#swaps = !this.#swaps && this.#options.transports.length > 1;
      const status = error?.context?.status ?? error?.description?.status ?? error?.description;
      const text = Number.isInteger(status) && status > 0 ? `HTTP ${status}` : error?.message ?? String(error);
      this.#end(lost(`${this.#options.url} cannot be reached: ${text}`, error), { mayRetry: true });
      return;
    }
    const refused = errorFrom({ ...error.data, code: error.data?.code ?? "UNAUTHORIZED", message: error.message });
    const refusal = new DialogueError(refused.code, `The server refused the connection: ${refused.message}`, refused);
    // Another try may say something else only where it is asked for anew.
    this.#end(refusal, { mayRetry: passing.has(refusal.code) || typeof this.#options.auth === "function" });
  }

  #onDisconnected(reason, details) {
    if (reason === "io server disconnect") this.#end(lost("The server disconnected this client"), { isByServer: true });
    else this.#end(lost(`The connection was lost: ${reason}`), { mayRetry: true, isByServer: isByServer(details) });
  }

  #retire() {
    clearTimeout(this.#attemptTimer);
    clearTimeout(this.#lastingTimer);
    clearTimeout(this.#retryTimer);
    clearTimeout(this.#checkTimer);
    this.#checkTimer = undefined;
    const socket = this.#socket;
    this.#attempt = null;
    this.#socket = null;
    socket?.disconnect();
  }

  #end(error, { mayRetry = false, isByServer = false, isByUs = false }) {
    const wasConnected = this.isConnected;
    this.#retire();
    const { reconnection, reconnectionAttempts } = this.#options;
    const isUsedUp = reconnectionAttempts > 0 && this.#backoff.attempts >= reconnectionAttempts;
    const isFinal = !mayRetry || !reconnection || isUsedUp;
    let delay = 0;
    if (!isFinal) {
      // Those whom a busy server has named the same time do not come all at once either.
      const asked = Math.min(error.retryAfter ?? 0, longestWait) * (1 + Math.random());
      delay = Math.round(Math.max(this.#backoff.next(), asked));
      this.#retryTimer = setTimeout(() => this.#connect(), delay);
    } else {
      globalThis.removeEventListener?.("online", this.#online);
    }
    this.#setState(isFinal ? "disconnected" : "reconnecting");
    this.#owner.onEnded({ error, isByServer, isByUs, isFinal, wasConnected });
    if (this.#state === "reconnecting") this.#owner.onScheduled(this.#backoff.attempts, delay);
  }
}
