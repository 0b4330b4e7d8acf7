import contextlib
import io
import os
import tempfile
import unittest
from pathlib import Path
from types import SimpleNamespace

import support  # noqa: F401 (it says where the modules of bench/ are)

import schema
from errors import BenchError
from schemacases import CASES

OURS = os.environ["DIALOGUE_SCHEMABENCH"]
EVENT = CASES[0]


def run(*arguments):
    out, err = io.StringIO(), io.StringIO()
    with contextlib.redirect_stdout(out), contextlib.redirect_stderr(err):
        code = schema.main(["--ours", OURS, "--seconds", "0.01", "--rounds", "1", "--no-instructions", *arguments])
    return code, out.getvalue(), err.getvalue()


class Schemas(unittest.TestCase):
    def test_each_case_fits_its_schema_for_every_peer_that_is_here(self):
        code, out, err = run()
        self.assertEqual(code, 0, err)
        rows = [line for line in out.splitlines() if line.startswith("| ")]
        self.assertEqual(len(rows), 1 + len(CASES))
        self.assertIn("| ours, µs |", rows[0])

    def test_a_case_that_is_not_there_is_told(self):
        code, _, err = run("--case", "none")
        self.assertEqual(code, 2)
        self.assertIn("there is no case none; there are event, ", err)

    def test_that_ours_takes_the_data_for_wrong_is_an_error(self):
        wrong = SimpleNamespace(name="wrong", schema=EVENT.schema, data={"text": ""})
        arguments = SimpleNamespace(seconds=0.01, rounds=1, instructions=False)
        with tempfile.TemporaryDirectory() as folder, self.assertRaisesRegex(BenchError, "wrong: ours takes the data for wrong"):
            schema.measure(wrong, {"ours": [OURS]}, arguments, Path(folder))

    def test_of_others_it_is_told(self):
        found = {"event": {"bytes": 1, "peers": {"ours": 1.5, "other": None}, "reading": 0.25}}
        self.assertEqual(schema.table(found).splitlines()[-1], "| a typical event | 1 | 1.50 | refused | 0.25 | - |")

    def test_figures_that_are_missing_are_dashes(self):
        found = {"event": {"bytes": 1234, "peers": {"ours": 1.5, "other": 1000.4}, "reading": 0.25}}
        self.assertEqual(schema.table(found).splitlines()[-1], "| a typical event | 1,234 | 1.50 | 1,000 | 0.25 | - |")


if __name__ == "__main__":
    unittest.main()
