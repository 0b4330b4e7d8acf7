import json
import os
import subprocess
import sys
import unittest

from support import BENCH

import deflate
from readers import BenchError, socket

HEAD = b"HTTP/1.1 101 Switching Protocols\r\nSec-WebSocket-Extensions: permessage-deflate\r\n\r\n"


class Deflate(unittest.TestCase):
    def test_tells_what_a_delivery_costs_either_way(self):
        said = subprocess.run(
            [sys.executable, "-B", BENCH / "deflate.py", "--server", os.environ["DIALOGUE_SERVER"], "--readers", "5", "--events",
             "20", "--rounds", "1", "--json"], capture_output=True, text=True)
        self.assertEqual(said.returncode, 0, said.stderr)
        told = json.loads(said.stdout)["microseconds"]
        self.assertLessEqual({"dialogue", "dialogue, compressed"}, set(told))
        self.assertGreater(min(told.values()), 0)

    def test_says_why_there_is_no_figure(self):
        said = subprocess.run([sys.executable, "-B", BENCH / "deflate.py", "--server", "/bin/true"], capture_output=True, text=True)
        self.assertEqual((said.returncode, said.stderr), (1, "error: the server has ended\n"))

    def test_sends_json_of_that_size(self):
        size = len(json.dumps(deflate.sample()))
        self.assertTrue(9_800 < size < 10_000, size)

    def connection(self):
        listening = socket.create_server(("127.0.0.1", 0))
        self.addCleanup(listening.close)
        member = deflate.CompressedConnection(listening.getsockname()[1])
        self.addCleanup(member.socket.close)
        peer, _ = listening.accept()
        self.addCleanup(peer.close)
        return member, peer

    def test_counts_compressed_messages_however_they_are_cut(self):
        member, peer = self.connection()
        plain, small = b"\x81\x02hi", b"\xc1\x03abc"
        large, huge = b"\xc1\x7e\x01\x00" + bytes(256), b"\xc1\x7f" + (70_000).to_bytes(8, "big") + bytes(70_000)
        sent = HEAD + plain + small + large + plain + huge + small
        for at in (*range(0, 500), *range(500, len(sent), 10_000)):
            until = at + 1 if at < 500 else at + 10_000
            peer.sendall(sent[at:until])
            while not member.read():
                pass
        while member.marks < 4:
            member.read()
        self.assertEqual(member.marks, 4)

    def test_takes_no_server_that_does_not_compress(self):
        member, peer = self.connection()
        peer.sendall(b"HTTP/1.1 101 Switching Protocols\r\n\r\n")
        with self.assertRaises(BenchError):
            while True:
                member.read()


if __name__ == "__main__":
    unittest.main()
