#!/usr/bin/env python3
"""Builds the libraries without the native transport, and says what it includes of Linux; then asks it for a session.

    qtonly.py --source DIR --build DIR --cxx COMPILER
"""
import argparse
import json
import re
import subprocess
import sys
import urllib.request
from pathlib import Path

# What only Linux has, be it of the kernel, of glibc or of a library for either.
OF_LINUX = re.compile(r"linux/|asm/|liburing|sys/(epoll|eventfd|timerfd|signalfd|inotify|prctl|sendfile|syscall|fanotify)\.h"
                      r"|netinet/tcp\.h|sys/un\.h|systemd/")
INCLUDE = re.compile(r'^\s*#\s*include\s+(?:"([^"]+)"|<([^>]+)>)', re.M)


def fail(text: str):
    sys.exit(f"qtonly: {text}")


def run(*command):
    done = subprocess.run([str(each) for each in command], stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True)
    if done.returncode != 0:
        fail(f"{' '.join(str(each) for each in command)} failed:\n{done.stdout[-8000:]}")
    return done.stdout


def own_files(source: Path, build: Path) -> set[Path]:
    """What is compiled of the tree, and all that it includes of it."""
    commands = json.loads((build / "compile_commands.json").read_text())
    todo = [Path(command["file"]) for command in commands]
    seen, files = set(), set()
    while todo:
        file = todo.pop()
        if file in seen or not file.is_relative_to(source) or not file.exists():
            continue
        seen.add(file)
        # What was made includes what was written, where several files are compiled as one.
        if not file.is_relative_to(build):
            files.add(file)
        for quoted, _ in INCLUDE.findall(file.read_text()):
            if quoted:
                todo += [source / quoted, file.parent / quoted]
    return files


def check_includes(source: Path, build: Path):
    files = own_files(source, build)
    if not any(file.name == "qtstream.cpp" for file in files):
        fail("the Qt transport is not among what is built: this looks at the wrong files")
    found = [f"{file.relative_to(source)} includes <{system}>" for file in sorted(files)
             for _, system in INCLUDE.findall(file.read_text()) if OF_LINUX.match(system)]
    if found:
        fail("a build without the native transport includes no header of Linux, but\n  " + "\n  ".join(found))
    print(f"none of {len(files)} files includes a header of Linux")


def check_server(program: Path):
    refused = subprocess.run([program, "native"], stdout=subprocess.PIPE, text=True, timeout=60)
    if refused.returncode == 0 or "use transport: qt" not in refused.stdout:
        fail(f"it does not say that it has no native transport, but:\n{refused.stdout}")
    with subprocess.Popen([program, "qt"], stdout=subprocess.PIPE, text=True) as child:
        try:
            url = child.stdout.readline().strip()
            if not url.startswith("http://"):
                fail(f"it does not say where it listens: {url!r}")
            with urllib.request.urlopen(f"{url}/socket.io/?EIO=4&transport=polling", timeout=60) as answer:
                body = answer.read()
            if answer.status != 200 or not body.startswith(b'0{"sid"'):
                fail(f"no session, but {answer.status} {body!r}")
        finally:
            child.terminate()
            child.wait(60)
    print("it serves")


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    for name in ("source", "build"):
        parser.add_argument(f"--{name}", type=Path, required=True)
    parser.add_argument("--cxx", required=True)
    arguments = parser.parse_args()
    source, build = arguments.source.resolve(), arguments.build.resolve()
    run("cmake", "-G", "Ninja", "-S", source / "tests" / "qtonly" / "program", "-B", build,
        f"-DCMAKE_CXX_COMPILER={arguments.cxx}", "-DCMAKE_BUILD_TYPE=Debug", "-DCMAKE_CXX_FLAGS_DEBUG=-O0",
        "-DDIALOGUE_PCH=ON", "-DCMAKE_UNITY_BUILD=ON", "-DCMAKE_UNITY_BUILD_BATCH_SIZE=16")
    check_includes(source, build)
    run("cmake", "--build", build, "--target", "qtonly")
    check_server(build / "qtonly")


main()
