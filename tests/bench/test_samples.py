import unittest

from support import generator_run

from samples import Sample, Samples, Spread, spread


def samples(**cpu_of_rounds):
    result = Samples()
    for round in range(max(map(len, cpu_of_rounds.values()))):
        for peer, cpus in cpu_of_rounds.items():
            if round < len(cpus):
                result.add(Sample("a", peer, round, run=generator_run(cpus[round])))
    return result


class Medians(unittest.TestCase):
    def test_the_middle_and_the_ends_of_the_rounds(self):
        self.assertEqual(samples(ours=[3.0, 1.0, 8.0]).figure("a", "ours", "cpu"), Spread(3.0, 1.0, 8.0))
        self.assertEqual(samples(ours=[1.0, 2.0]).figure("a", "ours", "cpu"), Spread(1.5, 1.0, 2.0))

    def test_nothing_measured_is_no_number(self):
        self.assertIsNone(spread([]))
        self.assertIsNone(samples(ours=[1.0]).figure("b", "ours", "cpu"))

    def test_a_failed_round_is_left_out_and_told(self):
        measured = samples(ours=[4.0])
        measured.add(Sample("a", "ours", 1, error="it did not start"))
        self.assertEqual(measured.figure("a", "ours", "cpu"), Spread(4.0, 4.0, 4.0))
        self.assertEqual(measured.errors("a", "ours"), ["it did not start"])


class Ratios(unittest.TestCase):
    def test_are_taken_in_each_round(self):
        # The machine was ten times as slow in the second round: the ratio does not show it.
        measured = samples(ours=[1.0, 10.0, 1.0], bun=[2.0, 20.0, 4.0])
        self.assertEqual(measured.ratio(("a", "ours"), ("a", "bun"), "cpu"), Spread(0.5, 0.25, 0.5))

    def test_need_both_in_the_same_round(self):
        measured = samples(ours=[1.0, 3.0], bun=[2.0])
        self.assertEqual(measured.ratio(("a", "ours"), ("a", "bun"), "cpu"), Spread(0.5, 0.5, 0.5))
        self.assertIsNone(measured.ratio(("a", "ours"), ("a", "ws"), "cpu"))

    def test_are_not_taken_to_nothing(self):
        self.assertIsNone(samples(ours=[1.0], bun=[0.0]).ratio(("a", "ours"), ("a", "bun"), "cpu"))


class Counts(unittest.TestCase):
    def test_are_summed_over_the_rounds(self):
        measured = Samples([Sample("a", "ours", round, run=generator_run(lost=round)) for round in range(3)])
        self.assertEqual(measured.total("a", "ours", "lost"), 3)

    def test_peers_come_in_the_order_they_ran(self):
        self.assertEqual(samples(ours=[1.0, 1.0], bun=[1.0, 1.0]).peers("a"), ["ours", "bun"])


if __name__ == "__main__":
    unittest.main()
