"""A command that waits for the database to announce something, does what is due, and ends in order when told to."""

import logging
import signal
import time
from abc import abstractmethod
from types import FrameType

import psycopg
from django.core.management.base import BaseCommand
from django.db import InterfaceError, OperationalError, connection

log = logging.getLogger(__name__)


class Stopped(Exception):
    """Told to stop while nothing was in hand."""


class ListeningCommand(BaseCommand):
    """Takes turns until it is told to stop; what is in hand is finished first, and a lost connection is made again."""

    channel: str
    poll_seconds: float  # for what becomes due without anybody announcing it
    stopping = False
    is_idle = False

    @abstractmethod
    def turn(self) -> None:
        """Does what is due."""

    def run(self) -> None:
        signal.signal(signal.SIGTERM, self.stop)
        signal.signal(signal.SIGINT, self.stop)
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
        """Turn after turn; ends with an error when a connection breaks."""
        with psycopg.connect(**connection.get_connection_params(), autocommit=True) as ear:
            ear.execute(f"LISTEN {self.channel}")
            while not self.stopping:
                self.turn()
                self.rest(ear)

    def rest(self, ear: psycopg.Connection | None) -> None:
        """Waits for an announcement, or for `poll_seconds`."""
        if self.stopping:
            return
        self.is_idle = True
        try:
            if ear is None:
                time.sleep(self.poll_seconds)
            else:
                list(ear.notifies(timeout=self.poll_seconds, stop_after=1))
        finally:
            self.is_idle = False

    def stop(self, number: int, frame: FrameType | None) -> None:
        self.stopping = True
        if self.is_idle:
            raise Stopped
