"""Sends what the acts left to be sent: runs due jobs, wakes on new ones, finishes the job in hand when told to stop."""

import logging
from argparse import ArgumentParser
from typing import Any

from django.utils import timezone

from portal import outbox, periodic
from portal.listening import ListeningCommand

log = logging.getLogger(__name__)


class Command(ListeningCommand):
    help = "Runs messages and jobs as they come; --once runs what is due and stops."
    channel = outbox.CHANNEL
    poll_seconds = 5

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--once", action="store_true", help="run what is due now, then stop")

    def handle(self, *args: Any, **options: Any) -> None:
        if options["once"]:
            self.stdout.write(f"Jobs run: {self.drain()}")
            return
        log.info("worker started")
        self.run()
        log.info("worker stopped")

    def turn(self) -> None:
        periodic.enqueue_due(at=timezone.now())
        self.drain()

    def drain(self) -> int:
        """Runs all that is due; the number of jobs tried."""
        count = 0
        while not self.stopping and outbox.run_next(at=timezone.now()):
            count += 1
        if count:
            log.info("%d jobs run", count)
        return count
