// Raw clients of one server, step by step: what a well-behaved library would not let through.
import assert from "node:assert/strict";
import { RawConnection, encodeFrame, encodeRequest, upgradeHeaders } from "./rawconnection.mjs";

export const polling = "/socket.io/?EIO=4&transport=polling";
export const webSocket = "/socket.io/?EIO=4&transport=websocket";
export const patience = 10_000; // ms; far above every limit of the server, for a loaded machine

/** A server for bad input: of short patience and small limits. */
export const headerTimeout = 1000; // ms
export const maxPayload = 100_000;
export const impatient = {
  engine: { maxPayload, pingInterval: "500ms", pingTimeout: "500ms", connectTimeout: "2s", upgradeTimeout: "1s" },
  limits: { headerTimeout: `${headerTimeout}ms`, bodyTimeout: "1s", closeTimeout: "500ms", sendQueue: "256KiB" },
  roomCreation: { create: "anyone" },
};

/** The functions below for the server that `server()` answers. */
export function rawClients(server) {
  const open = (options) => RawConnection.open(server().port, options);

  async function openSession() {
    const response = await fetch(server().url + polling);
    return JSON.parse((await response.text()).slice(1)).sid;
  }

  /** A WebSocket after its handshake, its open packet read. */
  async function openWebSocket(query = webSocket) {
    const connection = await open();
    connection.send(encodeRequest("GET", query, upgradeHeaders));
    assert.equal((await connection.readResponse()).status, 101);
    assert.equal((await connection.readFrame()).kind, "text");
    return connection;
  }

  /** One that is connected to the main namespace, and says what it is told to. */
  async function openClient() {
    const connection = await openWebSocket();
    connection.send(encodeFrame("text", "40"));
    await until(connection, "40");
    return connection;
  }

  /** Reads until a packet that begins so. */
  async function until(connection, start) {
    for (;;) {
      const { kind, data } = await connection.readFrame();
      assert.equal(kind, "text");
      if (data.startsWith(start)) return;
    }
  }

  /** The code of the close frame, or "closed" where the connection ended without. */
  async function closing(connection) {
    for (;;) {
      const frame = await connection.readFrame(patience);
      if (frame.kind === "closed") return "closed";
      if (frame.kind === "close") {
        connection.send(encodeFrame("close", Buffer.from([3, 232])));
        await connection.waitClosed(patience);
        return frame.code;
      }
    }
  }

  return { open, openSession, openWebSocket, openClient, until, closing };
}
