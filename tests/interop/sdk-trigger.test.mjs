// What a trigger reaches, and what is refused, as the original's JavaScript SDK goes about it.
import assert from "node:assert/strict";
import { connect, joined, runTests, say, settle, test, trigger } from "./support/sdk.mjs";

test("trigger reaches every subscriber, the sender too, in one envelope", async () => {
  const [ann, ben] = [await joined("ann"), await joined("ben")];
  const before = Date.now();
  trigger(ann, "message", { text: "hello", senderId: "ann" });
  const [own, other] = [await ann.next("dialogue:event"), await ben.next("dialogue:event")];
  assert.deepEqual(own, other);
  const { timestamp, offset, ...rest } = own;
  assert.deepEqual(rest, { event: "message", roomId: "chat", data: { text: "hello", senderId: "ann" }, from: "ann" });
  assert.ok(Number.isInteger(timestamp) && Math.abs(timestamp - before) < 60_000, String(timestamp));
  assert.ok(Number.isInteger(offset) && offset > 0);
});

test("trigger carries meta", async () => {
  const ann = await joined("ann");
  ann.emit("dialogue:trigger", { roomId: "chat", event: "message", data: { text: "x" }, meta: { a: [1] } });
  assert.deepEqual((await ann.next("dialogue:event")).meta, { a: [1] });
});

test("events come in one order, offsets one after the other", async () => {
  const [ann, ben] = [await joined("ann"), await joined("ben")];
  for (let i = 0; i < 50; i++) {
    say(ann, `a${i}`);
    say(ben, `b${i}`);
  }
  const seen = { ann: [], ben: [] };
  for (let i = 0; i < 100; i++) {
    seen.ann.push(await ann.next("dialogue:event"));
    seen.ben.push(await ben.next("dialogue:event"));
  }
  assert.deepEqual(seen.ann, seen.ben);
  seen.ann.forEach(({ offset }, i) => assert.equal(offset, seen.ann[0].offset + i));
  for (const name of ["ann", "ben"]) {
    const own = seen.ann.filter(({ from }) => from === name).map(({ data }) => data.text);
    assert.deepEqual(own, Array.from({ length: 50 }, (_, i) => `${name[0]}${i}`));
  }
});

test("an event without a subscription is not delivered; subscribe, subscribeAll and unsubscribe change that", async () => {
  const [ann, ben] = [await joined("ann"), await joined("ben")];
  const receives = async (event) => {
    trigger(ann, event, event === "message" ? { text: "x" } : {});
    say(ann, "end");
    const events = [];
    for (;;) {
      const got = await ann.next("dialogue:event");
      if (got.data.text === "end") break;
    }
    await settle(ben);
    while (ben.count("dialogue:event")) events.push((await ben.next("dialogue:event")).event);
    return events.includes(event) && (event !== "message" || events.length === 2);
  };
  assert.equal(await receives("typing"), false);
  ben.emit("dialogue:subscribe", { roomId: "chat", eventName: "typing" });
  await settle(ben);
  assert.equal(await receives("typing"), true);
  ben.emit("dialogue:unsubscribe", { roomId: "chat", eventName: "typing" });
  await settle(ben);
  assert.equal(await receives("typing"), false);
  ben.emit("dialogue:unsubscribe", { roomId: "chat", eventName: "message" });
  await settle(ben);
  assert.equal(await receives("message"), false);
  ben.emit("dialogue:subscribeAll", { roomId: "chat" });
  await settle(ben);
  assert.equal(await receives("typing"), true);
  assert.equal(await receives("message"), true);
});

test("a message that breaks the schema is refused, and says where and why", async () => {
  const [ann, ben] = [await joined("ann"), await joined("ben")];
  for (const data of [{ text: "" }, { text: "x".repeat(1001) }, { text: 1 }, {}, "text", null, [], { text: "x", senderId: 7 }]) {
    trigger(ann, "message", data);
    const error = await ann.next("dialogue:error");
    assert.equal(error.code, "VALIDATION_FAILED", JSON.stringify(data));
    assert.match(error.message, /data/);
  }
  trigger(ann, "message", { text: "" });
  assert.match((await ann.next("dialogue:error")).message, /data\.text: must have at least 1 character/);
  await settle(ben);
  assert.equal(ben.count("dialogue:event"), 0);
  assert.equal(ann.count("dialogue:event"), 0);
});

test("of what breaks the schema in several places each is told", async () => {
  const ann = await joined("ann");
  const data = { text: "", senderId: 7 };
  ann.emit("dialogue:trigger", { roomId: "chat", event: "message", data });
  const { code, message, path, faults } = await ann.next("dialogue:error");
  assert.equal(code, "VALIDATION_FAILED");
  assert.equal(message, `${path}: ${faults[0].message}`);
  assert.equal(path, faults[0].path);
  assert.deepEqual(faults.map(({ pointer, rule }) => [pointer, rule]).sort(), [["/senderId", "type"], ["/text", "minLength"]]);
  const ack = await ann.ask("dialogue:trigger", { roomId: "chat", event: "message", data });
  assert.deepEqual(ack.error.faults, faults);
});

test("a thousand characters pass, whatever alphabet", async () => {
  const ann = await joined("ann");
  for (const character of ["x", "\u00e9", "\u20ac"]) {
    say(ann, character.repeat(1000));
    assert.equal((await ann.next("dialogue:event")).data.text, character.repeat(1000));
  }
});

test("an event the room does not declare", async () => {
  const ann = await joined("ann");
  trigger(ann, "shout", { text: "x" });
  assert.equal((await ann.next("dialogue:error")).code, "EVENT_NOT_ALLOWED");
});

test("trigger in a room that is not there, and without being in the room", async () => {
  const ann = await connect("ann");
  say(ann, "x", "nowhere");
  assert.equal((await ann.next("dialogue:error")).code, "ROOM_NOT_FOUND");
  say(ann, "x", "chat");
  assert.equal((await ann.next("dialogue:error")).code, "NOT_IN_ROOM");
});

test("the same message id is applied once", async () => {
  const ann = await joined("ann");
  const request = { roomId: "chat", event: "message", data: { text: "once" }, id: `m-${Date.now()}` };
  const [first, second] = [await ann.ask("dialogue:trigger", request), await ann.ask("dialogue:trigger", request)];
  assert.deepEqual([first.ok, second.ok], [true, true]);
  await settle(ann);
  assert.equal((await ann.next("dialogue:event")).id, request.id);
  assert.equal(ann.count("dialogue:event"), 0);
});

runTests("triggering as the original's SDK does it");
