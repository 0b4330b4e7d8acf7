"""How each server is started: its command, and its configuration where it takes one."""

import os
import shutil
import socket
import subprocess
from collections.abc import Callable
from dataclasses import dataclass, replace
from pathlib import Path

HERE = Path(__file__).resolve().parent
BUN = HERE / "node_modules" / "bun" / "bin" / "bun.exe"  # so named on every system


@dataclass(frozen=True)
class Programs:
    """What was built here."""

    server: Path
    generator: Path
    baseline: "Programs | None" = None  # of another build


@dataclass(frozen=True)
class Pair:
    """A certificate for 127.0.0.1 which is its own authority, and its key: files."""

    certificate: Path
    key: Path


def pair(folder: Path) -> Pair:
    """On P-256, as servers are given today."""
    made = Pair(folder / "server.crt", folder / "server.key")
    subprocess.run(
        ["openssl", "req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256", "-nodes", "-days", "30",
         "-subj", "/CN=bench", "-addext", "subjectAltName=IP:127.0.0.1",
         "-keyout", str(made.key), "-out", str(made.certificate)],
        capture_output=True, check=True, timeout=30,
    )  # fmt: skip
    return made


@dataclass(frozen=True)
class Setting:
    """What a server is started for."""

    programs: Programs
    folder: Path  # its own, for configuration and the like
    rooms: int
    tls: "Pair | None" = None  # to speak TLS with


@dataclass(frozen=True)
class Launch:
    command: list[str]
    port: int | None = None  # None: it says so itself, "listens on ...:PORT"


def ours(workers: int | None = None) -> Callable[[Setting], Launch]:
    """With schema, history and offsets, as its generator's --print-config has it; workers as it comes, if None."""

    def launch(setting: Setting) -> Launch:
        command = [str(setting.programs.generator), "--print-config", "--rooms", str(setting.rooms)]
        config = setting.folder / "server.yaml"
        text = subprocess.run(command, capture_output=True, text=True, timeout=30, check=True).stdout
        if setting.tls:
            limits = "maxHandshakes: 60000, maxHandshakesPerIp: 60000"
            text += f"tls: {{certificate: {setting.tls.certificate}, key: {setting.tls.key}, {limits}}}\n"
        config.write_text(text)
        server = [str(setting.programs.server), "--config", str(config), "--port", "0"]
        return Launch(server if workers is None else [*server, "--workers", str(workers)])

    return launch


def baseline(setting: Setting) -> Launch:
    """Another build's server, configured as its own generator says."""
    return ours()(replace(setting, programs=setting.programs.baseline))


def node(script: str, *arguments: str) -> Callable[[Setting], Launch]:
    return lambda _setting: Launch(["node", str(HERE / "peers" / script), *arguments])


def bun(script: str, *arguments: str) -> Callable[[Setting], Launch]:
    def launch(setting: Setting) -> Launch:
        tls = [str(setting.tls.certificate), str(setting.tls.key)] if setting.tls else []
        return Launch([str(BUN), str(HERE / "peers" / script), *arguments, *tls])

    return launch


def nats(setting: Setting) -> Launch:
    config = setting.folder / "nats.conf"
    config.write_text(
        """
        listen: "127.0.0.1:-1"
        websocket { listen: "127.0.0.1:-1", no_tls: true }
        max_connections: 60000
        """
    )
    return Launch([system_program("nats-server") or "nats-server", "-c", str(config)])


def nchan(setting: Setting) -> Launch:
    """One process, which keeps as many messages of a channel as ours keeps of an event."""
    port = free_port()
    nginx = system_program("nginx") or "nginx"
    config = setting.folder / "nginx.conf"
    tls = f"ssl_protocols TLSv1.2 TLSv1.3; ssl_certificate {setting.tls.certificate}; ssl_certificate_key {setting.tls.key};" if setting.tls else ""
    config.write_text(
        f"""
        load_module {nchan_module(nginx)};
        daemon off;
        master_process off;
        pid {setting.folder}/nginx.pid;
        worker_rlimit_nofile 20000;
        events {{ worker_connections 20000; }}
        http {{
            access_log off;
            nchan_shared_memory_size 512m;
            server {{
                listen 127.0.0.1:{port} {"ssl" if tls else ""} backlog=4096;
                {tls}
                location ~ ^/(.+)$ {{
                    nchan_pubsub websocket eventsource;
                    nchan_channel_id $1;
                    nchan_message_buffer_length 50;
                    nchan_subscriber_first_message newest;
                }}
            }}
        }}
        """
    )
    return Launch([nginx, "-e", "stderr", "-p", str(setting.folder), "-c", str(config)], port)


def nchan_module(nginx: str) -> Path:
    return Path(nginx).resolve().parents[1] / "lib/nginx/modules/ngx_nchan_module.so"


def system_program(name: str) -> str | None:
    """Servers are not on everybody's PATH."""
    return shutil.which(name, path=os.environ.get("PATH", "") + ":/usr/sbin")


def free_port() -> int:
    """For a server that cannot take any port and say which."""
    with socket.create_server(("127.0.0.1", 0)) as server:
        return server.getsockname()[1]
