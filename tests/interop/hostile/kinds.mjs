// The kinds of hostile clients, a file each. A kind is {name, does, attack(attack), memory, grows}: `attack` plays it and
// asserts what it must come to; `memory`: by how many MB the server may grow meanwhile; `grows`: and stay so (16).
import { bareHandshakes } from "./kinds/bare-handshakes.mjs";
import { connectCycling } from "./kinds/connect-cycling.mjs";
import { connectFloods } from "./kinds/connect-floods.mjs";
import { halfRequests } from "./kinds/half-requests.mjs";
import { hugeWords } from "./kinds/huge-words.mjs";
import { idFlood } from "./kinds/id-flood.mjs";
import { longRoomList } from "./kinds/long-room-list.mjs";
import { manySubscriptions } from "./kinds/many-subscriptions.mjs";
import { namespaceFloods } from "./kinds/namespace-floods.mjs";
import { presenceFloods } from "./kinds/presence-floods.mjs";
import { queuedAndGone } from "./kinds/queued-and-gone.mjs";
import { neverPolled } from "./kinds/never-polled.mjs";
import { requestFloods } from "./kinds/request-floods.mjs";
import { roomsLeft } from "./kinds/rooms-left.mjs";
import { unaskedAcks } from "./kinds/unasked-acks.mjs";
import { schemaBombs } from "./kinds/schema-bombs.mjs";
import { waitsBehind } from "./kinds/waits-behind.mjs";
import { neverReads } from "./kinds/never-reads.mjs";

export const kinds = [
  ...neverReads,
  ...requestFloods,
  ...connectFloods,
  connectCycling,
  ...namespaceFloods,
  bareHandshakes,
  halfRequests,
  hugeWords,
  idFlood,
  longRoomList,
  roomsLeft,
  manySubscriptions,
  neverPolled,
  ...presenceFloods,
  queuedAndGone,
  schemaBombs,
  waitsBehind,
  ...unaskedAcks,
];
