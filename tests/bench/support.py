"""Makes bench/ importable, and the runs that the tests are about."""

import sys
from pathlib import Path

BENCH = Path(__file__).resolve().parents[2] / "bench"
sys.path.insert(0, str(BENCH))


def generator_run(cpu=1.0, **changes):
    """What `dialogue-load --json` says, in part."""
    run = {
        "seconds": 5.0,
        "events": 1000,
        "eventsPerSecond": 200.0,
        "deliveries": 10000,
        "deliveriesPerSecond": 2000.0,
        "connectsPerSecond": 5000.0,
        "latencyUs": {"p50": 1500.0, "p99": 2500.0, "max": 9000.0},
        "lost": 0,
        "repeated": 0,
        "broken": 0,
        "refused": 0,
        "unsent": 0,
        "stalledClosed": 0,
        "generatorCpu": 0.5,
        "spin": False,
        "serverCpu": 0.25,
        "serverCpuUsPerDelivery": cpu,
        "serverBusiestThreadUsPerDelivery": cpu,
        "serverCpuUsPerConnection": 100.0,
        "serverRss": 20 * 2**20,
        "serverRssEnd": 22 * 2**20,
        "serverRssPerConnection": 10 * 2**10,
    }
    return run | changes
