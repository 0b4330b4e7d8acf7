// What is recorded from the reference's Socket.IO: its protocol (socket.io/docs/v4/socket-io-protocol), line by line,
// violations included.
import { words } from "./steps.mjs";

const { text, frame, post, poll, open, openWebSocket, binary, silent, closed, wait } = words("socketio");

const connected = [...openWebSocket(), text("a", "40"), frame("a"), frame("a")];
const two = '{"_placeholder":true,"num":0},{"_placeholder":true,"num":1}';

const before = (name, steps) => [name, [...openWebSocket(), ...steps]];
const after = (name, steps) => [name, [...connected, ...steps]];
const violation = (name, ...frames) => after(`violation: ${name}`, [...frames.map((f) => text("a", f)), closed("a")]);
const echo = (name, sent) => after(name, [text("a", sent), frame("a")]);

export default [
  // Namespaces
  before("connect", [text("a", "40"), frame("a"), frame("a")]),
  before("connect with auth", [text("a", '40{"token":"123","n":[1,{"x":null}]}'), frame("a"), frame("a")]),
  before("connect to a custom namespace", [text("a", "40/custom,"), frame("a"), frame("a")]),
  before("connect to a custom namespace, no comma", [text("a", "40/custom"), frame("a"), frame("a")]),
  before("connect to a custom namespace with auth", [text("a", '40/custom,{"token":"abc"}'), frame("a"), frame("a")]),
  before("unknown namespace", [text("a", "40/random"), frame("a"), text("a", "40"), frame("a"), frame("a")]),
  before("unknown namespace with auth", [text("a", '40/random,{"a":1}'), frame("a"), silent("a")]),
  before("no namespace within connectTimeout", [{ op: "pings", answer: true }, closed("a")]),
  after("disconnect gets no reply and connect works again", [
    text("a", "41"), silent("a"), text("a", "40"), frame("a"), frame("a"), text("a", '42["message",1]'), frame("a"),
  ]),
  after("disconnect from one namespace, the other goes on", [
    text("a", "40/custom"), frame("a"), frame("a"), text("a", "41/custom"), text("a", '42["message","main"]'), frame("a"),
  ]),
  ["the whole way over polling", [
    ...open(), ...post("a", "40"), ...poll("a"), ...post("a", '42["message","x"]\x1e421["message-with-ack",2]'),
    ...poll("a"),
  ]],
  ["binary over polling", [
    ...open(), ...post("a", "40"), ...poll("a"),
    ...post("a", '451-["message",{"_placeholder":true,"num":0}]\x1ebAQID'), ...poll("a"),
  ]],
  ["a violation over polling closes the session", [
    ...open(), ...post("a", "40"), ...poll("a"), ...post("a", "4abc"), wait(20), ...poll("b"), ...poll("b"),
  ]],

  // Events, acks, binary
  echo("an event", '42["message",1,"2",{"3":[true]}]'),
  echo("an event without arguments", '42["message"]'),
  echo("an event with the namespace written out", '42/,["message",1]'),
  echo("spaces come back compact", '42[ "message" , { "a" : [ 1 , 2 ] } ]'),
  echo("escapes and text beyond ASCII", '42["message","\\u00e9\\n\\"\\\\ \u20ac\u{1f600} \\u0001"]'),
  echo("numbers", '42["message",0,-1,1.5,1e3,123456789012,0.1]'),
  echo("nested and empty values", '42["message",null,false,"",[],{},[[{"a":{}}]]]'),
  echo("an ack", '42456["message-with-ack",1,"2",{"3":[false]}]'),
  echo("ack id 0", '420["message-with-ack"]'),
  echo("a long ack id", '429007199254740991["message-with-ack",1]'),
  after("binary", [
    text("a", `452-["message",${two}]`), binary("a", "010203"), binary("a", "040506"), frame("a"), frame("a"), frame("a"),
  ]),
  after("binary with an ack", [
    text("a", `452-789["message-with-ack",${two}]`), binary("a", "010203"), binary("a", "040506"),
    frame("a"), frame("a"), frame("a"),
  ]),
  after("binary deep inside, beside other values", [
    text("a", '451-["message",{"a":[{"b":{"_placeholder":true,"num":0}}],"c":1}]'), binary("a", "ff"),
    frame("a"), frame("a"),
  ]),
  after("an empty attachment", [
    text("a", '451-["message",{"_placeholder":true,"num":0}]'), binary("a", ""), frame("a"), frame("a"),
  ]),
  after("ten attachments", [
    text("a", `4510-["message",${Array.from({ length: 10 }, (_, num) => `{"_placeholder":true,"num":${num}}`)}]`),
    ...Array.from({ length: 10 }, (_, i) => binary("a", `0${i}`)), ...Array.from({ length: 11 }, () => frame("a")),
  ]),

  // No violations
  after("an unknown event", [text("a", '42["nobody-listens",1]'), text("a", '42["message",1]'), frame("a")]),
  after("an event whose name is a number", [text("a", "42[1,2]"), text("a", '42["message",1]'), frame("a")]),
  after("an unknown ack id", [text("a", "43999[1]"), text("a", '42["message",1]'), frame("a")]),
  after("an ack without an id", [text("a", "43[1]"), text("a", '42["message",1]'), frame("a")]),

  // Violations
  before("violation: a packet before connect", [text("a", '42["message",1]'), closed("a")]),
  before("violation: not a packet before connect", [text("a", "4abc"), closed("a")]),
  violation("unknown type", "4abc"),
  violation("type 7", "47"),
  violation("empty", "4"),
  violation("bad JSON", '42["message"'),
  violation("JSON with something behind", '42["message"]x'),
  violation("EVENT without data", "42"),
  violation("EVENT with an object", "42{}"),
  violation("EVENT with an empty array", "42[]"),
  violation("EVENT whose name is an object", "42[{}]"),
  violation("EVENT whose name is null", "42[null]"),
  violation("EVENT whose name is a boolean", "42[true]"),
  ...["connect", "connect_error", "disconnect", "disconnecting", "newListener", "removeListener"].map((name) =>
    violation(`the reserved name ${name}`, `42["${name}"]`)),
  violation("an id that is not a number", '42abc["message"]'),
  violation("a negative id", '42-1["message"]'),
  violation("ACK without an array", "431{}"),
  before("violation: CONNECT with an array", [text("a", "40[]"), closed("a")]),
  before("violation: CONNECT with a string", [text("a", '40"x"'), closed("a")]),
  before("violation: CONNECT with a number", [text("a", "40/custom,1"), closed("a")]),
  violation("a second CONNECT", "40"),
  violation("CONNECT_ERROR from a client", '44{"message":"x"}'),
  violation("an event for a namespace not joined", '42/custom,["message"]'),
  violation("DISCONNECT from a namespace not joined", "41/custom,"),
  violation("DISCONNECT with a payload", "41{}"),
  violation("text while attachments are due", '451-["message",{"_placeholder":true,"num":0}]', '42["message"]'),
  after("violation: binary without a header", [binary("a", "0102"), closed("a")]),
  after("violation: a placeholder out of range", [
    text("a", '451-["message",{"_placeholder":true,"num":1}]'), binary("a", "01"), closed("a"),
  ]),
  after("violation: a negative placeholder", [
    text("a", '451-["message",{"_placeholder":true,"num":-1}]'), binary("a", "01"), closed("a"),
  ]),
  violation("no attachment count", '45["message",{"_placeholder":true,"num":0}]'),
  violation("attachment count 0", '450-["message"]'),
  violation("too many attachments", '4511-["message",{"_placeholder":true,"num":0}]'),
  violation("an attachment count that is not a number", '45x-["message"]'),
];
