"""The pairs of the Sir Peter Carr Award: a past round with its winners, an open one, a form that two accounts share."""

import datetime as dt
import tomllib
from pathlib import Path as File
from random import Random
from typing import Any

from portal.demo import SEED, Stage, london, names_apart
from portal.demo_people import make_users
from portal.models import Organisation, Role, User
from portal.names import folded
from programmes import demo_award
from programmes.models import Intake, Prize
from talent.applying import pseudonym_of
from talent.models import (
    Application,
    ApplicationEvent,
    Award,
    AwardAnnouncement,
    Confirmation,
    Craft,
    PartnerInvitation,
    Person,
    Review,
    Score,
    SectionAnswer,
    SectionRevision,
)
from talent.models.application import REFERENCE_LETTERS
from talent.pairs import text_of
from talent.workflow import Actor, transition

FILE = File(__file__).parent / "award.toml"
REVIEWED = ("submit", "begin_sift", "pass_sift")
PATHS = {
    "won": (*REVIEWED, "shortlist", "invite", "award"),
    "met": (*REVIEWED, "shortlist", "invite", "not_awarded"),
    "not_shortlisted": (*REVIEWED, "not_shortlisted"),
    "failed": ("submit", "begin_sift", "fail_sift"),
    "sent": ("submit",),
    "draft": (),
}
# Days after the round's deadline on which the step was taken.
DAYS = {"begin_sift": 3, "pass_sift": 10, "fail_sift": 10, "shortlist": 52, "not_shortlisted": 52, "invite": 54}
DAYS |= {"award": 68, "not_awarded": 69}
REASONS = {
    "shortlist": "Among the three with the highest scores; the panel agreed.",
    "not_shortlisted": "Scores below those of the pairs that the panel meets.",
    "fail_sift": "Asks for what the trust should pay for anyway.",
    "award": "Unanimous. They finished each other's sentences only where they disagreed.",
    "not_awarded": "A close second: the panel asks them to come back next year.",
}


def load(stage: Stage) -> None:
    """A chance of its own, so that these pairs change nothing for the rest of the year."""
    pairs, chance = tomllib.loads(FILE.read_text(encoding="utf-8"))["pairs"], Random(SEED + 11)
    names = names_apart(stage, 2 * (len(pairs) - 1), seed=SEED + 11)
    users = [*make_users(names), stage.accounts["award_clinician"], stage.accounts["award_manager"]]
    trusts = list(Organisation.objects.trusts().open_on(stage.at.date()).filter(closed_on=None).order_by("ods_code"))
    for number, said in enumerate(stage.progress(pairs, "Pairs for the award")):
        intake = stage.left[demo_award.OPEN if said["path"] in ("sent", "draft") else demo_award.PAST]
        trust = chance.choice(trusts)
        application = _application(intake, users[2 * number : 2 * number + 2], said, trust, chance)
        _answer(application, said, trust)
        _steps(stage, application, said, users[2 * number])
        if "pass_sift" in PATHS[said["path"]]:
            _read(stage, application, said["quality"], chance)
        if said["path"] == "won":
            _award(stage, application, said, trust)


def _application(
    intake: Intake, users: list[User], said: dict[str, Any], trust: Organisation, chance: Random
) -> Application:
    began = intake.opens_at + dt.timedelta(days=chance.randint(1, 9), hours=chance.randint(1, 8))
    lead, partner = (
        Person.objects.create(
            user=user,
            full_name=user.full_name,
            sort_name=folded(user.full_name),
            email=user.email,
            headline=f"{craft}, {trust}"[:200],
            region=trust.region,
            created_at=began,
        )
        for user, craft in zip(users, said["crafts"], strict=True)
    )
    letters = "".join(chance.choices(REFERENCE_LETTERS, k=8))
    reference = f"{intake.scheme.code}-{letters[:4]}-{letters[4:]}"
    made = Application.objects.create(
        person=lead,
        partner=partner,
        intake=intake,
        question_set=intake.question_set,
        region=trust.region,
        reference=reference,
        pseudonym=pseudonym_of(reference),
        started_at=began,
        state_since=began,
    )
    PartnerInvitation.objects.create(
        application=made,
        name=partner.full_name,
        email=partner.email,
        lead_craft=Craft.CLINICIAN,
        invited_at=began + dt.timedelta(hours=1),
        state=PartnerInvitation.State.JOINED,
        state_since=began + dt.timedelta(hours=5),
    )
    return made


def _answer(application: Application, said: dict[str, Any], trust: Organisation) -> None:
    """What they wrote, each section at its own time; one that says nothing yet is left out."""
    known: dict[str, Any] = {**said, "trust": trust.name, "publish": "yes"}
    for person, craft, key in zip(application.applicants, said["crafts"], ("clinician", "manager"), strict=True):
        known[key] = f"{person.full_name}, {craft}"
    for number, section in enumerate(application.question_set.questions.sections):
        values = {q.key: known[q.key] for q in section.questions}
        if not all(values.values()):
            continue
        at = application.started_at + dt.timedelta(days=1, hours=number)
        answer = SectionAnswer.objects.create(
            application=application, section_key=section.key, values=values, revision=1, is_complete=True, saved_at=at
        )
        SectionRevision.objects.create(answer=answer, number=1, values=values, saved_at=at)


def _steps(stage: Stage, application: Application, said: dict[str, Any], lead: User) -> None:
    """Each step of the path, checked against the track's table and dated by the round's deadline."""
    text, team = text_of(application), stage.cast[Role.TALENT_TEAM]
    wanted = [p for p in application.applicants if said["path"] != "draft" or p is application.applicants[0]]
    at = min(application.intake.closes_at - dt.timedelta(days=2), stage.at - dt.timedelta(hours=3))
    for person in wanted:
        Confirmation.objects.create(application=application, given=True, text=text, by=person.user, at=at)
    for number, name in enumerate(PATHS[said["path"]]):
        step = transition(application.intake.scheme.track, name)
        if application.state not in step.sources:
            raise ValueError(f"{name} is not in the table from {application.state}")
        at = application.intake.closes_at + dt.timedelta(days=DAYS[name]) if name in DAYS else at
        ApplicationEvent.objects.create(
            application=application,
            transition=name,
            from_state=application.state,
            to_state=step.target,
            by=lead if Actor.APPLICANT in step.actors else team[number % len(team)],
            at=at,
            reason=REASONS.get(name, ""),
        )
        application.state, application.state_since = step.target, at
        application.submitted_at = application.submitted_at or at
        application.save(update_fields=["state", "state_since", "submitted_at"])


def _read(stage: Stage, application: Application, quality: float, chance: Random) -> None:
    """Three of the panel read each pair; every score with its evidence."""
    assigned = application.intake.closes_at + dt.timedelta(days=11)
    for reviewer in chance.sample(stage.cast[Role.REVIEWER], 3):
        kinds = Review.Recommendation
        one = Review.objects.create(
            application=application,
            reviewer=reviewer,
            assigned_at=assigned,
            assigned_by=stage.cast[Role.TALENT_TEAM][0],
            no_conflict_at=assigned + dt.timedelta(hours=4),
            recommendation=kinds.INTERVIEW if quality > 3 else kinds.DECLINE,
            overall="A pair worth meeting." if quality > 3 else "Not yet: too little of what they would learn.",
            revision=4,
            saved_at=assigned + dt.timedelta(days=12),
            submitted_at=assigned + dt.timedelta(days=12),
        )
        Score.objects.bulk_create(_scores(application, one, quality + chance.gauss(0, 0.4)))


def _scores(application: Application, review: Review, level: float) -> list[Score]:
    evidence = "Shown with figures of their own." if level > 3 else "Said, and not shown."
    return [
        Score(
            review=review,
            criterion_key=criterion.key,
            points=min(max(round(level), 0), criterion.max_score),
            evidence=evidence,
        )
        for criterion in application.question_set.questions.rubric
    ]


def _award(stage: Stage, application: Application, said: dict[str, Any], trust: Organisation) -> None:
    prize = Prize.objects.get(scheme=application.intake.scheme)
    by, day = stage.cast[Role.TALENT_TEAM][0], (application.intake.closes_at + dt.timedelta(days=68)).date()
    award = Award.objects.create(
        application=application,
        prize=prize,
        amount=prize.amount,
        decided_on=day,
        by=by,
        at=application.state_since,
        reason=REASONS["award"],
    )
    AwardAnnouncement.objects.create(
        award=award,
        employer=trust.name,
        citation=said["citation"],
        by=by,
        at=london(day + dt.timedelta(days=12)),
    )
