// The page: one room at a time on one connection. The parts show; this decides.
import * as conversation from "./conversation.js";
import { byId, inventName, make } from "./dom.js";
import * as people from "./people.js";
import * as rooms from "./rooms.js";
import { Socket } from "./socket.js";
import * as stream from "./stream.js";

const firstRoom = "chat";
const mostCharacters = 1000; // what the sample room's schema allows; the server has the last word
const typingEvery = 2000;
const listEvery = 3000; // Of rooms we are not in the server tells nobody who comes and goes; its list has the numbers.
const listSoon = 250; // after a sign that somebody came or went

const nameField = byId("name");
const text = byId("text");
let userId = "";
let room = null; // {id, epoch, offset} of the room we are in
let wanted = sessionStorage.getItem("room") ?? firstRoom;
let saysTyping = true; // until the room says it does not carry it
let hasHistory = false; // the room sent its history by itself
let lastTyping = 0;
let here = null; // how many are in our room, where it tells that
let listed = false; // the rooms, since we connected
let counted = ""; // the room in whose number of people we are, of the numbers shown

nameField.value = sessionStorage.getItem("name") ?? inventName();
sessionStorage.setItem("name", nameField.value);

const endpoint = document.querySelector("meta[name=endpoint]").content;
const socket = new Socket({ path: endpoint, auth: () => ({ userId: nameField.value }) });

// --- connection ------------------------------------------------------------------------------------------

const stateTexts = {
  connecting: () => "Connecting",
  connected: () => `Connected by ${socket.transport}`,
  waiting: ({ delay }) => `Connection lost, trying again in ${Math.max(1, Math.round(delay / 1000))} s`,
  refused: ({ message }) => `Refused: ${message}`,
  closed: () => "Not connected",
};

socket.on("state", (state, detail) => {
  byId("connection").dataset.state = state;
  const words = stateTexts[state](detail);
  byId("connection-text").textContent = words;
  byId("connection").title = words; // On a phone it is but the dot.
  // What went wrong last time is true until it goes right.
  if (state !== "connecting") byId("connection-reason").textContent = detail.reason ?? "";
  fitSend();
  byId("new-room").disabled = state !== "connected";
});

// The regular look at the rooms' sizes would drown the rest.
let quietLists = 0;
socket.on("traffic", (traffic) => {
  if (!traffic.sent && traffic.event === "dialogue:rooms" && quietLists > 0) quietLists--;
  else stream.record(traffic);
});

socket.on("dialogue:connected", (connected) => {
  if (userId !== connected.userId) room = null; // someone else: the conversation is drawn anew
  userId = connected.userId;
  listed = false;
  counted = "";
  quietLists = 0;
  join(room?.id ?? wanted);
});

// --- rooms -----------------------------------------------------------------------------------------------

async function join(id) {
  const since = room?.id === id ? { epoch: room.epoch, offset: room.offset } : undefined;
  const left = room && room.id !== id ? room.id : undefined;
  if (!since) {
    room = { id, epoch: "", offset: 0 };
    saysTyping = true;
    hasHistory = false;
    conversation.reset("Joining…", userId);
  }
  try {
    // Everything, so that the stream shows what the room has, and so that all that was missed comes back.
    const joined = await socket.request("dialogue:join", { roomId: id, subscriptions: ["*"], ...(since && { since }) });
    if (left) socket.request("dialogue:leave", { roomId: left }).catch(() => {});
    if (room?.id !== id) return; // another room was chosen meanwhile
    wanted = id;
    sessionStorage.setItem("room", id);
    byId("room-name").textContent = joined.roomName;
    byId("messages-empty").textContent = "No messages yet. Say something: open this page in a second tab to answer.";
    if (joined.presence) people.watch(socket, id);
    if (since && joined.recovered === false) conversation.note("Reconnected. Some messages may be missing above.");
    if (!since && !hasHistory) loadHistory(id);
  } catch (error) {
    if (error.code === "DISCONNECTED") return;
    room = null;
    conversation.reset("You are in no room. Choose one from the list.", userId);
    byId("room-name").textContent = "No room";
    alertUser(error);
    if (left) join(left);
  }
  if (listed) nowIn(room?.id);
  else listRooms();
}

/** Our own coming and going needs no asking. */
function nowIn(id = "") {
  rooms.moved(counted, id);
  counted = id;
  showRoom();
}

/** What a room that does not send its history by itself still remembers. */
async function loadHistory(id) {
  const { events } = await socket.request("dialogue:getHistory", { roomId: id }).catch(() => ({}));
  if (events && room?.id === id) conversation.add(events);
}

socket.on("dialogue:joined", (joined) => {
  if (room?.id !== joined.roomId) return;
  if (room.epoch && room.epoch !== joined.epoch) conversation.startLog();
  // After a recovery the missed events follow and move the offset themselves.
  const continues = joined.epoch === room.epoch && joined.recovered !== false;
  room = { id: room.id, epoch: joined.epoch, offset: continues ? room.offset : joined.offset };
});
socket.on("dialogue:history", ({ roomId, events }) => {
  if (room?.id !== roomId) return;
  hasHistory = true;
  conversation.add(events);
});

const choose = (id) => {
  if (id !== room?.id) join(id);
  showView("chat");
  text.focus();
};

function listRooms() {
  listed = true;
  socket.request("dialogue:listRooms").catch(() => {});
}

let refreshes = 0;
function refreshSoon() {
  clearTimeout(refreshes);
  refreshes = setTimeout(refreshRooms, listSoon);
}

function refreshRooms() {
  if (socket.state !== "connected" || document.visibilityState !== "visible") return;
  quietLists = 1;
  socket.request("dialogue:listRooms", undefined, { quiet: true }).catch(() => {});
}

socket.on("dialogue:rooms", (list) => {
  counted = room?.epoch ? room.id : "";
  rooms.show(list, room?.id, choose);
  showRoom();
});

function showRoom() {
  const current = rooms.find(room?.id);
  byId("room-note").textContent = current?.description ?? "";
  byId("people-count").textContent = current ? rooms.sizeText({ ...current, size: here ?? current.size }) : "";
  byId("delete-room").hidden = !current?.createdById || current.createdById !== userId;
}
people.onChange((counts) => {
  here = counts?.connections ?? null;
  showRoom();
});
socket.on("dialogue:presence", (notice) => people.noticed(socket, notice));
socket.on("dialogue:roomCreated", rooms.put);
socket.on("dialogue:roomDeleted", ({ roomId }) => {
  rooms.remove(roomId);
  if (room?.id !== roomId) return;
  room = null;
  if (roomId !== firstRoom) join(firstRoom);
  alertUser({ code: "ROOM_DELETED", message: `The room "${roomId}" was deleted` });
});

rooms.onCreate(async (wish) => {
  await socket.request("dialogue:createRoom", wish);
  choose(wish.id);
});
byId("delete-room").addEventListener("click", () => {
  if (room) socket.request("dialogue:deleteRoom", { roomId: room.id }).catch(alertUser);
});

// --- events ----------------------------------------------------------------------------------------------

socket.on("dialogue:event", (event) => {
  if (event.roomId !== room?.id) return;
  room.offset = Math.max(room.offset, event.offset ?? 0); // ephemeral ones have none
  if (!people.knows(event.from)) refreshSoon(); // somebody came
  if (event.event === "typing") conversation.typed(event);
  else conversation.add([event]);
});

async function send() {
  const message = text.value.trim();
  if (!message || !room || byId("send").disabled) return;
  try {
    byId("problem").textContent = "";
    await socket.request("dialogue:trigger", {
      roomId: room.id, event: "message", data: { text: message, senderId: userId }, id: crypto.randomUUID?.(),
    });
    text.value = "";
    lastTyping = 0;
    fitText();
  } catch (error) {
    byId("problem").textContent = `Not sent: ${wrong(error)} (${error.code})`;
    text.focus();
  }
}

function sayTyping() {
  if (!saysTyping || !room || !text.value || Date.now() - lastTyping < typingEvery) return;
  lastTyping = Date.now();
  socket.request("dialogue:trigger", { roomId: room.id, event: "typing", data: { isTyping: true } }).catch(({ code }) => {
    if (code === "EVENT_NOT_ALLOWED") saysTyping = false;
  });
}

function fitText() {
  text.style.height = "auto";
  text.style.height = `${Math.min(text.scrollHeight + 2, 180)}px`;
  const length = [...text.value].length;
  const counter = byId("counter");
  counter.textContent = length > mostCharacters * 0.8 ? `${length} / ${mostCharacters}` : "";
  counter.classList.toggle("over", length > mostCharacters);
  fitSend();
}

function fitSend() {
  byId("send").disabled = socket.state !== "connected" || [...text.value.trim()].length > mostCharacters;
}

byId("composer").addEventListener("submit", (event) => {
  event.preventDefault();
  send();
});
text.addEventListener("keydown", (event) => {
  if (event.key !== "Enter" || event.shiftKey || event.isComposing) return;
  event.preventDefault();
  send();
});
text.addEventListener("input", () => {
  byId("problem").textContent = "";
  fitText();
  sayTyping();
});

// --- the rest of the page --------------------------------------------------------------------------------

/** What is wrong: of data that does not fit its schema several things may be. */
const wrong = ({ message, faults = [] }) =>
  [message, ...faults.slice(1).map((fault) => `${fault.path}: ${fault.message}`)].join("; ");

/** What went wrong, at the top of the page until dismissed. */
function alertUser(error) {
  const dismiss = make("button", { type: "button", class: "small-button" }, "Dismiss");
  const box = make("div", { class: "alert" }, make("p", {}, make("strong", {}, wrong(error)), ` ${error.code}`), dismiss);
  dismiss.addEventListener("click", () => box.remove());
  byId("alerts").replaceChildren(box);
}

function rename() {
  const name = nameField.value.trim();
  nameField.value = name || userId;
  if (!name || name === userId) return;
  sessionStorage.setItem("name", name);
  socket.connect(); // the name is told at connecting
}

byId("identity").addEventListener("submit", (event) => {
  event.preventDefault();
  nameField.blur();
});
nameField.addEventListener("change", rename);

function showView(view) {
  document.body.dataset.view = view;
  for (const button of document.querySelectorAll(".views button")) {
    button.setAttribute("aria-current", String(button.dataset.view === view));
  }
}
for (const button of document.querySelectorAll(".views button")) {
  button.addEventListener("click", () => showView(button.dataset.view));
}

const root = document.documentElement;
const prefersDark = matchMedia("(prefers-color-scheme: dark)");
root.dataset.theme = localStorage.getItem("theme") ?? (prefersDark.matches ? "dark" : "light");
prefersDark.addEventListener("change", ({ matches }) => {
  if (!localStorage.getItem("theme")) root.dataset.theme = matches ? "dark" : "light";
});
byId("theme").addEventListener("click", () => {
  root.dataset.theme = root.dataset.theme === "dark" ? "light" : "dark";
  localStorage.setItem("theme", root.dataset.theme);
});

setInterval(refreshRooms, listEvery);
document.addEventListener("visibilitychange", refreshRooms);
socket.connect();
text.focus({ preventScroll: true });
