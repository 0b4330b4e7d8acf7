const isEarlier = (a, b) => a < b; // by UTF-16 code units, as the server sorts

/** Where a user stands in a list in the order of ids, or would. */
function placeOf(list, userId) {
  let [low, high] = [0, list.length];
  while (low < high) {
    const middle = (low + high) >>> 1;
    if (isEarlier(list[middle].userId, userId)) low = middle + 1;
    else high = middle;
  }
  return low;
}

/** That user has so many connections now. */
function put(list, { userId, connections }) {
  const place = placeOf(list, userId);
  const isThere = list[place]?.userId === userId;
  if (connections === 0) {
    if (isThere) list.splice(place, 1);
  } else {
    list.splice(place, isThere ? 1 : 0, { userId, connections });
  }
}

/**
 * Who is in a room, as pages and notices tell it: whatever comes last of a user holds, as long as no notice is missed. What was
 * known stays until all of it is known anew. What is taken is answered with: "ignored"; "changed", as the notice says, which was
 * the next; "continues", there is another page, behind `after`; "complete", it is there, all of it anew; "missed", something did
 * not come: restart(), and ask from the first page.
 */
export class ParticipantList {
  #state = "stale"; // what comes is not what follows; or "coming", or "current"
  #rev = 0;
  #coming = [];
  #comingCounts = { users: 0, connections: 0 };
  after = "";
  shown = [];
  counts = { users: 0, connections: 0 };

  restart() {
    this.#state = "coming";
    this.after = "";
    this.#coming = [];
  }

  clear() {
    this.#state = "stale";
    this.shown = [];
    this.#coming = [];
    this.counts = { users: 0, connections: 0 };
  }

  #missed() {
    this.#state = "stale";
    this.#coming = [];
    return "missed";
  }

  takePage({ rev, users, connections, participants = [], next = "" }) {
    if (this.#state !== "coming") return "ignored";
    const isFirst = this.after === "";
    if (!isFirst && rev !== this.#rev) return this.#missed();
    if (next !== "" && !isEarlier(this.after, next)) return this.#missed(); // It would never end.
    this.#rev = rev;
    this.#comingCounts = { users, connections };
    // Who stands there was told in between, and has left before this page was made.
    const behind = (userId) => placeOf(this.#coming, `${userId}\0`);
    const begin = isFirst ? 0 : behind(this.after);
    const end = next === "" ? this.#coming.length : behind(next);
    this.#coming.splice(begin, end - begin);
    for (const each of participants) put(this.#coming, each);
    this.after = next;
    if (next !== "") return "continues";
    this.shown = this.#coming;
    this.#coming = [];
    this.counts = this.#comingCounts;
    this.#state = "current";
    return "complete";
  }

  takeNotice({ rev, users, connections, changes = [] }) {
    // Before the first page, what comes was told before it was made.
    if (this.#state === "stale" || (this.#state === "coming" && this.after === "")) return "ignored";
    if (users === undefined || rev !== this.#rev + 1) return this.#missed();
    this.#rev = rev;
    const isCurrent = this.#state === "current";
    if (isCurrent) this.counts = { users, connections };
    else this.#comingCounts = { users, connections };
    for (const each of changes) put(isCurrent ? this.shown : this.#coming, each);
    return isCurrent ? "changed" : "ignored";
  }
}
