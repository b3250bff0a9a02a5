"""Puts changed people into the indexes as they come; `--once` does what waits now and stops."""

import logging
import time
from argparse import ArgumentParser
from typing import Any

from django.utils import timezone

from portal.listening import ListeningCommand
from search import rebuilding, syncing
from search.engines.base import EngineDown
from search.engines.registry import engine, has_elasticsearch
from search.models import Index

log = logging.getLogger(__name__)

LOOK_SECONDS = 60.0  # for an index that is not there yet, or is from another version


class Command(ListeningCommand):
    help = "Keeps the search indexes up to date; --once brings them up to date and stops."
    channel = syncing.CHANNEL
    poll_seconds = 1  # for indexes whose engine was down, and consents that have run out
    looked_at = -LOOK_SECONDS

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--once", action="store_true", help="put in what waits now, then stop")

    def handle(self, *args: Any, **options: Any) -> None:
        if options["once"]:
            self.have_indexes()
            self.stdout.write(f"People put in: {syncing.drain(at=timezone.now())}")
            return
        log.info("search: keeping indexes up to date")
        self.run()

    def turn(self) -> None:
        if time.monotonic() - self.looked_at >= LOOK_SECONDS:
            self.have_indexes()
            self.looked_at = time.monotonic()
        syncing.drain(at=timezone.now())

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
