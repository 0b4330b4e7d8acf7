#!/usr/bin/env python3
"""What one delivery of 10 KB of JSON costs the server, compressed and as it is, beside Bun's, in turns in one run.

    deflate.py --server PROGRAM [--readers N] [--events N] [--rounds N] [--json]
"""
import argparse
import json
import statistics
import subprocess
import sys
import tempfile
import time
from contextlib import contextmanager
from pathlib import Path

import launch
from errors import BenchError
from measuring import listening_port
from process import allow_many_files, end_on_signals, process
from readers import JOIN, Connection, Crowd, Kind, deliver, frame, in_turns, ours, trigger, upgrade, websocket

_OFFER = "Sec-WebSocket-Extensions: permessage-deflate; client_no_context_takeover; server_no_context_takeover\r\n"
_PATH = "/socket.io/?EIO=4&transport=websocket"
_SUBSCRIBE = frame('42["dialogue:subscribe",{"roomId":"room","eventName":"tick"}]')
_COMPRESSED = 0x40  # RSV1 (RFC 7692, section 6)
_START_SECONDS = 20


class CompressedConnection(Connection):
    """Counts messages that are compressed: what they say cannot be seen."""

    def __init__(self, port: int, more: bytes = b""):
        super().__init__(port, upgrade(_PATH, _OFFER) + JOIN + more)
        self._has_head = False

    def read(self) -> bytes:
        seen = self.marks
        rest, came = self._rest, super().read()
        self.marks = seen
        self._rest = self._count(rest + came)
        return came

    def _count(self, text: bytes) -> bytes:
        """What is left of text behind the frames that are whole."""
        if not self._has_head:
            head, end, text = text.partition(b"\r\n\r\n")
            if not end:
                return head
            self._has_head = True
            if b"permessage-deflate" not in head:
                raise BenchError("the server compresses nothing")
        at = 0
        while len(text) - at >= 2:
            size, head = text[at + 1], 2
            if size >= 126:
                head = 4 if size == 126 else 10
                size = int.from_bytes(text[at + 2:at + head], "big")
            if len(text) - at < head + size:
                break
            self.marks += 1 if text[at] & _COMPRESSED else 0
            at += head + size
        return text[at:]


def bun_websocket(port: int) -> Connection:
    return Connection(port, upgrade(_PATH) + JOIN + _SUBSCRIBE)


JOINED = b"dialogue:joined"
OURS = Kind(websocket, JOINED)
KINDS = {
    "dialogue": OURS,
    "dialogue, compressed": Kind(CompressedConnection, JOINED),
    "bun": Kind(bun_websocket, JOINED, "bun"),
    "bun, compressed": Kind(lambda port: CompressedConnection(port, _SUBSCRIBE), JOINED, "bun"),
}


def sample(size: int = 10_000) -> list:
    """JSON as it is: names that come again, values that do not; as many objects as have that size, all but some bytes."""
    items = []
    while len(json.dumps(items)) < size - 100:
        i = len(items)
        items.append({"id": i, "name": f"sensor-{i * 7919 % 1000}", "state": ("open", "closed")[i % 3 == 0],
                      "value": round(i * 2654435761 % 100_000 / 37, 3), "unit": "kWh"})
    return items


@contextmanager
def bun(compressed: bool):
    """Starts Bun's own server; its port and process."""
    command = [str(launch.BUN), str(launch.HERE / "peers" / "bun-native.mjs"), *(["deflate"] if compressed else [])]
    with tempfile.TemporaryFile() as log, process(command, stdout=log, stderr=subprocess.STDOUT) as running:
        end = time.monotonic() + _START_SECONDS
        port = None
        while port is None:
            log.seek(0)
            port = listening_port(log.read().decode(errors="replace"))
            if running.poll() is not None or time.monotonic() > end:
                raise BenchError("Bun's server did not start; ./dev bench deflate installs it")
            time.sleep(0.02)
        yield port, running.pid


def measure(server: Path, name: str, readers: int, events: int) -> float:
    kind = KINDS[name]
    compressed = name.endswith("compressed")
    engine = {"perMessageDeflate": {"enabled": compressed}}
    with ours(server, readers, engine) if kind.server == "dialogue" else bun(compressed) as running:
        crowd = Crowd(running[0], kind, readers)
        # Of Bun's it is by then subscribed: it does one thing after the other.
        spent = deliver(running, crowd, OURS, trigger({"mark": 1, "items": sample()}), events)
        crowd.close()
        return spent


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--server", type=Path, required=True)
    parser.add_argument("--readers", type=int, default=500)
    parser.add_argument("--events", type=int, default=100)
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--json", action="store_true")
    asked = parser.parse_args()
    allow_many_files()
    end_on_signals()
    names = [name for name in KINDS if KINDS[name].server == "dialogue" or launch.BUN.exists()]
    spent = in_turns(names, asked.rounds, lambda name: measure(asked.server, name, asked.readers, asked.events))
    medians = {name: statistics.median(of_name) for name, of_name in spent.items()}
    if asked.json:
        print(json.dumps({"microseconds": medians}))
        return 0
    for name, median in medians.items():
        print(f"{name:22} {median:.2f} us of processor time for one delivery ({', '.join(f'{x:.2f}' for x in spent[name])})")
    if "bun" in medians:
        pairs = zip(spent["dialogue, compressed"], spent["bun, compressed"], strict=True)
        print(f"compressed, dialogue / bun: {statistics.median(own / theirs for own, theirs in pairs):.2f}")
    return 0


if __name__ == "__main__":
    try:
        sys.exit(main())
    except BenchError as error:
        sys.exit(f"error: {error}")
