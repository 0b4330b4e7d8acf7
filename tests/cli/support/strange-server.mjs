#!/usr/bin/env node
// A server that `dialogue` cannot trust or know well: the name of a room, or the token, says what it does.
import { createServer } from "node:http";
import { createRequire } from "node:module";

const require = createRequire(new URL("../../interop/package.json", import.meta.url));
const { Server } = require("socket.io");

const escapes = "\x1b]0;owned\x07\x1b[2J\u009b31m\u202e$(reboot)";
let triggers = 0; // read by anybody, as the size of the room "counted"

const http = createServer((request, response) => {
  response.statusCode = 500; // what is not Socket.IO's
  response.end(escapes);
});
const io = new Server(http, { maxHttpBufferSize: 1e8, pingInterval: 2000, destroyUpgradeTimeout: 100 });

io.use((socket, next) => (socket.handshake.auth.token === "refused" ? next(new Error(escapes)) : next()));
io.on("connection", (socket) => {
  socket.emit("dialogue:connected", { clientId: socket.id, userId: socket.id });
  if (socket.handshake.auth.token === "direct") {
    socket.emit("dialogue:unknown", "of a later server");
    socket.emit("sync", [{ n: 1 }]);
    socket.emit(escapes, escapes);
    socket.emit("none");
    socket.emit("several", 1, "two");
  }
  if (socket.handshake.auth.token === "pings") return ping(socket.conn.transport.socket);

  socket.on("dialogue:join", ({ roomId }, ack) => {
    const joined = { roomId, roomName: roomId };
    if (knowsAcks(roomId)) Object.assign(joined, { epoch: roomId === "epoch" ? escapes : "e", offset: 7 });
    socket.emit("dialogue:joined", joined);
    if (roomId === "gaps") lose(socket, roomId);
    if (knowsAcks(roomId)) ack({ ok: true, ...joined });
  });
  socket.on("dialogue:leave", ({ roomId }) => socket.emit("dialogue:left", { roomId }));
  socket.on("dialogue:listRooms", () => {
    socket.emit("dialogue:rooms", [{ id: "counted", name: escapes, size: triggers }]);
  });
  socket.on("quote", (...asked) => asked.at(-1)({ [escapes]: escapes }));
  socket.on("dialogue:trigger", ({ roomId, data }, ack) => {
    ++triggers;
    if (roomId === "errors") socket.emit("dialogue:error", { code: escapes, message: escapes });
    if (!knowsAcks(roomId)) return;
    if (data === "drop") socket.conn.close();
    else if (data === "refuse") ack({ ok: false, error: { code: "VALIDATION_FAILED", message: escapes } });
    else ack({ ok: true, offset: triggers, timestamp: Date.now() });
  });
  socket.on("dialogue:getHistory", ({ roomId, eventName, start, end }, ack) => {
    // One event a page, and no end of them.
    const event = { event: eventName, roomId, data: 1, from: "x", timestamp: Date.now() - start };
    const response = { roomId, eventName, events: [event], start, end };
    if (eventName === "broken") ack({ ok: false, error: { code: "RATE_LIMITED", message: "too many" } });
    else ack({ ok: true, ...response });
  });
});

const knowsAcks = (roomId) => ["acks", "epoch", "gaps"].includes(roomId);

/** Events, those between which were dropped, and one that has no place. */
function lose(socket, roomId) {
  const say = (event, offset) =>
    socket.emit("dialogue:event", { event, roomId, data: 1, from: "x", timestamp: Date.now(), offset });
  say("message", 8);
  socket.emit("dialogue:gap", { roomId, from: 9, to: 11, reason: "dropped" });
  say("message", 10); // a gap may span what arrives
  say("typing");
  socket.emit("dialogue:gap", { roomId, from: 12, to: 12, reason: "replaced" });
}

/** Pings without end, and reads no pong. */
function ping(socket) {
  socket._socket.pause();
  const more = () => {
    for (let i = 0; i < 1000; ++i) socket.ping("x".repeat(125));
    setTimeout(more, 1);
  };
  more();
}

process.on("SIGTERM", () => process.exit(0));
process.stdin.on("close", () => process.exit(0)).resume(); // with the test that started it
http.listen(0, "127.0.0.1", () => console.log(http.address().port));
