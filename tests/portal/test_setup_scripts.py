"""script/: what goes wrong at the very beginning is said in one sentence."""

import os
import shutil
import socket
import subprocess
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent.parent
USAGE = "usage: script/server [--port NUMBER] [--host ADDRESS], NUMBER from 1 to 65535\n"


def run(script: str, *arguments: str, root: Path = ROOT, path: str | None = None) -> subprocess.CompletedProcess[str]:
    environment = {**os.environ, "PATH": path or os.environ["PATH"]}
    return subprocess.run(
        ["/bin/bash", str(root / "script" / script), *arguments],
        capture_output=True,
        text=True,
        env=environment,
        timeout=30,
        check=False,
    )


def test_a_taken_port_is_said_before_any_work():
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]

        result = run("server", "--port", str(port))

    sentence = f"Port {port} is taken by another program: choose one with script/server --port NUMBER.\n"
    assert (result.returncode, result.stdout, result.stderr) == (1, "", sentence)


@pytest.mark.parametrize(
    "arguments",
    [
        ["--port"],
        ["--port", "eighty"],
        ["--port", "0"],
        ["--port=65536"],
        ["--port", "8000; reboot"],
        ["--host="],
        ["8000"],
    ],
)
def test_a_port_that_is_none_is_refused(arguments):
    result = run("server", *arguments)

    assert (result.returncode, result.stdout, result.stderr) == (1, "", USAGE)


@pytest.mark.parametrize("script", ["setup", "server", "test"])
def test_a_machine_without_python_is_told_what_to_install(script, tmp_path):
    shutil.copytree(ROOT / "script", tmp_path / "script")
    programs = tmp_path / "bin"
    programs.mkdir()
    for name in ("bash", "dirname"):
        (programs / name).symlink_to(shutil.which(name))

    result = run(script, root=tmp_path, path=str(programs))

    assert (result.returncode, result.stderr) == (
        1,
        "Python 3.11 or later was not found: install it (on Debian and Ubuntu: sudo apt-get install python3 "
        "python3-venv), or name it with PYTHON=/path/to/python.\n",
    )
