"""The command line of ./dev bench."""

import argparse
import os
from dataclasses import dataclass
from pathlib import Path

from cases import CASES, Case
from measuring import Conditions
from launch import Programs
from peers import BASELINE, PEERS, Peer, is_installed

ROOT = Path(__file__).resolve().parent.parent


@dataclass(frozen=True)
class Options:
    cases: tuple[Case, ...]
    peers: tuple[Peer, ...]
    rounds: int
    conditions: Conditions
    out: Path
    only_checks: bool = False


def _choice(kind, known):
    by_key = {item.key: item for item in known}

    def read(text):
        keys = [key for key in text.split(",") if key]
        for key in keys:
            if key not in by_key:
                raise argparse.ArgumentTypeError(f"no such {kind}: '{key}'; there are {', '.join(by_key)}")
        if not keys:
            raise argparse.ArgumentTypeError(f"name a {kind}: {', '.join(by_key)}")
        return tuple(item for item in known if item.key in keys)

    return read


def _number(kind, least, most):
    def read(text):
        try:
            value = kind(text)
        except ValueError:
            value = None
        if value is None or not least <= value <= most:
            raise argparse.ArgumentTypeError(f"must be a number from {least} to {most}, not '{text}'")
        return value

    return read


def _programs_of(build: Path) -> Programs:
    return Programs(build / "server/dialogue-server", build / "bench/load/dialogue-load")


def _build(text: str) -> Programs:
    programs = _programs_of(Path(text).resolve())
    for program in (programs.server, programs.generator):
        if not program.is_file():
            raise argparse.ArgumentTypeError(
                f"'{text}' is no build: there is no {program}; it takes the targets dialogue-server and dialogue-load"
            )
    return programs


def _lines(title, items):
    return title + "".join(f"\n  {item.key:20}{item.title}" for item in items)


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="./dev bench",
        allow_abbrev=False,
        formatter_class=argparse.RawDescriptionHelpFormatter,
        description="Compares Dialogue with other servers, in turns, on this machine. docs/performance.md says how.",
        epilog=_lines("cases:", CASES) + "\n\n" + _lines("peers:", PEERS),
    )
    add = parser.add_argument
    add("--case", metavar="A,B", type=_choice("case", CASES), default=CASES, help="which cases; left out: all")
    add("--peer", metavar="P,Q", type=_choice("peer", PEERS), help="which servers; left out: all that are installed, without TLS")
    add("--rounds", metavar="N", type=_number(int, 1, 1000), help="how often each runs, in turns (3)")
    add("--seconds", metavar="S", type=_number(float, 0.1, 3600), help="how long each run is measured (5; h: 13)")
    add("--quick", action="store_true", help="one round of one second: to see that it works")
    add("--spin", action="store_true", help="the generator never sleeps: no server pays for waking it")
    add("--no-pin", action="store_true", help="do not give server and generator a core of their own")
    add("--check", action="store_true", help="only check the options")
    add("--out", metavar="FILE", type=Path, default=ROOT / "build/bench/results.md", help="tables; FILE.json: every run")
    release = _programs_of(ROOT / "build/release")
    add("--server", metavar="PATH", type=Path, default=release.server,
        help="the dialogue-server to measure")  # fmt: skip
    add("--generator", metavar="PATH", type=Path, default=release.generator,
        help="the dialogue-load that measures")  # fmt: skip
    add("--baseline", metavar="BUILD", type=_build, help="another build/release to compare with, and with no --peer that alone")
    return parser


def read_options(arguments: list[str]) -> Options:
    """Exits with 2 and says why when they are wrong."""
    parser = _parser()
    given = parser.parse_args(arguments)
    if given.out.is_dir() or not given.out.name:
        parser.error(f"argument --out: '{given.out}' is no name for a file")
    for peer in given.peer or ():
        if not is_installed(peer):
            parser.error(f"argument --peer: {peer.key} is not installed: apt-get install {peer.packages}")
    server_cores, generator_cores = (None, None) if given.no_pin else split_cores(os.sched_getaffinity(0))
    conditions = Conditions(
        programs=Programs(given.server.resolve(), given.generator.resolve(), given.baseline),
        seconds=given.seconds or (1 if given.quick else None),
        warmup=0.2 if given.quick else 2,
        spin=given.spin,
        server_cores=server_cores,
        generator_cores=generator_cores,
    )
    peers = given.peer or (PEERS[:1] if given.baseline else tuple(peer for peer in PEERS if is_installed(peer) and not peer.tls))
    if given.baseline:
        peers = (*peers, BASELINE)
    return Options(given.case, peers, given.rounds or (1 if given.quick else 3), conditions, given.out, given.check)


def split_cores(cores: set[int]) -> tuple[frozenset[int] | None, frozenset[int] | None]:
    """The last core for the generator, the others for the server; with one core there is nothing to split."""
    if len(cores) < 2:
        return None, None
    last = max(cores)
    return frozenset(cores - {last}), frozenset({last})
