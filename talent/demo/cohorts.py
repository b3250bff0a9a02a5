"""People of the talent schemes' cohorts: with a sponsor, a mentor, and what became of them."""

import datetime as dt
from dataclasses import dataclass

from portal.demo import Stage, london
from portal.models import Region
from portal.names import folded
from programmes.models import Cohort
from talent.models import Participation, ParticipationOutcome, Person, Pool, PoolMembership, PostHeld

PLACES = ("Aldermere", "Fenbridge", "Kingsmoor", "Harrowmead", "Westonbury", "Larkfield", "Thornwick", "Millhaven")
KINDS = ("Hospitals", "Mental Health", "Community Health", "Ambulance Service")
DURING = dt.date(2017, 4, 1)
POOL = {
    "name": "Executive succession",
    "slug": "executive-succession",
    "purpose": "Executive posts in provider trusts: you may be named to a talent board when such a post falls vacant.",
}


@dataclass(frozen=True, slots=True)
class Kind:
    """Who takes part in one scheme: the post they hold, their profession, the post they look for."""

    title: str
    background: str
    seeks: str
    board_level: bool = False


WHO = {
    "aspiring-medical-directors": Kind("Associate medical director", "medicine", "medical_director"),
    "aspirant-executive-nurse": Kind("Deputy director of nursing", "nursing", "nurse_director"),
    "deputy-executive-nurse": Kind("Head of nursing", "nursing", "nurse_director"),
    "national-nursing-talent": Kind("Matron", "nursing", "nurse_director"),
    "ward-sister-handbook": Kind("Ward sister", "nursing", "nurse_director"),
    "top-200": Kind("Director of strategy", "operations", "chief_executive", board_level=True),
    "senior-systems-leader": Kind("Chief operating officer", "operations", "chief_executive", board_level=True),
    "interim-executives": Kind("Director of finance", "finance", "interim_executive", board_level=True),
}
READINESS = {
    "top-200": ("now", "1-2", "3-5"),
    "interim-executives": ("now",),
    "aspiring-medical-directors": ("1-2", "1-2", "3-5"),
    "aspirant-executive-nurse": ("now", "1-2", "1-2"),
}
# Sponsors and mentors, who are nobody else in the demonstration.
FIRST = ("Imelda", "Josiah", "Ottoline", "Piers", "Roshni", "Tamsin", "Ulrich", "Yewande", "Zubin", "Cordelia")
LAST = ("Applegarth", "Brockhurst", "Chaudhary", "Dunwoody", "Etherington", "Fairweather", "Gunasekera", "Hollingworth")
# One nurse's way through the schemes, from her ward to the board and beyond.
TRAVELLER = "Bernadette Osei-Marsh"
HER_POSTS = (
    ("Ward sister", dt.date(2004, 5, 1), dt.date(2008, 8, 31), False),
    ("Matron", dt.date(2008, 9, 1), dt.date(2012, 3, 31), False),
    ("Head of nursing", dt.date(2012, 4, 1), dt.date(2015, 6, 30), False),
    ("Deputy director of nursing", dt.date(2015, 7, 1), dt.date(2017, 11, 30), False),
    ("Director of nursing", dt.date(2017, 12, 1), None, True),
)


def load(stage: Stage) -> None:
    """Bulk throughout: some 130 people take under a second."""
    pool = Pool.objects.create(**POOL)
    regions = list(Region.objects.all())
    cohorts = [(slug, *made) for (slug, _), made in stage.left["cohorts"].items() if slug in WHO]
    every: list[tuple[Participation, int, Cohort, dict[str, int]]] = []
    people: list[tuple[Person, Kind, Cohort]] = []
    for slug, cohort, said in cohorts:
        for number in range(said["people"]):
            person = _person(stage, WHO[slug], slug, regions, number)
            people.append((person, WHO[slug], cohort))
            every.append((_participation(stage, cohort, person), number, cohort, said["outcomes"]))
    traveller = _traveller(regions[0])
    Person.objects.bulk_create([person for person, _, _ in people])
    traveller.save()
    PostHeld.objects.bulk_create([_post(stage, *each) for each in people])
    PostHeld.objects.bulk_create(_her_posts(traveller))
    hers = [(_participation(stage, cohort, traveller), 0, cohort, {}) for _, cohort, _ in cohorts]
    every += hers
    Participation.objects.bulk_create([one for one, *_ in every])
    ParticipationOutcome.objects.bulk_create(_outcomes(stage, every))
    _consent(
        pool,
        [*(person for person, kind, _ in people if kind.board_level or kind.seeks != "nurse_director"), traveller],
        stage,
    )


def helper(stage: Stage) -> str:
    """The name of a sponsor or mentor."""
    return f"{stage.chance.choice(FIRST)} {stage.chance.choice(LAST)}"


def _person(stage: Stage, kind: Kind, slug: str, regions: list[Region], number: int) -> Person:
    name = stage.new_name()
    ready = READINESS.get(slug, ("3-5",))
    return Person(
        full_name=name,
        sort_name=folded(name)[:200],
        headline=f"{kind.title}, {_trust(stage)}",
        region=regions[number % len(regions)],
        background=kind.background,
        sectors=[stage.chance.choice(("acute", "mental_health", "community"))],
        roles_sought=[kind.seeks],
        readiness=ready[number % len(ready)],
        created_at=london(DURING),
    )


def _trust(stage: Stage) -> str:
    return f"{stage.chance.choice(PLACES)} {stage.chance.choice(KINDS)}"


def _post(stage: Stage, person: Person, kind: Kind, cohort: Cohort) -> PostHeld:
    begun = cohort.starts_on - dt.timedelta(days=365 * stage.chance.randint(2, 6))
    title, _, employer = person.headline.partition(", ")
    return PostHeld(person=person, title=title, employer=employer, started_on=begun, board_level=kind.board_level)


def _participation(stage: Stage, cohort: Cohort, person: Person) -> Participation:
    return Participation(
        cohort=cohort,
        person=person,
        joined_on=cohort.starts_on,
        sponsor_name=helper(stage),
        mentor_name=helper(stage),
    )


def _outcomes(
    stage: Stage, every: list[tuple[Participation, int, Cohort, dict[str, int]]]
) -> list[ParticipationOutcome]:
    """Everybody completed but the last of each dozen; then the first of a cohort came to what it is known for."""
    by, found = stage.accounts["talent_team"], []
    for one, number, cohort, outcomes in every:
        ended = cohort.ends_on or cohort.starts_on
        left = number % 12 == 11
        kinds = ["left"] if left else ["completed"]
        taken = 0
        for kind, people in outcomes.items():
            if not left and taken <= number < taken + people:
                kinds.append(kind)
            taken += people
        for step, kind in enumerate(kinds):
            day = ended - dt.timedelta(days=60) if kind == "left" else ended + dt.timedelta(days=45 * step)
            found.append(ParticipationOutcome(participation=one, kind=kind, happened_on=day, by=by, at=london(day)))
    return found


def _traveller(region: Region) -> Person:
    return Person(
        full_name=TRAVELLER,
        sort_name=folded(TRAVELLER),
        headline="Director of nursing, Fenbridge Hospitals",
        summary="A nurse for thirty years. She led the retention of nurses on four wards, then across two trusts.",
        region=region,
        background="nursing",
        sectors=["acute", "community"],
        roles_sought=["chief_executive", "interim_executive"],
        readiness="1-2",
        created_at=london(DURING),
    )


def _her_posts(person: Person) -> list[PostHeld]:
    return [
        PostHeld(
            person=person, title=title, employer="Fenbridge Hospitals", started_on=a, ended_on=b, board_level=board
        )
        for title, a, b, board in HER_POSTS
    ]


def _consent(pool: Pool, people: list[Person], stage: Stage) -> None:
    given = stage.days_ago(60)
    PoolMembership.objects.bulk_create(
        PoolMembership(
            pool=pool,
            person=person,
            consented_at=given,
            expires_on=given.date() + dt.timedelta(days=365),
            wording=pool.purpose,
        )
        for person in people
    )
