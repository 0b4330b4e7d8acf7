// A WebSocket frame by frame, with whatever bits.
import { connect } from "node:net";

/** Opens one on Engine.IO's path with that offer of extensions; `extensions`: what was agreed upon. */
export async function rawWebSocket(port, offer) {
  const socket = connect(port, "127.0.0.1");
  socket.on("error", () => {});
  let buffer = Buffer.alloc(0);
  let ended = false;
  const waiting = [];
  const wake = () => waiting.splice(0).forEach((each) => each());
  socket.on("data", (data) => {
    buffer = Buffer.concat([buffer, data]);
    wake();
  });
  socket.on("close", () => {
    ended = true;
    wake();
  });
  const until = async (read) => {
    for (;;) {
      const value = read();
      if (value !== undefined) return value;
      if (ended) throw new Error("the connection has ended");
      await new Promise((resolve) => waiting.push(resolve));
    }
  };
  socket.write("GET /socket.io/?EIO=4&transport=websocket HTTP/1.1\r\nHost: localhost\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
    + `Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\nSec-WebSocket-Version: 13\r\nSec-WebSocket-Extensions: ${offer}\r\n\r\n`);
  const head = await until(() => {
    const end = buffer.indexOf("\r\n\r\n");
    if (end < 0) return undefined;
    const text = buffer.subarray(0, end).toString();
    buffer = buffer.subarray(end + 4);
    return text;
  });
  const frame = () => until(() => {
    if (buffer.length < 2) return undefined;
    const short = buffer[1] & 0x7f;
    const at = short === 126 ? 4 : short === 127 ? 10 : 2;
    if (buffer.length < at) return undefined;
    const size = short === 126 ? buffer.readUInt16BE(2) : short === 127 ? Number(buffer.readBigUInt64BE(2)) : short;
    if (buffer.length < at + size) return undefined;
    const read = { first: buffer[0], payload: Buffer.from(buffer.subarray(at, at + size)) };
    buffer = buffer.subarray(at + size);
    return read;
  });
  return {
    extensions: /^sec-websocket-extensions: (.*)$/im.exec(head)?.[1],
    frame,
    /** The first byte of the frame as it is; the mask is zero, which is one. */
    send(first, payload) {
      const long = payload.length > 65535;
      const header = Buffer.alloc(payload.length < 126 ? 6 : long ? 14 : 8);
      header[0] = first;
      header[1] = 0x80 | (payload.length < 126 ? payload.length : long ? 127 : 126);
      if (long) header.writeBigUInt64BE(BigInt(payload.length), 2);
      else if (payload.length >= 126) header.writeUInt16BE(payload.length, 2);
      socket.write(Buffer.concat([header, payload]));
    },
    async closeCode() {
      for (;;) {
        const read = await frame();
        if ((read.first & 0x0f) === 8) return read.payload.readUInt16BE(0);
      }
    },
    end: () => socket.destroy(),
  };
}
