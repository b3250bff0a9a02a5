"""`python -m tests.bench.importing [PEOPLE ...]`: files of people through import_people, and whether they are found."""

import csv
import os
import random
import sys
import tempfile
from pathlib import Path

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "portal.settings.test")

SIZES = (10_000, 100_000)
WORDS = 300  # of a CV
COLUMNS = (
    "full_name", "reference", "email", "region", "readiness", "days_a_month", "background", "sectors", "roles_sought",
    "skills", "posts", "cv_text", "consent_given_on", "consent_wording", "consent_expires_on",
)  # fmt: skip


def main(sizes: tuple[int, ...]) -> None:
    django.setup()
    # Everything that touches models is imported once Django is up.
    from django.core.management import call_command  # noqa: PLC0415

    from talent import skills  # noqa: PLC0415
    from tests.bench.__main__ import machine  # noqa: PLC0415
    from tests.bench.scratch import scratch_database  # noqa: PLC0415
    from tests.factories.portal import RegionFactory  # noqa: PLC0415

    for size in sizes:
        with scratch_database(), tempfile.TemporaryDirectory() as folder:
            skills.load()
            RegionFactory(name="Here", code="here")
            path = Path(folder) / "people.csv"
            write(path, size)
            print(f"{size:,} people, {path.stat().st_size / 1e6:,.0f} MB")
            call_command("import_people", str(path))
    print(machine(), file=sys.stderr)


def write(path: Path, size: int) -> None:
    from talent.demo.words import CAREERS  # noqa: PLC0415

    chance, words = random.Random(17), str(CAREERS).split()
    texts = [" ".join(chance.choices(words, k=WORDS)) for _ in range(500)]
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(COLUMNS)
        for number in range(size):
            posts = "Director of nursing | Harbour Trust | 2012-04 | | yes\nWard sister | Vale | 2001 | 2006"
            writer.writerow([
                f"Bench Person {number}", f"B-{number}", f"bench{number}@example.org", "here", "Ready now", "2.5",
                "nursing", "acute", "ned", "audit", posts, chance.choice(texts), "2018-01-15", "Form 3 of 2018",
                "2090-01-01",
            ])  # fmt: skip


if __name__ == "__main__":
    main(tuple(int(size) for size in sys.argv[1:]) or SIZES)
