"""Talent pools and the people who agreed to be found, some of whom never applied to a scheme."""

import datetime as dt
from random import Random

from portal.demo import SEED, Stage
from portal.demo_people import make_users
from portal.models import Region
from talent.demo.applications import new_person, save_posts
from talent.demo.careers import make_career
from talent.demo.steps import Course
from talent.models import Person, Pool, PoolMembership

POOLS = (
    (
        "Talent database",
        "talent-database",
        "Trusts and the talent team may find you for chair and non-executive posts anywhere in England.",
    ),
    (
        "NExT Director alumni",
        "next-director-alumni",
        "The talent team may tell you of vacancies that suit somebody who has completed a placement.",
    ),
    (
        "Future finance and audit chairs",
        "future-audit-chairs",
        "For people with finance or audit experience who would chair a board's audit committee.",
    ),
)
FROM_OUTSIDE = 45


def load(stage: Stage, courses: list[Course]) -> None:
    database, alumni, audit = [
        Pool.objects.create(name=name, slug=slug, purpose=purpose) for name, slug, purpose in POOLS
    ]
    people = _people_from_outside(stage)
    finished = [c.application.person for c in courses if c.path[-1:] == ("complete",)]
    accountants = [c.application.person for c in courses if c.career.background == "finance" and "submit" in c.path]
    willing = [c.application.person for c in courses if "invite" in c.path and stage.chance.random() < 0.5]
    members = [(database, p) for p in dict.fromkeys([*people, *willing])]
    members += [(alumni, p) for p in finished] + [(audit, p) for p in accountants]
    PoolMembership.objects.bulk_create([_consent(stage, pool, person) for pool, person in members])


def _people_from_outside(stage: Stage) -> list[Person]:
    users = make_users([stage.new_name() for _ in range(FROM_OUTSIDE)])
    regions = list(Region.objects.all())
    careers = [make_career(stage.chance, stage.at.date()) for _ in users]
    people = [
        new_person(stage, user, career, stage.chance.choice(regions), at=stage.days_ago(stage.chance.randint(30, 900)))
        for user, career in zip(users, careers, strict=True)
    ]
    Person.objects.bulk_create(people)
    save_posts(list(zip(people, careers, strict=True)))
    return people


def _consent(stage: Stage, pool: Pool, person: Person) -> PoolMembership:
    """Most consents are in force, some about to expire, a few were taken back."""
    days = stage.chance.choice((20, 60, 120, 200, 290, 340, 355))
    at = stage.days_ago(days)
    left = stage.chance.random() < 0.06
    return PoolMembership(
        pool=pool,
        person=person,
        consented_at=at,
        expires_on=at.date() + dt.timedelta(days=365),
        left_at=at + dt.timedelta(days=12) if left else None,
        wording=pool.purpose,
        # Drawn by person, so that nothing else shifts.
        may_be_shared=Random(f"{SEED} {person.email} shared").random() < 0.7,
    )
