/** What went wrong: a stable code for programs (docs/protocol.md), a text for people, and where. */
export class DialogueError extends Error {
  /** `details`: path, retryAfter (ms), faults, roomId, and cause. */
  constructor(code, message, { path, retryAfter, faults, roomId, cause } = {}) {
    super(message, cause === undefined ? undefined : { cause });
    this.name = "DialogueError";
    this.code = code;
    for (const [key, value] of Object.entries({ path, retryAfter, faults, roomId })) {
      if (value !== undefined) this[key] = value;
    }
  }

  /** As it goes over the wire. */
  toJSON() {
    const { code, message, path, retryAfter, faults } = this;
    return { code, message, path, retryAfter, faults };
  }
}

const isObject = (value) => typeof value === "object" && value !== null && !Array.isArray(value);
const mostFaults = 20; // that are read; a server has less to say

/** What a server says of an error, which may be anything. */
export function errorFrom(said, otherwise = "The server refused it without a reason") {
  if (!isObject(said)) return new DialogueError("INVALID_REQUEST", otherwise);
  const text = (value) => (typeof value === "string" ? value : undefined);
  return new DialogueError(text(said.code) ?? "INVALID_REQUEST", text(said.message) ?? otherwise, {
    path: text(said.path),
    retryAfter: Number.isFinite(said.retryAfter) && said.retryAfter >= 0 ? said.retryAfter : undefined,
    faults: Array.isArray(said.faults) ? said.faults.filter(isObject).slice(0, mostFaults) : undefined,
    roomId: text(said.roomId),
  });
}

/** Reads an ack, {ok: true, ...reply} or {ok: false, error}: [error, reply], one of which is there. */
export function readAck(ack) {
  if (isObject(ack) && ack.ok === true) return [null, ack];
  if (isObject(ack) && ack.ok === false) return [errorFrom(ack.error), null];
  return [new DialogueError("PROTOCOL_VIOLATION", "The server's acknowledgement says neither ok nor what is wrong"), null];
}
