"""What is measured: the loads that `dialogue-load` puts on a server, and which of its figures count for each."""

from dataclasses import dataclass, field


@dataclass(frozen=True)
class Load:
    """One run of the generator."""

    key: str
    title: str
    arguments: tuple[str, ...]
    seconds: float = 5  # to measure, if the options do not say less
    rooms: int = 1

    @property
    def publishes(self) -> bool:
        return "--publishers 0" not in " ".join(self.arguments)


@dataclass(frozen=True)
class Case:
    """A question, answered by one load, or by comparing several."""

    key: str
    title: str
    loads: tuple[Load, ...]
    figures: tuple[str, ...]  # names of figures.py; the first is what the ratios are about
    across: tuple[str, ...] = field(default=())  # figures compared between the last load and the first


def _load(key, title, arguments, rooms=1, seconds=5.0):
    return Load(key, title, (*arguments.split(), "--rooms", str(rooms)), seconds, rooms)


_LATENCY = ("p50", "p99", "max")

CASES = (
    Case(
        "a",
        "1 room, 1,000 subscribers, 200-byte events, as fast as it goes",
        (_load("a", "", "--subscribers 1000"),),
        ("cpu", "busiest", "deliveries", *_LATENCY),
    ),
    Case(
        "b",
        "1 room, 1,000 subscribers, 200-byte events, 100 a second",
        (_load("b", "", "--subscribers 1000 --rate 100"),),
        ("cpu", "busiest", "deliveries", *_LATENCY),
    ),
    Case(
        "c",
        "10 subscribers, 1,000 events a second, idle connections beside them",
        tuple(
            _load(f"c-{idle}", f"{idle:,} idle", f"--subscribers 10 --rate 1000 --idle {idle}")
            for idle in (100, 2000, 10000)
        ),
        ("cpu", *_LATENCY),
        across=("cpu", "p50"),
    ),
    Case(
        "d",
        "10,000 idle connections",
        (_load("d", "", "--subscribers 0 --publishers 0 --idle 10000", seconds=2),),
        ("memory",),
    ),
    Case(
        "e",
        "5,000 clients connect, and each joins one of 50 rooms",
        (_load("e", "", "--subscribers 5000 --publishers 0", rooms=50, seconds=0.2),),
        ("connects", "connectCpu"),
    ),
    Case(
        "f",
        "1,000 rooms of 10 subscribers and a publisher each, 2,000 events a second spread over them",
        (_load("f", "", "--subscribers 10000 --publishers 1000 --rate 2000", rooms=1000),),
        ("cpu", *_LATENCY),
    ),
    Case(
        "g",
        "500 rooms of 2 subscribers and a publisher each, events as fast as it goes",
        (_load("g", "", "--subscribers 1000 --publishers 500 --window 4", rooms=500),),
        ("triggerCpu", "triggers", *_LATENCY),
    ),
    Case(
        "h",
        # What the kernel and a queue of 4 MiB take is full after ten seconds.
        "1 room, 1,000 subscribers, 16,000-byte events, 50 a second; one of them never reads",
        (
            _load("h-0", "all read", "--subscribers 1000 --rate 50 --size 16000", seconds=13),
            _load("h-1", "one never reads", "--subscribers 999 --stalled 1 --rate 50 --size 16000", seconds=13),
        ),
        ("p99", "p50", "max", "cpu", "growth", "stalledClosed"),
        across=("p99",),
    ),
)
