#!/usr/bin/env node
// The reference implementations (npm engine.io and socket.io), set up as our conformance server is. The recordings
// in exchanges/ come from it, and every test here can be checked against it:
//   DIALOGUE_CONFORMANCE_SERVER=$PWD/reference-server.mjs node --test engineio-protocol.test.mjs
import { createServer } from "node:http";
import { parseArgs } from "node:util";
import { Server as EngineServer } from "engine.io";
import { Server as SocketServer } from "socket.io";

const { values } = parseArgs({
  options: {
    protocol: { type: "string" }, port: { type: "string", default: "0" }, workers: { type: "string" },
    "ping-interval": { type: "string", default: "300" }, "ping-timeout": { type: "string", default: "60000" },
    "connect-timeout": { type: "string", default: "60000" },
  },
});
const numbers = {
  pingInterval: Number(values["ping-interval"]),
  pingTimeout: Number(values["ping-timeout"]),
  maxHttpBufferSize: 1_000_000,
  cors: { origin: "*" },
};
const http = createServer();

if (values.protocol === "engineio") {
  const engine = new EngineServer(numbers);
  engine.attach(http, { path: "/engine.io/" });
  engine.on("connection", (socket) => socket.on("message", (message) => socket.send(message)));
} else if (values.protocol === "socketio") {
  const io = new SocketServer(http, { ...numbers, connectTimeout: Number(values["connect-timeout"]) });
  io.on("connection", (socket) => {
    socket.emit("auth", socket.handshake.auth);
    socket.on("message", (...args) => socket.emit("message-back", ...args));
    socket.on("message-with-ack", (...args) => args.pop()(...args));
  });
  io.of("/custom").on("connection", (socket) => socket.emit("auth", socket.handshake.auth));
} else {
  console.error('--protocol: expected "engineio" or "socketio"');
  process.exit(2);
}

process.on("SIGTERM", () => process.exit(0));
http.listen(Number(values.port), "127.0.0.1", () => console.log(`http://127.0.0.1:${http.address().port}`));
