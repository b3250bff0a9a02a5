"""A real Elasticsearch for tests: unpacked once a session, started as an unprivileged user on free ports."""

import contextlib
import json
import os
import shutil
import signal
import socket
import subprocess
import tempfile
import time
import urllib.error
import urllib.request
import zipfile
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from django.conf import settings

VERSION = "8.19.8"
ARTIFACT = f"org.elasticsearch.distribution.integ-test-zip:elasticsearch:{VERSION}:zip"
ARCHIVE = settings.VAR_DIR / "elasticsearch" / f"elasticsearch-{VERSION}.zip"
# The server that all processes of a test run share: {"run", "url", "pid", "folder"}.
STATE = settings.VAR_DIR / "test-elasticsearch.json"
STARTS_WITHIN = 180  # seconds; about 20 on a quiet machine
JVMS = Path("/usr/lib/jvm")
UNPRIVILEGED = "nobody"  # Elasticsearch refuses to run as root


class NotHere(Exception):
    """This machine cannot run Elasticsearch; `str()` says what is missing."""


def java_home() -> str:
    """A JDK of 17 or later."""
    places = [os.environ.get("ES_JAVA_HOME"), *sorted(map(str, JVMS.glob("*17*")))]
    on_path = shutil.which("java")
    if on_path:
        places.append(str(Path(on_path).resolve().parents[1]))
    for place in places:
        if place and (Path(place) / "bin" / "java").exists():
            return place
    raise NotHere("there is no Java 17")


def archive() -> Path:
    """The server's archive, fetched by Maven where it is not here yet."""
    if ARCHIVE.exists():
        return ARCHIVE
    maven = shutil.which("mvn")
    if maven is None:
        raise NotHere("there is no Maven to fetch it with")
    fetch = [maven, "-q", "-B", "dependency:copy", f"-Dartifact={ARTIFACT}", f"-DoutputDirectory={ARCHIVE.parent}"]
    if subprocess.run(fetch, capture_output=True).returncode or not ARCHIVE.exists():
        raise NotHere(f"Maven could not fetch {ARTIFACT}")
    return ARCHIVE


def unpacked() -> Path:
    """The program in a folder of its own that an unprivileged user can reach."""
    java_home()
    folder = Path(tempfile.mkdtemp(prefix="talent-elasticsearch-"))
    with zipfile.ZipFile(archive()) as file:
        file.extractall(folder)
    home = next(folder.glob("elasticsearch-*"))
    for program in [*home.glob("bin/*"), *home.glob("lib/tools/*/bin/*")]:
        program.chmod(0o755)
    _give_away(folder)
    return home


def _give_away(folder: Path) -> None:
    folder.chmod(0o755)
    if os.geteuid() == 0:
        subprocess.run(["chown", "-R", UNPRIVILEGED, str(folder)], check=True)


def free_port() -> int:
    with socket.socket() as one:
        one.bind(("127.0.0.1", 0))
        return int(one.getsockname()[1])


class Server:
    """One node, with its own settings and data below `home`; alone unless `write_settings` says with whom."""

    def __init__(self, home: Path, *, heap: str = "512m") -> None:
        self.home = home
        self.port, self.transport_port = free_port(), free_port()
        self.heap = heap
        self.url = f"http://127.0.0.1:{self.port}"
        self.name = f"node-{self.port}"
        self.folder = home.parent / self.name
        self.process: subprocess.Popen[bytes] | None = None
        shutil.copytree(self.home / "config", self.folder / "config")
        self.write_settings({"discovery.type": "single-node"})

    def write_settings(self, cluster: Mapping[str, Any]) -> None:
        facts = {
            "node.name": self.name,
            "path.data": str(self.folder / "data"),
            "path.logs": str(self.folder / "logs"),
            "http.port": self.port,
            "transport.port": self.transport_port,
            "xpack.security.enabled": "false",
            "cluster.routing.allocation.disk.threshold_enabled": "false",
            **cluster,
        }
        lines = [f"{name}: {json.dumps(value)}" for name, value in facts.items()]
        (self.folder / "config" / "elasticsearch.yml").write_text("\n".join(lines))
        _give_away(self.folder)

    def start(self) -> "Server":
        self.launch()
        return self.wait()

    def launch(self) -> None:
        environment = {
            "PATH": os.environ["PATH"],
            "HOME": str(self.folder),
            "ES_JAVA_HOME": java_home(),
            "ES_PATH_CONF": str(self.folder / "config"),
            "ES_JAVA_OPTS": f"-Xms{self.heap} -Xmx{self.heap}",
        }
        with open(self.folder / "console.log", "ab") as console:
            self.process = subprocess.Popen(
                [str(self.home / "bin" / "elasticsearch")],
                env=environment,
                cwd=self.folder,
                stdout=console,
                stderr=subprocess.STDOUT,
                start_new_session=True,
                user=UNPRIVILEGED if os.geteuid() == 0 else None,
            )

    def wait(self) -> "Server":
        """Until it answers for itself."""
        until = time.monotonic() + STARTS_WITHIN
        while not self.answers():
            if self.process is None or self.process.poll() is not None or time.monotonic() > until:
                raise RuntimeError(f"Elasticsearch did not start:\n{(self.folder / 'console.log').read_text()[-3000:]}")
            time.sleep(0.3)
        return self

    def answers(self) -> bool:
        with (
            contextlib.suppress(urllib.error.URLError, OSError),
            urllib.request.urlopen(
                f"{self.url}/_cluster/health?wait_for_status=yellow&timeout=2s", timeout=5
            ) as answer,
        ):
            return bool(json.load(answer)["timed_out"] is False)
        return False

    def pause(self) -> None:
        """Takes what it is sent and answers nothing, until `resume`."""
        assert self.process
        os.killpg(self.process.pid, signal.SIGSTOP)

    def resume(self) -> None:
        assert self.process
        os.killpg(self.process.pid, signal.SIGCONT)

    def stop(self, *, kill: bool = False) -> None:
        """Ends the node and what it started; `kill` without a farewell."""
        if self.process is None:
            return
        stop_group(self.process.pid, kill=kill)
        self.process.wait(timeout=60)
        self.process = None


def stop_group(pid: int, *, kill: bool = False) -> None:
    """The process that was started here as the leader of its group, and its children."""
    with contextlib.suppress(ProcessLookupError):
        os.killpg(pid, signal.SIGKILL if kill else signal.SIGTERM)


def end_shared() -> None:
    """Ends the shared server, if one was started."""
    if not STATE.exists():
        return
    kept = json.loads(STATE.read_text())
    STATE.unlink()
    stop_group(kept["pid"])
    shutil.rmtree(kept["folder"], ignore_errors=True)
