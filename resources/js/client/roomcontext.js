import { checkMembers, checkName, checkObject, invalid } from "./checks.js";
import { DialogueError } from "./errors.js";
import { subscribeTo } from "./membership.js";
import { Outcome } from "./outcome.js";
import { payloadOf } from "./payload.js";
import { stretchOf } from "./stretch.js";

/**
 * One room as this client is in it, made by DialogueClient.join(). It stays across lost connections: it joins and subscribes
 * again by itself, and recovers what it missed. Each event is seen once and in order, or onGap() says what may be missing.
 */
export class RoomContext {
  #membership;

  /** Of DialogueClient.join(), and of nobody else. */
  constructor(membership) {
    this.#membership = membership;
  }

  get roomId() {
    return this.#membership.roomId;
  }

  get roomName() {
    return this.#membership.roomName;
  }

  /** The server has us in it now: false while the connection is lost. */
  get joined() {
    return this.#membership.isInside;
  }

  /** {epoch, offset}: up to where this room was seen, or told to be missing. */
  get position() {
    return this.#membership.tracker.position;
  }

  /** Event names, as far as known here; "*" for all. */
  get subscriptions() {
    const { all, added } = this.#membership.subscriptions;
    return all ?? added;
  }

  // --- hearing -------------------------------------------------------------------------------------------------

  /** Each answers a function that takes the handler away again. */
  on(event, handler) {
    checkName(event, "event");
    return event === "*" ? this.onAny((_, message) => handler(message)) : this.#membership.handlers.add(event, handler);
  }

  onAny(handler) {
    return this.#membership.signals.add("any", handler);
  }

  onGap(handler) {
    return this.#membership.signals.add("gap", handler);
  }

  onHistory(handler) {
    return this.#membership.signals.add("history", handler);
  }

  onJoined(handler) {
    return this.#membership.signals.add("joined", handler);
  }

  onLeft(handler) {
    return this.#membership.signals.add("left", handler);
  }

  onParticipants(handler) {
    return this.#membership.signals.add("participants", handler);
  }

  // --- saying --------------------------------------------------------------------------------------------------

  #outcome(begin) {
    const work = (resolve, reject) => begin((error, value) => (error ? reject(error) : resolve(value)));
    return Outcome.of(work, (error) => this.#membership.tellError(error));
  }

  /**
   * Sends an event, now or when the connection is back, in order with the others of this room and applied once. The promise is
   * the server's word on it, {id, offset, timestamp}; who does not look at it hears of errors by DialogueClient.onError().
   */
  trigger(event, data, options = {}) {
    return this.#outcome((done) => {
      checkName(event, "event");
      const { meta, echo } = checkMembers(options, ["meta", "echo"], "options");
      if (echo !== undefined && typeof echo !== "boolean") throw invalid("must be true or false", "options.echo");
      if (meta !== undefined) checkObject(meta, "options.meta");
      const content = payloadOf(data);
      const beside = payloadOf(meta, "options.meta");
      const payload = { event, data: content.value, ...(meta && { meta: beside.value }), ...(echo !== undefined && { echo }) };
      const envelope = 160 + 3 * (event.length + this.roomId.length); // its members' names, its id
      const size = {
        text: content.text + beside.text + envelope,
        attachments: content.attachments + beside.attachments,
        largest: Math.max(content.largest, beside.largest),
      };
      this.#membership.trigger(payload, size, done);
    });
  }

  /** Kept across reconnects. */
  subscribe(event) {
    return this.#outcome((done) => {
      checkName(event, "event");
      this.#membership.changeSubscription(subscribeTo(event), event, true, done);
    });
  }

  subscribeAll() {
    return this.subscribe("*");
  }

  /** "*" undoes subscribeAll(). */
  unsubscribe(event) {
    return this.#outcome((done) => {
      checkName(event, "event");
      this.#membership.changeSubscription("dialogue:unsubscribe", event, false, done);
    });
  }

  /** Left at once as far as this client goes; the promise says that the server knows. */
  leave() {
    return this.#outcome((done) => this.#membership.leave(done));
  }

  // --- asking --------------------------------------------------------------------------------------------------

  /** The answer is an event before the ack, which tells errors alone; `isPage(said)`: the one that was asked for. */
  async #askHistory(question, isPage) {
    const { roomId } = this;
    const isReply = (said) => said.roomId === roomId && (said.eventName ?? undefined) === question.eventName && isPage(said);
    return new Promise((resolve, reject) => {
      const done = (error, reply) => {
        if (error) reject(error);
        else if (Array.isArray(reply.events)) resolve(reply);
        else reject(new DialogueError("PROTOCOL_VIOLATION", "The server acknowledged the question and sent no history that answers it"));
      };
      this.#membership.ask({ event: "dialogue:getHistory", payload: { roomId, ...question }, isRepeatable: true, isReply, done });
    });
  }

  /** Newest first: 0 is the newest, `end` exclusive; without `event` of all events. */
  async getHistory(event, start = 0, end = 50) {
    if (event !== undefined && event !== null) checkName(event, "event");
    if (!Number.isSafeInteger(start) || start < 0) throw invalid("must be a whole number of at least 0", "start");
    if (!Number.isSafeInteger(end) || end < start) throw invalid("must be a whole number, and no less than start", "end");
    const page = await this.#askHistory({ start, end, ...(event && { eventName: event }) }, (said) => said.start === start);
    return page.events;
  }

  /**
   * What the room keeps from one offset to another, both included, as most of what onGap() tells of; or {from, to, fromTime, toTime,
   * event}, each of which may be left out. {events, from, to, more}, newest first: with `more`, ask again up to one less than its `from`.
   */
  async getHistoryBetween(stretchOrFrom, to, event) {
    const given = typeof stretchOrFrom === "object" ? stretchOrFrom : { from: stretchOrFrom, to, event };
    const question = stretchOf(given);
    // The server may cut what was asked for, and says how far it went.
    const { events, from, to: last, more = false } = await this.#askHistory(question, (said) => said.from >= question.from && said.to <= question.to);
    // One that says no more than that there is more covers what it brought.
    const covers = more && from <= question.from && events.length > 0 ? Math.max(question.from, events.at(-1).offset ?? 0) : from;
    return { events, from: covers, to: last, more };
  }

  // --- who is there --------------------------------------------------------------------------------------------

  /** "off", "counts" or "users": what the room tells of who is in it. */
  get presence() {
    return this.#membership.presence;
  }

  /**
   * From now on `participants` is kept up to date, also when a connection was lost: onParticipants() is called with null once all
   * of it is there, and again after something was missed, and with what has changed otherwise.
   */
  watchParticipants() {
    return this.#outcome((done) => this.#membership.watchParticipants(done));
  }

  /** [{userId, connections}] in the order of their ids, as was told last. Nobody, where the room tells only how many they are. */
  get participants() {
    return (this.#membership.participants?.shown ?? []).map((each) => ({ ...each }));
  }

  get userCount() {
    return this.#membership.participants?.counts.users ?? 0;
  }

  /** Each user has one or more. */
  get connectionCount() {
    return this.#membership.participants?.counts.connections ?? 0;
  }
}
