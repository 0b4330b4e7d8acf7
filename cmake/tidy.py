#!/usr/bin/env python3
"""Runs clang-tidy over the sources of a configured build, many files at a time.

Nearly all of clang-tidy's time goes into the headers, which it goes through again for each file. Files are
therefore included into one, which is checked in their place. Where something is found there, the files that it is found in
are checked alone, and what is found in those counts: files of which each is right may not fit into one, when two use the
same name. Where it is found in none of them (a header, say), each half is checked, down to single files.
"""
import argparse
import concurrent.futures
import json
import os
import pathlib
import re
import subprocess
import sys

PER_GROUP = 90
MOST_ALONE = 8
CONFIG = pathlib.Path(__file__).resolve().parent.parent / ".clang-tidy"
FILTER = r"/(core|process|server|client|cli|console|manual|bench)/.*\.(h|cpp)$"


def parse_arguments():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("-p", dest="build", type=pathlib.Path, required=True, help="the build directory")
    parser.add_argument("-j", dest="jobs", type=int, default=os.cpu_count())
    parser.add_argument("folders", nargs="+", type=pathlib.Path,
                        help="these files, and what is below these folders, are checked")
    return parser.parse_args()


def commands_of(build, folders):
    """The files below the folders, each with its entry in the compilation database."""
    with open(build / "compile_commands.json") as file:
        entries = json.load(file)
    below = tuple(f"{folder.resolve()}{'/' if folder.is_dir() else ''}" for folder in folders)
    return {entry["file"]: entry for entry in entries
            if entry["file"].startswith(below) and not entry["file"].startswith(f"{build.resolve()}/")}


def flags_of(entry):
    """What of the command is not of this one file. An option that is two words stays one."""
    words = entry["command"].split()
    for option in ("-o", "-c"):
        if option in words:
            del words[words.index(option):words.index(option) + 2]
    flags = []
    for word in words:
        if flags and flags[-1] == "-isystem":
            flags[-1] += f" {word}"
        else:
            flags.append(word)
    return flags


def flags_of_all(commands):
    """Those of any: what a target may include or defines hurts no other."""
    return " ".join(dict.fromkeys(flag for _, entry in sorted(commands.items()) for flag in flags_of(entry)))


def stands_in(file):
    """Whether it is what a system gets that lacks the other: both have the same functions."""
    path = pathlib.Path(file)
    return path.name.startswith("no") and path.with_name(path.name[2:]).exists()


def grouped(files):
    """Neighbours together, as they include the same; each top folder for itself."""
    kinds = {}
    for file in files:
        kinds.setdefault((os.path.relpath(file).split("/")[0], stands_in(file)), []).append(file)
    for alike in kinds.values():
        count = -(-len(alike) // PER_GROUP)
        yield from (alike[len(alike) * at // count:len(alike) * (at + 1) // count] for at in range(count))


def check(work, name, flags, files):
    """What was found in these files: text, empty when nothing was."""
    folder = work / name
    folder.mkdir(parents=True, exist_ok=True)
    checked = files[0]
    if len(files) > 1:
        checked = folder / "together.cpp"
        checked.write_text("".join(f'#include "{file}" // NOLINT(bugprone-suspicious-include)\n' for file in files))
    database = [{"directory": str(folder), "file": str(checked), "command": f"{flags} -c {checked}"}]
    (folder / "compile_commands.json").write_text(json.dumps(database))
    result = subprocess.run(["clang-tidy", "-p", folder, "--quiet", "--warnings-as-errors=*", f"--config-file={CONFIG}",
                             "--extra-arg=-Wno-unused-command-line-argument",  # some of them are GCC's
                             f"--header-filter={FILTER}", checked], capture_output=True, text=True, check=False)
    if result.returncode == 0:
        return ""
    if len(files) == 1:
        return result.stdout or result.stderr
    return "".join(check(work, f"{name}.{at}", flags, part) for at, part in enumerate(parts_of(files, result.stdout)))


def parts_of(files, output):
    named = set(re.findall(r"^(/[^:]+):\d+:\d+: (?:error|warning)", output, re.M)).intersection(files)
    if 0 < len(named) < min(len(files), MOST_ALONE):
        return [*([file] for file in files if file in named), [file for file in files if file not in named]]
    half = len(files) // 2
    return [files[:half], files[half:]]


def main():
    arguments = parse_arguments()
    commands = commands_of(arguments.build, arguments.folders)
    missing = [str(file) for folder in arguments.folders for file in folder.resolve().rglob("*.cpp")
               if str(file) not in commands and "node_modules" not in file.parts]
    if missing:
        sys.exit("error: no target of this build compiles:\n  " + "\n  ".join(sorted(missing)))
    if not commands:
        sys.exit("error: there is nothing to check in " + " ".join(map(str, arguments.folders)))
    work = arguments.build.resolve() / "tidy"
    flags = flags_of_all(commands)
    groups = list(grouped(sorted(commands)))
    done, found = 0, False
    with concurrent.futures.ThreadPoolExecutor(arguments.jobs) as pool:
        running = {pool.submit(check, work, str(number), flags, group): group for number, group in enumerate(groups)}
        for each in concurrent.futures.as_completed(running):
            done += len(running[each])
            print(f"[{done}/{len(commands)}] {os.path.relpath(os.path.dirname(running[each][0]))}", flush=True)
            if text := each.result():
                found = True
                print(text, flush=True)
    sys.exit(1 if found else 0)


main()
