"""`python -m tests.bench.pack`: a member's pack of 500 pages, cold, for another, after a change, and unchanged."""

import os
import time
from collections.abc import Callable

import django
import psutil

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "portal.settings.test")

WORDS = (
    "She led the merger of two community services across three boroughs, with staff, unions and patients at the table, "
    "and kept waiting times within the standard while it lasted. "
)
PAGES = 500


def cpu_seconds() -> float:
    """Used so far by this process and those it started, also by those that have ended; not by the database."""
    here = psutil.Process()
    started = [each for each in here.children(recursive=True) if "python" in each.name()]
    return sum(sum(each.cpu_times()[:4]) for each in [here, *started])


def measured(what: str, act: Callable[[], object]) -> object:
    """Does it, and prints a row of the table."""
    used, began = cpu_seconds(), time.perf_counter()
    result = act()
    print(f"| {what} | {time.perf_counter() - began:.1f} | {cpu_seconds() - used:.1f} |", flush=True)
    return result


def main() -> None:
    django.setup()
    # What touches models is imported once Django is up; a child that sets papers imports this module without.
    from tests.bench.pack_rows import a_meeting, change_one, issued  # noqa: PLC0415
    from tests.bench.scratch import scratch_database  # noqa: PLC0415

    with scratch_database():
        meeting, (first, second, _) = a_meeting(PAGES, WORDS)
        print("| what | seconds | of a core |\n|---|---|---|")
        pack = measured("cold", lambda: issued(meeting, first))
        measured("another member’s, papers kept", lambda: issued(meeting, second))
        change_one(meeting)
        measured("after one candidate changed, member 1", lambda: issued(meeting, first))
        measured("after one candidate changed, member 2", lambda: issued(meeting, second))
        measured("nothing changed", lambda: issued(meeting, first))
        print(f"\n{pack.pages} pages, {pack.file.size / 1e6:.1f} MB; load {os.getloadavg()[0]:.1f} at the end.")


if __name__ == "__main__":
    main()
