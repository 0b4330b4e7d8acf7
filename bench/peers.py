"""The servers that are compared."""

import json
import subprocess
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import launch
from errors import BenchError
from launch import Launch, Programs, Setting

MODULES = launch.HERE / "node_modules"


@dataclass(frozen=True)
class Peer:
    key: str
    title: str
    launch: Callable[[Setting], Launch]
    versions: tuple[str, ...]  # names of version()
    wire: str = "dialogue"
    packages: str = ""  # Debian packages that ./dev bench does not install: they would start a service
    tls: bool = False  # the same over TLS, measured where it is asked for


REFERENCES = {"baseline": "the baseline", "bun": "Bun native", "socketio-node": "Socket.IO on Node"}  # what ratios are given to

_SOCKETIO_NODE = ("socket.io", "node")
_SOCKETIO_BUN = ("socket.io", "@socket.io/bun-engine", "bun")

PEERS = (
    Peer("dialogue", "Dialogue, as it comes", launch.ours(), ("dialogue",)),
    Peer("dialogue-0", "Dialogue, no io worker", launch.ours(0), ("dialogue",)),
    Peer("dialogue-1", "Dialogue, 1 io worker", launch.ours(1), ("dialogue",)),
    Peer("dialogue-2", "Dialogue, 2 io workers", launch.ours(2), ("dialogue",)),
    Peer("bun", "Bun native pub/sub", launch.bun("bun-native.mjs"), ("bun",)),
    Peer("ws", "ws on Node", launch.node("ws-node.mjs"), ("ws", "node")),
    Peer("socketio-node", "Socket.IO on Node, an emit each", launch.node("socketio-node.mjs", "each"), _SOCKETIO_NODE),
    Peer("socketio-node-room", "Socket.IO on Node, to the room", launch.node("socketio-node.mjs", "room"), _SOCKETIO_NODE),
    Peer("socketio-bun", "Socket.IO on Bun, an emit each", launch.bun("socketio-bun.mjs", "each"), _SOCKETIO_BUN),
    Peer("socketio-bun-room", "Socket.IO on Bun, to the room", launch.bun("socketio-bun.mjs", "room"), _SOCKETIO_BUN),
    Peer("nats", "nats-server", launch.nats, ("nats-server",), "nats", "nats-server"),
    Peer("nchan", "nginx with Nchan", launch.nchan, ("nginx",), "plain", "nginx libnginx-mod-nchan"),
    Peer("dialogue-tls", "Dialogue over TLS", launch.ours(), ("dialogue",), tls=True),
    Peer("bun-tls", "Bun native pub/sub over TLS", launch.bun("bun-native.mjs"), ("bun",), tls=True),
    Peer("nchan-tls", "nginx with Nchan over TLS", launch.nchan, ("nginx",), "plain", "nginx libnginx-mod-nchan", tls=True),
)  # fmt: skip

BASELINE = Peer("baseline", "Dialogue, the baseline", launch.baseline, ("baseline",))


def is_installed(peer: Peer) -> bool:
    if peer.launch is launch.nchan:
        nginx = launch.system_program("nginx")
        return nginx is not None and launch.nchan_module(nginx).exists()
    return peer.key != "nats" or launch.system_program("nats-server") is not None


def version(name: str, programs: Programs) -> str:
    """Of a program or an npm package; a BenchError says what is missing."""
    commands = {
        "generator": [str(programs.generator), "--version"],
        "dialogue": [str(programs.server), "--version"],
        "baseline": [str((programs.baseline or programs).server), "--version"],
        "node": ["node", "--version"],
        "bun": [str(launch.BUN), "--version"],
        "nats-server": [launch.system_program("nats-server") or "nats-server", "--version"],
        "nginx": [launch.system_program("nginx") or "nginx", "-v"],
    }
    if name in commands:
        return _first_word_with_digit(_output(commands[name]))
    try:
        return json.loads((MODULES / name / "package.json").read_text())["version"]
    except OSError as error:
        raise BenchError(f"npm package {name} is missing: run npm ci in {launch.HERE}") from error


def _output(command: list[str]) -> str:
    try:
        done = subprocess.run(command, capture_output=True, text=True, timeout=30, check=True)
    except FileNotFoundError as error:
        raise BenchError(f"{command[0]} is missing; ./dev bench installs and builds what it needs") from error
    except OSError as error:
        hint = "; npm has to run bun's install script: npm rebuild bun, in bench/" if command[0] == str(launch.BUN) else ""
        raise BenchError(f"{command[0]} does not run: {error.strerror}{hint}") from error
    except subprocess.SubprocessError as error:
        raise BenchError(f"{' '.join(command)} failed: {error}") from error
    return (done.stdout + done.stderr).strip()


def _first_word_with_digit(text: str) -> str:
    words = (word for word in text.split() if any(letter.isdigit() for letter in word))
    return next(words, text).split("/")[-1].lstrip("v")
