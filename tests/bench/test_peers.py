"""That the generator and a peer of bench/peers understand each other, with the packages of the other tests."""

import json
import os
import shutil
import subprocess
import tempfile
import unittest
from pathlib import Path

from support import BENCH

from launch import pair
from measuring import listening_port
from peers import PEERS
from process import process

MODULES = BENCH.parent / "tests/interop/node_modules"


class Peers(unittest.TestCase):
    def test_deliver_what_the_generator_sends(self):
        with tempfile.TemporaryDirectory() as folder:
            peers = Path(folder) / "peers"
            shutil.copytree(BENCH / "peers", peers)
            (Path(folder) / "node_modules").symlink_to(MODULES)
            with process(["node", str(peers / "ws-node.mjs")], stdout=subprocess.PIPE, text=True) as running:
                port = listening_port(running.stdout.readline())
                load = [os.environ["DIALOGUE_LOAD"], "--url", f"http://127.0.0.1:{port}", "--json", "--subscribers", "5", "--idle", "3",
                        "--rate", "100", "--warmup", "0.1", "--duration", "0.5"]
                done = subprocess.run(load, capture_output=True, text=True, timeout=60)
            self.assertEqual(done.returncode, 0, done.stderr)
            told = json.loads(done.stdout)
            self.assertGreater(told["deliveries"], 0)
            self.assertEqual((told["lost"], told["refused"]), (0, 0))

    def test_speak_tls_only_where_that_is_asked_for(self):
        self.assertEqual([peer.key for peer in PEERS if peer.tls], ["dialogue-tls", "bun-tls", "nchan-tls"])
        for peer in PEERS:
            self.assertEqual(peer.tls, peer.key.endswith("-tls"), peer.key)

    def test_are_given_a_certificate_for_this_machine(self):
        with tempfile.TemporaryDirectory() as folder:
            made = pair(Path(folder))
            said = subprocess.run(["openssl", "x509", "-in", made.certificate, "-noout", "-ext", "subjectAltName"],
                                  capture_output=True, text=True, check=True).stdout
            self.assertIn("IP Address:127.0.0.1", said)
            self.assertIn("PRIVATE KEY", made.key.read_text())


if __name__ == "__main__":
    unittest.main()
