#!/usr/bin/env node
// A server that speaks the dialogue:* events as the original does, on npm socket.io: no acks, no offsets, no recovery.
import { createServer } from "node:http";
import { createRequire } from "node:module";

const require = createRequire(new URL("../interop/package.json", import.meta.url));
const { Server } = require("socket.io");

const rooms = new Map([["chat", { id: "chat", name: "Chat", size: 0 }]]);
const history = [];
const http = createServer();
const io = new Server(http, { pingInterval: 500, pingTimeout: 500, transports: ["polling", "websocket"] });

io.use((socket, next) =>
  socket.handshake.auth.userId === "mallory" ? next(new Error("Not authorized")) : next(),
);
io.on("connection", (socket) => {
  const userId = socket.handshake.auth.userId ?? socket.id;
  const subscriptions = new Set();
  const fail = (code, message) => socket.emit("dialogue:error", { code, message });
  socket.emit("dialogue:connected", { clientId: socket.id, userId });

  socket.on("dialogue:join", ({ roomId }, ack) => {
    const room = rooms.get(roomId);
    if (!room) return fail("ROOM_NOT_FOUND", `Room '${roomId}' not found`);
    socket.join(roomId);
    subscriptions.add("message");
    socket.emit("dialogue:joined", { roomId, roomName: room.name });
    if (userId === "acknowledged") ack?.({ ok: true, roomId, roomName: room.name }); // joins, and nothing else
  });
  socket.on("dialogue:leave", ({ roomId }) => {
    socket.leave(roomId);
    socket.emit("dialogue:left", { roomId });
  });
  socket.on("dialogue:subscribe", ({ eventName }) => subscriptions.add(eventName));
  socket.on("dialogue:unsubscribe", ({ eventName }) => subscriptions.delete(eventName));
  socket.on("dialogue:subscribeAll", () => subscriptions.add("*"));
  socket.on("dialogue:trigger", ({ roomId, event, data, meta }) => {
    if (event === "drop") return socket.conn.close();
    if (!data) return fail("VALIDATION_FAILED", "data is required");
    const message = { event, roomId, data, from: userId, timestamp: Date.now(), ...(meta && { meta }) };
    history.unshift(message);
    deliver(roomId, message);
  });
  socket.on("dialogue:listRooms", () => socket.emit("dialogue:rooms", [...rooms.values()]));
  socket.on("dialogue:getHistory", ({ roomId, eventName, start = 0, end = 50 }) =>
    socket.emit("dialogue:historyResponse", { roomId, eventName, events: history.slice(start, end), start, end }),
  );
  socket.on("dialogue:createRoom", ({ id, name }) => {
    if (rooms.has(id)) return fail("ROOM_EXISTS", `Room '${id}' already exists`);
    rooms.set(id, { id, name, size: 0, createdById: userId });
    io.emit("dialogue:roomCreated", rooms.get(id));
  });
  socket.on("dialogue:deleteRoom", ({ roomId }) => {
    if (rooms.get(roomId)?.createdById !== userId) return fail("PERMISSION_DENIED", "Only the owner deletes a room");
    rooms.delete(roomId);
    io.emit("dialogue:roomDeleted", { roomId });
  });
  socket.data.wants = (event) => subscriptions.has(event) || subscriptions.has("*");
});

function deliver(roomId, message) {
  for (const socket of io.of("/").sockets.values()) {
    if (socket.rooms.has(roomId) && socket.data.wants(message.event)) socket.emit("dialogue:event", message);
  }
}

process.on("SIGTERM", () => process.exit(0));
process.stdin.on("close", () => process.exit(0)).resume(); // with the test that started it
http.listen(0, "127.0.0.1", () => console.log(http.address().port));
