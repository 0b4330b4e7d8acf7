"""python3-socketio, unmodified, over polling and websocket, against the conformance server and dialogue-server."""

import asyncio
import json
import os
import queue
import re
import subprocess
import tempfile
import unittest

import requests
import socketio

TIMEOUT = 20

CONFIG = {
    "rooms": {
        "chat": {
            "name": "Chat",
            "events": [
                {
                    "name": "message",
                    "schema": {
                        "type": "object",
                        "properties": {"text": {"type": "string", "minLength": 1, "maxLength": 1000}},
                        "required": ["text"],
                    },
                    "history": {"enabled": True, "limit": 50},
                },
                {"name": "typing"},
            ],
            "defaultSubscriptions": ["message"],
        }
    }
}


class Server:
    """A server program on a port of the system's choice; the port is read from what it prints."""

    def __init__(self, variable, *arguments, scheme="http"):
        program = os.environ.get(variable)
        if not program:
            raise RuntimeError(f"{variable} is not set. Run the tests with ctest, or set it to the program's path.")
        self._process = subprocess.Popen(
            [program, *arguments, "--port", "0"], stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True
        )
        seen = ""
        for line in self._process.stdout:
            seen += line
            match = re.search(r"(?::|port )(\d{4,5})\b", line, re.IGNORECASE)
            if match:
                self.url = f"{scheme}://127.0.0.1:{match[1]}"
                return
        raise RuntimeError(f"{program} ended without printing a port:\n{seen}")

    def stop(self):
        self._process.terminate()
        self._process.communicate(timeout=TIMEOUT)


class Client:
    """A client whose events are kept, so that none is missed between two awaits."""

    def __init__(self, namespaces=("/",)):
        self.io = socketio.AsyncClient(reconnection=False)
        self._queues = {}
        for namespace in namespaces:
            self.io.on("*", self._keep(namespace), namespace=namespace)
            self.io.on("connect_error", lambda *data, n=namespace: self._keep(n)("connect_error", *data), namespace=namespace)

    def _keep(self, namespace):
        def keep(event, *arguments):
            self._queue(event, namespace).put_nowait(arguments)

        return keep

    def _queue(self, event, namespace):
        return self._queues.setdefault((namespace, event), asyncio.Queue())

    async def next(self, event, namespace="/"):
        arguments = await asyncio.wait_for(self._queue(event, namespace).get(), TIMEOUT)
        return arguments[0] if len(arguments) == 1 else arguments

    async def connect(self, server, transports, auth=None, namespaces=("/",), wait=True):
        await self.io.connect(
            server.url, auth=auth, transports=transports, namespaces=list(namespaces), wait=wait, wait_timeout=TIMEOUT
        )
        return self

    async def ask(self, event, data):
        return await self.io.call(event, data, timeout=TIMEOUT)

    async def close(self):
        await self.io.disconnect()
        # What the library leaves open: its writer still says goodbye, over a session nobody closes.
        writer, http = getattr(self.io.eio, "write_loop_task", None), getattr(self.io.eio, "http", None)
        if writer:
            await asyncio.wait_for(asyncio.shield(writer), TIMEOUT)
            http = self.io.eio.http
        if http:
            await http.close()


class OverEveryTransport:
    """The tests; the classes below say which server and which way."""

    transports = None

    async def test_auth_is_handed_over(self):
        client = await Client().connect(self.conformance, self.transports, auth={"token": "123"})
        self.assertEqual(await client.next("auth"), {"token": "123"})
        await client.close()

    async def test_events_come_back(self):
        client = await Client().connect(self.conformance, self.transports)
        await client.io.emit("message", (1, "two", {"three": [True, None, "\u20ac\U0001f600"]}))
        self.assertEqual(await client.next("message-back"), (1, "two", {"three": [True, None, "\u20ac\U0001f600"]}))
        await client.close()

    async def test_acks(self):
        client = await Client().connect(self.conformance, self.transports)
        self.assertEqual(await client.ask("message-with-ack", {"a": [1, 2]}), {"a": [1, 2]})
        await client.close()

    async def test_binary_both_ways(self):
        client = await Client().connect(self.conformance, self.transports)
        value = {"name": "picture", "bytes": bytes(range(256)), "more": [b"", b"\x00" * 70000]}
        await client.io.emit("message", value)
        self.assertEqual(await client.next("message-back"), value)
        self.assertEqual(await client.ask("message-with-ack", value), value)
        await client.close()

    async def test_two_namespaces(self):
        both = ("/", "/custom")
        client = await Client(both).connect(self.conformance, self.transports, auth={"a": 1}, namespaces=both)
        self.assertEqual(await client.next("auth", "/custom"), {"a": 1})
        self.assertEqual(await client.next("auth"), {"a": 1})
        await client.close()

    async def test_unknown_namespace(self):
        nowhere = ("/nowhere",)
        client = await Client(nowhere).connect(self.conformance, self.transports, namespaces=nowhere, wait=False)
        self.assertEqual(await client.next("connect_error", "/nowhere"), {"message": "Invalid namespace"})
        await client.close()

    async def test_it_stays_over_several_heartbeats(self):
        client = await Client().connect(self.conformance, self.transports)
        await asyncio.sleep(1.5)  # five heartbeats of the conformance server
        self.assertTrue(client.io.connected)
        self.assertEqual(await client.ask("message-with-ack", "alive"), "alive")
        await client.close()

    async def test_two_clients_chat(self):
        ann = await Client().connect(self.dialogue, self.transports, auth={"userId": "ann"})
        ben = await Client().connect(self.dialogue, self.transports, auth={"userId": "ben"})
        self.assertEqual((await ann.next("dialogue:connected"))["userId"], "ann")
        for client in (ann, ben):
            answer = await client.ask("dialogue:join", {"roomId": "chat"})
            self.assertTrue(answer["ok"])
            self.assertEqual((await client.next("dialogue:joined"))["roomName"], "Chat")
        await ann.io.emit("dialogue:trigger", {"roomId": "chat", "event": "message", "data": {"text": "hello"}})
        for client in (ann, ben):
            event = await client.next("dialogue:event")
            self.assertEqual((event["event"], event["data"], event["from"]), ("message", {"text": "hello"}, "ann"))
        await ben.io.emit("dialogue:trigger", {"roomId": "chat", "event": "message", "data": {"text": ""}})
        self.assertEqual((await ben.next("dialogue:error"))["code"], "VALIDATION_FAILED")
        history = await ben.ask("dialogue:getHistory", {"roomId": "chat", "eventName": "message"})
        self.assertTrue(history["ok"])
        self.assertEqual((await ben.next("dialogue:historyResponse"))["events"][0]["data"], {"text": "hello"})
        await ann.close()
        await ben.close()


class SyncOverEveryTransport:
    """The client without asyncio, which has threads, requests and websocket-client under it."""

    transports = None

    def connect(self, server, auth=None):
        client = socketio.Client(reconnection=False)
        kept = queue.Queue()
        client.on("*", lambda event, *arguments: kept.put((event, arguments)))
        client.connect(server.url, auth=auth, transports=self.transports, wait_timeout=TIMEOUT)
        self.addCleanup(client.disconnect)
        return client, kept

    @staticmethod
    def next(kept, wanted):
        while True:
            event, arguments = kept.get(timeout=TIMEOUT)
            if event == wanted:
                return arguments[0] if len(arguments) == 1 else arguments

    def test_sync_auth_acks_and_binary(self):
        client, kept = self.connect(self.conformance, auth={"token": "123"})
        self.assertEqual(self.next(kept, "auth"), {"token": "123"})
        value = {"bytes": bytes(range(256)), "text": "\u20ac\U0001f600"}
        self.assertEqual(client.call("message-with-ack", value, timeout=TIMEOUT), value)

    def test_sync_clients_chat(self):
        clients = [self.connect(self.dialogue, auth={"userId": name}) for name in ("ann", "ben")]
        for client, _ in clients:
            self.assertTrue(client.call("dialogue:join", {"roomId": "chat"}, timeout=TIMEOUT)["ok"])
        clients[0][0].emit("dialogue:trigger", {"roomId": "chat", "event": "message", "data": {"text": "hello"}})
        for _, kept in clients:
            event = self.next(kept, "dialogue:event")
            self.assertEqual((event["data"], event["from"]), ({"text": "hello"}, "ann"))


class ServersMixin:
    @classmethod
    def setUpClass(cls):
        cls.conformance = Server("DIALOGUE_CONFORMANCE_SERVER", "--protocol", "socketio")
        cls.config = tempfile.NamedTemporaryFile("w", suffix=".json")
        json.dump(CONFIG, cls.config)
        cls.config.flush()
        cls.dialogue = Server("DIALOGUE_SERVER", "--config", cls.config.name, "--host", "127.0.0.1")

    @classmethod
    def tearDownClass(cls):
        cls.conformance.stop()
        cls.dialogue.stop()
        cls.config.close()


class OverPolling(OverEveryTransport, ServersMixin, unittest.IsolatedAsyncioTestCase):
    transports = ["polling"]


class OverWebSocket(OverEveryTransport, ServersMixin, unittest.IsolatedAsyncioTestCase):
    transports = ["websocket"]


class OverBoth(OverEveryTransport, ServersMixin, unittest.IsolatedAsyncioTestCase):
    transports = ["polling", "websocket"]


class SyncOverPolling(SyncOverEveryTransport, ServersMixin, unittest.TestCase):
    transports = ["polling"]


class SyncOverWebSocket(SyncOverEveryTransport, ServersMixin, unittest.TestCase):
    transports = ["websocket"]


class SyncOverBoth(SyncOverEveryTransport, ServersMixin, unittest.TestCase):
    transports = ["polling", "websocket"]


class OverTls(unittest.TestCase):
    """wss and https of dialogue-server's own, with a certificate that the client is told to trust."""

    @classmethod
    def setUpClass(cls):
        cls.folder = tempfile.TemporaryDirectory()
        cls.certificate = os.path.join(cls.folder.name, "server.crt")
        key = os.path.join(cls.folder.name, "server.key")
        subprocess.run(
            ["openssl", "req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256", "-nodes", "-days", "3", "-subj"]
            + ["/CN=localhost", "-addext", "subjectAltName=IP:127.0.0.1", "-keyout", key, "-out", cls.certificate],
            check=True,
            stderr=subprocess.DEVNULL,
        )
        config = os.path.join(cls.folder.name, "config.json")
        with open(config, "w", encoding="utf-8") as file:
            json.dump({**CONFIG, "tls": {"certificate": cls.certificate, "key": key}}, file)
        cls.dialogue = Server("DIALOGUE_SERVER", "--config", config, "--host", "127.0.0.1", scheme="https")

    @classmethod
    def tearDownClass(cls):
        cls.dialogue.stop()
        cls.folder.cleanup()

    def connect(self, transports, verify):
        session = requests.Session()
        session.verify = verify
        session.trust_env = False  # REQUESTS_CA_BUNDLE would take its place
        client = socketio.Client(reconnection=False, http_session=session)
        kept = queue.Queue()
        client.on("*", lambda event, *arguments: kept.put((event, arguments)))
        client.connect(self.dialogue.url, auth={"userId": "ann"}, transports=transports, wait_timeout=TIMEOUT)
        self.addCleanup(client.disconnect)
        return client, kept

    def test_clients_chat(self):
        for transports in (["polling"], ["websocket"], ["polling", "websocket"]):
            with self.subTest(transports):
                client, kept = self.connect(transports, self.certificate)
                self.assertTrue(client.call("dialogue:join", {"roomId": "chat"}, timeout=TIMEOUT)["ok"])
                client.emit("dialogue:trigger", {"roomId": "chat", "event": "message", "data": {"text": "hello"}})
                self.assertEqual(SyncOverEveryTransport.next(kept, "dialogue:event")["data"], {"text": "hello"})

    def test_a_strangers_certificate_is_not_trusted(self):
        for transport in ("polling", "websocket"):
            with self.subTest(transport), self.assertRaises(socketio.exceptions.ConnectionError):
                self.connect([transport], True)


if __name__ == "__main__":
    unittest.main(verbosity=2)
