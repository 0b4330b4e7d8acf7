// The list of rooms, and making and deleting them.
import { byId, make } from "./dom.js";

const dialog = byId("room-dialog");
const form = byId("room-form");
let rooms = [];
let shown = { currentId: undefined, choose: () => {} };

/** "3 of 50 here", or without a limit "3 here". */
export const sizeText = ({ size, maxSize }) => (maxSize ? `${size} of ${maxSize} here` : `${size} here`);

export const find = (id) => rooms.find((room) => room.id === id);

/** Shows the server's list; `choose(id)` is called for the room that is clicked. */
export function show(list, currentId, choose) {
  rooms = list;
  shown = { currentId, choose };
  render();
}

/** A room that was created, or is told of anew. */
export function put(room) {
  rooms = find(room.id) ? rooms.map((each) => (each.id === room.id ? room : each)) : [...rooms, room];
  render();
}

export function remove(id) {
  rooms = rooms.filter((room) => room.id !== id);
  render();
}

/** We have gone from one room (or none) to another (or none). */
export function moved(from, to) {
  const change = (id) => (id === to ? 1 : 0) - (id === from ? 1 : 0);
  rooms = rooms.map((room) => ({ ...room, size: Math.max(0, room.size + change(room.id)) }));
  shown.currentId = to;
  render();
}

function render() {
  const { currentId, choose } = shown;
  const focused = document.activeElement?.dataset?.room;
  byId("rooms").replaceChildren(...rooms.map((room) => {
    const isFull = room.maxSize !== undefined && room.size >= room.maxSize;
    const button = make(
      "button",
      { type: "button", class: "room", "data-room": room.id, "aria-current": room.id === currentId && "true" },
      make("span", { class: "room-label" }, room.name),
      make("span", { class: "size", title: sizeText(room), "data-full": isFull }, isFull ? "full" : String(room.size),
        make("span", { class: "visually-hidden" }, " here")),
      make("span", { class: "room-description muted" }, room.description || room.id),
    );
    button.addEventListener("click", () => choose(room.id));
    return make("li", {}, button);
  }));
  byId("rooms-empty").hidden = rooms.length > 0;
  if (focused) document.querySelector(`[data-room="${CSS.escape(focused)}"]`)?.focus();
}

const slug = (name) => name.toLowerCase().normalize("NFKD").replace(/[^a-z0-9]+/g, "-").replace(/^-+|-+$/g, "");

/** Wires the dialog; `create(room)` answers a promise, rejected with {code, message}. */
export function onCreate(create) {
  let idIsOurs = true;
  byId("new-room").addEventListener("click", () => {
    form.reset();
    idIsOurs = true;
    byId("room-problem").textContent = "";
    dialog.showModal();
  });
  byId("room-cancel").addEventListener("click", () => dialog.close());
  byId("new-id").addEventListener("input", () => (idIsOurs = false));
  byId("new-name").addEventListener("input", ({ target }) => {
    if (idIsOurs) byId("new-id").value = slug(target.value);
  });
  form.addEventListener("submit", async (event) => {
    event.preventDefault();
    const { id, name, description, maxSize } = Object.fromEntries(new FormData(form));
    const room = { id, name, ...(description && { description }), ...(maxSize && { maxSize: Number(maxSize) }) };
    try {
      await create(room);
      dialog.close();
    } catch ({ code, message }) {
      byId("room-problem").textContent = `${message} (${code})`;
    }
  });
}
