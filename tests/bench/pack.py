"""`python -m tests.bench.pack`: a member's pack of 500 pages, cold, after one candidate changed, and unchanged."""

import os
import time
from collections.abc import Callable

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "portal.settings.test")

WORDS = (
    "She led the merger of two community services across three boroughs, with staff, unions and patients at the table, "
    "and kept waiting times within the standard while it lasted. "
)
PAGES = 500


def timed(act: Callable[[], object]) -> tuple[float, object]:
    began = time.perf_counter()
    result = act()
    return time.perf_counter() - began, result


def main() -> None:
    django.setup()
    # Everything that touches models is imported once Django is up; a spawned child imports this module without.
    from tests.bench.pack_rows import a_meeting, change_one, issued  # noqa: PLC0415
    from tests.bench.scratch import scratch_database  # noqa: PLC0415

    with scratch_database():
        meeting, members = a_meeting(PAGES, WORDS)
        cold, pack = timed(lambda: issued(meeting, members[0]))
        print("| what | seconds |\n|---|---|")
        print(f"| {pack.pages} pages, cold | {cold:.1f} |")
        second, _ = timed(lambda: issued(meeting, members[1]))
        print(f"| another member's, papers kept | {second:.1f} |")
        change_one(meeting)
        for number, member in enumerate(members[:2], start=1):
            warm, _ = timed(lambda member=member: issued(meeting, member))
            print(f"| after one candidate changed, member {number} | {warm:.1f} |")
        same, _ = timed(lambda: issued(meeting, members[0]))
        print(f"| nothing changed | {same:.1f} |")
        print(f"\nLoad {os.getloadavg()[0]:.1f} at the end.")


if __name__ == "__main__":
    main()
