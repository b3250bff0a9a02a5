"""The virus scanner behind one small adapter: clamd over TCP or a Unix socket. The only file that knows it."""

import socket
import struct
from collections.abc import Iterable
from enum import StrEnum
from urllib.parse import urlsplit

from django.conf import settings

TIMEOUT_SECONDS = 30
_CHUNK = 64 * 1024


class Verdict(StrEnum):
    CLEAN = "clean"
    INFECTED = "infected"
    NOT_SCANNED = "not_scanned"  # this installation has no scanner


class ScannerDown(Exception):
    """A scanner is set up and does not answer: the file must not be let through."""


def is_set_up() -> bool:
    return bool(settings.CLAMD_URL)


def scan(chunks: Iterable[bytes]) -> Verdict:
    """What clamd says of this content. Raises ScannerDown; without CLAMD_URL nothing is scanned, and that is said."""
    if not is_set_up():
        return Verdict.NOT_SCANNED
    reply = _ask(b"zINSTREAM\0", chunks)
    if reply.endswith("OK"):
        return Verdict.CLEAN
    if reply.endswith("FOUND"):
        return Verdict.INFECTED
    raise ScannerDown("clamd gave no verdict")


def answers() -> bool:
    """Whether clamd is there at this moment; for the staff's system page."""
    try:
        return _ask(b"zPING\0", ()) == "PONG"
    except ScannerDown:
        return False


def _ask(command: bytes, chunks: Iterable[bytes]) -> str:
    try:
        with _connected() as clamd:
            clamd.sendall(command)
            if command == b"zINSTREAM\0":
                _stream(clamd, chunks)
            return _read(clamd)
    except OSError as error:
        raise ScannerDown("clamd does not answer") from error


def _connected() -> socket.socket:
    address = urlsplit(settings.CLAMD_URL)
    if address.scheme == "unix":
        clamd = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)
        clamd.settimeout(TIMEOUT_SECONDS)
        clamd.connect(address.path)
        return clamd
    return socket.create_connection((address.hostname or "localhost", address.port or 3310), timeout=TIMEOUT_SECONDS)


def _stream(clamd: socket.socket, chunks: Iterable[bytes]) -> None:
    for chunk in chunks:
        for start in range(0, len(chunk), _CHUNK):
            part = chunk[start : start + _CHUNK]
            clamd.sendall(struct.pack("!I", len(part)) + part)
    clamd.sendall(struct.pack("!I", 0))


def _read(clamd: socket.socket) -> str:
    reply = b""
    while not reply.endswith(b"\0"):
        part = clamd.recv(4096)
        if not part:
            break
        reply += part
    return reply.rstrip(b"\0").decode(errors="replace").strip()
