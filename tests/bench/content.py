"""`python -m tests.bench.content [COPIES ...]`: guidance, its list and site search over many pages."""

import os
import sys
from dataclasses import replace

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "portal.settings.test")

COPIES = (1, 20)  # how often each page of guidance, each story and each piece of news stands
WORDS, MISSPELT = "nurses turnover", "turnovr"


def main(sizes: tuple[int, ...]) -> None:
    django.setup()
    # Everything that touches models is imported once Django is up.
    from django.test import Client  # noqa: PLC0415
    from wagtail.models import Page  # noqa: PLC0415

    from programmes import demo_pages  # noqa: PLC0415
    from programmes.demo_content import reader  # noqa: PLC0415
    from tests.bench.__main__ import machine, measure, page, table  # noqa: PLC0415
    from tests.bench.scratch import scratch_database  # noqa: PLC0415

    results = {}
    with scratch_database():
        for copies in sizes:
            demo_pages.load(sources=_copied(reader.sources(), copies))
            client = Client()
            guidance = "/guidance/retention-where-to-begin/"
            wanted = [
                ("One page of guidance", page(client, guidance)),
                ("The same to print", page(client, f"{guidance}?view=print")),
                ("The same as PDF", page(client, f"{guidance}?view=pdf")),
                ("Guidance, the whole list", page(client, "/guidance/")),
                ("Guidance, two words", page(client, f"/guidance/?q={WORDS}")),
                ("Guidance, two words in one topic", page(client, f"/guidance/?q={WORDS}&topic=retention")),
                ("Site search, two words", page(client, f"/search/?q={WORDS}")),
                ("Site search, a misspelt word", page(client, f"/search/?q={MISSPELT}")),
                ("A programme’s page", page(client, "/programmes/retention-collaborative/")),
                ("Sitemap", page(client, "/sitemap.xml")),
            ]
            results[Page.objects.live().count()] = [measure(name, act, rounds=5) for name, act in wanted]
    print(table(results))
    print(machine(), file=sys.stderr)


def _copied(sources: list, copies: int) -> list:
    """The pages as they are, and each that has none below it so many times in all, under its own address."""
    parents = {source.parent for source in sources}
    leaves = [s for s in sources if s.path not in parents and s.path.partition("/")[0] in FOLDERS and "/" in s.path]
    more = [replace(leaf, path=f"{leaf.path}-{number}") for number in range(2, copies + 1) for leaf in leaves]
    return [*sources, *more]


FOLDERS = ("guidance", "improvement-hub", "news")

if __name__ == "__main__":
    main(tuple(int(size) for size in sys.argv[1:]) or COPIES)
