#!/usr/bin/env python3
"""testprograms.py BUILD-DIR PATTERN: what has to be built for the ctests whose whole names fit the pattern, one target a
line: the programs of test classes, what a test says that it builds, or "all" where one says nothing. An error where no test
fits."""
import json
import subprocess
import sys


def test_programs(build, *selection):
    """The targets for the tests that these options of ctest select; none when no test fits."""
    listed = subprocess.run(["ctest", "--test-dir", build, *selection, "--show-only=json-v1"],
                            capture_output=True, text=True, check=True).stdout
    of_each = [targets_of(test) for test in json.loads(listed)["tests"]]
    return sorted(set().union(*of_each)) if all(of_each) else ["all"]


def targets_of(test):
    """The program of test classes that the test belongs to, or the targets that its labels "builds:TARGET" name; none where it
    runs something else. Labels name them: of a program that is not built yet ctest tells no command."""
    labels = next((each["value"] for each in test["properties"] if each["name"] == "LABELS"), [])
    return {label.removeprefix("builds:") for label in labels if label.startswith(("test_", "builds:"))}


if __name__ == "__main__":
    _, directory, wanted = sys.argv
    targets = test_programs(directory, "-R", f"^({wanted})$")
    if not targets:
        sys.exit(f"error: no test is called {wanted}. All names: ctest --test-dir {directory} -N")
    print("\n".join(targets))
