import unittest

from support import generator_run

from cases import CASES
from figures import FIGURES, number


class NumbersAreShownWithSignificantDigits(unittest.TestCase):
    def test_table(self):
        for value, text in (
            (None, "-"), (0, "0"), (0.001234, "0.00123"), (0.0999, "0.0999"), (0.4449, "0.445"), (0.9999, "1.00"),
            (1, "1.00"), (9.996, "10.0"), (12.34, "12.3"), (99.96, "100"), (123.4, "123"), (16999, "17,000"),
            (2345678, "2,350,000"), (-2.5, "-2.50"), (-2500, "-2,500"),
        ):  # fmt: skip
            with self.subTest(value):
                self.assertEqual(number(value), text)


class Figures(unittest.TestCase):
    def test_every_case_names_figures_that_exist(self):
        for case in CASES:
            for name in case.figures + case.across:
                self.assertIn(name, FIGURES, case.key)

    def test_each_is_read_from_a_run(self):
        run = generator_run()
        for name, value in {
            "cpu": 1.0, "p50": 1.5, "max": 9.0, "memory": 10.0, "growth": 2.0,
            "triggerCpu": 1250.0,  # 0.25 of a core for 5 s, by 1,000 events
        }.items():  # fmt: skip
            self.assertEqual(FIGURES[name].read(run), value, name)
        for figure in FIGURES.values():
            self.assertIsNotNone(figure.read(run), figure.title)

    def test_what_nothing_arrived_for_has_no_latency(self):
        run = generator_run(deliveries=0)
        self.assertIsNone(FIGURES["p99"].read(run))
        self.assertIsNone(FIGURES["cpu"].read(run))

    def test_nothing_is_divided_by_no_events(self):
        self.assertIsNone(FIGURES["triggerCpu"].read(generator_run(events=0)))


if __name__ == "__main__":
    unittest.main()
