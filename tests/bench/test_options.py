import contextlib
import io
import tempfile
import unittest
from pathlib import Path

import support  # noqa: F401

from cases import CASES
from options import read_options, split_cores
from peers import PEERS, is_installed


class Options(unittest.TestCase):
    def test_everything_when_nothing_is_said(self):
        options = read_options([])
        self.assertEqual((options.cases, options.rounds), (CASES, 3))
        self.assertEqual(options.peers, tuple(peer for peer in PEERS if is_installed(peer) and not peer.tls))
        self.assertIsNone(options.conditions.seconds)

    def test_names_are_taken_in_the_order_of_the_list(self):
        options = read_options(["--case", "b,a", "--peer", "bun,dialogue"])
        self.assertEqual([case.key for case in options.cases], ["a", "b"])
        self.assertEqual([peer.key for peer in options.peers], ["dialogue", "bun"])

    def test_quick_is_one_short_round_unless_said_otherwise(self):
        quick = read_options(["--quick"])
        self.assertEqual((quick.rounds, quick.conditions.seconds), (1, 1))
        slower = read_options(["--quick", "--rounds", "2", "--seconds", "3"])
        self.assertEqual((slower.rounds, slower.conditions.seconds), (2, 3))

    def test_a_baseline_is_measured_after_ours_or_after_those_that_are_named(self):
        with tempfile.TemporaryDirectory() as build:
            for program in ("server/dialogue-server", "bench/load/dialogue-load"):
                path = Path(build, program)
                path.parent.mkdir(parents=True)
                path.touch()
            for arguments, keys in (([], ["dialogue", "baseline"]), (["--peer", "bun"], ["bun", "baseline"])):
                options = read_options(["--baseline", build, *arguments])
                self.assertEqual([peer.key for peer in options.peers], keys)
            self.assertEqual(options.conditions.programs.baseline.server, Path(build, "server/dialogue-server").resolve())

    def test_wrong_ones_are_refused_in_words(self):
        for arguments, words in (
            (["--case", "z"], "no such case: 'z'; there are a, b"),
            (["--peer", "dialogue,nobody"], "no such peer: 'nobody'"),
            (["--case", ","], "name a case"),
            (["--rounds", "0"], "must be a number from 1 to 1000, not '0'"),
            (["--seconds", "nan"], "must be a number"),
            (["--seconds"], "expected one argument"),
            (["--out", "/"], "is no name for a file"),
            (["--bogus"], "unrecognized arguments: --bogus"),
            (["--baseline", "/nowhere"], "'/nowhere' is no build: there is no /nowhere/server/dialogue-server"),
            (["a"], "unrecognized arguments: a"),
        ):
            said = io.StringIO()
            with self.subTest(arguments), contextlib.redirect_stderr(said), self.assertRaises(SystemExit) as end:
                read_options(arguments)
            self.assertEqual(end.exception.code, 2)
            self.assertIn(words, said.getvalue())


class Cores(unittest.TestCase):
    def test_the_generator_gets_the_last(self):
        self.assertEqual(split_cores({0, 1}), (frozenset({0}), frozenset({1})))
        self.assertEqual(split_cores({2, 4, 7}), (frozenset({2, 4}), frozenset({7})))
        self.assertEqual(split_cores({3}), (None, None))


if __name__ == "__main__":
    unittest.main()
