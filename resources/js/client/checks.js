// What the application hands us: refused with INVALID_REQUEST and its place, where it is none of what it should be.
import { DialogueError } from "./errors.js";

/** `path`: where it stands, in the application's words. */
export const invalid = (message, path) => new DialogueError("INVALID_REQUEST", path ? `${path}: ${message}` : message, { path });

/** Of a room or an event. */
export function checkName(value, path) {
  if (typeof value === "string" && value !== "") return value;
  throw invalid(`must be text that is not empty, not ${JSON.stringify(value) ?? String(value)}`, path);
}

/** An object of these members, and no others. */
export function checkMembers(given, known, path) {
  checkObject(given, path);
  for (const key of Object.keys(given)) {
    if (!known.includes(key)) throw invalid(`is not known here; there are ${known.join(", ")}`, `${path}.${key}`);
  }
  return given;
}

export function checkObject(given, path) {
  if (typeof given === "object" && given !== null && !Array.isArray(given)) return given;
  throw invalid("must be an object", path);
}

export function checkHandler(handler) {
  if (typeof handler === "function") return handler;
  throw invalid(`must be a function, not ${handler === null ? "null" : typeof handler}`, "handler");
}
