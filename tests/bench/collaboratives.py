"""`python -m tests.bench.collaboratives`: 238 trusts, ten measures, five years; their pages, and a large file."""

import datetime as dt
import os
import sys
import time

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "portal.settings.test")


def main() -> None:
    django.setup()
    # Everything that touches models is imported once Django is up.
    from django.utils import timezone  # noqa: PLC0415

    from programmes.figures import collaborative_figures  # noqa: PLC0415
    from programmes.uploading import enter_file, keep_aside, preview  # noqa: PLC0415
    from tests.bench.__main__ import machine, measure, page, table  # noqa: PLC0415
    from tests.bench.collaborative_rows import fill, large_file, reader  # noqa: PLC0415
    from tests.bench.scratch import scratch_database  # noqa: PLC0415

    results = {}
    with scratch_database():
        world = fill()
        client = reader(world)
        slug, own = world.collaborative.slug, world.enrolments[0]
        wanted = [
            ("Cohort page, 35 charts of 60 months", page(client, f"/collaboratives/{slug}/?wave={world.wave.pk}")),
            ("Cohort page, all 238 trusts, 36 charts", page(client, f"/collaboratives/{slug}/")),
            ("Cohort as a file, 238 trusts", page(client, f"/collaboratives/{slug}/export/")),
            ("Choosing trusts, 10 funnels", page(client, f"/collaboratives/{slug}/choose/?sector=acute")),
            ("One trust, 10 charts", page(client, f"/collaboratives/trusts/{own.pk}/")),
            ("One chart, 60 months", page(client, f"/collaboratives/trusts/{own.pk}/charts/{world.measures[0].code}/")),
            ("Figures of the programmes", collaborative_figures),
        ]
        results[len(world.trusts) * len(world.measures) * 60] = [measure(name, act, rounds=5) for name, act in wanted]
        print(table(results))
        content, at = large_file(world), timezone.now()
        print(f"A file of 100,000 rows, {len(content) / 1e6:.1f} MB:")
        kept = _timed("read and kept aside", lambda: keep_aside(content, name="figures.csv", by=world.lead, at=at))
        _timed("what it would change", lambda: preview(kept))
        _timed(
            "entered", lambda: enter_file(kept, by=world.lead, at=at + dt.timedelta(minutes=1), reason="Counted anew")
        )
    print(machine(), file=sys.stderr)


def _timed(what: str, act):
    began = time.perf_counter()
    found = act()
    print(f"  {what}: {time.perf_counter() - began:.1f} s")
    return found


if __name__ == "__main__":
    main()
