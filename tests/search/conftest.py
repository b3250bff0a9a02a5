"""One Elasticsearch for all tests that ask for it, also in several processes; each has its own indexes."""

import fcntl
import json
import os
import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from django.core.management import call_command
from django.utils import timezone

from search.engines import registry
from search.models import Index
from search.rebuilding import rebuild
from tests.search.elastic import STATE, NotHere, Server, unpacked


def _or_skip(reason: NotHere) -> None:
    if os.environ.get("PORTAL_ELASTICSEARCH") == "required":
        pytest.fail(f"Elasticsearch is required here, but {reason}")
    pytest.skip(f"no Elasticsearch: {reason}")


@pytest.fixture(scope="session")
def program() -> Iterator[Path]:
    """Elasticsearch, unpacked for servers of one's own."""
    try:
        home = unpacked()
    except NotHere as reason:
        _or_skip(reason)
    yield home
    shutil.rmtree(home.parent, ignore_errors=True)


@pytest.fixture(scope="session")
def server_url() -> str:
    """The address of the server that all test processes share: whoever asks first starts it."""
    run = os.environ.get("PYTEST_XDIST_TESTRUNUID", str(os.getpid()))
    STATE.parent.mkdir(parents=True, exist_ok=True)
    with open(STATE.with_suffix(".lock"), "w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        kept = json.loads(STATE.read_text()) if STATE.exists() else {}
        if kept.get("run") == run:
            return str(kept["url"])
        try:
            server = Server(unpacked()).start()
        except NotHere as reason:
            _or_skip(reason)
        assert server.process
        kept = {"run": run, "url": server.url, "pid": server.process.pid, "folder": str(server.home.parent)}
        STATE.write_text(json.dumps(kept))
        return server.url


def use_elasticsearch(settings: Any, *urls: str) -> None:
    """Elasticsearch is set up, with names that no other test process uses, and nothing in it."""
    worker = os.environ.get("PYTEST_XDIST_WORKER", "main")
    settings.ELASTICSEARCH_URL = list(urls)
    settings.ELASTICSEARCH_PREFIX = f"test-{worker}-{os.getpid()}"
    settings.ELASTICSEARCH_TIMEOUT = 20.0
    registry.forget_failures()


@pytest.fixture
def elasticsearch(server_url: str, settings: Any, db: None) -> Iterator[Index]:
    """Elasticsearch with a live index of everyone there is."""
    use_elasticsearch(settings, server_url)
    yield rebuild(Index.Engine.ELASTICSEARCH, at=timezone.now())
    for name in Index.objects.filter(engine=Index.Engine.ELASTICSEARCH).values_list("name", flat=True):
        registry.engine(Index.Engine.ELASTICSEARCH).drop(name)


@pytest.fixture
def vocabulary(db: None) -> None:
    call_command("load_vocabulary", verbosity=0)
