// Who is in the room: where the room tells it, all who are there; else whoever was heard of.
import { avatar, byId, make, timeOf } from "./dom.js";

const mostShown = 30; // of those who were only heard of
const retryAfter = 1000;

let me = "";
let heard = new Map(); // name -> when last
let present = null; // name -> connections, once the room has told
let counts = null; // {users, connections}, likewise
let watched = null; // {id, rev}: the room that tells us, and the number of its last notice
let onCounts = () => {};

/** `told({users, connections})` is called when the room has said how many are there; with null, once it does not. */
export function onChange(told) {
  onCounts = told;
}

/** Starts over: another room, or the same with another name. */
export function reset(userId) {
  me = userId;
  heard = new Map();
  watched = present = null;
  setCounts(null);
  render();
}

/** Whether we know that somebody is in this room, ourselves included. */
export const knows = (name) => name === me || (present ?? heard).has(name);

export function hear(name, timestamp) {
  heard.set(name, Math.max(timestamp, heard.get(name) ?? 0));
  render();
}

/** Asks who is in the room, page by page, and from then on is told; again, where something was missed. */
export async function watch(socket, id) {
  const own = { id, rev: -1 };
  watched = own;
  const found = new Map();
  own.coming = found;
  for (let after; ; ) {
    const page = await socket
      .request("dialogue:participants", { roomId: id, ...(after && { after }) })
      .catch((error) => ({ error }));
    if (watched !== own) return; // another room, or begun anew
    if (page.error) {
      if (page.error.retryAfter) setTimeout(() => watched === own && watch(socket, id), page.error.retryAfter);
      return;
    }
    if (after && page.rev !== own.rev) return again(socket, own);
    own.rev = page.rev;
    // Who stands there was told in between, and has left before this page was made.
    for (const name of found.keys()) {
      if (name > (after ?? "") && (!page.next || name <= page.next)) found.delete(name);
    }
    for (const { userId, connections } of page.participants ?? []) found.set(userId, connections);
    own.counts = { users: page.users, connections: page.connections };
    after = page.next;
    if (after) continue;
    present = page.participants ? found : null;
    setCounts(own.counts);
    return render();
  }
}

/** `dialogue:presence` */
export function noticed(socket, { roomId, rev, users, connections, changes = [] }) {
  const own = watched;
  if (own?.id !== roomId || own.rev < 0) return; // It is in the first page.
  if (users === undefined || rev !== own.rev + 1) return again(socket, own);
  own.rev = rev;
  for (const change of changes) {
    if (change.connections > 0) own.coming.set(change.userId, change.connections);
    else own.coming.delete(change.userId);
  }
  if (counts) setCounts({ users, connections });
  render();
}

function again(socket, own) {
  own.rev = -1;
  setTimeout(() => watched === own && watch(socket, own.id), Math.random() * retryAfter);
}

function setCounts(next) {
  counts = next;
  onCounts(counts);
}

const newestFirst = (a, b) => (heard.get(b) ?? 0) - (heard.get(a) ?? 0) || (a < b ? -1 : 1);

function render() {
  const names = [...(present ?? heard).keys()].sort(newestFirst);
  const shown = present ? names : names.slice(0, mostShown);
  byId("people").replaceChildren(...shown.map((name) => {
    const last = heard.get(name);
    const tabs = present?.get(name) ?? 1;
    return make("li", {}, avatar(name), make("span", { class: "person" }, name === me ? "You" : name),
      ...(tabs > 1 ? [make("span", { class: "muted", title: "connections" }, `×${tabs}`)] : []),
      ...(last ? [make("time", { class: "muted", title: "last heard of" }, timeOf(last))] : []));
  }));
  byId("people-empty").hidden = shown.length > 0;
}
