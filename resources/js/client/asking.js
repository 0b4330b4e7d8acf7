import { DialogueError, errorFrom, readAck } from "./errors.js";
import { Requests } from "./requests.js";
import { nextTurn } from "./turns.js";

/** What an application answered: its word, but for an error, which has a form. */
function readPlain(args) {
  if (args.length > 1) return [null, args];
  const [said = null] = args;
  const isError = said?.ok === false && typeof said.error?.code === "string";
  return isError ? [errorFrom(said.error), null] : [null, said];
}

/** What is asked of the server: it waits for a connection, goes out, and ends with its answer or its time. */
export class Asking {
  table;
  #session;

  constructor(session) {
    this.table = new Requests(session.options.outbox.bytes);
    this.#session = session;
  }

  /** Asks now or as soon as it may be asked. */
  ask(request) {
    const { refusal } = this.#session;
    if (refusal) {
      nextTurn(() => request.done(refusal));
      return;
    }
    let id;
    try {
      id = this.table.add(request);
    } catch (error) {
      nextTurn(() => request.done(error));
      return;
    }
    this.table.startClock(id, this.#time, this.#late);
    this.flush();
  }

  /** Sends what may be asked now. */
  flush() {
    const { connector } = this.#session;
    while (connector.isConnected) {
      const entry = this.table.send((roomId) => this.#session.isInside(roomId));
      if (!entry) return;
      const { id, request } = entry;
      const tooLarge = request.size && connector.tooLarge(request.size);
      if (tooLarge) {
        this.table.take(id);
        nextTurn(() => request.done(tooLarge));
        continue;
      }
      connector.emit(request.event, request.payload, (args) => {
        this.#session.acknowledged.add(request.event);
        const [error, reply] = request.isPlain ? readPlain(args) : readAck(args[0]);
        this.table.take(id)?.done(error, reply);
      });
      if (request.isSilent && !this.#session.acknowledges(request.event)) {
        this.table.take(id);
        nextTurn(() => request.done(null, {}));
      }
    }
  }

  /** There is a connection, or is none any more: the time for an answer, or for a connection, begins. */
  restartClocks() {
    this.table.restartClocks(this.#time, this.#late);
  }

  get #time() {
    const { request, waiting } = this.#session.options.timeouts;
    return this.#session.connector.isConnected ? request : waiting;
  }

  #late = (id) => {
    const reason = this.#session.connector.isConnected ? "(timeouts.request)" : "without a connection (timeouts.waiting)";
    this.table.take(id)?.done(new DialogueError("TIMEOUT", `No answer within ${this.#time} ms ${reason}`));
  };
}
