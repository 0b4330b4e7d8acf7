// The words an exchange is written in. Each makes one step: a plain object, so that a recording is plain JSON.
// {sid} in a target or a payload stands for the session id of the latest open packet.

const query = (protocol, rest) => `/${protocol === "engineio" ? "engine.io" : "socket.io"}/?${rest}`;

/** What both protocols need, bound to one of them. `on` names a TCP connection; it is opened at its first use. */
export function words(protocol) {
  const request = (on, method, rest, { headers = {}, body } = {}) => ({
    op: "request", on, method, target: query(protocol, rest), headers, body,
  });
  const response = (on, options = {}) => ({ op: "response", on, ...options });
  const polling = "EIO=4&transport=polling";
  const session = `${polling}&sid={sid}`;
  const webSocket = (on, rest = "EIO=4&transport=websocket", headers = {}) => ({
    op: "upgrade", on, target: query(protocol, rest), headers,
  });
  const text = (on, data, options) => ({ op: "frame", on, kind: "text", data, options });
  const frame = (on, options = {}) => ({ op: "readFrame", on, ...options });
  const post = (on, body, headers = { "Content-Type": "text/plain;charset=UTF-8" }) => [
    request(on, "POST", session, { headers, body }),
    response(on),
  ];
  return {
    request, response, polling, session, webSocket, text, frame, post,
    /** A GET of the session and its answer. */
    poll: (on) => [request(on, "GET", session), response(on)],
    pollBegin: (on) => request(on, "GET", session),
    /** A polling session, opened on connection a. */
    open: () => [request("a", "GET", polling), response("a")],
    /** A WebSocket session on connection a, its open packet read. */
    openWebSocket: (rest, headers) => [webSocket("a", rest, headers), response("a"), frame("a")],
    binary: (on, hex) => ({ op: "frame", on, kind: "binary", data: hex }),
    control: (on, kind, hex, options) => ({ op: "frame", on, kind, data: hex, hex: true, options }),
    /** Nothing comes for a while. */
    silent: (on) => ({ op: "silent", on }),
    /** The peer ends the connection. */
    closed: (on) => ({ op: "closed", on }),
    raw: (on, bytes) => ({ op: "raw", on, bytes }),
    drop: (on) => ({ op: "drop", on }),
    wait: (ms) => ({ op: "wait", ms }),
  };
}
