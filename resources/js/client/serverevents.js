import * as wire from "./wire.js";
import { DialogueError, errorFrom } from "./errors.js";

/** What the server says: each event is read, given to the room or the request it belongs to, and told. */
export class ServerEvents {
  #session;

  constructor(session) {
    this.#session = session;
  }

  /** Socket.IO lets an event's name be a number, too. */
  take(given, args) {
    const name = String(given);
    if (!name.startsWith("dialogue:")) {
      this.#onDirect(name, args);
      return;
    }
    const reader = ServerEvents.#readers[name];
    // What is not known here is of a server that knows more; what comes before the greeting is of nobody yet.
    if (!reader || (!this.#session.connector.isConnected && name !== "dialogue:connected" && name !== "dialogue:error")) return;
    try {
      reader.call(this, args[0]);
    } catch (error) {
      if (!(error instanceof DialogueError) || error.code !== "PROTOCOL_VIOLATION") throw error;
      this.#session.connector.drop(new DialogueError("PROTOCOL_VIOLATION", `The server sent a ${name} that cannot be read: ${error.message}`, { path: error.path }));
    }
  }

  #room(roomId) {
    return this.#session.rooms.get(roomId);
  }

  /** To who asked, where the answer is an event. */
  #answer(request, said) {
    this.#session.asking.table.takeAnswered(request, said)?.done(null, said);
  }

  static #readers = {
    "dialogue:connected"(said) {
      this.#session.onGreeted(wire.readConnected(said));
    },
    "dialogue:joined"(said) {
      const joined = wire.readJoined(said);
      const room = this.#room(joined.roomId);
      const asked = this.#session.asking.table.hear("dialogue:join", joined.roomId);
      // It may be for a context that was left since; its successor waits for an answer of its own.
      if (room && (!asked || asked.asker === room)) room.onJoined(joined);
      if (!joined.epoch) this.#answer("dialogue:join", joined);
    },
    "dialogue:left"(said) {
      const { roomId } = wire.readRoomId(said);
      // It was ours; where there is an ack, that says the rest.
      if (this.#session.asking.table.hear("dialogue:leave", roomId)) {
        if (!this.#session.isDialogue) this.#answer("dialogue:leave", said);
        return;
      }
      this.#room(roomId)?.leftBy(new DialogueError("NOT_IN_ROOM", "The server took this client out of the room"));
    },
    "dialogue:unsubscribed"(said) {
      const { roomId, eventName } = wire.readUnsubscribed(said);
      // Else it would ask for it when it comes back, and be refused.
      this.#room(roomId)?.subscriptions.remove(eventName);
    },
    "dialogue:event"(said) {
      const message = wire.readEvent(said);
      this.#room(message.roomId)?.onMessage(message);
    },
    "dialogue:gap"(said) {
      const gap = wire.readGap(said);
      this.#room(gap.roomId)?.onDropped(gap);
    },
    "dialogue:presence"(said) {
      const notice = wire.readPresence(said);
      this.#room(notice.roomId)?.onPresence(notice);
    },
    "dialogue:history"(said) {
      const { events } = wire.readHistory(said);
      this.#room(wire.readRoomId(said).roomId)?.onHistory(events);
    },
    "dialogue:historyResponse"(said) {
      this.#session.asking.table.takeAnswered("dialogue:getHistory", wire.readHistory(said))?.done(null, said);
    },
    "dialogue:rooms"(said) {
      this.#answer("dialogue:listRooms", wire.readRoomList(said));
    },
    "dialogue:roomCreated"(said) {
      if (!this.#session.acknowledges("dialogue:createRoom")) this.#answer("dialogue:createRoom", wire.readRoom(said));
      this.#session.signal("roomCreated", wire.readRoom(said));
    },
    "dialogue:roomDeleted"(said) {
      const { roomId } = wire.readRoomId(said);
      if (!this.#session.acknowledges("dialogue:deleteRoom")) this.#answer("dialogue:deleteRoom", said);
      this.#room(roomId)?.leftBy(new DialogueError("ROOM_NOT_FOUND", "The room was deleted"));
      this.#session.signal("roomDeleted", roomId);
    },
    "dialogue:error"(said) {
      const error = errorFrom(said);
      // Where something waits for an answer, the ack that follows says the same, and to whom.
      const { asking, triggering, isDialogue } = this.#session;
      const isAcknowledged = isDialogue ? asking.table.hasSent || triggering.outbox.size > 0 : asking.table.allSentArePlain;
      if (isAcknowledged && error.code !== "SERVER_DRAINING") return;
      const failed = isDialogue ? undefined : asking.table.takeFailed(error);
      if (failed) {
        failed.done(error);
        return;
      }
      this.#session.tellError(error);
    },
  };

  #onDirect(name, all) {
    const session = this.#session;
    const acknowledge = typeof all.at(-1) === "function" ? all.at(-1) : undefined;
    const args = acknowledge ? all.slice(0, -1) : all;
    const data = args.length > 1 ? args : args[0] ?? null;
    const message = { event: name, data, from: "system", timestamp: Date.now() };
    if (!acknowledge || !session.serverRequests.answers(name)) {
      session.tell(() => {
        session.direct.call(name, message);
        session.direct.call("*", message);
      });
    }
    if (!acknowledge) return;
    const { identity } = session.connector;
    session.serverRequests.answer(message).then((answer) => session.connector.identity === identity && acknowledge(answer));
  }
}
