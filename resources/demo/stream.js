// The raw event stream: what goes over the wire in both directions, with pause and clear.
import { byId, exactTimeOf, followEnd, make } from "./dom.js";

const kept = 300; // rows; older ones go
const previewLength = 120;

const list = byId("events");
const pauseButton = byId("pause");
const end = followEnd(list);
let held = [];
let paused = false;

function row({ sent, event, payload, at }) {
  const json = payload === undefined ? "" : JSON.stringify(payload);
  const preview = json.length > previewLength ? `${json.slice(0, previewLength)}…` : json;
  const inner = typeof payload?.event === "string" ? payload.event : payload?.code ?? "";
  const details = make(
    "details",
    {},
    make(
      "summary",
      {},
      make("span", { class: "direction", title: sent ? "sent" : "received" }, sent ? "↑" : "↓"),
      make("span", { class: "visually-hidden" }, sent ? "sent" : "received"),
      make("span", { class: "event-name" }, event.replace(/^dialogue:/, ""), inner && make("em", {}, ` ${inner}`)),
      make("time", {}, exactTimeOf(at)),
      make("code", { class: "preview" }, preview),
    ),
  );
  // The long form is made when someone looks.
  details.addEventListener("toggle", () => {
    if (details.open && details.children.length === 1) {
      details.append(make("pre", {}, JSON.stringify([event, payload].filter((part) => part !== undefined), null, 2)));
    }
  });
  const kind = event === "dialogue:error" ? "failed" : sent ? "sent" : "received";
  return make("li", { "data-kind": kind }, details);
}

function show(entries) {
  list.append(...entries.slice(-kept).map(row));
  while (list.children.length > kept) list.firstChild.remove();
  byId("events-empty").hidden = list.children.length > 0;
  end.added();
}

function labelPause() {
  pauseButton.setAttribute("aria-pressed", String(paused));
  pauseButton.textContent = paused ? (held.length ? `Resume (${held.length})` : "Resume") : "Pause";
}

pauseButton.addEventListener("click", () => {
  paused = !paused;
  if (!paused) show(held.splice(0));
  labelPause();
});

byId("clear").addEventListener("click", () => {
  held = [];
  list.replaceChildren();
  byId("events-empty").hidden = false;
  labelPause();
});

/** One event, {sent, event, payload}, as it passes. */
export function record(traffic) {
  const entry = { ...traffic, at: Date.now() };
  if (!paused) return show([entry]);
  held.push(entry);
  if (held.length > kept) held.shift();
  labelPause();
}
