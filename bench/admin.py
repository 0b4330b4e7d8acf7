#!/usr/bin/env python3
"""What consoles in /admin cost the server, and how long its lists take.

    admin.py --server PROGRAM [--rooms N] [--clients N] [--events N] [--readers N] [--rounds N] [--json]
    admin.py --server PROGRAM --instructions [--events N] [--readers N] [--json]

Of the watch it is told what the thread of the rooms spends on an event, unwatched and watched, in turns; of a first
page what the server spends in all until it is there. With --instructions what that thread does for an event is counted by
valgrind's callgrind, which a busy machine does not change.
"""
import argparse
import json
import re
import statistics
import sys
import tempfile
import time
from contextlib import contextmanager
from pathlib import Path

from errors import BenchError
from process import allow_many_files, end_on_signals
from readers import KINDS, Connection, Crowd, config, frame, in_turns, processor_seconds, started, trigger, upgrade

def hub_seconds(pid: int) -> float:
    """Of the server's first thread, in which its rooms are: nanoseconds stand first there."""
    return int(Path(f"/proc/{pid}/task/{pid}/schedstat").read_text().split()[0]) / 1e9


class Console(Connection):
    """Somebody in /admin, who asks one thing at a time."""

    def __init__(self, port: int, token: str):
        super().__init__(port, upgrade("/socket.io/?EIO=4&transport=websocket") + frame("40/admin," + json.dumps({"token": token})))
        self.socket.setblocking(True)
        self.socket.settimeout(60)
        self._bytes = b""
        self._asked = 0
        self.batches = 0
        self.dropped = 0
        while self._bytes.find(b"\r\n\r\n") < 0:
            self._bytes += self._more()
        self._bytes = self._bytes.split(b"\r\n\r\n", 1)[1]
        while not self.packet().startswith('42/admin,["admin:hello"'):
            pass

    def _more(self) -> bytes:
        came = self.socket.recv(262144)
        if not came:
            raise BenchError("the server has ended a console")
        return came

    def packet(self) -> str:
        """The next text, after what is binary; pings are answered, batches credited."""
        while True:
            text = self._frame()
            if text is None:
                continue
            if text == "2":
                self.socket.sendall(frame("3"))
            elif '"admin:batch"' in text[:40]:
                batch = json.loads(text[text.index("["):])[1]
                self.batches += 1
                self.dropped += sum(batch["dropped"].values())
                self.say("admin:credit", {"watch": batch["watch"], "number": batch["number"]})
            else:
                return text

    def _frame(self) -> str | None:
        while True:
            head = 2
            if len(self._bytes) >= 4:
                size = self._bytes[1] & 127
                if size >= 126:
                    head = 4 if size == 126 else 10
                    size = int.from_bytes(self._bytes[2:head], "big")
                if len(self._bytes) >= head + size:
                    payload, binary = self._bytes[head:head + size], self._bytes[0] & 15 != 1
                    self._bytes = self._bytes[head + size:]
                    return None if binary else payload.decode()
            elif len(self._bytes) >= 3 and len(self._bytes) >= 2 + (self._bytes[1] & 127):
                size = self._bytes[1] & 127
                payload, self._bytes = self._bytes[2:2 + size], self._bytes[2 + size:]
                return payload.decode()
            self._bytes += self._more()

    def say(self, name: str, request: dict, ack: str = ""):
        self.socket.sendall(frame(f"42/admin,{ack}" + json.dumps([name, request])))

    def ask(self, name: str, request: dict) -> dict:
        self._asked += 1
        self.say(name, request, str(self._asked))
        wanted = f"43/admin,{self._asked}["
        while not (text := self.packet()).startswith(wanted):
            pass
        reply = json.loads(text[text.index("["):])[0]
        if not reply.get("ok"):
            raise BenchError(f"{name} is refused: {reply}")
        return reply


@contextmanager
def server(program: Path, configured: dict, under: list[str] | None = None):
    """Its port and process, and the token that it made."""
    with tempfile.TemporaryDirectory(prefix="dialogue-admin-") as folder:
        token = Path(folder) / "token"
        with started(program, {**configured, "admin": {"token": "generate", "tokenFile": str(token)}}, under) as (port, pid):
            while not token.exists() or not token.read_text().strip():
                time.sleep(0.01)
            yield port, pid, token.read_text().strip()


def event_costs(program: Path, watched: bool, readers: int, events: int, under: list[str] | None = None) -> float:
    """Microseconds of the hub for one event."""
    with server(program, config(readers), under) as (port, pid, token):
        crowd = Crowd(port, KINDS["websocket"], readers)
        speaker = crowd.members[0].socket  # One who reads: the server would end another.
        console = Console(port, token)
        if watched:
            console.ask("admin:watch", {"watch": "w", "what": "events", "fields": "payload"})
        say = frame(trigger({"text": "x" * 100, "mark": 1}))
        at_once = 20
        before = hub_seconds(pid)
        for said in range(at_once, events + 1, at_once):
            speaker.setblocking(True)
            speaker.sendall(say * at_once)
            speaker.setblocking(False)
            crowd.read_until(said)
            if said % 500 == 0:
                console.ask("admin:get", {"what": "room", "id": "room"})  # and takes what has come meanwhile
        spent = hub_seconds(pid) - before
        if watched and console.batches == 0:
            raise BenchError("the console was shown nothing")
        return spent / events * 1e6


def event_instructions(program: Path, watched: bool, readers: int, events: int) -> float:
    """Of the hub for one event. What is done once is told apart by twice as many."""
    counts = []
    with tempfile.TemporaryDirectory(prefix="dialogue-admin-") as folder:
        for times in (1, 2):
            out = Path(folder) / f"out{times}"
            event_costs(program, watched, readers, times * events,
                        ["valgrind", "--tool=callgrind", "--separate-threads=yes", f"--callgrind-out-file={out}"])
            total = re.search(r"^totals: (\d+)", Path(f"{out}-01").read_text(), re.MULTILINE)  # of the first thread
            if not total:
                raise BenchError("callgrind told no count")
            counts.append(int(total[1]))
    return (counts[1] - counts[0]) / events


def create_rooms(port: int, rooms: int):
    """More than a configuration may have. By a client, before there are others to hear of it."""
    maker = Connection(port, upgrade("/socket.io/?EIO=4&transport=websocket") + frame('40{"userId":"maker"}'))
    maker.socket.settimeout(60)
    at_once, made, rest = 500, 0, b""
    while made < rooms:
        names = [f"r{number:06}" for number in range(made, min(made + at_once, rooms))]
        maker.socket.sendall(b"".join(
            frame("421" + json.dumps(["dialogue:createRoom", {"id": name, "name": name}])) for name in names))
        wanted = made + len(names)
        while made < wanted:
            came = maker.socket.recv(262144)
            if not came or b'"ok":false' in came:
                raise BenchError(f"a room could not be made: {came[-300:]!r}")
            rest += came
            made += rest.count(b'"ok":true')
            rest = rest[-8:]  # less than what is counted
    maker.socket.close()


def pages(program: Path, rooms: int, clients: int) -> dict:
    """Of the first page of each: milliseconds of the server's processors, and those until it is there."""
    configured = config(clients)
    configured["roomCreation"] = {"create": "anyone", "maxPerUser": rooms, "maxTotal": rooms + 1, "lifetime": "forever"}
    configured["rateLimit"]["requests"]["createRoom"] = configured["rateLimit"]["global"]
    configured["memory"] = {"total": "8GiB", "perUser": "4GiB"}
    took = {}
    with server(program, configured) as (port, pid, token):
        create_rooms(port, rooms)
        crowd = Crowd(port, KINDS["websocket"], clients)
        console = Console(port, token)
        asked = {"rooms by size": {"what": "rooms", "sort": "size", "descending": True, "limit": 500},
                 "rooms by id, searched": {"what": "rooms", "sort": "id", "search": "99", "limit": 500},
                 "clients by user": {"what": "clients", "sort": "userId", "limit": 500},
                 "clients of a room": {"what": "clients", "room": "room", "sort": "id", "search": "a", "limit": 500}}
        for name, request in asked.items():
            costs, waits = [], []
            for _ in range(5):
                before, began = processor_seconds(pid), time.monotonic()
                console.ask("admin:list", request)
                waits.append((time.monotonic() - began) * 1e3)
                costs.append((processor_seconds(pid) - before) * 1e3)
            took[name] = {"processor": statistics.median(costs), "wait": statistics.median(waits)}
        crowd.close()
    return took


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--server", type=Path, required=True)
    parser.add_argument("--rooms", type=int, default=100_000)
    parser.add_argument("--clients", type=int, default=9_000)
    parser.add_argument("--events", type=int, default=20_000)
    parser.add_argument("--readers", type=int, default=20)
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--instructions", action="store_true")
    parser.add_argument("--json", action="store_true")
    asked = parser.parse_args()
    allow_many_files()
    end_on_signals()
    if asked.instructions:
        counted = {kind: event_instructions(asked.server, kind == "watched", asked.readers, asked.events)
                   for kind in ("unwatched", "watched")}
        ratio = counted["watched"] / counted["unwatched"]
        if asked.json:
            print(json.dumps({"hub": counted, "ratio": ratio}))
            return 0
        for kind, count in counted.items():
            print(f"{kind:10} {count:,.0f} instructions of the hub for an event")
        print(f"watched / unwatched: {ratio:.3f}")
        return 0
    hub = in_turns(["unwatched", "watched"], asked.rounds,
                   lambda kind: event_costs(asked.server, kind == "watched", asked.readers, asked.events))
    medians = {kind: statistics.median(of_kind) for kind, of_kind in hub.items()}
    ratio = medians["watched"] / medians["unwatched"]
    took = pages(asked.server, asked.rooms, asked.clients)
    if asked.json:
        print(json.dumps({"hub": medians, "ratio": ratio, "pages": took}))
        return 0
    for kind, median in medians.items():
        print(f"{kind:10} {median:.2f} us of the hub for an event ({', '.join(f'{x:.2f}' for x in hub[kind])})")
    print(f"watched / unwatched: {ratio:.3f}")
    print(f"first pages of {asked.rooms} rooms and {asked.clients} clients, in ms of the server's processors and until they are there:")
    for name, each in took.items():
        print(f"  {name:24} {each['processor']:7.1f} {each['wait']:7.1f}")
    return 0


if __name__ == "__main__":
    try:
        sys.exit(main())
    except BenchError as error:
        sys.exit(f"error: {error}")
