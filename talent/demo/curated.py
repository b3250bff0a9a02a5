"""Curated pools in the demonstration, people from a file, and a pair of records that waits to be compared."""

import csv
import datetime as dt
from pathlib import Path
from random import Random
from tempfile import TemporaryDirectory

from portal.demo import SEED, Stage
from talent import curating, people_import, skills
from talent.models import CuratedPool, Person, PoolCandidate, PoolMembership, PostHeld

FILE = Path(__file__).parent / "people.csv"
SENT_AS = "Board leadership network, spring list.csv"
NEXT = (
    ("Ring about the audit seat at the next board", 3),
    ("Ask for two references", 9),
    ("Meet for an hour, with the regional lead", 16),
    ("Send the candidate pack", -2),
)
REASONS = ("Found by the search for audit.", "Put forward by the region.", "Asked to be considered.")
NOTES = (
    "Free from the summer on. Would rather chair a committee than the board.",
    "Strong on estates; wants to see a board meeting first.",
    "Met at the masterclass. Asks for a mentor from another trust.",
)


def load(stage: Stage) -> None:
    skills.load()
    _import(stage)
    team, lead = stage.accounts["talent_team"], stage.accounts["regional_lead"]
    region = lead.memberships.get().region
    today = stage.at.date()
    audit = curating.open_pool(
        name="Audit committee chairs for the coming year",
        purpose="Non-executive seats with audit experience that fall vacant within twelve months.",
        reach="national",
        region=None,
        expires_on=today + dt.timedelta(days=240),
        by=team,
        at=stage.days_ago(40),
    )
    chairs = curating.open_pool(
        name=f"Possible chairs, {region}",
        purpose="People who chaired something of size and would lead a board in the region.",
        reach="regional",
        region=region,
        expires_on=today + dt.timedelta(days=25),
        by=lead,
        at=stage.days_ago(60),
    )
    shared = PoolMembership.objects.visible_to(team).in_force(today).filter(may_be_shared=True)
    _fill(stage, audit, list(dict.fromkeys(m.person for m in shared.select_related("person").order_by("pk")[:9])))
    near = PoolMembership.objects.visible_to(lead).in_force(today).select_related("person").order_by("-pk")[:5]
    _fill(stage, chairs, list(dict.fromkeys(m.person for m in near)))


def _fill(stage: Stage, pool: CuratedPool, people: list[Person]) -> None:
    chance, steps = Random(f"{SEED} {pool.name}"), list(pool.steps.all())
    for number, person in enumerate(people):
        reason = chance.choice(
            ("Found by the search for audit.", "Put forward by the region.", "Asked to be considered.")
        )
        added = curating.add(pool, person, by=pool.owner, at=stage.days_ago(30 - number), reason=reason)
        action, days = NEXT[number % len(NEXT)] if number % 3 != 2 else ("", None)
        curating.update(
            PoolCandidate.objects.select_related("pool").get(pk=added.pk),
            step=steps[min(number // 2, len(steps) - 2)],
            action=action,
            on=None if days is None else stage.at.date() + dt.timedelta(days=days),
            owner=pool.owner,
            words=NOTES[number % len(NOTES)] if number % 2 else "",
            by=pool.owner,
            at=stage.days_ago(12 - number % 10),
        )


def _import(stage: Stage) -> None:
    """The people of people.csv, and a second record of somebody who is there already, under another address."""
    with FILE.open(newline="", encoding="utf-8") as lines:
        agreed = {"consent_given_on": stage.days_ago(40).date().isoformat()}
        rows = [row | agreed for row in csv.DictReader(lines)]
    # Read once: joined in one statement, tables without statistics make it minutes.
    members = set(PoolMembership.objects.in_force(stage.at.date()).order_by().values_list("person_id", flat=True))
    posts = PostHeld.objects.filter(ended_on=None, person__in=members, person__user__isnull=False)
    post = posts.select_related("person").order_by("person_id", "pk")[0]
    known = post.person
    rows.append(
        rows[0]
        | {
            "reference": "BLN-0099",
            "full_name": known.full_name,
            "email": "private.address@example.org",
            "headline": f"{post.title}, {post.employer}",
            "posts": f"{post.title} | {post.employer} | {post.started_on:%Y-%m-%d}",
        }
    )
    with TemporaryDirectory() as folder:
        path = Path(folder) / SENT_AS
        with path.open("w", newline="", encoding="utf-8") as file:
            writer = csv.DictWriter(file, list(rows[0]))
            writer.writeheader()
            writer.writerows(rows)
        people_import.load(path, by=stage.accounts["talent_team"], at=stage.days_ago(6))
