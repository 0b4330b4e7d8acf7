import { checkMembers, checkName, invalid } from "./checks.js";

const lastOffset = Number.MAX_SAFE_INTEGER;

const isOffset = (value) => Number.isSafeInteger(value) && value >= 1;

function timeOf(value, path) {
  if (value === undefined) return undefined;
  const time = value instanceof Date ? value.getTime() : value;
  if (!Number.isFinite(time)) throw invalid("must be a Date, or milliseconds since 1970", path);
  return Math.max(0, Math.floor(time));
}

/** A stretch of a room's log, {from, to, fromTime, toTime, event}, as dialogue:getHistory asks for it. */
export function stretchOf(given) {
  const { from = 1, to = lastOffset, event, ...times } = checkMembers(given, ["from", "to", "fromTime", "toTime", "event"], "stretch");
  if (!isOffset(from) || !isOffset(to) || to < from) throw invalid(`the offsets ${from} to ${to} are no stretch of a log; they count from 1`, "stretch");
  const fromTime = timeOf(times.fromTime, "stretch.fromTime");
  const toTime = timeOf(times.toTime, "stretch.toTime");
  if (toTime < fromTime) throw invalid("ends before it begins", "stretch.toTime");
  return { from, to, fromTime, toTime, ...(event && { eventName: checkName(event, "stretch.event") }) };
}
