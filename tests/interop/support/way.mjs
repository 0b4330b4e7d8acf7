// A way to a server that can be cut, so that both ends see it, or so that the server does not.
import { once } from "node:events";
import { connect, createServer } from "node:net";

export async function startWay(port) {
  const pairs = new Set();
  let isClosed = false;
  const way = createServer((socket) => {
    socket.on("error", () => {});
    if (isClosed) {
      socket.destroy();
      return;
    }
    const onwards = connect(port, "127.0.0.1");
    onwards.on("error", () => socket.destroy());
    const pair = { socket, onwards };
    pairs.add(pair);
    socket.pipe(onwards).pipe(socket);
  }).listen(0, "127.0.0.1");
  await once(way, "listening");
  return {
    url: `http://127.0.0.1:${way.address().port}`,
    /** Nobody comes through until open(). `unseen`: the server keeps its end. */
    cut({ unseen = false } = {}) {
      isClosed = true;
      for (const { socket, onwards } of pairs) {
        socket.unpipe(onwards);
        onwards.unpipe(socket);
        onwards.resume();
        socket.destroy();
        if (!unseen) onwards.destroy();
      }
      if (!unseen) pairs.clear();
    },
    open() {
      isClosed = false;
    },
    stop() {
      way.close();
      for (const { socket, onwards } of pairs) {
        socket.destroy();
        onwards.destroy();
      }
    },
  };
}
