import json
import os
import subprocess
import sys
import unittest

from support import BENCH

import readers


class Readers(unittest.TestCase):
    def test_tells_what_a_delivery_costs_by_either_way(self):
        said = subprocess.run(
            [sys.executable, "-B", BENCH / "readers.py", "--server", os.environ["DIALOGUE_SERVER"], "--readers", "20", "--events",
             "50", "--rounds", "1", "--json"], capture_output=True, text=True)
        self.assertEqual(said.returncode, 0, said.stderr)
        told = json.loads(said.stdout)
        nchan = {"nchan-sse", "nchan-websocket"} if readers.has_nchan() else set()
        self.assertEqual(set(told["microseconds"]), {"sse", "websocket"} | nchan)
        self.assertGreater(min(told["microseconds"].values()), 0)

    def test_sees_the_least_that_a_process_does(self):
        before = readers.processor_seconds(os.getpid())
        self.assertGreater(before, 0)
        self.assertGreater(readers.processor_seconds(os.getpid()), before)

    def test_says_why_there_is_no_figure(self):
        said = subprocess.run([sys.executable, "-B", BENCH / "readers.py", "--server", "/bin/true"], capture_output=True, text=True)
        self.assertEqual((said.returncode, said.stderr), (1, "error: the server has ended\n"))

    def test_counts_what_comes_in_pieces(self):
        listening = readers.socket.create_server(("127.0.0.1", 0))
        self.addCleanup(listening.close)
        member = readers.Connection(listening.getsockname()[1], b"hello")
        self.addCleanup(member.socket.close)
        peer, _ = listening.accept()
        for piece in (b'{"ma', b'rk":1}{"mark"', b":2}{", b'"mark":3}'):
            peer.sendall(piece)
            while not member.read():
                pass
        self.assertEqual(member.marks, 3)
        peer.close()
        with self.assertRaises(readers.BenchError):
            while True:
                member.read()

    def test_masks_frames_of_either_length(self):
        self.assertEqual(readers.frame("40"), b"\x81\x82\0\0\0\x0040")
        self.assertEqual(readers.frame("x" * 200)[:8], b"\x81\xfe\x00\xc8\0\0\0\0")


if __name__ == "__main__":
    unittest.main()
