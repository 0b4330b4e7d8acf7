#!/usr/bin/env python3
"""From an event's text to the verdict of its schema: this project's engine beside others, in CPU time.

    schema.py --ours PROGRAM [--valijson PROGRAM] [--seconds S] [--rounds N] [--case NAME,...] [--json FILE]

All peers take the same documents, of draft 7, which all of them know: ajv on Node behind JSON.parse, fastjsonschema behind
json.loads, valijson over the tree that Qt makes; those that are not installed are left out, and said to be. "refused" stands where one takes the data, which is right, for wrong.
"no end": it did not come to one in time. For ours callgrind
counts the instructions, too, which a busy machine does not change.
"""

import argparse
import json
import math
import os
import shutil
import statistics
import subprocess
import sys
import tempfile
from pathlib import Path

from errors import BenchError
from instructions import callgrind, collected
from schemacases import CASES, Case
from table import markdown

HERE = Path(__file__).resolve().parent
PATIENCE = 10  # seconds until one that does not come to an end is left
AJV = HERE.parent / "tests" / "interop" / "node_modules" / "ajv"


def peers_of(arguments) -> dict[str, list[str]]:
    """How each is started; what is not installed is not among them."""
    peers = {"ours": [str(arguments.ours)]}
    if shutil.which("node") and AJV.is_dir():
        peers["JSON.parse, ajv"] = ["node", str(HERE / "schemapeers" / "ajv.mjs")]
    if subprocess.run(["/usr/bin/python3", "-c", "import fastjsonschema"], capture_output=True, check=False).returncode == 0:
        peers["json.loads, fastjsonschema"] = ["/usr/bin/python3", str(HERE / "schemapeers" / "fastjsonschema_peer.py")]
    if arguments.valijson and arguments.valijson.exists():
        peers["QJsonDocument, valijson"] = [str(arguments.valijson)]
    return peers


def run(command: list[str], limit: float | None = None) -> dict:
    done = subprocess.run(command, capture_output=True, text=True, check=False, timeout=limit)
    if done.returncode != 0:
        raise BenchError(f"{' '.join(command)} failed:\n{done.stderr[-2000:]}")
    return json.loads(done.stdout)


def microseconds(command: list[str], seconds: float, rounds: int) -> float | None:
    """CPU for one validation: the median of some rounds. None where the data is taken for wrong, which it is not; infinite
    where there is no end to it."""
    took = []
    for _ in range(rounds):
        try:
            said = run([*command, str(seconds)], PATIENCE + 20 * seconds)
        except subprocess.TimeoutExpired:
            return math.inf
        if not said["valid"]:
            return None
        took.append(said["cpu"] / said["runs"] * 1e6)
    return statistics.median(took)


def instructions(command: list[str], times: int, folder: Path) -> float:
    """Of one validation: what twice as many take more."""
    counts = []
    for amount in (times, 2 * times):
        counted = [*callgrind(folder / "out"), *command, f"x{amount}"]
        done = subprocess.run(counted, capture_output=True, text=True, check=False, env={**os.environ, "QT_HASH_SEED": "0"})
        counts.append(collected(done.stderr))
    return (counts[1] - counts[0]) / times


def measure(case: Case, peers: dict[str, list[str]], arguments, folder: Path) -> dict:
    files = [folder / "schema.json", folder / "data.json"]
    for file, value in zip(files, (case.schema, case.data)):
        file.write_text(json.dumps(value, separators=(",", ":")))
    paths = [str(file) for file in files]
    found = {"bytes": files[1].stat().st_size, "peers": {}}
    for name, command in peers.items():
        found["peers"][name] = microseconds([*command, *paths], arguments.seconds, arguments.rounds)
    if found["peers"]["ours"] is None:
        raise BenchError(f"{case.name}: ours takes the data for wrong")
    found["reading"] = run([*peers["ours"], *paths, str(arguments.seconds), "read"])
    found["reading"] = found["reading"]["cpu"] / found["reading"]["runs"] * 1e6
    if arguments.instructions and shutil.which("valgrind"):
        found["instructions"] = instructions([*peers["ours"], *paths], max(1, 200_000 // found["bytes"]), folder)
    return found


def figure(value: float | None, missing: str = "-") -> str:
    return missing if value is None else "no end" if math.isinf(value) else f"{value:,.0f}" if value >= 100 else f"{value:.2f}"


def table(found: dict[str, dict]) -> str:
    names = list(dict.fromkeys(name for each in found.values() for name in each["peers"]))
    rows = [["case", "bytes", *(f"{name}, µs" for name in names), "reading the text, µs", "ours, instructions"]]
    for case in CASES:
        if case.name in found:
            each = found[case.name]
            rows.append([case.title, f"{each['bytes']:,}", *(figure(each["peers"][name], "refused") if name in each["peers"] else "-" for name in names),
                         figure(each["reading"]), figure(each.get("instructions"))])
    return markdown(rows)


def read_arguments(arguments: list[str]):
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--ours", type=Path, required=True, help="the program schemabench")
    parser.add_argument("--valijson", type=Path, help="the program valijsonbench; without it valijson is left out")
    parser.add_argument("--seconds", type=float, default=1.0, help="of CPU for each peer, case and round")
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--no-instructions", dest="instructions", action="store_false", help="callgrind takes a while")
    parser.add_argument("--case", help="only these, by their names and commas")
    parser.add_argument("--json", type=Path, help="write the figures there too")
    return parser.parse_args(arguments)


def main(given: list[str]) -> int:
    arguments = read_arguments(given)
    wanted = arguments.case.split(",") if arguments.case else [case.name for case in CASES]
    if unknown := set(wanted) - {case.name for case in CASES}:
        print(f"error: there is no case {', '.join(sorted(unknown))}; there are {', '.join(case.name for case in CASES)}",
              file=sys.stderr)
        return 2
    found: dict[str, dict] = {}
    try:
        peers = peers_of(arguments)
        print(f"Measured: {', '.join(peers)}; what is missing of the others is not installed", file=sys.stderr)
        with tempfile.TemporaryDirectory() as place:
            for case in CASES:
                if case.name in wanted:
                    found[case.name] = measure(case, peers, arguments, Path(place))
    except (BenchError, OSError) as error:
        print(f"error: {error}", file=sys.stderr)
        return 1
    print(table(found), end="")
    if arguments.json:
        arguments.json.write_text(json.dumps(found, indent=1) + "\n")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
