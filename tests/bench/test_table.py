import unittest

from support import generator_run

from cases import CASES
from samples import Sample, Samples
from table import case_text, cell, markdown
from samples import Spread

CASE = {case.key: case for case in CASES}


def table_of(key, *runs):
    """One round: (load, peer, run or error) each."""
    return case_text(
        CASE[key],
        Samples([
            Sample(load, peer, 0, error=run) if isinstance(run, str) else Sample(load, peer, 0, run=run)
            for load, peer, run in runs
        ]),
    )  # fmt: skip


def row(text, title):
    return next(line for line in text.splitlines() if line.startswith(f"| {title}"))


class Cells(unittest.TestCase):
    def test_a_spread_shows_from_where_to_where(self):
        self.assertEqual(cell(Spread(1.0, 0.5, 2.0)), "1.00 (0.500..2.00)")
        self.assertEqual(cell(Spread(1.0, 1.0, 1.0)), "1.00")
        self.assertEqual(cell(None), "-")

    def test_a_table_has_a_head(self):
        self.assertEqual(markdown([["x", "y"], ["1", "2"]]), "| x | y |\n|---|---|\n| 1 | 2 |\n")


class Cases(unittest.TestCase):
    def test_a_case_that_did_not_run_is_not_there(self):
        self.assertEqual(table_of("a"), "")

    def test_ratios_are_to_the_references_that_ran(self):
        text = table_of("b", ("b", "dialogue", generator_run(1.0)), ("b", "bun", generator_run(2.0)))
        self.assertTrue(row(text, "server").endswith("| CPU per delivery : Bun native |"), text)
        self.assertTrue(row(text, "Dialogue").endswith("| 0.500 |"), text)
        self.assertTrue(row(text, "Bun").endswith("| 1 |"), text)
        self.assertNotIn(": Socket.IO", text)

    def test_the_limit_of_the_generator_is_marked_where_more_is_better(self):
        text = table_of("a", ("a", "dialogue", generator_run(generatorCpu=0.99)), ("a", "bun", generator_run()))
        self.assertEqual(row(text, "Dialogue").count("*"), 1)
        self.assertIn("2,000 *", row(text, "Dialogue"))
        self.assertNotIn("*", row(text, "Bun"))
        spinning = table_of("a", ("a", "bun", generator_run(generatorCpu=1.0, spin=True)))
        self.assertNotIn("*", row(spinning, "Bun"))

    def test_losses_and_failures_are_told(self):
        text = table_of("b", ("b", "bun", generator_run(lost=1234)), ("b", "ws", "the server did not start"))
        self.assertIn("- Bun native pub/sub: 1,234 events lost\n", text)
        self.assertIn("- ws on Node: the server did not start\n", text)
        self.assertIn("| - |", row(text, "ws"))

    def test_the_last_load_is_compared_with_the_first(self):
        text = table_of("c", ("c-100", "bun", generator_run(2.0)), ("c-10000", "bun", generator_run(3.0)))
        self.assertIn("| 10,000 idle : 100 idle | CPU per delivery | p50 |", text)
        self.assertIn("| Bun native pub/sub | 1.50 | 1.00 |", text)


if __name__ == "__main__":
    unittest.main()
