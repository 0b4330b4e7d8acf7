// The least of Engine.IO 4 and Socket.IO 5 that `dialogue-load` needs, for servers that know only WebSockets: the same
// text goes over the wire as with dialogue-server, byte for byte but for names and numbers. They validate nothing, keep
// nothing, and send no Engine.IO heartbeats.
import { randomBytes } from "node:crypto";

const packet = (name, payload) => `42${JSON.stringify([name, payload])}`;

/** What a server says to a new connection. */
export function open(id) {
  const settings = { sid: id, upgrades: [], pingInterval: 25000, pingTimeout: 20000, maxPayload: 1000000 };
  return `0${JSON.stringify(settings)}`;
}

/** 20 characters, as in Engine.IO. */
export const newId = () => randomBytes(15).toString("base64url");

const offsets = new Map();
const epoch = newId().slice(4); // as long as dialogue-server's

/**
 * Does what `text`, a packet of the client `id`, asks for. `client` has send(text), subscribe(topic) and
 * publish(topic, text).
 */
export function receive(id, text, client) {
  const [, event, ack] = /^(42)(\d*)/.exec(text) ?? [];
  if (event) {
    request(id, JSON.parse(text.slice(2 + ack.length)), client);
    if (ack) client.send(`43${ack}[{}]`);
    return;
  }
  if (text.startsWith("40")) {
    client.send(`40{"sid":"${id}"}`);
    client.send(packet("dialogue:connected", { clientId: id, userId: id }));
  }
}

function request(id, [name, { roomId, eventName, event, data }], client) {
  switch (name) {
    case "dialogue:trigger": {
      const offset = (offsets.get(roomId) ?? 0) + 1;
      offsets.set(roomId, offset);
      const message = { event, roomId, data, from: id, timestamp: Date.now(), offset };
      return client.publish(`${roomId}/${event}`, packet("dialogue:event", message));
    }
    case "dialogue:join":
      return client.send(packet("dialogue:joined", { roomId, roomName: roomId, epoch, offset: offsets.get(roomId) ?? 0 }));
    case "dialogue:leave":
      return client.send(packet("dialogue:left", { roomId }));
    case "dialogue:subscribe":
      return client.subscribe(`${roomId}/${eventName}`);
  }
}
