#!/usr/bin/env python3
"""Plants the faults of tests/mutations/*.toml one by one in a copy of the tree and tells which of them no test notices.

    mutate.py [--list | --check] [FOLDER | FILE | NAME ...]

The copy is build/mutate, built like the preset dev; the tree itself is not touched. A fault is noticed when one of its
tests fails. Exit status: 0 when each was noticed, 1 when one lives, 2 when a fault cannot be planted or built.
docs/testing.md says how to add one.
"""
import argparse
import dataclasses
import os
import pathlib
import re
import subprocess
import sys
import time
import tomllib

HERE = pathlib.Path(__file__).resolve().parent
ROOT = HERE.parent.parent
sys.path.insert(0, str(ROOT / "cmake"))
from testprograms import test_programs  # noqa: E402

TIMEOUT = 60  # seconds a test may take: a fault may make it wait for ever
# A fault may well leave something unused, or a case out; in this build that would be an error.
TOLERATED = "".join(f'#pragma GCC diagnostic ignored "-W{what}"\n' for what in (
    "unused-variable", "unused-but-set-variable", "unused-parameter", "unused-but-set-parameter", "unused-function",
    "unused-const-variable", "unused-value", "unused-local-typedefs", "switch"))


class Mistake(Exception):
    """A fault that cannot be planted, and why."""


@dataclasses.dataclass
class Fault:
    name: str
    file: str
    line: str  # or several; without their indentation
    becomes: str
    breaks: str
    tests: list  # of labels of ctest: the names of test programs

    def selection(self):
        """Options of ctest."""
        return ["-L", f"^({'|'.join(self.tests)})$"]

    def fits(self, selection):
        return not selection or any(
            self.name == each or self.file == each or self.file.startswith(each.rstrip("/") + "/") for each in selection)

    def planted_in(self, text):
        """The file's text with the fault."""
        lines = text.split("\n")
        wanted = [line.strip() for line in self.line.strip().split("\n")]
        places = [i for i in range(len(lines) - len(wanted) + 1)
                  if [line.strip() for line in lines[i:i + len(wanted)]] == wanted]
        if len(places) != 1:
            raise Mistake(f"{self.file} has {'no' if not places else len(places)} such line, instead of one:\n    {self.line.strip()}")
        place = places[0]
        indentation = lines[place][:len(lines[place]) - len(lines[place].lstrip())]
        new = [indentation + line.strip() for line in self.becomes.strip().split("\n")]
        return "\n".join([*lines[:place], *new, *lines[place + len(wanted):]])


def read_faults():
    faults = []
    for path in sorted(HERE.glob("*.toml")):
        try:
            entries = tomllib.loads(path.read_text())
        except tomllib.TOMLDecodeError as error:
            raise Mistake(f"{path.name}: {error}") from error
        tests = entries.pop("tests", None)
        for name, entry in entries.items():
            entry.setdefault("tests", tests)
            missing = [key for key in ("file", "line", "becomes", "breaks", "tests") if entry.get(key) is None]
            unknown = set(entry) - {field.name for field in dataclasses.fields(Fault)}
            if missing or unknown:
                raise Mistake(f"{path.name}: [{name}] lacks {missing}, and does not have {sorted(unknown)}")
            if any(name == fault.name for fault in faults):
                raise Mistake(f"{path.name}: there are two faults called {name}")
            faults.append(Fault(name=name, **entry))
    return faults


def check(faults):
    """That each fault can be planted, and in one way only."""
    mistakes = []
    for fault in faults:
        try:
            text = (ROOT / fault.file).read_text()
            if fault.planted_in(text) == text:
                raise Mistake("it changes nothing")
        except (Mistake, OSError) as error:
            mistakes.append(f"[{fault.name}]: {error}")
    if mistakes:
        raise Mistake("\n".join(mistakes))


class Copy:
    """The copy of the tree that the faults are planted in."""

    def __init__(self, jobs):
        self.jobs = jobs
        self.source = ROOT / "build" / "mutate"
        self.build = self.source / "build" / "dev"
        self.environment = {**os.environ, "CCACHE_BASEDIR": str(self.source), "NINJA_STATUS": "[%f/%t, %e s] "}

    def refresh(self):
        """What differs from the tree is copied, so that only that is built again."""
        listed = subprocess.run(["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard"], cwd=ROOT,
                                capture_output=True, text=True, check=True).stdout
        wanted = {name for name in listed.split("\0") if name and (ROOT / name).is_file()}
        kept = self.source / "copied-files"
        for name in (set(kept.read_text().split("\n")) if kept.exists() else set()) - wanted:
            (self.source / name).unlink(missing_ok=True)
        for name in wanted:
            self.write(name, (ROOT / name).read_bytes())
            (self.source / name).chmod((ROOT / name).stat().st_mode)
        kept.write_text("\n".join(sorted(wanted)))
        modules = self.source / "tests" / "interop" / "node_modules"
        if not modules.exists():
            modules.symlink_to(ROOT / "tests" / "interop" / "node_modules")

    def write(self, name, content):
        path = self.source / name
        if not path.exists() or path.read_bytes() != content:
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(content)

    def plant(self, fault):
        text = fault.planted_in((ROOT / fault.file).read_text())
        if fault.file.endswith((".cpp", ".h")):
            text = TOLERATED + "#line 1\n" + text
        self.write(fault.file, text.encode())

    def restore(self, fault):
        self.write(fault.file, (ROOT / fault.file).read_bytes())

    def run(self, *command, show=False):
        """Whether the command succeeds, and what it says."""
        result = subprocess.run(command, cwd=self.source, env=self.environment, text=True, check=False,
                                errors="replace", stdout=None if show else subprocess.PIPE, stderr=None if show else subprocess.STDOUT)
        return result.returncode == 0, result.stdout

    def compile(self, tests, show=False):
        targets = test_programs(self.build, *tests)
        if not targets:
            raise Mistake(f"ctest {' '.join(tests)} selects no test")
        return self.run("cmake", "--build", str(self.build), "-j", str(self.jobs), "--target", *targets, show=show)

    def failing(self, tests):
        """The test that failed first, or None."""
        passed, said = self.run("ctest", "--test-dir", str(self.build), *tests, "-j", str(self.jobs + 1),
                                "--stop-on-failure", "--timeout", str(TIMEOUT), "--output-on-failure")
        if passed:
            return None, said
        match = re.search(r"^\s*\d+ - (\S+) \(", said, re.MULTILINE)
        return match[1] if match else "ctest", said


def say(text):
    print(text, flush=True)


def try_out(faults, jobs):
    """The faults that live, and those that do not compile."""
    copy = Copy(jobs)
    copy.refresh()
    say("Building the tests as they are")
    configured, said = copy.run("cmake", "--preset", "dev")
    if not configured:
        raise Mistake(f"the configuration failed\n{said}")
    for tests in dict.fromkeys(tuple(fault.selection()) for fault in faults):
        if not copy.compile(tests, show=True)[0]:
            raise Mistake("the tree does not build as it is")
        failed, said = copy.failing(tests)
        if failed:
            raise Mistake(f"{failed} fails without a fault\n{said}")

    living, broken = [], []
    for number, fault in enumerate(faults, 1):
        started = time.monotonic()
        copy.plant(fault)
        try:
            compiles, said = copy.compile(fault.selection())
            if not compiles:
                broken.append(fault)
                outcome = "does not compile:\n" + "\n".join(re.findall(r".*error:.*", said)[:3])
            elif failed := copy.failing(fault.selection())[0]:
                outcome = f"noticed by {failed}"
            else:
                living.append(fault)
                outcome = "LIVES"
        finally:
            copy.restore(fault)
        say(f"[{number}/{len(faults)}] {fault.name} ({fault.breaks}): {outcome} ({time.monotonic() - started:.0f} s)")
    return living, broken


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--list", action="store_true", help="only name the faults")
    parser.add_argument("--check", action="store_true", help="only see that each can be planted")
    parser.add_argument("--jobs", type=int, default=os.cpu_count())
    parser.add_argument("selection", nargs="*", help="a folder, a file, or the name of a fault; all when left out")
    arguments = parser.parse_args()
    try:
        everything = read_faults()
        unknown = [each for each in arguments.selection if not any(fault.fits([each]) for fault in everything)]
        if unknown:
            raise Mistake(f"no fault is called, or stands in, {', '.join(unknown)}; --list names them")
        faults = [fault for fault in everything if fault.fits(arguments.selection)]
        check(faults)
        if arguments.list:
            for fault in faults:
                say(f"{fault.name}: {fault.file}: {fault.breaks}")
        if arguments.list or arguments.check:
            return 0
        living, broken = try_out(faults, arguments.jobs)
    except Mistake as mistake:
        print(f"error: {mistake}", file=sys.stderr)
        return 2
    noticed = len(faults) - len(living) - len(broken)
    say(f"\n{noticed} of {len(faults)} faults were noticed ({100 * noticed // len(faults)} %)")
    for fault in living:
        say(f"LIVES: {fault.name}, {fault.file}: {fault.breaks}\n    ./dev mutate {fault.name}")
    for fault in broken:
        say(f"does not compile: {fault.name}, {fault.file}")
    return 2 if broken else 1 if living else 0


sys.exit(main())
