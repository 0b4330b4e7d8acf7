"""The whole of ./dev bench against the server built here: that it works, not how fast it is."""

import json
import os
import subprocess
import sys
import tempfile
import unittest
from pathlib import Path

from support import BENCH

PROGRAMS = ["--server", os.environ.get("DIALOGUE_SERVER", ""), "--generator", os.environ.get("DIALOGUE_LOAD", "")]


def run(*arguments):
    return subprocess.run(
        [sys.executable, "-B", str(BENCH / "run.py"), *arguments], capture_output=True, text=True, timeout=170
    )


class Bench(unittest.TestCase):
    def test_writes_a_table_and_every_run(self):
        with tempfile.TemporaryDirectory() as folder:
            out = Path(folder) / "made" / "results.md"
            done = run(
                *PROGRAMS, "--case", "b,e", "--peer", "dialogue", "--quick", "--seconds", "0.3", "--out", str(out)
            )
            self.assertEqual(done.returncode, 0, done.stderr)
            text = out.read_text()
            self.assertEqual(text.strip(), done.stdout.strip())
            self.assertIn("| Dialogue, as it comes |", text)
            self.assertIn("[2/2] e ", done.stderr)
            runs = json.loads(Path(f"{out}.json").read_text())["runs"]
            self.assertEqual([run["load"] for run in runs], ["b", "e"])
            self.assertGreater(runs[0]["run"]["deliveries"], 0)
            self.assertEqual(runs[1]["run"]["connections"], 5000)

    def test_compares_with_another_build(self):
        build = Path(PROGRAMS[1]).parents[1]
        with tempfile.TemporaryDirectory() as folder:
            out = Path(folder) / "results.md"
            done = run(*PROGRAMS, "--baseline", str(build), "--case", "b", "--quick", "--seconds", "0.3", "--out", str(out))
            self.assertEqual(done.returncode, 0, done.stderr)
            self.assertIn("| CPU per delivery : the baseline |", done.stdout)
            self.assertIn("| Dialogue, the baseline |", done.stdout)

    def test_says_what_is_missing(self):
        done = run("--server", "/nowhere/dialogue-server", *PROGRAMS[2:], "--peer", "dialogue")
        self.assertEqual(done.returncode, 1)
        self.assertIn("error: /nowhere/dialogue-server is missing", done.stderr)

    def test_checks_options_without_running(self):
        self.assertEqual(run("--check").returncode, 0)
        self.assertEqual(run("--check", "--case", "z").returncode, 2)


if __name__ == "__main__":
    unittest.main()
