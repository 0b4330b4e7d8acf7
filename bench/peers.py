"""The servers that are compared: how each is started, and which version it is."""

import json
import subprocess
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from errors import BenchError

HERE = Path(__file__).resolve().parent
MODULES = HERE / "node_modules"
BUN = MODULES / "bun" / "bin" / "bun.exe"  # so named on every system


@dataclass(frozen=True)
class Programs:
    """What was built here."""

    server: Path
    generator: Path


@dataclass(frozen=True)
class Peer:
    key: str
    title: str
    command: Callable[[Programs, Path], list[str]]  # of the programs and dialogue-server's configuration
    versions: tuple[str, ...]  # names of version()


def _ours(workers):
    return lambda programs, config: [
        str(programs.server), "--config", str(config), "--port", "0", "--workers", str(workers),
    ]  # fmt: skip


def _node(script, *arguments):
    return lambda _programs, _config: ["node", str(HERE / "peers" / script), *arguments]


def _bun(script, *arguments):
    return lambda _programs, _config: [str(BUN), str(HERE / "peers" / script), *arguments]


REFERENCES = {"bun": "Bun native", "socketio-node": "Socket.IO on Node"}  # what ratios are given to

PEERS = (
    Peer("dialogue", "Dialogue, 1 io worker (the default)", _ours(1), ("dialogue",)),
    Peer("dialogue-0", "Dialogue, no io worker", _ours(0), ("dialogue",)),
    Peer("dialogue-2", "Dialogue, 2 io workers", _ours(2), ("dialogue",)),
    Peer("bun", "Bun native pub/sub", _bun("bun-native.mjs"), ("bun",)),
    Peer("ws", "ws on Node", _node("ws-node.mjs"), ("ws", "node")),
    Peer("socketio-node", "Socket.IO on Node, an emit each", _node("socketio-node.mjs", "each"), ("socket.io", "node")),
    Peer("socketio-node-room", "Socket.IO on Node, to the room", _node("socketio-node.mjs", "room"), ("socket.io", "node")),
    Peer(
        "socketio-bun", "Socket.IO on Bun, an emit each", _bun("socketio-bun.mjs", "each"),
        ("socket.io", "@socket.io/bun-engine", "bun"),
    ),
    Peer(
        "socketio-bun-room", "Socket.IO on Bun, to the room", _bun("socketio-bun.mjs", "room"),
        ("socket.io", "@socket.io/bun-engine", "bun"),
    ),
)  # fmt: skip


def version(name: str, programs: Programs) -> str:
    """Of a program or an npm package; a BenchError says what is missing."""
    if name == "dialogue":
        return _first_word_with_digit(_output([str(programs.server), "--version"]))
    if name == "generator":
        return _first_word_with_digit(_output([str(programs.generator), "--version"]))
    if name == "node":
        return _output(["node", "--version"]).lstrip("v")
    if name == "bun":
        return _output([str(BUN), "--version"])
    try:
        return json.loads((MODULES / name / "package.json").read_text())["version"]
    except OSError as error:
        raise BenchError(f"npm package {name} is missing: run npm ci in {HERE}") from error


def _output(command: list[str]) -> str:
    try:
        done = subprocess.run(command, capture_output=True, text=True, timeout=30, check=True)
    except OSError as error:
        raise BenchError(f"{command[0]} is missing; ./dev bench installs and builds what it needs") from error
    except subprocess.SubprocessError as error:
        raise BenchError(f"{' '.join(command)} failed: {error}") from error
    return done.stdout.strip()


def _first_word_with_digit(text: str) -> str:
    return next((word for word in text.split() if any(letter.isdigit() for letter in word)), text)
