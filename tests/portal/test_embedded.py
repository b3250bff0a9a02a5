"""portal/embedded.py: one server a folder, whatever was left there and whoever asks."""

import os
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import psutil
import psycopg
import pytest

from portal import embedded


@pytest.fixture
def folder(tmp_path_factory):
    """A data folder whose parents anyone may enter, as a clone's usually are; its server is stopped afterwards."""
    base = tmp_path_factory.mktemp("embedded")
    for parent in (base, *base.parents):
        if parent.stat().st_uid == os.geteuid() and str(parent).startswith("/tmp/"):  # noqa: S108
            parent.chmod(0o755)
    yield base / "postgresql"
    embedded.stop(base / "postgresql")


def ask(where: Path, sql: str) -> str:
    with psycopg.connect(host=str(where), port=embedded.PORT, user=embedded.SUPERUSER, dbname="postgres") as connection:
        return connection.execute(sql).fetchone()[0]


def server_number(folder: Path) -> int:
    return int((folder / "postmaster.pid").read_text().partition("\n")[0])


def test_starting_again_keeps_the_server(folder):
    where = embedded.start(folder, durable=False)
    number = server_number(folder)

    assert embedded.start(folder, durable=False) == where
    assert server_number(folder) == number


def test_starting_from_many_sides_makes_one_server(folder):
    with ThreadPoolExecutor(4) as sides:
        places = set(sides.map(lambda _: embedded.start(folder, durable=False), range(4)))

    assert places == {folder}
    assert ask(folder, "SELECT 'one'") == "one"


def test_words_sort_by_code_point_and_fold_beyond_ascii(folder):
    where = embedded.start(folder, durable=False)

    assert ask(where, "SELECT string_agg(word, ' ' ORDER BY word) FROM unnest('{a,B,é,Z}'::text[]) word") == "B Z a é"
    assert ask(where, "SELECT lower('ÉLODIE')") == "élodie"


def test_stopping_waits_for_nobody_but_spares_those_at_work(folder):
    where = embedded.start(folder, durable=False)

    with psycopg.connect(host=str(where), port=embedded.PORT, user=embedded.SUPERUSER, dbname="postgres"):
        assert embedded.stop(folder) is False
    # Whoever hangs up is gone from the server's list a moment later.
    deadline = time.monotonic() + 30
    while not embedded.stop(folder):
        assert time.monotonic() < deadline
    assert not (folder / "postmaster.pid").exists()


def test_a_killed_server_is_replaced_even_if_its_number_is_someone_elses(folder):
    where = embedded.start(folder, durable=False)
    server = psutil.Process(server_number(folder))
    server.kill()
    server.wait(timeout=10)
    lines = (folder / "postmaster.pid").read_text().splitlines(keepends=True)
    (folder / "postmaster.pid").write_text("".join([f"{os.getpid()}\n", *lines[1:]]))

    assert embedded.start(folder, durable=False) == where
    assert ask(where, "SELECT 'back'") == "back"
    assert server_number(folder) != os.getpid()


def test_a_first_start_that_was_cut_off_is_begun_again(folder):
    half_made = folder.with_name("postgresql.making")
    half_made.mkdir()
    (half_made / "PG_VERSION").write_text("18\n")

    where = embedded.start(folder, durable=False)

    assert ask(where, "SELECT 'whole'") == "whole"
    assert not half_made.exists()


def test_a_path_too_long_for_a_socket_gets_a_short_one(folder):
    deep = folder.parent / ("a" * 60) / ("b" * 60) / "postgresql"

    where = embedded.start(deep, durable=False)
    try:
        assert where != deep
        assert where.stat().st_mode & 0o777 == 0o700
        assert ask(where, "SELECT 'short'") == "short"
    finally:
        assert embedded.stop(deep) is True


@pytest.mark.skipif(os.geteuid() != 0, reason="only root's server runs as another user")
def test_a_closed_home_stays_closed(folder, monkeypatch, tmp_path_factory):
    home = folder.parent / "home"
    home.mkdir(mode=0o700)
    elsewhere = folder.parent / "elsewhere"
    monkeypatch.setattr(embedded, "ELSEWHERE", elsewhere)

    where = embedded.start(home / "clone" / "postgresql", durable=False)
    try:
        assert where.is_relative_to(elsewhere)
        assert ask(where, "SELECT 'reached'") == "reached"
        assert home.stat().st_mode & 0o777 == 0o700
        assert embedded.start(home / "clone" / "postgresql", durable=False) == where
    finally:
        assert embedded.stop(home / "clone" / "postgresql") is True
