"""Puts changed people into the indexes as they come; `--once` does what waits now and stops."""

import logging
import signal
import time
from argparse import ArgumentParser
from types import FrameType
from typing import Any

import psycopg
from django.core.management.base import BaseCommand
from django.db import InterfaceError, OperationalError, connection
from django.utils import timezone

from search import rebuilding, syncing
from search.engines.base import EngineDown
from search.engines.registry import engine, has_elasticsearch
from search.models import Index

log = logging.getLogger(__name__)

POLL_SECONDS = 1.0  # for indexes whose engine was down, and consents that have run out
LOOK_SECONDS = 60.0  # for an index that is not there yet, or is from another version


class Stopped(Exception):
    """Told to stop while nothing was in hand."""


class Command(BaseCommand):
    help = "Keeps the search indexes up to date; --once brings them up to date and stops."

    stopping = False
    is_idle = False

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--once", action="store_true", help="put in what waits now, then stop")

    def handle(self, *args: Any, **options: Any) -> None:
        if options["once"]:
            self.have_indexes()
            self.stdout.write(f"People put in: {syncing.drain(at=timezone.now())}")
            return
        signal.signal(signal.SIGTERM, self.stop)
        signal.signal(signal.SIGINT, self.stop)
        log.info("search: keeping indexes up to date")
        while not self.stopping:
            try:
                self.listen()
            except Stopped:
                break
            except (psycopg.OperationalError, OperationalError, InterfaceError) as error:
                log.warning("database not reachable (%s), trying again", type(error).__name__)
                connection.close()
                self.rest(None)

    def listen(self) -> None:
        with psycopg.connect(**connection.get_connection_params(), autocommit=True) as ear:
            ear.execute(f"LISTEN {syncing.CHANNEL}")
            looked_at = -LOOK_SECONDS
            while not self.stopping:
                if time.monotonic() - looked_at >= LOOK_SECONDS:
                    self.have_indexes()
                    looked_at = time.monotonic()
                syncing.drain(at=timezone.now())
                self.rest(ear)

    def have_indexes(self) -> None:
        """Makes the index that an engine lacks, or has from another version of the code."""
        rebuilding.retire_unused()
        kinds = [Index.Engine.POSTGRESQL, *([Index.Engine.ELASTICSEARCH] if has_elasticsearch() else [])]
        for kind in kinds:
            live = Index.objects.filter(engine=kind, is_live=True).first()
            if live and (live.shape == engine(kind).shape or (live.retry_at and timezone.now() < live.retry_at)):
                continue
            try:
                rebuilding.rebuild(kind, at=timezone.now())
            except EngineDown as down:
                log.warning("search: %s; its index is not made yet", down)
                Index.objects.filter(engine=kind, is_live=False).delete()

    def rest(self, ear: psycopg.Connection | None) -> None:
        if self.stopping:
            return
        self.is_idle = True
        try:
            if ear is None:
                time.sleep(POLL_SECONDS)
            else:
                list(ear.notifies(timeout=POLL_SECONDS, stop_after=1))
        finally:
            self.is_idle = False

    def stop(self, number: int, frame: FrameType | None) -> None:
        self.stopping = True
        if self.is_idle:
            raise Stopped
