#!/usr/bin/env python3
"""testprograms.py BUILD-DIR PATTERN: what has to be built for the ctests whose whole names fit the pattern, one target a
line: the programs of test classes, or "all" where a test runs something else. An error where no test fits."""
import json
import os
import subprocess
import sys


def test_programs(build, *selection):
    """The targets for the tests that these options of ctest select; none when no test fits."""
    build = os.path.realpath(build)
    listed = subprocess.run(["ctest", "--test-dir", build, *selection, "--show-only=json-v1"],
                            capture_output=True, text=True, check=True).stdout
    programs = {test["command"][0] for test in json.loads(listed)["tests"]}
    if all(program.startswith(f"{build}/tests/") for program in programs):
        return sorted(os.path.relpath(program, build) for program in programs)
    return ["all"]


if __name__ == "__main__":
    _, directory, wanted = sys.argv
    targets = test_programs(directory, "-R", f"^({wanted})$")
    if not targets:
        sys.exit(f"error: no test is called {wanted}. All names: ctest --test-dir {directory} -N")
    print("\n".join(targets))
