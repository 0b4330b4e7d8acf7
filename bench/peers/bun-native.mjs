// Bun's own WebSocket server and its native publish/subscribe, which are uWebSockets.
import { newId, open, receive } from "./framing.mjs";
import { announce, host } from "./listening.mjs";

const compresses = process.argv[2] === "deflate";
const [certificate, key] = compresses ? [] : process.argv.slice(2);
const server = Bun.serve({
  port: 0,
  hostname: host,
  tls: certificate ? { cert: Bun.file(certificate), key: Bun.file(key) } : undefined,
  fetch(request, server) {
    return server.upgrade(request, { data: { id: newId() } }) ? undefined : new Response("", { status: 400 });
  },
  websocket: {
    perMessageDeflate: compresses,
    open(socket) {
      socket.data.client = {
        send: (text) => socket.send(text),
        subscribe: (topic) => socket.subscribe(topic),
        publish: (topic, text) => server.publish(topic, text, compresses),
      };
      socket.send(open(socket.data.id));
    },
    message: (socket, text) => receive(socket.data.id, text, socket.data.client),
  },
});
announce(server.port);
