"""`python -m tests.bench [SIZE ...]`: page times at 100, 10,000 and 100,000 applications as a Markdown table."""

import os
import platform
import statistics
import sys
import time
from collections.abc import Callable
from dataclasses import dataclass

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "portal.settings.test")
django.setup()

from django.db import connection  # noqa: E402
from django.db.models import Count  # noqa: E402
from django.test import Client  # noqa: E402
from django.urls import reverse  # noqa: E402
from django.utils import timezone  # noqa: E402
from tqdm import tqdm  # noqa: E402

from portal.models import Role, User  # noqa: E402
from programmes.models import Intake  # noqa: E402
from talent.models import Application, Review, SectionAnswer, State  # noqa: E402
from tests.bench.scratch import grow, prepare, scratch_database  # noqa: E402
from tests.factories.portal import UserFactory, member, sign_in  # noqa: E402
from tests.factories.talent import ApplicationFactory, filled  # noqa: E402

SIZES = (100, 10_000, 100_000)
ROUNDS = 15
SLOW_ROUNDS = 5
WORDS = "safeguarding merger"


@dataclass(frozen=True, slots=True)
class Measured:
    name: str
    p50: float
    p95: float
    queries: int


class QueryCount:
    """Counts what is sent to PostgreSQL, also across the start and end of a request."""

    def __init__(self) -> None:
        self.number = 0

    def __call__(self, execute: Callable[..., object], *args: object) -> object:
        self.number += 1
        return execute(*args)

    def __enter__(self) -> "QueryCount":
        self._watch = connection.execute_wrapper(self)
        self._watch.__enter__()
        return self

    def __exit__(self, *error: object) -> None:
        self._watch.__exit__(*error)


def measure(name: str, act: Callable[[], object], *, rounds: int = ROUNDS) -> Measured:
    """Milliseconds of `act`, warm; the queries of one run."""
    act()
    with QueryCount() as counted:
        act()
    times = []
    for _ in range(rounds):
        began = time.perf_counter()
        act()
        times.append((time.perf_counter() - began) * 1000)
    cuts = statistics.quantiles(times, n=20, method="inclusive")
    return Measured(name, statistics.median(times), cuts[18], counted.number)


def page(client: Client, address: str) -> Callable[[], object]:
    def fetch() -> None:
        response = client.get(address)
        assert response.status_code == 200, f"{address}: {response.status_code}"

    return fetch


@dataclass(frozen=True, slots=True)
class People:
    staff: Client
    reviewer: Client
    applicant: Client
    draft: Application
    application: Application


def people(intake: Intake) -> People:
    staff, reviewer, applicant = Client(), Client(), Client()
    sign_in(staff, member(Role.TALENT_TEAM))
    reader = sign_in(reviewer, member(Role.REVIEWER))
    applying = sign_in(applicant, UserFactory())
    draft = filled(ApplicationFactory(intake=intake, user=applying, state=State.DRAFT))
    sent = [filled(ApplicationFactory(intake=intake, state=State.REVIEW)) for _ in range(10)]
    by = User.objects.filter(memberships__role=Role.TALENT_TEAM)[0]
    for application in sent:
        Review.objects.create(application=application, reviewer=reader, assigned_at=timezone.now(), assigned_by=by)
    return People(staff, reviewer, applicant, draft, sent[0])


def pages(who: People, intake: Intake) -> list[Measured]:
    candidates = reverse("talent:candidate_list")
    section = reverse("talent:section_edit", args=[who.draft.reference, "what-you-want-to-learn"])
    wanted = [
        ("Candidate list, with facet counts", who.staff, candidates),
        ("Candidate list, filtered by state", who.staff, f"{candidates}?state=review"),
        ("Candidate list, two words searched", who.staff, f"{candidates}?q={WORDS}"),
        ("Candidate list, page 4", who.staff, f"{candidates}?page=4"),
        ("Candidate page", who.staff, reverse("talent:candidate_detail", args=[who.application.reference])),
        ("Sift list", who.staff, reverse("talent:sift_list", args=[intake.pk])),
        ("Reviewer's list", who.reviewer, reverse("talent:review_list")),
        ("Home of the talent team", who.staff, reverse("portal:home")),
        ("Home of an applicant", who.applicant, reverse("portal:home")),
        ("Applicant's task list", who.applicant, reverse("talent:application_detail", args=[who.draft.reference])),
        ("One section of the form", who.applicant, section),
    ]
    bar = tqdm(wanted, desc="Pages", leave=False)
    return [measure(name, page(client, address)) for name, client, address in bar]


def what_it_replaces() -> Measured:
    """The search that most such products do: the same words anywhere in any answer, and one count a facet."""

    def search() -> None:
        found = Application.objects.all()
        for word in WORDS.split():
            answers = SectionAnswer.objects.filter(values__icontains=word)
            found = found.filter(pk__in=answers.values("application"))
        list(found.order_by("-submitted_at")[:25])
        for facet in ("state", "region", "intake"):
            list(found.values_list(facet).annotate(n=Count("pk")).order_by())

    return measure("ILIKE over all answers, three facets", search, rounds=SLOW_ROUNDS)


def machine() -> str:
    with open("/proc/meminfo") as file:
        gib = int(file.readline().split()[1]) / 1024 / 1024
    with connection.cursor() as cursor:
        cursor.execute("SHOW server_version")
        version = cursor.fetchone()[0]
    return (
        f"{os.cpu_count()} cores, {gib:.0f} GiB, Python {platform.python_version()}, "
        f"PostgreSQL {version}, load {os.getloadavg()[0]:.1f} at the end"
    )


def table(results: dict[int, list[Measured]]) -> str:
    sizes = list(results)
    head = ["page"] + [f"{size:,}: p50 / p95 ms" for size in sizes] + ["queries", "last over first"]
    lines = ["| " + " | ".join(head) + " |", "|---" * len(head) + "|"]
    for number, first in enumerate(results[sizes[0]]):
        row = [results[size][number] for size in sizes]
        cells = [f"{one.p50:.0f} / {one.p95:.0f}" for one in row]
        queries = " → ".join(dict.fromkeys(str(one.queries) for one in row))
        lines.append("| " + " | ".join([first.name, *cells, queries, f"{row[-1].p50 / row[0].p50:.1f}"]) + " |")
    return "\n".join(lines)


def main() -> None:
    sizes = [int(size) for size in sys.argv[1:]] or list(SIZES)
    results: dict[int, list[Measured]] = {}
    with scratch_database():
        intake = prepare()
        who = people(intake)
        for size in tqdm(sizes, desc="Sizes"):
            grow(intake, size)
            results[size] = [*pages(who, intake), what_it_replaces()]
        print(table(results))
        print(f"\nMeasured on {machine()}.")


if __name__ == "__main__":
    main()
