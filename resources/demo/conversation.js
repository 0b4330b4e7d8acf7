// The conversation of one room: messages in the order of their offsets, and who types.
import { avatar, byId, dayOf, followEnd, make, timeOf } from "./dom.js";
import * as people from "./people.js";

const groupWithin = 5 * 60_000; // messages of one person this close stand under one head
const typingLasts = 4000;
const kept = 500; // messages in the page; older ones go

const list = byId("message-list");
let messages = []; // newest last
let log = 0; // offsets are of one log; the server began another when this moved
let typists = new Map(); // name -> until when
let me = "";

const end = followEnd(byId("messages"), (follows) => follows && (byId("jump").hidden = true));
byId("jump").addEventListener("click", () => end.added(true));

/** A message has a text, an announcement a title and a body; another room may carry any JSON. */
function textOf(data) {
  const parts = [data?.title, data?.text, data?.body].filter((part) => typeof part === "string" && part);
  return parts.join("\n") || JSON.stringify(data);
}

function element(message, previous) {
  const own = message.from === me;
  const follows = previous && previous.from === message.from && message.timestamp - previous.timestamp < groupWithin;
  const newDay = !previous || dayOf(previous.timestamp) !== dayOf(message.timestamp);
  const time = new Date(message.timestamp);
  const item = make(
    "li",
    { class: `message${own ? " own" : ""}${follows && !newDay ? " follows" : ""}` },
    avatar(message.from),
    make(
      "div",
      { class: "bubble" },
      make(
        "p",
        { class: "by" },
        make("span", { class: "from" }, own ? `${message.from} (you)` : message.from),
        make("time", { datetime: time.toISOString(), title: time.toLocaleString() }, timeOf(time)),
      ),
      make("p", { class: "text" }, textOf(message.data)),
    ),
  );
  return newDay ? [make("li", { class: "day" }, make("span", {}, dayOf(time))), item] : [item];
}

function renderAll() {
  list.replaceChildren(...messages.flatMap((message, i) => element(message, messages[i - 1])));
  byId("messages-empty").hidden = messages.length > 0;
}

/** Starts over: another room, or the same with another name. */
export function reset(emptyText, userId) {
  messages = [];
  typists = new Map();
  me = userId;
  people.reset(userId);
  byId("messages-empty").textContent = emptyText;
  renderAll();
  renderTyping();
}

/** Events of the room, in any order and known ones among them: history, recovery and live alike. */
export function add(events) {
  const known = new Set(messages.filter((message) => message.log === log).map((message) => message.offset));
  const fresh = events
    .filter((event) => event.event !== "typing" && !known.has(event.offset))
    .map((event) => ({ ...event, log }))
    .sort(byPlace);
  if (!fresh.length) return;
  const last = messages.at(-1);
  const appended = !last || byPlace(last, fresh[0]) < 0;
  messages.push(...fresh);
  if (appended && messages.length <= kept) {
    list.append(...fresh.flatMap((message, i) => element(message, i ? fresh[i - 1] : last)));
    byId("messages-empty").hidden = true;
  } else {
    messages.sort(byPlace);
    messages = messages.slice(-kept);
    renderAll();
  }
  for (const { from, timestamp } of fresh) {
    people.hear(from, timestamp);
    typists.delete(from);
  }
  renderTyping();
  byId("jump").hidden = end.added(fresh.some((event) => event.from === me));
}

const byPlace = (a, b) => a.log - b.log || a.offset - b.offset;

/** From here on offsets are those of another log: the server lost what it knew. */
export function startLog() {
  log++;
}

/** A line of the page's own among the messages. */
export function note(text) {
  list.append(make("li", { class: "day note" }, make("span", {}, text)));
  end.added();
}

export function typed({ from, timestamp }) {
  if (from === me) return;
  people.hear(from, timestamp);
  typists.set(from, Date.now() + typingLasts);
  renderTyping();
  setTimeout(renderTyping, typingLasts + 50);
}

function renderTyping() {
  const names = [...typists].filter(([, until]) => until > Date.now()).map(([name]) => name);
  const texts = ["", `${names[0]} is typing`, `${names[0]} and ${names[1]} are typing`];
  const text = texts[names.length] ?? `${names.length} people are typing`;
  const line = byId("typing");
  if (line.textContent !== text) line.textContent = text;
  line.classList.toggle("active", names.length > 0);
}
