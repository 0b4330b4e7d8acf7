// Two kitchens, whose cooks talk and vote: the server as it was, with npm socket.io. main.cpp is what became of it.
//
//     npm install socket.io && node server.mjs [PORT]
import { createServer } from "node:http";
import { Server } from "socket.io";

const users = { "ann's token": "ann", "bob's token": "bob", "eve's token": "eve" };
const kitchens = ["upstairs", "downstairs"];

const http = createServer((request, response) => response.end(`${io.sockets.sockets.size} cooks\n`));
const io = new Server(http, {
  pingInterval: 20_000,
  maxHttpBufferSize: 100_000,
  cors: { origin: "https://cooks.example.org" },
});

const authenticate = (socket, next) => {
  socket.data.user = users[socket.handshake.auth.token];
  next(socket.data.user ? undefined : Object.assign(new Error("Who are you?"), { data: { code: "UNAUTHORIZED" } }));
};

io.use(authenticate);
io.on("connection", (socket) => {
  const { user } = socket.data;
  socket.emit("welcome", { user, kitchens });

  socket.on("enter", async (kitchen, ack) => {
    if (!kitchens.includes(kitchen)) return ack({ error: "There is no such kitchen" });
    socket.join(kitchen);
    socket.to(kitchen).emit("entered", { kitchen, user });
    ack({ cooks: (await io.in(kitchen).fetchSockets()).map((cook) => cook.data.user) });
  });

  socket.on("say", ({ kitchen, text }, ack) => {
    if (!socket.rooms.has(kitchen)) return ack({ error: "You are not in that kitchen" });
    io.to(kitchen).emit("said", { kitchen, user, text });
    ack({});
  });

  socket.on("ask", async ({ kitchen, question }, ack) => {
    if (!socket.rooms.has(kitchen)) return ack({ error: "You are not in that kitchen" });
    const answers = await io.to(kitchen).timeout(5000).emitWithAck("question", question);
    ack({ yes: answers.filter((answer) => answer === true).length });
  });

  socket.on("disconnecting", (reason) => {
    for (const kitchen of socket.rooms) socket.to(kitchen).emit("left", { kitchen, user, reason });
  });
});

const bell = io.of("/bell");
bell.use(authenticate);
bell.on("connection", (socket) => {
  socket.on("ring", (table, ack) => {
    bell.emit("rung", table);
    ack(bell.sockets.size);
  });
});

const port = Number(process.argv[2] ?? 3000);
http.listen(port, "127.0.0.1", () => console.log(`http://127.0.0.1:${http.address().port}`));
