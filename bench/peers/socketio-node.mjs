// Socket.IO on Node. Argument: "each" or "room" (dialogue-on-socketio.mjs).
import { createServer } from "node:http";
import { Server } from "socket.io";
import { attach } from "./dialogue-on-socketio.mjs";
import { announce, host } from "./listening.mjs";

const http = createServer();
attach(new Server(http, { serveClient: false }), process.argv[2]);
http.listen({ port: 0, host, backlog: 4096 }, () => announce(http.address().port));
