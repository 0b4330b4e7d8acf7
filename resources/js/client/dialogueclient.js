import { checkMembers, checkName, invalid } from "./checks.js";
import { DialogueError } from "./errors.js";
import { Membership } from "./membership.js";
import { readOptions } from "./options.js";
import { Outcome } from "./outcome.js";
import { payloadOf } from "./payload.js";
import { RoomContext } from "./roomcontext.js";
import { Session } from "./session.js";
import { readRoom, readRooms } from "./wire.js";

// Of socket.io-parser: an event of such a name is a fault, for which the server ends the session.
const reserved = new Set(["connect", "connect_error", "disconnect", "disconnecting", "newListener", "removeListener"]);
const mostPages = 10_000; // of rooms: a server that has more goes in circles

function checkRequestName(name) {
  checkName(name, "name");
  if (reserved.has(name)) throw invalid(`'${name}' is a name that Socket.IO keeps to itself`, "name");
}

function joinSettings(given) {
  const { subscriptions, since } = checkMembers(given, ["subscriptions", "since"], "options");
  if (subscriptions !== undefined && !Array.isArray(subscriptions)) throw invalid("must be a list of names of events", "options.subscriptions");
  subscriptions?.forEach((name, i) => checkName(name, `options.subscriptions[${i}]`));
  if (since !== undefined) {
    const isPosition = typeof since?.epoch === "string" && Number.isSafeInteger(since.offset) && since.offset >= 0;
    if (!isPosition) throw invalid("must be the position of a RoomContext, {epoch, offset}", "options.since");
  }
  return { subscriptions, since: since?.epoch ? since : undefined };
}

/**
 * A connection to a Dialogue server. It reconnects by itself, joins its rooms again, recovers what was missed, and sends what was
 * triggered meanwhile. Handlers are called from the event loop, never from within a call, and may do anything.
 */
export class DialogueClient {
  #session;
  #connecting = null; // the promise of connect(), while there is no connection

  /** The options stand in docs/javascript.md, and in client.d.ts. Throws CONFIG_ERROR where one is wrong. */
  constructor(options) {
    this.#session = new Session(readOptions(options));
    if (this.#session.options.autoConnect) this.connect();
  }

  /** "disconnected", "connecting", "connected" or "reconnecting". */
  get state() {
    return this.#session.connector.state;
  }

  get connected() {
    return this.state === "connected";
  }

  /** As the server knows us; empty before the first connection. */
  get userId() {
    return this.#session.userId;
  }

  /** Of this connection; empty where there is none. */
  get clientId() {
    return this.#session.clientId;
  }

  /** "websocket" or "polling"; nothing where there is no connection. */
  get transport() {
    return this.#session.connector.transport;
  }

  /** Triggers that wait for a connection or for their ack. */
  get outboxSize() {
    return this.#session.triggering.outbox.size;
  }

  // --- connection ----------------------------------------------------------------------------------------------

  /** Done when there is a connection; an error says that none is tried for any more. A waiting attempt begins now. */
  connect() {
    this.#connecting ??= Outcome.of((resolve, reject) => this.#session.whenConnected((error) => {
      this.#connecting = null;
      if (error) reject(error);
      else resolve();
    }), () => {}); // onError() tells it in any case.
    this.#session.connect();
    return this.#connecting;
  }

  /**
   * For who learns that something may have happened to the network: another address, a resume. The server is asked for a sign of
   * life; without one in timeouts.check the connection is lost, long before its heartbeat is missed, and comes back. A connection that
   * still works stays. A waiting attempt to reconnect begins now. Disconnected it stays so.
   */
  checkConnection() {
    this.#session.checkConnection();
  }

  /** Rooms stay, as does the outbox; connect() brings them back. */
  disconnect() {
    this.#session.connector.stop();
  }

  /** Disconnects for good. Whatever is waited for ends with CONNECTION_LOST, and nothing keeps a program running. */
  close() {
    this.#session.close();
  }

  // --- rooms ---------------------------------------------------------------------------------------------------

  /**
   * Enters a room; one context per room, so a second join gives the first one's. While there is no connection it waits for one.
   * `subscriptions` take the place of the room's default ones, `since` is a place of its log to go on from.
   */
  async join(roomId, options = {}) {
    checkName(roomId, "roomId");
    const settings = joinSettings(options);
    const { rooms, refusal } = this.#session;
    if (refusal && !rooms.has(roomId)) throw refusal;
    if (!rooms.has(roomId)) rooms.set(roomId, new Membership(this.#session, roomId, settings, (membership) => new RoomContext(membership)));
    const membership = rooms.get(roomId);
    return new Promise((resolve, reject) => {
      membership.join((error, context) => (error ? reject(error) : resolve(context)));
    });
  }

  /** Nothing unless joined. */
  getRoom(roomId) {
    return this.#session.rooms.get(roomId)?.context ?? undefined;
  }

  get rooms() {
    return [...this.#session.rooms.values()].map(({ context }) => context).filter((context) => context !== null);
  }

  #ask(request) {
    return new Promise((resolve, reject) => {
      this.#session.asking.ask({ ...request, done: (error, reply) => (error ? reject(error) : resolve(reply)) });
    });
  }

  /** All that this client may see. */
  async listRooms() {
    const found = [];
    for (let page = 0, after; page < mostPages; page++) {
      const { rooms, next } = readRooms(await this.#ask({ event: "dialogue:listRooms", payload: after && { after }, isRepeatable: true, isReply: () => true }));
      found.push(...rooms);
      if (!next) return found;
      after = next;
    }
    throw new DialogueError("PROTOCOL_VIOLATION", "The server's list of rooms does not end");
  }

  async createRoom(room) {
    const { id, name, description, maxSize } = checkMembers(room, ["id", "name", "description", "maxSize"], "room");
    checkName(id, "room.id");
    return readRoom(await this.#ask({ event: "dialogue:createRoom", payload: { id, name, description, maxSize }, isReply: (said) => said.id === id }));
  }

  async deleteRoom(roomId) {
    checkName(roomId, "roomId");
    await this.#ask({ event: "dialogue:deleteRoom", payload: { roomId }, isReply: (said) => said.roomId === roomId });
  }

  // --- besides rooms -------------------------------------------------------------------------------------------

  /**
   * Asks for what the server's application answers besides: the argument of the acknowledgement, null where there is none. An
   * error of the application comes as it is; CONNECTION_LOST, where the connection was lost before the answer: whether it was done,
   * nobody knows.
   */
  async request(name, data) {
    checkRequestName(name);
    const size = payloadOf(data);
    return this.#ask({ event: name, payload: data === undefined ? undefined : size.value, size: { ...size, text: size.text + name.length + 32 }, isPlain: true });
  }

  /**
   * Answers what the server's application asks, with what `handler(message)` gives or promises, or with the DialogueError that it
   * throws. In place of an earlier one of that name; null: nobody answers any more.
   */
  onRequest(name, handler) {
    checkRequestName(name);
    this.#session.serverRequests.setHandler(name, handler);
    return () => {
      this.#session.serverRequests.remove(name, handler);
    };
  }

  /** What the server says outside of rooms, to this client or to all; "*" is any event. */
  on(event, handler) {
    checkName(event, "event");
    return this.#session.direct.add(event, handler);
  }

  // --- what happens; each answers a function that takes the handler away again ---------------------------------

  onConnect(handler) {
    return this.#session.signals.add("connect", handler);
  }

  onDisconnect(handler) {
    return this.#session.signals.add("disconnect", handler);
  }

  /** {attempt, delay}: the next attempt, the so-many-th in a row, begins in `delay` ms. */
  onReconnecting(handler) {
    return this.#session.signals.add("reconnecting", handler);
  }

  onStateChanged(handler) {
    return this.#session.signals.add("state", handler);
  }

  /** What no promise tells: a lost connection's cause, a refused CONNECT, a trigger whose promise nobody looks at. */
  onError(handler) {
    return this.#session.signals.add("error", handler);
  }

  onRoomCreated(handler) {
    return this.#session.signals.add("roomCreated", handler);
  }

  onRoomDeleted(handler) {
    return this.#session.signals.add("roomDeleted", handler);
  }

  onHistory(handler) {
    return this.#session.signals.add("history", handler);
  }

  onGap(handler) {
    return this.#session.signals.add("gap", handler);
  }

  onOutboxChanged(handler) {
    return this.#session.signals.add("outbox", handler);
  }
}
