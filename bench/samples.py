"""What was measured, round by round, and the medians and ratios of it."""

from collections.abc import Callable
from dataclasses import dataclass, field
from statistics import median

from figures import FIGURES


@dataclass(frozen=True)
class Spread:
    """A figure over the rounds."""

    middle: float
    least: float
    most: float


def spread(values: list[float]) -> Spread | None:
    return Spread(median(values), min(values), max(values)) if values else None


@dataclass(frozen=True)
class Sample:
    load: str
    peer: str
    round: int
    run: dict | None = None  # the generator's JSON
    error: str = ""  # when there is none


@dataclass
class Samples:
    all: list[Sample] = field(default_factory=list)

    def add(self, sample: Sample):
        self.all.append(sample)

    def peers(self, load: str) -> list[str]:
        """In the order of their first run."""
        return list(dict.fromkeys(sample.peer for sample in self.all if sample.load == load))

    def errors(self, load: str, peer: str) -> list[str]:
        return list(dict.fromkeys(s.error for s in self.all if (s.load, s.peer) == (load, peer) and s.error))

    def figure(self, load: str, peer: str, name: str) -> Spread | None:
        return spread(list(self._by_round(load, peer, name).values()))

    def total(self, load: str, peer: str, key: str) -> int:
        """A count of the generator's, such as "lost", over all rounds."""
        return sum(int(s.run[key]) for s in self.all if (s.load, s.peer) == (load, peer) and s.run)

    def any(self, load: str, peer: str, holds: Callable[[dict], bool]) -> bool:
        return any(holds(s.run) for s in self.all if (s.load, s.peer) == (load, peer) and s.run)

    def ratio(self, of: tuple[str, str], to: tuple[str, str], name: str) -> Spread | None:
        """
        A figure of one (load, peer) to that of another: in each round, where both ran one after the other, and the median
        of those. A machine that is slow for a while is slow for both.
        """
        above, below = self._by_round(*of, name), self._by_round(*to, name)
        return spread([above[round] / below[round] for round in above if below.get(round)])

    def _by_round(self, load: str, peer: str, name: str) -> dict[int, float]:
        read = FIGURES[name].read
        values = {s.round: read(s.run) for s in self.all if (s.load, s.peer) == (load, peer) and s.run}
        return {round: value for round, value in values.items() if value is not None}
