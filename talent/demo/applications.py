"""The demonstration's applicants: who they are, what they wrote, and the file they sent, in bulk."""

import datetime as dt
import hashlib
from typing import Any

from django.core.files.base import ContentFile

from portal.demo import Stage, london
from portal.demo_people import make_users
from portal.models import Region, User
from portal.names import folded
from programmes.demo import Timetable
from programmes.models import Intake
from programmes.questions import Kind
from talent.applying import pseudonym_of
from talent.demo.answers import Writer
from talent.demo.careers import Career, make_career
from talent.demo.cv import WORD, cv
from talent.demo.plans import ACCOUNT_PATHS, PLANS, Path, quality_of
from talent.demo.steps import Course
from talent.demo.wishes import wishes
from talent.models import Application, Attachment, Person, PostHeld, SectionAnswer, SectionRevision
from talent.models.application import REFERENCE_LETTERS

POSTCODES = {
    "London": ("E", "N", "SE", "SW", "W", "NW"),
    "Midlands and East": ("B", "NG", "LE", "NR", "CB", "DE"),
    "North": ("LS", "M", "S", "NE", "L"),
    "South": ("BS", "SO", "BN", "OX", "EX"),
}
SUMMARIES = (
    "{title} with experience of {sector} in {place}. Governor and trustee. Wants to serve on a trust's board.",
    "Leads in {sector}; lives near {place}. Interested in quality, finance and the voice of communities.",
    "{title}, formerly in several organisations in {sector}. Looking for a first non-executive post.",
)


def begin(stage: Stage) -> list[Course]:
    """Every application of the plans, begun and answered, none of its steps taken yet."""
    wanted = [(key, path) for key, plan in PLANS.items() for path, count in plan.items() for _ in range(count)]
    users = make_users([stage.new_name() for _ in wanted])
    wanted += list(ACCOUNT_PATHS.values())
    users += [stage.accounts[key] for key in ACCOUNT_PATHS]
    courses = [_course(stage, user, *where) for user, where in zip(users, wanted, strict=True)]
    _save_people(courses)
    Application.objects.bulk_create([course.application for course in courses])
    return courses


def _course(stage: Stage, user: User, key: str, path: Path) -> Course:
    intake, days = stage.left[key], stage.left["timetables"][key]
    region = stage.chance.choice(list(intake.regions.all()))
    career = make_career(stage.chance, days.opens)
    started_at = _started_at(stage, days)
    person = new_person(stage, user, career, region, at=started_at)
    application = _application(stage, person, intake, region, started_at)
    quality = stage.chance.gauss(quality_of(path), 0.25)
    return Course(application, user, career, days, path, quality)


def _started_at(stage: Stage, days: Timetable) -> dt.datetime:
    last = min(days.closes - dt.timedelta(days=2), stage.at.date() - dt.timedelta(days=1))
    day = days.opens + dt.timedelta(days=round((last - days.opens).days * stage.chance.betavariate(1.2, 1.4)))
    return london(day, hour=stage.chance.randint(9, 21), minute=stage.chance.randint(0, 59))


def new_person(stage: Stage, user: User, career: Career, region: Region, *, at: dt.datetime) -> Person:
    words = {"title": career.now.title, "sector": career.sector, "place": career.place}
    return Person(
        user=user,
        full_name=user.full_name,
        sort_name=folded(user.full_name),
        email=user.email,
        # Numbers that the regulator keeps free for drama.
        phone=f"07700 900{stage.chance.randint(0, 999):03}",
        postcode=_postcode(stage, region),
        region=region,
        headline=career.headline,
        summary=stage.chance.choice(SUMMARIES).format(**words),
        readiness=stage.chance.choices(Person.Readiness.values, weights=(3, 5, 2))[0],
        days_a_month=stage.chance.choice((2, 2.5, 2.5, 3, 4)),
        created_at=at,
        **wishes(career, user.email),
    )


def _postcode(stage: Stage, region: Region) -> str:
    area = stage.chance.choice(POSTCODES.get(region.name, ("ZZ",)))
    letters = "".join(stage.chance.choices("ABDEFGHJLNPQRSTUWXYZ", k=2))
    return f"{area}{stage.chance.randint(1, 19)} {stage.chance.randint(1, 9)}{letters}"


def _application(stage: Stage, person: Person, intake: Intake, region: Region, started_at: dt.datetime) -> Application:
    letters = "".join(stage.chance.choices(REFERENCE_LETTERS, k=8))
    reference = f"{intake.scheme.code}-{letters[:4]}-{letters[4:]}"
    return Application(
        person=person,
        intake=intake,
        question_set=intake.question_set,
        region=region,
        reference=reference,
        pseudonym=pseudonym_of(reference),
        started_at=started_at,
        state_since=started_at,
    )


def _save_people(courses: list[Course]) -> None:
    Person.objects.bulk_create([course.application.person for course in courses])
    save_posts([(course.application.person, course.career) for course in courses])


def save_posts(careers: list[tuple[Person, Career]]) -> None:
    for person, career in careers:
        for post in career.posts:
            post.person = person
    PostHeld.objects.bulk_create([post for _, career in careers for post in career.posts])


def answer(stage: Stage, courses: list[Course]) -> None:
    """What each applicant wrote; a draft has its first sections only."""
    answers = [answer for course in courses for answer in _answers(stage, course)]
    SectionAnswer.objects.bulk_create(answers)
    SectionRevision.objects.bulk_create(
        [SectionRevision(answer=a, number=1, values=a.values, saved_at=a.saved_at) for a in answers]
    )


def _answers(stage: Stage, course: Course) -> list[SectionAnswer]:
    application, person = course.application, course.application.person
    writer = Writer(
        random=stage.chance,
        name=person.full_name,
        phone=person.phone,
        postcode=person.postcode,
        region=application.region.name,
        career=course.career,
        on=course.days.closes,
    )
    written = writer.answers(application.question_set.questions)
    known = list(written.items())
    if "submit" not in course.path:
        known = known[: stage.chance.randint(1, len(known) - 2)]
    return [
        SectionAnswer(
            application=application, section_key=key, values=values, revision=1, is_complete=True, saved_at=saved_at
        )
        for (key, values), saved_at in zip(known, _saved_at(course, len(known)), strict=True)
    ]


def _saved_at(course: Course, count: int) -> list[dt.datetime]:
    first = course.application.started_at
    return [first + dt.timedelta(minutes=2 * (number + 1)) for number in range(count)]


def attach(course: Course) -> Attachment | None:
    """The CV as a real file in the private store, when there is a question for it and the application was sent."""
    questions = course.application.question_set.questions.all_questions()
    asked = next((q for q in questions if q.kind is Kind.FILE), None)
    if asked is None or "submit" not in course.path:
        return None
    content = cv(course.application.person.full_name, course.career)
    attachment = Attachment(application=course.application, **_facts(asked.key, content, course))
    attachment.file.save(f"{course.application.reference}.docx", ContentFile(content), save=False)
    return attachment


def _facts(key: str, content: bytes, course: Course) -> dict[str, Any]:
    return {
        "question_key": key,
        "name": "cv.docx",
        "content_type": WORD,
        "size": len(content),
        "sha256": hashlib.sha256(content).hexdigest(),
        "uploaded_at": course.application.started_at + dt.timedelta(minutes=15),
    }
