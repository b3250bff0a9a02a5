"""Brings a database and the static files up to the code, and loads the demonstration year where there is to be one."""

from collections.abc import Iterator
from contextlib import contextmanager
from hashlib import sha256
from io import StringIO
from pathlib import Path
from typing import Any

from django.conf import settings
from django.contrib.staticfiles.finders import get_finders
from django.core.management import call_command, get_commands
from django.core.management.base import BaseCommand, CommandParser
from django.core.management.commands import migrate
from django.db import connection
from django.db.migrations.executor import MigrationExecutor
from tqdm import tqdm

# Any number, the same for all: two set-ups of one database at a time take turns.
TURN = 2017_2018


class MigrateWithBar(migrate.Command):
    """Django's migrate, saying how far it is in one line instead of in two hundred."""

    bar: tqdm

    def migration_progress_callback(self, action: str, migration: Any = None, fake: bool = False) -> None:
        if action == "apply_success":
            self.bar.update()


class Command(BaseCommand):
    help = __doc__
    requires_system_checks = []
    requires_migrations_checks = False

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--database-only", action="store_true", help="leave the static files: an image brings them")

    def handle(self, *, database_only: bool = False, **options: Any) -> None:
        with _in_turn():
            self._migrate()
            # Pages are made with the cache at hand, so its table comes first.
            call_command("createcachetable", verbosity=0)
            call_command("set_up_cms", stdout=StringIO())
            self._load_rules()
            if not database_only:
                self._collect_static()
            if settings.DEMONSTRATION:
                self._demonstrate()

    def _migrate(self) -> None:
        executor = MigrationExecutor(connection)
        waiting = executor.migration_plan(executor.loader.graph.leaf_nodes())
        if not waiting:
            return
        command = MigrateWithBar(stdout=self.stdout, stderr=self.stderr)
        with tqdm(total=len(waiting), desc="Making the database's tables", unit=" steps") as command.bar:
            call_command(command, verbosity=0, interactive=False)

    def _load_rules(self) -> None:
        for command in ("load_policies", "load_vocabulary", "load_skills"):
            if command in get_commands():
                call_command(command, stdout=StringIO())

    def _collect_static(self) -> None:
        mark = settings.VAR_DIR / "static.collected"
        state = static_files_state()
        if mark.exists() and mark.read_text() == state and Path(settings.STATIC_ROOT).exists():
            return
        self.stdout.write("Collecting styles, scripts and images ...")
        call_command("collectstatic", verbosity=0, interactive=False)
        mark.write_text(state)

    def _demonstrate(self) -> None:
        commands = get_commands()
        if "load_demo" in commands:
            call_command("load_demo", stdout=self.stdout)
        if "demo_accounts" in commands:
            with open(settings.VAR_DIR / "demonstration-accounts.txt", "w") as file:
                call_command("demo_accounts", stdout=file)


@contextmanager
def _in_turn() -> Iterator[None]:
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_lock(%s)", [TURN])
        try:
            yield
        finally:
            cursor.execute("SELECT pg_advisory_unlock(%s)", [TURN])


def static_files_state() -> str:
    """A digest that changes when any static file's name, size or time does, or how they are stored."""
    digest = sha256(repr(settings.STORAGES["staticfiles"]).encode())
    for finder in get_finders():
        for name, storage in finder.list([]):
            stat = Path(storage.path(name)).stat()
            digest.update(f"{name} {stat.st_size} {stat.st_mtime_ns}\n".encode())
    return digest.hexdigest()
