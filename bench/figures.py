"""The figures of a run: how each is read from what `dialogue-load --json` says, and how it is shown."""

from collections.abc import Callable
from dataclasses import dataclass


@dataclass(frozen=True)
class Figure:
    title: str
    read: Callable[[dict], float | None]
    digits: int  # significant ones
    more_is_better: bool = False


def _per(amount, count):
    return amount / count if count else None


def _microseconds_per_event(run):
    return _per(run["serverCpu"] * run["seconds"] * 1e6, run["events"])


def _of_deliveries(read):
    """What nothing arrived for has no latency, and no cost."""
    return lambda run: read(run) if run["deliveries"] else None


def _latency(name):
    return _of_deliveries(lambda run: run["latencyUs"][name] / 1000)


FIGURES = {
    "cpu": Figure("CPU per delivery, us", _of_deliveries(lambda run: run["serverCpuUsPerDelivery"]), 3),
    "busiest": Figure(
        "of it on the busiest thread, us", _of_deliveries(lambda run: run["serverBusiestThreadUsPerDelivery"]), 3
    ),
    "deliveries": Figure("deliveries/s", lambda run: run["deliveriesPerSecond"], 3, True),
    "p50": Figure("p50, ms", _latency("p50"), 3),
    "p99": Figure("p99, ms", _latency("p99"), 3),
    "max": Figure("max, ms", _latency("max"), 3),
    "memory": Figure("RSS per connection, KB", lambda run: run["serverRssPerConnection"] / 1024, 3),
    "connects": Figure("connects/s", lambda run: run["connectsPerSecond"], 3, True),
    "connectCpu": Figure("CPU per connect and join, us", lambda run: run["serverCpuUsPerConnection"], 3),
    "triggerCpu": Figure("CPU per trigger, us", _microseconds_per_event, 3),
    "triggers": Figure("triggers/s", lambda run: run["eventsPerSecond"], 3, True),
    "growth": Figure(
        "RSS growth while it ran, MB", lambda run: (run["serverRssEnd"] - run["serverRss"]) / 2**20, 3
    ),
    "stalledClosed": Figure("closed by the server", lambda run: run["stalledClosed"], 3),
}


def number(value: float | None, digits: int = 3) -> str:
    """With so many significant digits, and thousands apart: 0.00123, 1.2, 17,000."""
    if value is None:
        return "-"
    if value == 0:
        return "0"
    text = f"{value:.{digits}g}"
    return f"{float(text):,.0f}" if abs(value) >= 10 ** (digits - 1) else _plain(float(text), digits)


def _plain(value: float, digits: int) -> str:
    decimals = digits - 1
    while abs(value) < 10 ** (digits - 1 - decimals) and decimals < 9:
        decimals += 1
    while decimals > 0 and abs(value) >= 10 ** (digits - decimals):
        decimals -= 1
    return f"{value:.{decimals}f}"
