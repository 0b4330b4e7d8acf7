import unittest
from pathlib import Path

import support  # noqa: F401

from cases import CASES
from errors import BenchError
from measuring import Conditions, generator_command, listening_port, measure, measured_seconds
from launch import Launch, Pair, Programs
from peers import PEERS, Peer

LOADS = {load.key: load for case in CASES for load in case.loads}
PEER = {peer.key: peer for peer in PEERS}
PROGRAMS = Programs(Path("server"), Path("generator"))


class ListeningPort(unittest.TestCase):
    def test_is_found_in_what_a_server_says(self):
        self.assertEqual(listening_port("Listening on http://127.0.0.1:4321\n"), 4321)
        nats = "[INF] Listening for websocket clients on ws://127.0.0.1:42\n[INF] Listening for client connections on 127.0.0.1:43\n"
        self.assertEqual(listening_port(nats), 42)
        self.assertEqual(listening_port("dialogue-server listens on https://127.0.0.1:44\n"), 44)
        self.assertEqual(listening_port("hello\ndialogue-server listens on http://[::1]:80\n"), 80)

    def test_is_not_there_before_it_is_said(self):
        self.assertIsNone(listening_port("Listening on http://127.0.0.1:"))
        self.assertIsNone(listening_port("Listening on http://127.0.0.1:43"))  # it may go on
        self.assertIsNone(listening_port(""))


class GeneratorCommand(unittest.TestCase):
    def test_has_the_load_and_the_server(self):
        command = generator_command(PEER["nats"], LOADS["c-2000"], Conditions(PROGRAMS), 1234, 99)
        text = " ".join(command)
        self.assertTrue(text.startswith("generator --json --wire nats --url http://127.0.0.1:1234 --server-pid 99 "), text)
        self.assertIn("--subscribers 10 --rate 1000 --idle 2000 --rooms 1", text)
        self.assertNotIn("--spin", text)
        tls = Pair(Path("server.crt"), Path("server.key"))
        secured = " ".join(generator_command(PEER["bun-tls"], LOADS["a"], Conditions(PROGRAMS), 1, 2, tls))
        self.assertIn("--url https://127.0.0.1:1 ", secured)
        self.assertTrue(secured.endswith(" --ca server.crt"), secured)
        spinning = generator_command(PEER["bun"], LOADS["a"], Conditions(PROGRAMS, spin=True), 1, 2)
        self.assertEqual(spinning[-1], "--spin")

    def test_loads_that_only_connect_take_no_longer_than_they_need(self):
        self.assertEqual(measured_seconds(LOADS["e"], Conditions(PROGRAMS, seconds=60)), LOADS["e"].seconds)
        self.assertEqual(measured_seconds(LOADS["a"], Conditions(PROGRAMS, seconds=60)), 60)
        self.assertEqual(measured_seconds(LOADS["h-1"], Conditions(PROGRAMS, seconds=1)), 1)
        self.assertEqual(measured_seconds(LOADS["a"], Conditions(PROGRAMS)), 5)


class Loads(unittest.TestCase):
    def test_have_a_name_of_their_own(self):
        self.assertEqual(len(LOADS), sum(len(case.loads) for case in CASES))

    def test_have_room_for_the_files_a_process_may_open(self):
        for load in LOADS.values():
            given = dict(zip(load.arguments[::2], load.arguments[1::2]))
            connections = sum(int(given.get(option, 0)) for option in ("--subscribers", "--idle", "--publishers"))
            self.assertLess(connections, 19_000, load.key)


class Servers(unittest.TestCase):
    def test_one_that_does_not_start_says_why(self):
        programs = Programs(Path("unused"), Path("/bin/true"))
        peer = Peer("x", "X", lambda _setting: Launch(["/bin/sh", "-c", "echo no port left; exit 1"]), ())
        with self.assertRaisesRegex(BenchError, "did not start: no port left"):
            measure(peer, LOADS["a"], Conditions(programs))

    def test_a_generator_that_says_nothing_is_an_error(self):
        programs = Programs(Path("unused"), Path("/bin/true"))
        script = "echo Listening on http://127.0.0.1:1; exec sleep 60"
        peer = Peer("x", "X", lambda _setting: Launch(["/bin/sh", "-c", script]), ())
        with self.assertRaisesRegex(BenchError, "dialogue-load: exit code 0"):
            measure(peer, LOADS["a"], Conditions(programs))


if __name__ == "__main__":
    unittest.main()
