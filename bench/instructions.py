#!/usr/bin/env python3
"""How many instructions single steps and one trigger take, as valgrind's callgrind counts them: the same on a busy machine.

    instructions.py --microbench PROGRAM --server PROGRAM [--config FILE] [--json FILE]

What is run once and what is done N times is told apart by running N and 2N: the difference is N times the thing itself.
"""
import argparse
import json
import os
import re
import signal
import socket
import subprocess
import sys
import tempfile
from pathlib import Path

from errors import BenchError
from process import process

HERE = Path(__file__).resolve().parent
STEPS = 200  # iterations of a step; twice as many in the second run
TRIGGERS = 1000
# How the server runs that triggers go through: with what in its configuration besides, and with how many io threads.
WAYS = {
    "one trigger, from socket to socket": ("", 0),
    "the same, its connection in a thread of its own": ("", 1),
    "the same, with metrics": ("metrics: {enabled: true}\n", 1),
}


def callgrind(out: Path) -> list[str]:
    return ["valgrind", "--tool=callgrind", "--trace-children=no", f"--callgrind-out-file={out}"]


def collected(said: str) -> int:
    found = re.search(r"Collected : (\d+)", said)
    if not found:
        raise BenchError(f"callgrind told no count:\n{said[-2000:]}")
    return int(found[1])


def names_of(microbench: Path) -> list[str]:
    listed = subprocess.run([microbench, "--benchmark_list_tests"], capture_output=True, text=True, check=True).stdout
    # With DIALOGUE_ITERATIONS the name says so behind it.
    return [name.split("/iterations:")[0] for name in listed.split()]


def count_step(microbench: Path, name: str, iterations: int, folder: Path) -> int:
    environment = {**os.environ, "DIALOGUE_ITERATIONS": str(iterations), "QT_HASH_SEED": "0"}
    done = subprocess.run([*callgrind(folder / "out"), microbench, f"--benchmark_filter=^{name}/"],
                          capture_output=True, text=True, env=environment, check=False)
    if done.returncode != 0 or name not in done.stdout:
        raise BenchError(f"{name} did not run:\n{done.stdout}{done.stderr}")
    return collected(done.stderr)


class Client:
    """The least that joins, triggers and waits for its own event: over a WebSocket, whose frames are masked with zeros."""

    def __init__(self, port: int):
        self._socket = socket.create_connection(("127.0.0.1", port), timeout=120)
        self._bytes = b""
        self._socket.sendall(b"GET /socket.io/?EIO=4&transport=websocket HTTP/1.1\r\nHost: 127.0.0.1\r\nUpgrade: websocket\r\n"
                             b"Connection: Upgrade\r\nSec-WebSocket-Version: 13\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n\r\n")
        while b"\r\n\r\n" not in self._bytes:
            self._read()
        self._bytes = self._bytes.split(b"\r\n\r\n", 1)[1]

    def _read(self):
        more = self._socket.recv(65536)
        if not more:
            raise BenchError("the server closed the connection")
        self._bytes += more

    def say(self, text: str):
        payload = text.encode()
        size = bytes([0x80 | len(payload)]) if len(payload) < 126 else b"\xfe" + len(payload).to_bytes(2, "big")
        self._socket.sendall(b"\x81" + size + bytes(4) + payload)

    def _packet(self) -> str:
        while True:
            if len(self._bytes) >= 2:
                size, head = self._bytes[1] & 127, 2
                if size == 126 and len(self._bytes) >= 4:
                    size, head = int.from_bytes(self._bytes[2:4], "big"), 4
                if size < 126 or head == 4:
                    if len(self._bytes) >= head + size:
                        text = self._bytes[head:head + size].decode()
                        self._bytes = self._bytes[head + size:]
                        return text
            self._read()

    def until(self, begins: str) -> str:
        while True:
            packet = self._packet()
            if packet == "2":
                self.say("3")
            elif packet.startswith(begins):
                return packet


def count_triggers(server: Path, config: Path, workers: int, triggers: int, folder: Path) -> int:
    command = [*callgrind(folder / "out"), str(server), "--config", str(config), "--port", "0", "--workers", str(workers)]
    environment = {**os.environ, "QT_HASH_SEED": "0"}
    with open(folder / "said", "w+") as said, process(command, stdout=subprocess.PIPE, stderr=said, text=True, env=environment) as child:
        port = int(child.stdout.readline().rsplit(":", 1)[1])
        client = Client(port)
        client.until("0")
        client.say('40{"userId":"ann"}')
        client.until('42["dialogue:connected"')
        client.say('420["dialogue:join",{"roomId":"bench-0","subscriptions":["tick"]}]')
        client.until("430")
        data = json.dumps({"mark": "m", "pad": "x" * 180})
        for _ in range(triggers):
            client.say('421["dialogue:trigger",{"roomId":"bench-0","event":"tick","data":%s}]' % data)
            client.until("431")
        child.send_signal(signal.SIGTERM)
        child.wait(120)
        said.seek(0)
        return collected(said.read())


def measure(microbench: Path, server: Path, config: Path):
    with tempfile.TemporaryDirectory() as place:
        folder = Path(place)
        for name in names_of(microbench):
            once, twice = (count_step(microbench, name, times * STEPS, folder) for times in (1, 2))
            yield name, (twice - once) / STEPS
        for name, (more, workers) in WAYS.items():
            configured = folder / "server.yaml"
            configured.write_text(f"{config.read_text()}\n{more}")
            once, twice = (count_triggers(server, configured, workers, times * TRIGGERS, folder) for times in (1, 2))
            yield name, (twice - once) / TRIGGERS


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--microbench", type=Path, required=True)
    parser.add_argument("--server", type=Path, required=True)
    parser.add_argument("--config", type=Path, default=HERE / "server.sample.yaml")
    parser.add_argument("--json", type=Path, help="write the counts there too, for --against")
    parser.add_argument("--against", type=Path, help="counts of another build, to tell the ratio")
    arguments = parser.parse_args()
    others = json.loads(arguments.against.read_text()) if arguments.against else {}
    counts = {}
    try:
        print("| step | instructions |" + (" before | ratio |" if others else ""))
        print("|---|---|" + ("---|---|" if others else ""))
        for name, count in measure(arguments.microbench, arguments.server, arguments.config):
            counts[name] = count
            before = others.get(name)
            ratio = f" {before:,.0f} | {count / before:.3f} |" if before else " | |" if others else ""
            print(f"| {name} | {count:,.0f} |{ratio}", flush=True)
    except (BenchError, OSError, subprocess.CalledProcessError) as error:
        sys.exit(f"error: {error}")
    if arguments.json:
        arguments.json.write_text(json.dumps(counts, indent=1) + "\n")


if __name__ == "__main__":
    main()
