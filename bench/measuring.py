"""One measurement: a fresh server, the generator against it, and what the generator says."""

import json
import re
import socket
import subprocess
import tempfile
import time
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from cases import Load
from errors import BenchError
from launch import Launch, Pair, Programs, Setting, pair
from peers import Peer
from process import process

_START_SECONDS = 20
_LISTENING = re.compile(r"(?:(?:Listening|listens) on https?|Listening for websocket clients on ws)://\S*:(\d+)\s")


@dataclass(frozen=True)
class Conditions:
    """What is the same for every measurement."""

    programs: Programs
    seconds: float | None = None  # instead of the load's own; a load that connects only takes less
    warmup: float = 2
    spin: bool = False
    server_cores: frozenset[int] | None = None
    generator_cores: frozenset[int] | None = None


def listening_port(log: str) -> int | None:
    found = _LISTENING.search(log)
    return int(found.group(1)) if found else None


def measured_seconds(load: Load, conditions: Conditions) -> float:
    if conditions.seconds is None:
        return load.seconds
    return conditions.seconds if load.publishes else min(load.seconds, conditions.seconds)


def generator_command(peer: Peer, load: Load, conditions: Conditions, port: int, pid: int, tls: Pair | None = None) -> list[str]:
    seconds = measured_seconds(load, conditions)
    command = [
        str(conditions.programs.generator), "--json",
        "--wire", peer.wire, "--url", f"{'https' if tls else 'http'}://127.0.0.1:{port}", "--server-pid", str(pid),
        "--duration", str(seconds), "--warmup", str(conditions.warmup), *load.arguments,
    ]  # fmt: skip
    if tls:
        command += ["--ca", str(tls.certificate)]
    return command + ["--spin"] if conditions.spin else command


def measure(peer: Peer, load: Load, conditions: Conditions) -> dict:
    """The generator's JSON; a BenchError when there is none."""
    with tempfile.TemporaryDirectory(prefix="dialogue-bench-") as folder:
        tls = pair(Path(folder)) if peer.tls else None
        setting = Setting(conditions.programs, Path(folder), load.rooms, tls)
        with _running(peer.launch(setting), setting.folder, conditions) as (port, pid):
            run = _generate(generator_command(peer, load, conditions, port, pid, tls), conditions)
            return run | {"spin": conditions.spin}


@contextmanager
def _running(launch: Launch, folder: Path, conditions: Conditions):
    """Starts a server; its port and process."""
    log = folder / "server.log"
    with log.open("wb") as out:
        with process(
            launch.command, conditions.server_cores, stdin=subprocess.DEVNULL, stdout=out, stderr=subprocess.STDOUT
        ) as server:
            end = time.monotonic() + _START_SECONDS
            while (port := _port_of(launch, log)) is None:
                if server.poll() is not None or time.monotonic() > end:
                    said = log.read_text(errors="replace").strip()[-500:]
                    raise BenchError(f"the server did not start: {said or 'it said nothing'}")
                time.sleep(0.02)
            yield port, server.pid


def _port_of(launch: Launch, log: Path) -> int | None:
    if launch.port is None:
        return listening_port(log.read_text(errors="replace"))
    try:
        with socket.create_connection(("127.0.0.1", launch.port), timeout=1):
            return launch.port
    except OSError:
        return None


def _generate(command: list[str], conditions: Conditions) -> dict:
    with process(command, conditions.generator_cores, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True) as run:
        out, said = run.communicate()
    try:
        return json.loads(out)
    except ValueError as error:
        raise BenchError(f"dialogue-load: {said.strip()[-500:] or f'exit code {run.returncode}'}") from error
