"""Sends what the acts left to be sent: runs due jobs, wakes on new ones, finishes the job in hand when told to stop."""

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

from portal import outbox, periodic

log = logging.getLogger(__name__)

POLL_SECONDS = 5  # for jobs whose time has come, which nobody announces


class Stopped(Exception):
    """Told to stop while nothing was in hand."""


class Command(BaseCommand):
    help = "Runs messages and jobs as they come; --once runs what is due and stops."

    stopping = False
    is_idle = False

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--once", action="store_true", help="run what is due now, then stop")

    def handle(self, *args: Any, **options: Any) -> None:
        if options["once"]:
            self.stdout.write(f"Jobs run: {self.drain()}")
            return
        signal.signal(signal.SIGTERM, self.stop)
        signal.signal(signal.SIGINT, self.stop)
        log.info("worker started")
        while not self.stopping:
            try:
                self.listen()
            except Stopped:
                break
            except (psycopg.OperationalError, OperationalError, InterfaceError) as error:
                log.warning("database not reachable (%s), trying again", type(error).__name__)
                connection.close()
                self.rest(None)
        log.info("worker stopped")

    def listen(self) -> None:
        """Runs jobs until told to stop; ends with an error when a connection breaks."""
        with psycopg.connect(**connection.get_connection_params(), autocommit=True) as ear:
            ear.execute(f"LISTEN {outbox.CHANNEL}")
            while not self.stopping:
                periodic.enqueue_due(at=timezone.now())
                self.drain()
                self.rest(ear)

    def drain(self) -> int:
        """Runs all that is due; the number of jobs tried."""
        count = 0
        while not self.stopping and outbox.run_next(at=timezone.now()):
            count += 1
        if count:
            log.info("%d jobs run", count)
        return count

    def rest(self, ear: psycopg.Connection | None) -> None:
        """Waits for a new job to be announced, or a few seconds."""
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
