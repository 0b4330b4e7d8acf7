// The server's configuration: what it does by default, with times and bytes lowered where that is a matter of patience.
const bomb = {
  definitions: {
    node: {
      oneOf: [
        { type: "array", items: { $ref: "#/definitions/node" } },
        { type: "array", items: { $ref: "#/definitions/node" }, maxItems: 1 },
        { type: "string", maxLength: 1 },
      ],
    },
  },
  $ref: "#/definitions/node",
};
const kept = { name: "note", history: { enabled: true, limit: 500 } };

export const manyRooms = Array.from({ length: 100 }, (_, i) => `many-${i}`);
export const grace = 1000; // ms
export const headerTimeout = 1000; // ms
export const sendQueue = 256 * 1024; // bytes
export const rememberedIds = 2000;
export const inboundPerClient = 256;

export const config = {
  host: "127.0.0.1",
  port: 0,
  ...(process.env.DIALOGUE_WORKERS ? { workers: Number(process.env.DIALOGUE_WORKERS) } : {}),
  ...(process.env.DIALOGUE_TRANSPORT ? { transport: process.env.DIALOGUE_TRANSPORT } : {}),
  engine: { connectTimeout: "3s", pingInterval: "2s", pingTimeout: "2s" },
  limits: { sendQueue, inboundPerClient, headerTimeout, bodyTimeout: headerTimeout },
  roomCreation: { create: "anyone", grace },
  history: { triggerIds: rememberedIds },
  rooms: {
    plaza: { events: [{ name: "note" }] },
    open: {},
    hall: { presence: "users" },
    asked: {},
    dropping: { slowReader: { policy: "dropOldest" } },
    latest: { slowReader: { policy: "keepLatest", key: "key" } },
    strict: { slowReader: { policy: "disconnect" } },
    kept: { events: [kept] },
    judged: { events: [{ name: "note", schema: bomb }] },
    ...Object.fromEntries(manyRooms.map((id) => [id, {}])),
  },
};
