#!/usr/bin/env node
// npm socket.io with what a client of it has to cope with: namespaces, acknowledgements, binary values, refusals, and
// what was missed while a connection was lost.
import { createServer } from "node:http";
import { createRequire } from "node:module";

const require = createRequire(new URL("../interop/package.json", import.meta.url));
const { Server } = require("socket.io");

const http = createServer();
const io = new Server(http, {
  pingInterval: 500,
  pingTimeout: 500,
  maxHttpBufferSize: 100000,
  connectionStateRecovery: { maxDisconnectionDuration: 60000 },
});

function talk(socket) {
  socket.on("echo", (...args) => {
    const ack = args.at(-1);
    if (typeof ack === "function") ack(...args.slice(0, -1));
    else socket.emit("echo", ...args);
  });
  socket.on("ask me", (...args) => {
    socket.timeout(5000).emit("question", ...args, (failed, ...answers) => socket.emit("answered", failed !== null, ...answers));
  });
  socket.on("never", () => {});
  socket.on("whoami", (ack) => ack(socket.nsp.name, socket.id, socket.handshake.auth.token ?? null));
  socket.on("disconnect me", () => socket.disconnect());
  socket.on("cut me", () => socket.conn.close());
  socket.on("abort me", () => socket.conn.transport.socket?._socket.destroy());
  socket.on("news in a while", () => setTimeout(() => socket.nsp.emit("news", "missed"), 100));
}
io.on("connection", talk);
io.of("/other").on("connection", talk);
io.of("/with space & ü").on("connection", talk);
io.of("/closed").use((socket, next) => {
  if (socket.handshake.auth.token === "open sesame") return next();
  const refusal = new Error("No entry");
  refusal.data = { code: "PERMISSION_DENIED", hint: "say the words" };
  next(refusal);
});
io.of("/closed").on("connection", talk);
// Long enough for a client to change its mind.
io.of("/slow").use((socket, next) => setTimeout(next, 200));
io.of("/slow").on("connection", talk);
io.on("connection", (socket) => socket.on("count slow", (ack) => ack(io.of("/slow").sockets.size)));

process.on("SIGTERM", () => process.exit(0));
process.stdin.on("close", () => process.exit(0)).resume(); // with the test that started it
http.listen(0, "127.0.0.1", () => console.log(http.address().port));
