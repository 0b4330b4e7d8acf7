// What a run of the torture has to show: nothing that was acknowledged is lost, nothing comes twice or out of order, and
// no gap goes untold. It knows no server: it reads what clients wrote down, and what the rooms have at the end.

/**
 * `run` is {rooms: {[roomId]: {durability, log: [{offset, id}], epoch}}, acks: [{roomId, id, offset}],
 * readers: [{name, roomId, seen: [entry]}], lostPower}, where an entry is {event: {offset, id}} or
 * {joined: {epoch, offset, recovered, since}}; `since` is what the reader asked for, if anything. A reader that hears of no
 * epochs says that it was told of a gap, by `recovered: false` and no epoch.
 * Answers what is wrong, a line each.
 */
export function faultsOf(run) {
  const faults = [];
  const promisesAll = ({ durability }) => durability === "sync" || (durability === "commit" && !run.lostPower);
  for (const [roomId, room] of Object.entries(run.rooms)) {
    room.promisesAll = promisesAll(room);
    faults.push(...faultsOfLog(roomId, room));
  }
  for (const ack of run.acks) faults.push(...faultsOfAck(ack, run.rooms[ack.roomId]));
  for (const reader of run.readers) faults.push(...faultsOfReader(reader, run.rooms[reader.roomId]));
  return faults;
}

function faultsOfLog(roomId, { log }) {
  const faults = [];
  const ids = new Set();
  for (const [i, event] of log.entries()) {
    if (ids.has(event.id)) faults.push(`${roomId}: ${event.id} is in the log twice`);
    ids.add(event.id);
    if (i > 0 && event.offset <= log[i - 1].offset) faults.push(`${roomId}: ${event.offset} comes behind ${log[i - 1].offset}`);
  }
  return faults;
}

function faultsOfAck({ roomId, id, offset }, room) {
  const event = room.log.find((each) => each.id === id);
  if (!event) return room.promisesAll ? [`${roomId}: ${id} was acknowledged as ${offset}, and is lost`] : [];
  if (event.offset !== offset) return [`${roomId}: ${id} was acknowledged as ${offset}, and is ${event.offset}`];
  return [];
}

/** Splits what a reader saw into stretches in which nothing may be missing. */
function stretchesOf(seen) {
  const stretches = [];
  for (const entry of seen) {
    if (entry.joined) {
      if (!entry.joined.recovered) stretches.push({ epoch: entry.joined.epoch, from: entry.joined.offset, events: [] });
    } else {
      stretches.at(-1)?.events.push(entry.event);
    }
  }
  return stretches;
}

function faultsOfReader({ name, roomId, seen }, room) {
  const faults = [];
  const where = `${name} in ${roomId}`;
  for (const { joined } of seen) {
    if (joined?.recovered && joined.since?.epoch !== joined.epoch) {
      faults.push(`${where}: recovered in the epoch ${joined.epoch} from one in ${joined.since?.epoch}`);
    }
  }
  const byOffset = new Map(room.log.map((event) => [event.offset, event.id]));
  const stretches = stretchesOf(seen);
  for (const stretch of stretches) {
    const holds = stretch.epoch === room.epoch || room.promisesAll; // Of the log, for what came in it.
    let last = stretch.from;
    let next = room.log.findIndex((event) => event.offset > last); // Of the log, behind `last`.
    const missedBefore = (offset) => {
      for (; next >= 0 && next < room.log.length && room.log[next].offset < offset; ++next) {
        if (holds) faults.push(`${where}: ${room.log[next].offset} (${room.log[next].id}) is missing without a word`);
      }
    };
    for (const { offset, id } of stretch.events) {
      if (offset <= last) {
        faults.push(`${where}: ${offset} (${id}) comes behind ${last}`);
        continue;
      }
      missedBefore(offset);
      if (next >= 0 && room.log[next]?.offset === offset) ++next;
      const kept = byOffset.get(offset);
      if (stretch.epoch === room.epoch && kept !== id) {
        faults.push(`${where}: ${offset} was ${id}, and the log has ${kept ?? "nothing"} there in the same epoch`);
      }
      last = offset;
    }
    if (stretch === stretches.at(-1)) missedBefore(Infinity);
  }
  const ids = new Set();
  for (const { event } of seen) {
    if (!event) continue;
    if (ids.has(event.id) && room.promisesAll) faults.push(`${where}: ${event.id} came twice`);
    ids.add(event.id);
  }
  return faults;
}
