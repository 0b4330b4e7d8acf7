import { Asking } from "./asking.js";
import { Connector } from "./connector.js";
import { DialogueError } from "./errors.js";
import { Handlers } from "./handlers.js";
import { ServerEvents } from "./serverevents.js";
import { ServerRequests } from "./serverrequests.js";
import { TokenRefresh } from "./tokenrefresh.js";
import { Triggering } from "./triggering.js";
import { nextTurn, Teller } from "./turns.js";

const fail = (list, error) => {
  for (const { done } of list) done(error);
};

/**
 * What a DialogueClient is inside: a connection, what waits for it, and what is in rooms (`rooms`, of Membership) over all the
 * connections. The application is called by `signals` and `direct`, from the teller alone.
 */
export class Session {
  options;
  connector;
  asking;
  triggering;
  serverRequests;
  rooms = new Map();
  direct = new Handlers(); // of what is said outside of rooms
  signals = new Handlers();
  userId = "";
  clientId = "";
  isDialogue = false; // The server keeps a log, and so acknowledges all requests, as ours does.
  acknowledged = new Set(); // requests that some other server acknowledged
  #events = new ServerEvents(this);
  #teller = new Teller();
  #refresh = new TokenRefresh(this);
  #givenUp = null; // why nothing is tried any more, until connect()
  #isClosed = false;
  #connecting = []; // those who wait for a connection

  constructor(options) {
    this.options = options;
    this.connector = new Connector(options, this);
    this.asking = new Asking(this);
    this.triggering = new Triggering(this);
    const tooLarge = (size) => this.connector.tooLarge(size);
    this.serverRequests = new ServerRequests(options.limits.requests, (error) => this.tellError(error), tooLarge);
  }

  /** Whether an ack is to be waited for. */
  acknowledges(request) {
    return this.isDialogue || this.acknowledged.has(request);
  }

  isInside(roomId) {
    return this.rooms.get(roomId)?.isInside === true;
  }

  /** Why nothing is asked for now; otherwise null. */
  get refusal() {
    return this.#isClosed ? new DialogueError("CONNECTION_LOST", "The client was closed") : this.#givenUp;
  }

  // --- for the client ------------------------------------------------------------------------------------------

  connect() {
    if (this.#isClosed) return;
    this.#givenUp = null;
    this.connector.start();
  }

  checkConnection() {
    if (this.#isClosed) return;
    // Any Dialogue server answers that, the original's too; behind that id there is hardly a room.
    this.connector.check((answered) => this.asking.ask({ event: "dialogue:listRooms", payload: { after: "~" }, isReply: () => true, done: answered }));
  }

  /** `done(error)`, later, once there is a connection, or none is tried for any more. */
  whenConnected(done) {
    if (this.#isClosed || this.connector.isConnected) {
      const { refusal } = this;
      nextTurn(() => done(refusal));
    } else {
      this.#connecting.push({ done });
    }
  }

  /** For good: whoever waits is told, and nothing is left that keeps a program running. */
  close() {
    if (this.#isClosed) return;
    this.#isClosed = true;
    const gone = this.refusal;
    this.connector.stop();
    for (const room of [...this.rooms.values()]) room.end(gone);
    fail(this.asking.table.takeAll(), gone);
    this.triggering.end(gone);
    this.#endConnecting(gone);
  }

  /** Nobody is in that room any more. */
  forget(roomId, why) {
    this.rooms.delete(roomId);
    this.triggering.roomLeft(roomId, why);
    fail(this.asking.table.takeRoom(roomId), why);
  }

  /** What waits for being inside that room goes out now. */
  flush(roomId) {
    this.asking.flush();
    this.triggering.flush(roomId);
  }

  // --- telling -------------------------------------------------------------------------------------------------

  tell(word) {
    this.#teller.say(word);
  }

  signal(name, ...args) {
    this.tell(() => this.signals.call(name, ...args));
  }

  /** What no promise tells. Nobody listening is no reason to be silent. */
  tellError(error) {
    this.tell(() => {
      if (this.signals.has("error")) this.signals.call("error", error);
      else console.warn(`Dialogue: ${error.message} (${error.code}). Add a handler by onError() to hear of it.`);
    });
  }

  // --- of the connection ---------------------------------------------------------------------------------------

  onState() {
    this.signal("state", this.connector.state);
  }

  onScheduled(attempt, delay) {
    this.signal("reconnecting", { attempt, delay });
  }

  onEvent(name, args) {
    this.#events.take(name, args);
  }

  /** By dialogue:connected, which may come again over the same connection. */
  onGreeted({ clientId, userId, expiresIn }) {
    const before = this.userId;
    this.userId = userId;
    this.clientId = clientId ?? this.clientId;
    this.#refresh.start(expiresIn);
    if (before && before !== userId) this.triggering.userChanged();
    if (this.connector.isConnected) return;
    this.connector.greeted();
    this.asking.restartClocks();
    for (const room of [...this.rooms.values()]) room.requestJoin();
    this.asking.flush();
    this.signal("connect");
    this.#endConnecting(null);
  }

  onEnded({ error, isByServer, isByUs, isFinal, wasConnected }) {
    this.#refresh.stop();
    this.clientId = "";
    this.#givenUp = isFinal && !isByUs ? error : null;
    // Whatever ended it, it is lost for those who waited; what comes back asks again.
    const why = isFinal ? error : new DialogueError("CONNECTION_LOST", error.message, { cause: error });
    const lost = isFinal ? this.asking.table.takeAll() : this.asking.table.connectionLost();
    if (wasConnected) this.asking.restartClocks();
    for (const room of [...this.rooms.values()]) room.connectionLost(error, isFinal);
    if (wasConnected) this.signal("disconnect", error.message);
    if (!isByUs) this.tellError(error);
    fail(lost, why);
    this.triggering.connectionLost(isByUs ? "by us" : isByServer ? "by server" : "broken", why);
    if (isFinal) this.#endConnecting(error);
  }

  #endConnecting(error) {
    const waiting = this.#connecting;
    this.#connecting = [];
    fail(waiting, error);
  }
}
