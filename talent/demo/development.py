"""Development programmes for the demonstration: cohorts of people from trusts, sessions held and who came to them."""

import datetime as dt
from dataclasses import dataclass
from random import Random

from django.db.models import Q

from portal.demo import SEED, Stage, london, names_apart
from portal.demo_people import make_users
from portal.models import Job, Membership, Organisation, Role, User
from portal.names import folded
from programmes.booking import TELL, book_everyone
from programmes.convening import ASK, EventFacts, move_event, plan_event, record_attendance
from programmes.demo_events import working_day
from programmes.models import Cohort, Event, ProgrammePage, Scheme
from talent.models import Participation, ParticipationOutcome, Person
from talent.participating import record_outcome

POST = "Improvement manager"


@dataclass(frozen=True, slots=True)
class Programme:
    """One programme, one cohort of it, and its sessions; `sessions` are held, `coming` is in so many days."""

    name: str
    slug: str
    code: str
    summary: str
    cohort: str
    starts_on: dt.date
    ends_on: dt.date
    people: int
    sessions: tuple[tuple[dt.date, str], ...]
    trusts: int = 0  # so many trusts send several people each; otherwise each person comes from another
    coming: tuple[int, str] | None = None


# 2016/17 highlights and the business plan for 2017-19 name the programmes; the people here are made up.
PROGRAMMES = (
    Programme(
        "Quality, Service Improvement and Redesign",
        "qsir",
        "QSIR",
        "Five days over some months: how to understand a service, change it and see whether the change holds.",
        "QSIR Practitioner, autumn 2017",
        dt.date(2017, 9, 12),
        dt.date(2018, 2, 27),
        10,
        (
            (dt.date(2017, 9, 12), "Leading improvement, and the people it touches"),
            (dt.date(2018, 2, 27), "Measurement, and showing what was learned"),
        ),
    ),
    Programme(
        "ACT Academy",
        "act-academy",
        "ACTA",
        "Teams learn advanced change: large-scale work across organisations, with coaching between the meetings.",
        "Second cohort",
        dt.date(2017, 11, 7),
        dt.date(2018, 6, 26),
        8,
        ((dt.date(2017, 11, 7), "Seeing the system you work in"),),
        coming=(33, "Alumni day: what lasted"),
    ),
    Programme(
        "Transformational Change through System Leadership",
        "transformational-change",
        "TCSL",
        "Leaders from health and care work together on one hard question of their area.",
        "Spring 2018",
        dt.date(2018, 1, 16),
        dt.date(2018, 7, 10),
        9,
        ((dt.date(2018, 1, 16), "Leading without authority"),),
    ),
    Programme(
        "Partnership with Virginia Mason",
        "virginia-mason",
        "VMI",
        "Five trusts and the Virginia Mason Institute bring lean methods into daily work over five years.",
        "Guiding teams of five trusts",
        dt.date(2016, 10, 4),
        dt.date(2021, 3, 31),
        10,
        ((dt.date(2017, 5, 16), "Sensei visit: value streams so far"),),
        trusts=5,
        coming=(19, "Guiding teams meet: what the first years taught"),
    ),
    Programme(
        "Q",
        "q",
        "Q",
        "A community of people with experience of improvement, started with the Health Foundation.",
        "Recruited in 2017",
        dt.date(2017, 6, 20),
        dt.date(2018, 6, 20),
        12,
        ((dt.date(2017, 11, 21), "Q community event: exchange visits"),),
    ),
    Programme(
        "Faculty of Improvement",
        "faculty-of-improvement",
        "FOI",
        "People who teach improvement in their own trust, and are taught to teach.",
        "First faculty",
        dt.date(2017, 10, 3),
        dt.date(2018, 10, 2),
        7,
        ((dt.date(2017, 10, 3), "Teaching a method so that it is used"),),
    ),
)


def load(stage: Stage) -> None:
    """A chance of its own, so that these programmes change nothing for the rest of the year."""
    chance, by = Random(SEED + 10), stage.accounts["talent_team"]
    trusts = list(Organisation.objects.trusts().open_on(stage.at.date()).filter(closed_on=None).order_by("ods_code"))
    names = iter(names_apart(stage, sum(one.people for one in PROGRAMMES), seed=SEED + 10))
    for programme in stage.progress(PROGRAMMES, "Development programmes"):
        people = _people(programme, [next(names) for _ in range(programme.people)], trusts, chance)
        cohort = _cohort(programme)
        joined = [Participation(cohort=cohort, person=person, joined_on=programme.starts_on) for person in people]
        Participation.objects.bulk_create(joined)
        users = [person.user for person in people if person.user]
        for day, title in programme.sessions:
            _held(cohort, title, day, users, chance, by=by)
        if programme.coming:
            days, title = programme.coming
            event = _session(cohort, title, working_day(stage.days_ago(-days).date()), by=by, at=stage.days_ago(14))
            book_everyone(event, users, by=by, at=stage.days_ago(13))
        if programme.ends_on < stage.at.date() and programme.slug != "virginia-mason":
            for one in joined[:-1]:
                kind = ParticipationOutcome.Kind.COMPLETED
                record_outcome(one, kind=kind, happened_on=programme.ends_on, by=by, at=london(programme.ends_on))
    # What the acts would have told people was told at the time.
    Job.objects.filter(kind__in=(TELL, ASK), done_at=None).update(done_at=stage.at)


# Pages that are called otherwise than their scheme.
PAGE_OF = {"q": "q-community", "transformational-change": "system-leadership"}


def _tie(scheme: Scheme) -> None:
    """The programme's page lists the scheme's cohorts; to a partnership of trusts nobody applies."""
    for page in ProgrammePage.objects.filter(slug=PAGE_OF.get(scheme.slug, scheme.slug)).exclude(slug="virginia-mason"):
        page.schemes.add(scheme)
        page.save()


def _cohort(programme: Programme) -> Cohort:
    known = Scheme.objects.filter(Q(slug=programme.slug) | Q(code=programme.code) | Q(name=programme.name)).first()
    scheme = known or Scheme.objects.create(
        name=programme.name, slug=programme.slug, code=programme.code, summary=programme.summary
    )
    _tie(scheme)
    return Cohort.objects.create(
        scheme=scheme, name=programme.cohort, starts_on=programme.starts_on, ends_on=programme.ends_on
    )


def _people(programme: Programme, names: list[str], trusts: list[Organisation], chance: Random) -> list[Person]:
    """People of trusts, with an account each."""
    chosen = chance.sample(trusts, programme.trusts or programme.people)
    users, at = make_users(names), london(programme.starts_on)
    Membership.objects.bulk_create(
        Membership(user=user, organisation=chosen[n % len(chosen)], role=Role.TRUST_USER, job_title=POST, started_at=at)
        for n, user in enumerate(users)
    )
    return Person.objects.bulk_create(
        Person(user=user, full_name=user.full_name, sort_name=folded(user.full_name), email=user.email, created_at=at)
        for user in users
    )


def _session(cohort: Cohort, title: str, day: dt.date, *, by: User, at: dt.datetime) -> Event:
    starts_at = london(day, hour=10)
    event = plan_event(
        EventFacts(
            title=title,
            kind=Event.Kind.SESSION,
            audience=Event.Audience.GROUP,
            summary=f"A session of {cohort.name}.",
            about="",
            starts_at=starts_at,
            ends_at=starts_at + dt.timedelta(hours=6),
            place="Skipton House, London SE1",
            link="",
            joining="Bring the case you work on. Lunch is there.",
            capacity=None,
            booking_closes_at=starts_at,
            contact_email="events@example.org",
            scheme=cohort.scheme,
            cohort=cohort,
        ),
        by=by,
        at=at,
    )
    return move_event(event, "publish", by=by, at=at)


def _held(cohort: Cohort, title: str, day: dt.date, users: list[User], chance: Random, *, by: User) -> None:
    event = _session(cohort, title, day, by=by, at=london(day - dt.timedelta(days=30)))
    made = book_everyone(event, users, by=by, at=london(day - dt.timedelta(days=25)))
    came = [booking.pk for booking in made if chance.random() < 0.88]
    record_attendance(event, came=came, by=by, at=london(day, hour=18))
