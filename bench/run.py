#!/usr/bin/env python3
"""./dev bench: runs the cases against the servers in turns, and writes tables. docs/performance.md says how to read them."""

import json
import math
import shlex
import sys
from pathlib import Path

import machine
from cases import Load
from errors import BenchError
from figures import FIGURES, number
from measuring import measure, measured_seconds
from options import Options, read_options
from peers import PEERS, Peer, is_installed, version
from process import allow_many_files, end_on_signals
from samples import Sample, Samples
from table import case_text


_STARTING_SECONDS = 1.5  # a server, and its connections


def say(text: str):
    print(text, file=sys.stderr, flush=True)


def versions_of(options: Options) -> dict[str, str]:
    """Of everything that takes part; a BenchError before the first run when something is missing."""
    names = dict.fromkeys(["generator", *(name for peer in options.peers for name in peer.versions)])
    return {name: version(name, options.conditions.programs) for name in names}


def run_cases(options: Options, samples: Samples):
    """A round is one run of each server; the rounds of a load follow each other."""
    runs = options.rounds * len(options.peers) * sum(len(case.loads) for case in options.cases)
    done = 0
    absent = [f"{peer.key} ({peer.packages})" for peer in PEERS if not peer.tls and not is_installed(peer)]
    if absent:
        say(f"Not installed, and left out: {', '.join(absent)}")
    say(f"{runs} runs, about {round_up_minutes(options)} minutes; Ctrl-C ends it, and keeps what was measured")
    for case in options.cases:
        for load in case.loads:
            for round in range(options.rounds):
                for peer in options.peers:
                    sample = run_once(peer, load, round, options)
                    samples.add(sample)
                    done += 1
                    say(f"[{done}/{runs}] {load.key:8}{peer.key:20}{_outcome(sample, case.figures)}")


def round_up_minutes(options: Options) -> int:
    seconds = sum(
        measured_seconds(load, options.conditions) + options.conditions.warmup + _STARTING_SECONDS
        for case in options.cases
        for load in case.loads
    )
    return math.ceil(seconds * options.rounds * len(options.peers) / 60)


def run_once(peer: Peer, load: Load, round: int, options: Options) -> Sample:
    try:
        return Sample(load.key, peer.key, round, run=measure(peer, load, options.conditions))
    except BenchError as error:  # one server's failure is no reason to lose the others
        return Sample(load.key, peer.key, round, error=str(error))


def _outcome(sample: Sample, figures: tuple[str, ...]) -> str:
    if sample.run is None:
        return f"failed: {sample.error}"
    text = "   ".join(f"{FIGURES[name].title} {number(FIGURES[name].read(sample.run))}" for name in figures)
    lost = sample.run["lost"] + sample.run["broken"] + sample.run["refused"]
    return text + (f"   ({lost:.0f} lost, broken or refused)" if lost else "")


def write(options: Options, samples: Samples, facts: dict[str, str], versions: dict[str, str], command: str):
    text = "".join(f"- {name}: {value}\n" for name, value in facts.items())
    text += "- versions: " + ", ".join(f"{name} {value}" for name, value in versions.items()) + "\n"
    rounds = f"medians of {options.rounds} rounds (least..most)" if options.rounds > 1 else "one round"
    text += f"- command: `{command}`\n- {rounds}\n"
    parts = [case_text(case, samples) for case in options.cases]
    options.out.parent.mkdir(parents=True, exist_ok=True)
    options.out.write_text("\n".join([text, *filter(None, parts)]))
    everything = {"facts": facts, "versions": versions, "command": command}
    everything["runs"] = [vars(sample) for sample in samples.all]
    beside = Path(f"{options.out}.json")
    beside.write_text(json.dumps(everything, indent=1) + "\n")
    print(options.out.read_text())
    say(f"Written to {options.out} and {beside.name}")


def main(arguments: list[str]) -> int:
    end_on_signals()
    options = read_options(arguments)
    if options.only_checks:
        return 0
    samples = Samples()
    facts: dict[str, str] = {}
    versions: dict[str, str] = {}
    interrupted = False
    try:
        facts = machine.facts()
        versions = versions_of(options)
        facts["load before"] = f"{machine.load():.2f}"
        allow_many_files()
        run_cases(options, samples)
    except KeyboardInterrupt:
        interrupted = True
        say("Interrupted; every server is stopped")
    except BenchError as error:
        say(f"error: {error}")
        return 1
    if samples.all:
        write(options, samples, facts, versions, shlex.join(["./dev", "bench", *arguments]))
    if interrupted:
        return 130
    return 1 if any(sample.error for sample in samples.all) else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
