// npm ws on Node: a set of sockets per topic; the text is encoded once and sent to each.
import { createServer } from "node:http";
import { WebSocketServer } from "ws";
import { newId, open, receive } from "./framing.mjs";
import { announce, host } from "./listening.mjs";

const topics = new Map();

function subscribe(socket, topic) {
  if (!topics.has(topic)) topics.set(topic, new Set());
  topics.get(topic).add(socket);
  socket.on("close", () => topics.get(topic).delete(socket));
}

function publish(topic, text) {
  const bytes = Buffer.from(text);
  for (const socket of topics.get(topic) ?? []) socket.send(bytes, { binary: false });
}

const http = createServer();
new WebSocketServer({ server: http, perMessageDeflate: false }).on("connection", (socket) => {
  const id = newId();
  const client = { send: (text) => socket.send(text), subscribe: (topic) => subscribe(socket, topic), publish };
  socket.on("message", (data) => receive(id, data.toString(), client));
  socket.on("error", () => {}); // a connection that breaks is the generator's to count
  socket.send(open(id));
});
http.listen({ port: 0, host, backlog: 4096 }, () => announce(http.address().port));
