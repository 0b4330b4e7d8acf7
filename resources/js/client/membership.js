import { DialogueError } from "./errors.js";
import { Handlers } from "./handlers.js";
import { ParticipantsWatch } from "./participantswatch.js";
import { RoomTracker } from "./roomtracker.js";
import { Subscriptions } from "./subscriptions.js";
import { nextTurn } from "./turns.js";
import { readJoined } from "./wire.js";

// A full room may hold the ghost of our own lost connection until the server misses its heartbeat.
const mostRefusals = 20; // of joining again, in a row
const mostWaiters = 10_000; // for one and the same join
const longestWait = 60_000; // ms before a join that the server refused for now is asked again
const passing = new Set(["ROOM_FULL", "RATE_LIMITED", "LIMIT_REACHED", "SERVER_DRAINING", "UNAVAILABLE"]);
const byName = new Set(["EVENT_NOT_ALLOWED", "PERMISSION_DENIED"]);

export const subscribeTo = (event) => (event === "*" ? "dialogue:subscribeAll" : "dialogue:subscribe");

/** One room as this client is in it, over all its connections: what a RoomContext is inside. */
export class Membership {
  roomId;
  roomName = "";
  presence = "off";
  tracker;
  subscriptions;
  handlers = new Handlers();
  signals = new Handlers();
  isInside = false; // over this connection
  #session; // null once left
  #context;
  #wasJoined = false;
  #isAsking = false; // a join is not answered yet, over this connection
  #refusals = 0;
  #waiters = []; // for the first join
  #held = []; // since then, until those who waited had a chance to add their handlers
  #isHolding = false;
  #participants = null; // since somebody wants to know
  #timer; // to join again, or for the first join to have a connection

  /** `makeContext(membership)`: what the application is given. */
  constructor(session, roomId, { subscriptions, since }, makeContext) {
    this.#session = session;
    this.tellError = (error) => session.tellError(error); // Also once it is left.
    this.roomId = roomId;
    this.tracker = new RoomTracker(since);
    this.subscriptions = new Subscriptions(subscriptions);
    this.#context = makeContext(this);
  }

  /** Null until it was joined. */
  get context() {
    return this.#wasJoined ? this.#context : null;
  }

  get participants() {
    return this.#participants?.list ?? null;
  }

  signal(name, ...args) {
    this.#session?.tell(() => this.signals.call(name, ...args));
  }

  // --- in ------------------------------------------------------------------------------------------------------

  /** `done(error, context)`. */
  join(done) {
    if (this.#wasJoined) {
      done(null, this.#context);
      return;
    }
    if (this.#waiters.length >= mostWaiters) {
      nextTurn(() => done(new DialogueError("LIMIT_REACHED", `${mostWaiters} wait already to join room '${this.roomId}'`)));
      return;
    }
    this.#waiters.push(done);
    if (this.#waiters.length > 1) return;
    const { waiting } = this.#session.options.timeouts;
    if (waiting > 0) {
      this.#timer = setTimeout(() => {
        // Once it is asked for, the request has its own time.
        if (!this.#wasJoined && !this.#isAsking) this.#failFirstJoin(new DialogueError("TIMEOUT", `There was no connection in time to join room '${this.roomId}' (timeouts.waiting)`));
      }, waiting);
    }
    if (this.#session.refusal) {
      const why = this.#session.refusal;
      nextTurn(() => this.#failFirstJoin(why));
      return;
    }
    this.requestJoin();
  }

  requestJoin() {
    if (!this.#session || this.#isAsking || !this.#session.connector.isConnected) return;
    this.#isAsking = true;
    clearTimeout(this.#timer);
    const payload = { roomId: this.roomId };
    const { since } = this.tracker;
    const subscriptions = this.subscriptions.all;
    if (since) payload.since = since;
    if (subscriptions) payload.subscriptions = subscriptions;
    this.#session.asking.ask({
      event: "dialogue:join", payload, roomId: this.roomId, asker: this, isReply: (said) => said.roomId === this.roomId,
      done: (error, reply) => this.#onJoinAnswer(error, reply),
    });
  }

  onJoined(joined) {
    if (!this.#session || this.isInside) return;
    this.isInside = true;
    this.#refusals = 0;
    const isFirst = !this.#wasJoined;
    this.#wasJoined = true;
    this.roomName = joined.roomName;
    this.presence = joined.presence ?? "off";
    if (joined.epoch) this.#session.isDialogue = true;
    this.#repairSubscriptions(this.#session.isDialogue);
    const gap = this.tracker.joined(joined);
    // Whoever waits for the join adds handlers when told; what came with it is for them too.
    if (isFirst) {
      this.#isHolding = true;
      nextTurn(() => this.#release());
    }
    if (gap) this.#inOrder(() => this.#tellGap(gap));
    const waiters = this.#waiters;
    this.#waiters = [];
    for (const done of waiters) done(null, this.#context);
    this.signal("joined", true);
    this.#participants?.joined();
    this.#session.flush(this.roomId);
  }

  #onJoinAnswer(error, reply) {
    // Once the connection is lost, the next one asks again.
    if (!this.#session || !this.#isAsking) return;
    const isLate = error?.code === "TIMEOUT";
    this.#isAsking = isLate && !this.isInside; // and may be granted yet
    if (isLate && this.isInside) return; // The ack stands behind all that was missed.
    if (error) {
      this.#onJoinRefused(error);
      return;
    }
    try {
      if (!this.isInside) this.onJoined(readJoined(reply));
    } catch (violation) {
      this.#onJoinRefused(violation);
      return;
    }
    if (Array.isArray(reply.subscriptions)) this.subscriptions.learn(reply.subscriptions.filter((name) => typeof name === "string"));
  }

  #onJoinRefused(error) {
    if (!this.#wasJoined) {
      this.#failFirstJoin(error);
      return;
    }
    if (error.code === "TIMEOUT") {
      this.#session.connector.drop(error);
      return;
    }
    if (passing.has(error.code) && ++this.#refusals <= mostRefusals) {
      const { reconnectionDelay, reconnectionDelayMax } = this.#session.options;
      const wait = Math.min(Math.max(error.retryAfter ?? reconnectionDelayMax, reconnectionDelay), Math.max(reconnectionDelay, longestWait));
      this.#timer = setTimeout(() => this.isInside || this.requestJoin(), wait);
      return;
    }
    this.#session.tellError(error);
    if (byName.has(error.code) && this.subscriptions.all) {
      // The room is declared anew, and does not carry what we were subscribed to, or not for us.
      this.subscriptions = new Subscriptions();
      this.requestJoin();
      return;
    }
    this.leftBy(error);
  }

  /** What the join did not say, as the defaults were not known yet when it was asked for; or the server reads no such thing there. */
  #repairSubscriptions(serverKnows) {
    const { all } = this.subscriptions;
    if (serverKnows && all) return;
    const say = (request, eventName) => this.#session.connector.emit(request, { roomId: this.roomId, eventName });
    for (const event of all ?? this.subscriptions.added) say(subscribeTo(event), event);
    for (const event of this.subscriptions.removed) say("dialogue:unsubscribe", event);
  }

  #failFirstJoin(error) {
    if (!this.#session || this.#wasJoined) return;
    this.#tellLeave(() => {});
    const waiters = this.#waiters;
    this.#waiters = [];
    this.#retire(error);
    for (const done of waiters) done(error);
  }

  // --- what the room says --------------------------------------------------------------------------------------

  /** Now, or once those who waited for the join had a chance to add their handlers. */
  #inOrder(step) {
    if (this.#isHolding) this.#held.push(step);
    else step();
  }

  #release() {
    this.#isHolding = false;
    const steps = this.#held;
    this.#held = [];
    for (const step of steps) step();
  }

  onMessage(message) {
    if (!this.isInside) return; // meant for one who was in this room before us
    this.#inOrder(() => {
      if (!this.tracker.accept(message.offset)) return;
      this.#session?.tell(() => {
        if (!this.#session) return;
        this.handlers.call(message.event, message);
        this.signals.call("any", message.event, message);
      });
    });
  }

  onDropped(dropped) {
    if (!this.isInside) return;
    this.#inOrder(() => {
      const gap = this.tracker.dropped(dropped);
      if (gap) this.#tellGap(gap);
    });
  }

  #tellGap(gap) {
    this.signal("gap", gap);
    this.#session?.signal("gap", this.roomId, gap);
  }

  onHistory(events) {
    if (!this.isInside) return;
    this.#inOrder(() => {
      this.signal("history", events);
      this.#session?.signal("history", this.roomId, events);
    });
  }

  onPresence(notice) {
    if (this.isInside) this.#participants?.onNotice(notice);
  }

  // --- what the application asks -------------------------------------------------------------------------------

  #leftError() {
    return new DialogueError("NOT_IN_ROOM", `The room '${this.roomId}' was left`);
  }

  /** Of the room, once we are in it. */
  ask(request) {
    if (this.#session) this.#session.asking.ask({ roomId: this.roomId, isFromInside: true, ...request });
    else nextTurn(() => request.done(this.#leftError()));
  }

  trigger(payload, size, done) {
    if (this.#session) this.#session.triggering.trigger({ roomId: this.roomId, ...payload }, size, done);
    else nextTurn(() => done(this.#leftError()));
  }

  changeSubscription(event, eventName, isAdded, done) {
    this.ask({
      event, payload: { roomId: this.roomId, eventName }, isRepeatable: true, isSilent: true,
      done: (error) => {
        if (!error && isAdded) this.subscriptions.add(eventName);
        if (!error && !isAdded) this.subscriptions.remove(eventName);
        done(error);
      },
    });
  }

  watchParticipants(done) {
    if (!this.#session) {
      nextTurn(() => done(this.#leftError()));
      return;
    }
    this.#participants ??= new ParticipantsWatch(
      (after, answered) => this.ask({ event: "dialogue:participants", payload: { roomId: this.roomId, ...(after && { after }) }, done: answered }),
      (changes) => this.signal("participants", changes),
    );
    this.#participants.watch(done);
  }

  // --- out -----------------------------------------------------------------------------------------------------

  connectionLost(error, isFinal) {
    this.#isAsking = false;
    if (this.isInside) {
      this.isInside = false;
      this.signal("joined", false);
    } else if (isFinal) {
      this.#failFirstJoin(error);
    }
  }

  /** Left at once as far as this client goes; `done(error)` once the server knows. */
  leave(done) {
    if (!this.#session) {
      done(null);
      return;
    }
    const isTold = this.#tellLeave((error) => done(error?.code === "CONNECTION_LOST" ? null : error));
    this.#leave(new DialogueError("CONNECTION_LOST", `The room '${this.roomId}' was left`), "Left by this client");
    if (!isTold) done(null);
  }

  /** Not by us: the end of this context. */
  leftBy(why) {
    if (!this.#session) return;
    if (this.#wasJoined) this.#leave(why, why.message);
    else this.#failFirstJoin(why);
  }

  /** The client is closed. */
  end(why) {
    if (this.#session) this.#leave(why, why.message);
  }

  #leave(why, reason) {
    if (this.isInside) this.signal("joined", false);
    if (this.#wasJoined) this.signal("left", reason);
    const waiters = this.#waiters;
    this.#waiters = [];
    this.#retire(why);
    for (const done of waiters) done(why);
  }

  /** False where the server need not know. */
  #tellLeave(done) {
    // A join that is not answered yet may have been granted.
    if (!(this.isInside || this.#isAsking) || !this.#session.connector.isConnected) return false;
    const { roomId } = this;
    this.#session.asking.ask({ event: "dialogue:leave", payload: { roomId }, roomId, isReply: (said) => said.roomId === roomId, done });
    return true;
  }

  #retire(why) {
    const session = this.#session;
    this.#session = null;
    this.isInside = false;
    clearTimeout(this.#timer);
    this.#participants?.end(why);
    session.forget(this.roomId, why);
  }
}
