// What is recorded from the reference's Engine.IO: its protocol (socket.io/docs/v4/engine-io-protocol), line by line.
import { words } from "./steps.mjs";

const {
  request, response, polling, session, webSocket, text, frame, post, poll, pollBegin, open, openWebSocket, binary,
  control, silent, closed, raw, drop, wait,
} = words("engineio");

const full = { repeat: "x", count: 999_999, prefix: "4" }; // with its type digit exactly maxPayload
const over = { repeat: "x", count: 1_000_000, prefix: "4" };
const origin = { Origin: "https://app.example.org" };
const upgraded = [...open(), webSocket("w", "EIO=4&transport=websocket&sid={sid}"), response("w"),
  text("w", "2probe"), frame("w"), text("w", "5")];

const once = (name, rest, method = "GET", more = {}) => [name, [request("a", method, rest, more), response("a")]];
const refusedUpgrade = (name, rest) => [name, [webSocket("a", rest), response("a", { only: "refusal" }), closed("a")]];
const opened = (name, steps) => [name, [...open(), ...steps]];
const onWebSocket = (name, steps, rest) => [name, [...openWebSocket(rest), ...steps]];

export default [
  // Handshake and the errors table, in their order of checks
  once("polling opens a session", polling),
  once("the query may be percent-encoded and in any order", "t=abc&transport=%70olling&EIO=4"),
  ["websocket opens a session", openWebSocket()],
  once("no EIO", "transport=polling"),
  once("EIO 3", "EIO=3&transport=polling"),
  once("EIO not a number", "EIO=abc&transport=polling"),
  once("no transport", "EIO=4"),
  once("unknown transport", "EIO=4&transport=abc"),
  once("unknown sid", `${polling}&sid=unknown`),
  once("unknown sid, POST", `${polling}&sid=unknown`, "POST", { body: "4x" }),
  once("handshake by POST", polling, "POST", { body: "" }),
  once("handshake by PUT", polling, "PUT", { body: "" }),
  once("handshake by DELETE", polling, "DELETE"),
  once("websocket without an Upgrade", "EIO=4&transport=websocket"),
  once("the transport is checked before the sid", "EIO=4&transport=abc&sid=unknown"),
  once("the transport is checked before the method and EIO", "EIO=3&transport=abc", "POST", { body: "" }),
  once("the sid is checked before the method", `${polling}&sid=unknown`, "PUT", { body: "" }),
  once("the sid is checked before EIO", "EIO=3&transport=polling&sid=unknown"),
  once("the method is checked before EIO", "EIO=3&transport=polling", "POST", { body: "" }),
  once("the upgrade is checked before EIO", "EIO=3&transport=websocket"),
  refusedUpgrade("websocket without EIO", "transport=websocket"),
  refusedUpgrade("websocket with EIO 3", "EIO=3&transport=websocket"),
  refusedUpgrade("websocket with an unknown transport", "EIO=4&transport=abc"),
  refusedUpgrade("websocket with an unknown sid", "EIO=4&transport=websocket&sid=unknown"),

  // CORS
  once("CORS on the handshake", polling, "GET", { headers: origin }),
  once("CORS on an error", "EIO=4", "GET", { headers: origin }),
  once("CORS preflight", polling, "OPTIONS", {
    headers: { ...origin, "Access-Control-Request-Method": "POST", "Access-Control-Request-Headers": "content-type" },
  }),
  opened("CORS on GET and POST of a session", [
    request("a", "POST", session, { headers: { ...origin, "Content-Type": "text/plain" }, body: "4x" }), response("a"),
    request("a", "GET", session, { headers: origin }), response("a"),
  ]),

  // Polling
  opened("one text packet", [...post("a", "4hello"), ...poll("a")]),
  opened("several text packets", [...post("a", "4one\x1e4two\x1e4three"), ...poll("a")]),
  opened("text and binary packets keep their order", [...post("a", "4hello\x1ebAQIDBA==\x1e4end"), ...poll("a")]),
  opened("text beyond ASCII", [...post("a", "4h\u00e9\u20ac\u{1f600}"), ...poll("a")]),
  opened("an empty message", [...post("a", "4"), ...poll("a")]),
  opened("requests over several connections are one session", [...post("b", "4x"), ...poll("c")]),
  opened("a message answers a waiting GET", [pollBegin("a"), wait(20), ...post("b", "4x"), response("a")]),
  opened("POST as octet-stream", [
    ...post("a", "4x", { "Content-Type": "application/octet-stream" }), ...poll("b"),
  ]),
  opened("a body of exactly maxPayload", [...post("a", full), ...poll("a")]),
  opened("a body over maxPayload", [
    request("a", "POST", session, { headers: { "Content-Type": "text/plain" }, body: over }), response("a"),
  ]),
  opened("a chunked body over maxPayload", [
    request("a", "POST", session, { headers: { "Content-Type": "text/plain", "Transfer-Encoding": "chunked" } }),
    raw("a", { repeat: "x", count: 1_000_100, prefix: "F4304\r\n4" }), response("a"),
  ]),
  opened("a chunked body", [
    request("a", "POST", session, { headers: { "Content-Type": "text/plain", "Transfer-Encoding": "chunked" } }),
    raw("a", "2\r\n4a\r\n1\r\nb\r\n0\r\n\r\n"), response("a"), ...poll("a"),
  ]),
  opened("an invalid packet closes the session", [...post("a", "abc"), ...poll("b")]),
  opened("an empty body closes the session", [...post("a", ""), ...poll("b")]),
  opened("an empty packet between others closes the session", [...post("a", "4a\x1e\x1e4b"), ...poll("b")]),
  opened("an unknown packet type closes the session", [...post("a", "7x"), ...poll("b")]),
  opened("a second GET beside a waiting one", [
    pollBegin("a"), wait(20), pollBegin("b"), response("b"), response("a"), ...poll("c"),
  ]),
  opened("a second POST beside an unfinished one", [
    request("a", "POST", session, { headers: { "Content-Type": "text/plain", "Content-Length": "9" } }), raw("a", "4x"),
    wait(20), request("b", "POST", session, { headers: { "Content-Type": "text/plain" }, body: "4y" }), response("b"),
    ...poll("c"),
  ]),
  opened("an aborted GET closes the session", [pollBegin("a"), wait(20), drop("a"), wait(20), ...poll("b")]),
  opened("a POST of the close packet", [...post("a", "1"), ...poll("a")]),
  opened("a POST of the close packet beside a waiting GET", [
    pollBegin("a"), wait(20), ...post("b", "1"), response("a"), ...poll("b"),
  ]),
  opened("PUT on a session has no effect", [
    request("b", "PUT", session, { body: "4x" }), response("b", { only: "error" }), ...post("a", "4y"), ...poll("a"),
  ]),
  opened("DELETE on a session has no effect", [
    request("b", "DELETE", session), response("b", { only: "error" }), ...post("a", "4y"), ...poll("a"),
  ]),
  opened("a session's request without EIO has no effect", [
    request("a", "POST", "transport=polling&sid={sid}", { headers: { "Content-Type": "text/plain" }, body: "4x" }),
    response("a"), ...post("a", "4y"), ...poll("a"),
  ]),
  opened("the websocket transport of a polling session without an Upgrade", [
    request("b", "GET", "EIO=4&transport=websocket&sid={sid}"), response("b"),
  ]),

  // Heartbeat
  ["polling: ping and pong", [...open(), { op: "pings" }, ...poll("a"), ...post("a", "3"), ...poll("a")]],
  ["polling: no pong, a GET waiting", [
    ...open(), { op: "pings" }, ...poll("a"), pollBegin("a"), response("a"), ...poll("b"),
  ]],
  ["polling: no pong, no GET waiting", [...open(), { op: "pings" }, wait(600), ...poll("a")]],
  ["websocket: ping and pong", [
    ...openWebSocket(), { op: "pings" }, frame("a"), text("a", "3"), frame("a"), text("a", "3"), text("a", "4x"), frame("a"),
  ]],
  ["websocket: no pong", [...openWebSocket(), { op: "pings" }, frame("a"), frame("a"), closed("a")]],
  opened("polling: a ping from the client closes the session", [...post("a", "2"), ...poll("b")]),
  onWebSocket("websocket: a ping from the client closes the session", [text("a", "2"), frame("a"), closed("a")]),
  opened("polling: stray packets are ignored", [...post("a", "0\x1e3\x1e5\x1e6\x1e4x"), ...poll("a")]),
  onWebSocket("websocket: stray packets are ignored", [
    text("a", "0"), text("a", "3"), text("a", "5"), text("a", "6"), text("a", "4x"), frame("a"),
  ]),

  // WebSocket
  onWebSocket("text", [text("a", "4hello"), frame("a")]),
  onWebSocket("text beyond ASCII", [text("a", "4h\u00e9\u20ac\u{1f600}"), frame("a")]),
  onWebSocket("an empty text message", [text("a", "4"), frame("a")]),
  onWebSocket("binary", [binary("a", "01020304"), frame("a")]),
  onWebSocket("empty binary", [binary("a", ""), frame("a")]),
  onWebSocket("binary as base64 text from the client", [text("a", "bAQIDBA=="), frame("a")]),
  onWebSocket("b64=1: binary comes as base64 text", [binary("a", "01020304"), frame("a")],
    "EIO=4&transport=websocket&b64=1"),
  onWebSocket("a fragmented message", [
    text("a", "4he", { fin: false }), control("a", "continuation", "6c6c6f"), frame("a"),
  ]),
  onWebSocket("a WebSocket ping gets its pong", [control("a", "ping", "6162"), frame("a")]),
  onWebSocket("a WebSocket close gets its close", [control("a", "close", "03e8"), frame("a"), closed("a")]),
  onWebSocket("the close packet", [text("a", "1"), frame("a"), closed("a")]),
  onWebSocket("an invalid packet", [text("a", "abc"), frame("a"), closed("a")]),
  onWebSocket("an empty frame", [text("a", ""), frame("a"), closed("a")]),
  onWebSocket("a message of exactly maxPayload", [text("a", full), frame("a")]),
  onWebSocket("a message over maxPayload", [text("a", over), frame("a"), closed("a")]),
  onWebSocket("a reserved bit", [text("a", "4x", { rsv: 4 }), frame("a"), closed("a")]),
  onWebSocket("a reserved opcode", [control("a", 3, "61"), frame("a"), closed("a")]),
  onWebSocket("text that is not UTF-8", [control("a", "text", "34ff"), frame("a"), closed("a")]),
  onWebSocket("GET and POST of a websocket session", [...poll("b"), ...post("c", "4x")]),

  // Upgrade
  opened("upgrade: probe, a waiting GET gets a noop, switch", [
    pollBegin("a"), wait(20), webSocket("w", "EIO=4&transport=websocket&sid={sid}"), response("w"),
    text("w", "2probe"), frame("w"), response("a"), text("w", "5"), text("w", "4hello"), frame("w"),
  ]),
  opened("upgrade: a GET after the probe gets a noop", [
    webSocket("w", "EIO=4&transport=websocket&sid={sid}"), response("w"), text("w", "2probe"), frame("w"),
    ...poll("a"), text("w", "5"), text("w", "4hello"), frame("w"),
  ]),
  opened("upgrade without a probe", [
    webSocket("w", "EIO=4&transport=websocket&sid={sid}"), response("w"), text("w", "5"), text("w", "4x"), frame("w"),
  ]),
  ["upgrade: GET and POST afterwards", [...upgraded, ...poll("b"), ...post("c", "4x"), text("w", "4y"), frame("w")]],
  ["upgrade: a frame before a request is processed first", [
    ...open(), webSocket("w", "EIO=4&transport=websocket&sid={sid}"), response("w"), text("w", "2probe"),
    text("w", "5"), ...poll("a"),
  ]],
  ["upgrade: a second WebSocket afterwards", [
    ...upgraded, webSocket("v", "EIO=4&transport=websocket&sid={sid}"), response("v"), closed("v"),
    text("w", "4x"), frame("w"),
  ]],
  opened("upgrade: any other first frame closes that WebSocket only", [
    webSocket("w", "EIO=4&transport=websocket&sid={sid}"), response("w"), text("w", "4x"), closed("w"),
    ...post("a", "4y"), ...poll("a"),
  ]),
  opened("upgrade: the WebSocket goes away before the switch", [
    webSocket("w", "EIO=4&transport=websocket&sid={sid}"), response("w"), text("w", "2probe"), frame("w"), drop("w"),
    wait(20), ...post("a", "4y"), ...poll("a"),
  ]),
  opened("upgrade: what waited goes out on the WebSocket", [
    webSocket("w", "EIO=4&transport=websocket&sid={sid}"), response("w"), text("w", "2probe"), frame("w"),
    ...post("a", "4one\x1e4two"), text("w", "5"), frame("w"), frame("w"), silent("w"),
  ]),
];
