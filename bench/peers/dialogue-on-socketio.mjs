// What the original TypeScript library does with an event, on any Socket.IO server: validate it, keep it in the event's
// history, make the envelope, deliver it to the participants that are subscribed.
//
// `delivery` is "each": an emit for each participant in turn, as the original does; or "room": one emit to the Socket.IO
// room of all subscribers, which Socket.IO encodes once.
import { historyLimit, tick } from "./schema.mjs";

export function attach(io, delivery) {
  const rooms = new Map();
  const room = (id) => {
    if (!rooms.has(id)) rooms.set(id, { participants: new Map(), history: [] });
    return rooms.get(id);
  };
  const topic = (roomId, eventName) => `${roomId}/${eventName}`;

  const deliver = {
    each(message) {
      for (const { socket, subscriptions } of room(message.roomId).participants.values()) {
        if (subscriptions.has(message.event)) socket.emit("dialogue:event", message);
      }
    },
    room(message) {
      io.to(topic(message.roomId, message.event)).emit("dialogue:event", message);
    },
  }[delivery];

  io.on("connection", (socket) => {
    const fail = (code, message) => socket.emit("dialogue:error", { code, message });
    socket.emit("dialogue:connected", { clientId: socket.id, userId: socket.id });

    socket.on("dialogue:join", ({ roomId }) => {
      room(roomId).participants.set(socket.id, { socket, subscriptions: new Set() });
      socket.join(roomId);
      socket.emit("dialogue:joined", { roomId, roomName: roomId });
    });
    socket.on("dialogue:leave", ({ roomId }) => {
      room(roomId).participants.delete(socket.id);
      socket.leave(roomId);
      socket.emit("dialogue:left", { roomId });
    });
    socket.on("dialogue:subscribe", ({ roomId, eventName }) => {
      room(roomId).participants.get(socket.id)?.subscriptions.add(eventName);
      socket.join(topic(roomId, eventName));
    });
    socket.on("dialogue:trigger", ({ roomId, event, data }) => {
      if (!room(roomId).participants.has(socket.id)) return fail("NOT_IN_ROOM", `Not in room '${roomId}'`);
      const checked = tick.safeParse(data);
      if (!checked.success) return fail("VALIDATION_FAILED", checked.error.message);
      const message = { event, roomId, data: checked.data, from: socket.id, timestamp: Date.now() };
      const { history } = room(roomId);
      history.unshift(message);
      if (history.length > historyLimit) history.pop();
      deliver(message);
    });
    socket.on("disconnect", () => {
      for (const { participants } of rooms.values()) participants.delete(socket.id);
    });
  });
}
