#!/usr/bin/env python3
"""What one delivery costs the server, to readers of server-sent events and to WebSockets, in turns in one run; where it is
installed, to those of nginx with Nchan too.

    readers.py --server PROGRAM [--readers N] [--events N] [--size BYTES] [--rounds N] [--json]

The readers are dumb on purpose: they count, so that the server has the processor. Its own time is what is told.
"""
import argparse
import base64
import json
import os
import selectors
import socket
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import launch
from errors import BenchError
from measuring import listening_port
from process import allow_many_files, end_on_signals, process

MARK = b'"mark":'
_CPUCLOCK_SCHED = 2  # as clock_getcpuclockid() makes the id of a process's clock
PATIENCE = 60  # seconds without anything new, before it is given up
_PLENTY = {"maxEvents": 1_000_000, "window": "1s"}


def config(readers: int, engine: dict | None = None) -> dict:
    most = readers + 100
    limits = ("maxConnections", "maxConnectionsPerIp", "waitingConnections", "waitingConnectionsPerIp", "maxSessions",
              "maxSessionsPerIp", "sessionsWithoutConnect", "sessionsWithoutConnectPerIp")
    return {
        "limits": {name: most for name in limits},
        "rateLimit": {"global": _PLENTY, "requests": {"connect": _PLENTY, "join": _PLENTY}},
        "channels": {"sse": {"enabled": True}},
        "rooms": {"room": {"events": ["tick"], "defaultSubscriptions": ["tick"], "slowReader": {"policy": "disconnect"}}},
        "engine": {"pingInterval": "5m"} | (engine or {}),  # nobody answers
    }


class Connection:
    """Bytes in, and how often MARK was among them."""

    def __init__(self, port: int, hello: bytes):
        self.socket = socket.create_connection(("127.0.0.1", port))
        self.socket.sendall(hello)
        self.socket.setblocking(False)
        self.marks = 0
        self._rest = b""

    def read(self) -> bytes:
        try:
            came = self.socket.recv(262144)
        except BlockingIOError:
            return b""
        except ConnectionResetError:
            came = b""
        if not came:
            raise BenchError("the server has closed a connection")
        text = self._rest + came
        self.marks += text.count(MARK)
        self._rest = text[-(len(MARK) - 1):]
        return came


def frame(text: str) -> bytes:
    """A masked text frame, of up to 64 KiB; the mask is zero, which is one (RFC 6455, section 5.3)."""
    data = text.encode()
    length = bytes([0x80 | len(data)]) if len(data) < 126 else b"\xfe" + len(data).to_bytes(2, "big")
    return b"\x81" + length + bytes(4) + data


def upgrade(path: str, more: str = "") -> bytes:
    key = base64.b64encode(os.urandom(16)).decode()
    return (f"GET {path} HTTP/1.1\r\nHost: localhost\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
            f"Sec-WebSocket-Key: {key}\r\nSec-WebSocket-Version: 13\r\n{more}\r\n").encode()


JOIN = frame("40") + frame('42["dialogue:join",{"roomId":"room"}]')


def websocket(port: int) -> Connection:
    return Connection(port, upgrade("/socket.io/?EIO=4&transport=websocket") + JOIN)


def stream(port: int) -> Connection:
    return Connection(port, b"GET /events?rooms=room HTTP/1.1\r\nHost: localhost\r\nAccept: text/event-stream\r\n\r\n")


def nchan_stream(port: int) -> Connection:
    return Connection(port, b"GET /room HTTP/1.1\r\nHost: localhost\r\nAccept: text/event-stream\r\n\r\n")


def nchan_websocket(port: int) -> Connection:
    return Connection(port, upgrade("/room"))


@dataclass(frozen=True)
class Kind:
    """Who reads, and what it is told once it has come in; who speaks to them."""

    make: Callable[[int], Connection]
    welcome: bytes
    server: str = "dialogue"
    speaker: str = "websocket"


KINDS = {
    "sse": Kind(stream, b"retry: "),
    "websocket": Kind(websocket, b"dialogue:joined"),
    "nchan-sse": Kind(nchan_stream, b": hi", "nchan", "nchan-websocket"),
    "nchan-websocket": Kind(nchan_websocket, b"101 Switching", "nchan", "nchan-websocket"),
}


class Crowd:
    """So many of a kind, of whom each has come in."""

    def __init__(self, port: int, kind: Kind, readers: int):
        self._selector = selectors.DefaultSelector()
        self.members = [kind.make(port) for _ in range(readers)]
        for member in self.members:
            self._selector.register(member.socket, selectors.EVENT_READ, member)
        waiting = {id(member): b"" for member in self.members}
        while waiting:
            for member, came in self.read():
                if id(member) in waiting:
                    waiting[id(member)] += came
                    if kind.welcome in waiting[id(member)]:
                        del waiting[id(member)]

    def read(self):
        ready = self._selector.select(PATIENCE)
        if not ready:
            raise BenchError(f"nothing more came in {PATIENCE} seconds")
        return [(key.data, key.data.read()) for key, _ in ready]

    def read_until(self, marks: int):
        behind = {id(member) for member in self.members if member.marks < marks}
        while behind:
            behind.difference_update(id(member) for member, _ in self.read() if member.marks >= marks)

    def close(self):
        self._selector.close()
        for member in self.members:
            member.socket.close()


def processor_seconds(pid: int) -> float:
    """By the process's own clock, in nanoseconds: /proc tells ticks, of which a short run may take none."""
    return time.clock_gettime(~pid << 3 | _CPUCLOCK_SCHED)


def ours(server: Path, readers: int, engine: dict | None = None):
    """Starts it, with engine in its configuration; its port and process."""
    return started(server, config(readers, engine))


@contextmanager
def started(server: Path, configured: dict, under: list[str] | None = None):
    """Its port and process. `under` is what it runs in, such as valgrind, and takes its time with all."""
    with tempfile.TemporaryDirectory(prefix="dialogue-readers-") as folder:
        file = Path(folder) / "config.json"
        file.write_text(json.dumps(configured), encoding="utf-8")
        command = [*(under or []), str(server), "--config", str(file), "--host", "127.0.0.1", "--port", "0", "--workers", "1"]
        with process(command, patience=120 if under else 5, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True) as running:
            port, said = None, ""
            while port is None:
                line = running.stdout.readline()
                said = (said + line)[-2000:]
                if not line:
                    raise BenchError(f"the server has ended\n{said}".strip())
                port = listening_port(line)
            yield port, running.pid


@contextmanager
def nchan():
    """The same of nginx, whose Nchan passes on what it is given."""
    with tempfile.TemporaryDirectory(prefix="dialogue-readers-") as folder:
        # It has no need of programs of ours.
        started = launch.nchan(launch.Setting(launch.Programs(Path(), Path()), Path(folder), 1))
        with process(started.command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL) as running:
            while not listens(started.port):
                if running.poll() is not None:
                    raise BenchError("nginx has ended")
                time.sleep(0.02)
            yield started.port, running.pid


def listens(port: int) -> bool:
    try:
        with socket.create_connection(("127.0.0.1", port), timeout=1):
            return True
    except OSError:
        return False


def has_nchan() -> bool:
    nginx = launch.system_program("nginx")
    return nginx is not None and launch.nchan_module(nginx).exists()


def trigger(data: object) -> str:
    return "42" + json.dumps(["dialogue:trigger", {"roomId": "room", "event": "tick", "data": data}])


def deliver(running: tuple[int, int], crowd: Crowd, speaker: Kind, said: str, events: int) -> float:
    """One event after the other, each to all of the crowd; microseconds of the server's processor time for one delivery."""
    port, pid = running
    speaking = Crowd(port, speaker, 1)
    before = processor_seconds(pid)
    for count in range(1, events + 1):
        speaking.members[0].socket.setblocking(True)
        speaking.members[0].socket.sendall(frame(said))
        speaking.members[0].socket.setblocking(False)
        crowd.read_until(count)
    spent = processor_seconds(pid) - before
    speaking.close()
    return spent / (events * len(crowd.members)) * 1e6


def measure(server: Path, kind: Kind, readers: int, events: int, size: int) -> float:
    is_ours = kind.server == "dialogue"
    data = {"text": "x" * size, "mark": 1}
    with ours(server, readers) if is_ours else nchan() as running:
        crowd = Crowd(running[0], kind, readers)
        spent = deliver(running, crowd, KINDS[kind.speaker], trigger(data) if is_ours else json.dumps(data), events)
        crowd.close()
        return spent


def in_turns(kinds: list[str], rounds: int, measure_one: Callable[[str], float]) -> dict[str, list[float]]:
    """What each kind costs, in as many rounds of all: a machine that is slow for a while is slow for each."""
    spent = {kind: [] for kind in kinds}
    for _ in range(rounds):
        for kind, of_kind in spent.items():
            of_kind.append(measure_one(kind))
    return spent


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--server", type=Path, required=True)
    parser.add_argument("--readers", type=int, default=5000)
    parser.add_argument("--events", type=int, default=200)
    parser.add_argument("--size", type=int, default=100)
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--json", action="store_true")
    asked = parser.parse_args()
    allow_many_files()
    end_on_signals()
    kinds = [kind for kind in KINDS if KINDS[kind].server == "dialogue" or has_nchan()]
    spent = in_turns(kinds, asked.rounds,
                     lambda kind: measure(asked.server, KINDS[kind], asked.readers, asked.events, asked.size))
    medians = {kind: statistics.median(of_kind) for kind, of_kind in spent.items()}
    # Of each round by itself: a machine that is slow for a while is slow for both.
    ratio = statistics.median(sse / websocket for sse, websocket in zip(spent["sse"], spent["websocket"], strict=True))
    if asked.json:
        print(json.dumps({"microseconds": medians, "ratio": ratio}))
    else:
        for kind, median in medians.items():
            print(f"{kind:16} {median:.3f} us of processor time for one delivery ({', '.join(f'{x:.3f}' for x in spent[kind])})")
        print(f"sse / websocket: {ratio:.2f}")
    return 0


if __name__ == "__main__":
    try:
        sys.exit(main())
    except BenchError as error:
        sys.exit(f"error: {error}")
