"""One measurement: a fresh server, the generator against it, and what the generator says."""

import json
import re
import subprocess
import tempfile
import time
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from cases import Load
from errors import BenchError
from peers import Peer, Programs
from process import process

_START_SECONDS = 20
_LISTENING = re.compile(r"Listening on http://[^\s]*:(\d+)")


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


def generator_command(load: Load, conditions: Conditions, port: int, pid: int) -> list[str]:
    seconds = measured_seconds(load, conditions)
    command = [
        str(conditions.programs.generator), "bench", "--json",
        "--url", f"http://127.0.0.1:{port}", "--server-pid", str(pid),
        "--duration", str(seconds), "--warmup", str(conditions.warmup), *load.arguments,
    ]  # fmt: skip
    return command + ["--spin"] if conditions.spin else command


def measure(peer: Peer, load: Load, conditions: Conditions) -> dict:
    """The generator's JSON; a BenchError when there is none."""
    with tempfile.TemporaryDirectory(prefix="dialogue-bench-") as folder:
        config = Path(folder) / "server.yaml"
        config.write_text(_server_config(load, conditions.programs))
        with _running(peer.command(conditions.programs, config), Path(folder), conditions) as (port, pid):
            return _generate(generator_command(load, conditions, port, pid), conditions)


def _server_config(load: Load, programs: Programs) -> str:
    command = [str(programs.generator), "bench", "--print-config", "--rooms", str(load.rooms)]
    return subprocess.run(command, capture_output=True, text=True, timeout=30, check=True).stdout


@contextmanager
def _running(command: list[str], folder: Path, conditions: Conditions):
    """Starts a server; its port and process."""
    log = folder / "server.log"
    with log.open("wb") as out:
        with process(
            command, conditions.server_cores, stdin=subprocess.DEVNULL, stdout=out, stderr=subprocess.STDOUT
        ) as server:
            end = time.monotonic() + _START_SECONDS
            while (port := listening_port(log.read_text(errors="replace"))) is None:
                if server.poll() is not None or time.monotonic() > end:
                    said = log.read_text(errors="replace").strip()[-500:]
                    raise BenchError(f"the server did not start: {said or 'it said nothing'}")
                time.sleep(0.02)
            yield port, server.pid


def _generate(command: list[str], conditions: Conditions) -> dict:
    with process(command, conditions.generator_cores, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True) as run:
        out, said = run.communicate()
    try:
        return json.loads(out)
    except ValueError as error:
        raise BenchError(f"dialogue bench: {said.strip()[-500:] or f'exit code {run.returncode}'}") from error
