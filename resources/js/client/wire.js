// What the server says, checked: each answers the payload, or throws what is wrong with it. Unknown members are let through.
import { DialogueError } from "./errors.js";

const violation = (path, what) => new DialogueError("PROTOCOL_VIOLATION", `${path} must be ${what}`, { path });

const is = {
  text: (value) => typeof value === "string",
  name: (value) => typeof value === "string" && value !== "",
  flag: (value) => typeof value === "boolean",
  count: (value) => Number.isSafeInteger(value) && value >= 0,
  number: (value) => Number.isFinite(value),
  list: (value) => Array.isArray(value),
};
const words = { text: "text", name: "text that is not empty", flag: "true or false", count: "a whole number", number: "a number", list: "an array" };

/** `shape`: member to its kind, with a "?" where it may be missing. */
function checked(value, shape, where = "") {
  if (typeof value !== "object" || value === null || Array.isArray(value)) throw violation(where || "The payload", "an object");
  for (const [key, kind] of Object.entries(shape)) {
    const [name, isOptional] = kind.endsWith("?") ? [kind.slice(0, -1), true] : [kind, false];
    const member = value[key];
    if ((isOptional && member === undefined) || is[name](member)) continue;
    throw violation(where ? `${where}.${key}` : key, words[name]);
  }
  return value;
}

const eventShape = { event: "name", roomId: "name", from: "text", timestamp: "number", id: "text?", offset: "count?" };
const roomShape = { id: "name", name: "text", description: "text?", size: "count", maxSize: "count?", createdById: "text?", presence: "text?" };
const userShape = { userId: "text", connections: "count" };

const each = (list, shape, where) => {
  list.forEach((one, i) => checked(one, shape, `${where}[${i}]`));
  return list;
};

export const readConnected = (said) => checked(said, { clientId: "text?", userId: "text", expiresIn: "number?" });
export const readRefreshed = (said) => checked(said, { expiresIn: "number?" });
export const readJoined = (said) => checked(said, { roomId: "name", roomName: "text", epoch: "name?", offset: "count?", recovered: "flag?", presence: "text?" });
export const readRoomId = (said) => checked(said, { roomId: "name" });
export const readUnsubscribed = (said) => checked(said, { roomId: "name", eventName: "name" });
export const readEvent = (said) => checked(said, eventShape);
export const readGap = (said) => checked(said, { roomId: "name", from: "count", to: "count", reason: "text?" });
export const readRoom = (said) => checked(said, roomShape);
export const readReceipt = (said) => checked(said, { timestamp: "number?", offset: "count?" });

/** As an event, of servers without acks: the list alone. */
export const readRoomList = (said) => readRooms({ rooms: said });

export function readRooms(said) {
  each(checked(said, { rooms: "list", next: "text?" }).rooms, roomShape, "rooms");
  return said;
}

export function readHistory(said) {
  each(checked(said, { events: "list", from: "count?", to: "count?", more: "flag?" }).events, eventShape, "events");
  return said;
}

export function readPresence(said) {
  each(checked(said, { roomId: "name", rev: "count", users: "count?", connections: "count?", changes: "list?" }).changes ?? [], userShape, "changes");
  return said;
}

export function readParticipants(said) {
  each(checked(said, { rev: "count", users: "count", connections: "count", participants: "list?", next: "text?" }).participants ?? [], userShape, "participants");
  return said;
}
