// Socket.IO on Bun's own server, by @socket.io/bun-engine. Argument: "each" or "room" (dialogue-on-socketio.mjs).
import { Server as Engine } from "@socket.io/bun-engine";
import { Server } from "socket.io";
import { attach } from "./dialogue-on-socketio.mjs";
import { announce, host } from "./listening.mjs";

const io = new Server();
const engine = new Engine({ path: "/socket.io/" });
io.bind(engine);
attach(io, process.argv[2]);
announce(Bun.serve({ port: 0, hostname: host, ...engine.handler() }).port);
