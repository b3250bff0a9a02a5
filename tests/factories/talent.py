"""People, applications in any state, reviews and placements for tests; `filled(application)` answers every question."""

import datetime as dt
import hashlib
from typing import Any

import factory
from django.core.files.base import ContentFile
from django.utils import timezone

from programmes.models import Intake, QuestionSet
from programmes.opening import freeze
from talent.applying import pseudonym_of
from talent.models import (
    Adjustment,
    Application,
    ApplicationEvent,
    Attachment,
    ConflictKind,
    CvReading,
    CvSuggestion,
    DeclaredInterest,
    DuplicatePair,
    Person,
    Placement,
    PlacementReview,
    Pool,
    PoolMembership,
    PostHeld,
    Review,
    Score,
    SectionAnswer,
    State,
)
from talent.models.application import new_reference
from tests.factories.portal import OrganisationFactory, UserFactory
from tests.factories.programmes import IntakeFactory

PDF = b"%PDF-1.4\n1 0 obj<</Type/Catalog>>endobj\ntrailer<</Root 1 0 R>>\n%%EOF\n"
NEVER_SENT = frozenset({State.DRAFT})


class PersonFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = Person

    user = factory.SubFactory(UserFactory)
    full_name = factory.LazyAttribute(lambda o: o.user.full_name if o.user else "Person without account")
    email = factory.LazyAttribute(lambda o: o.user.email if o.user else "")
    created_at = factory.LazyFunction(timezone.now)


class PostHeldFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = PostHeld

    person = factory.SubFactory(PersonFactory)
    title = "Director of Operations"
    employer = "Harbour Housing"
    started_on = dt.date(2012, 4, 1)


class ApplicationFactory(factory.django.DjangoModelFactory):
    """An application to a live intake: `user=` whose it is, `state=State.REVIEW`; sent unless a draft.

    State is set as it is, without the steps that lead there; `talent.workflow.move` makes those.
    """

    class Meta:
        model = Application

    class Params:
        user = factory.SubFactory(UserFactory)

    person = factory.LazyAttribute(
        lambda o: Person.objects.filter(user=o.user).first() or PersonFactory(user=o.user),
    )
    intake = factory.SubFactory(IntakeFactory)
    question_set = factory.LazyAttribute(lambda o: frozen(o.intake))
    region = factory.LazyAttribute(lambda o: o.intake.regions.first())
    reference = factory.LazyAttribute(lambda o: new_reference(o.intake.scheme.code))
    pseudonym = factory.LazyAttribute(lambda o: pseudonym_of(o.reference))
    state = State.DRAFT
    started_at = factory.LazyFunction(lambda: timezone.now() - dt.timedelta(days=7))
    submitted_at = factory.LazyAttribute(
        lambda o: None if o.state in NEVER_SENT else o.started_at + dt.timedelta(days=5)
    )
    state_since = factory.LazyAttribute(lambda o: o.submitted_at or o.started_at)


def frozen(intake: Intake) -> QuestionSet:
    """The intake's question set, frozen now if it has none."""
    if intake.question_set is None:
        intake.question_set = freeze(intake.scheme, by=None, at=timezone.now(), reason="a test")
        intake.save(update_fields=["question_set"])
    return intake.question_set


def good_answers() -> dict[str, dict[str, Any]]:
    """Answers to every NExT Director question, by section key: whole, within limits, nothing declared."""
    none = {"applies": ["none"], "details": ""}
    return {
        "about-you": {
            "full_name": "Asha Patel",
            "phone": "020 7946 0018",
            "postcode": "LS1 4AP",
            "current_role": "Chief operating officer, Harbour Housing",
        },
        "posts-held": {
            "posts": [
                {
                    "title": "Chief operating officer",
                    "employer": "Harbour Housing",
                    "started_on": "2012-04-01",
                    "ended_on": "",
                    "board_level": "yes",
                    "duties": "All services to 9,000 homes.",
                }
            ],
            "gaps": "",
        },
        "your-experience": {
            "leadership": "I led the merger of two housing associations and kept every tenant service open.",
            "challenge": "I asked for the evidence behind a closure, and we kept the centre.",
            "community": "I hold open evenings each month and bring what I hear to the board.",
        },
        "what-you-want-to-learn": {
            "motivation": "I have led services that hospitals depend on.",
            "bridges": ["board_level", "structures_money"],
            "bridges_other": "",
        },
        "your-placement": {
            "travel": "hour",
            "available_from": "2017-09-01",
            "works_in_nhs": "no",
            "nhs_employer": "",
            "placement_wishes": "",
        },
        "your-cv": {},
        "declarations": {"political": none, "interests": none, "disqualification": none},
    }


class AttachmentFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = Attachment

    class Params:
        content = PDF

    application = factory.SubFactory(ApplicationFactory)
    question_key = "cv"
    name = "cv.pdf"
    file = factory.LazyAttribute(lambda o: ContentFile(o.content, name="stored.pdf"))
    content_type = "application/pdf"
    size = factory.LazyAttribute(lambda o: len(o.content))
    sha256 = factory.LazyAttribute(lambda o: hashlib.sha256(o.content).hexdigest())
    uploaded_at = factory.LazyFunction(timezone.now)


def filled(application: Application, **answers: Any) -> Application:
    """Answers every section of `application`, CV included; `answers` by question key replace the good ones."""
    for key, values in good_answers().items():
        mine = {k: v for k, v in answers.items() if k in values}
        SectionAnswer.objects.create(
            application=application,
            section_key=key,
            values=values | mine,
            revision=1,
            saved_at=application.started_at,
            is_complete=True,
        )
    AttachmentFactory(application=application)
    return application


class ApplicationEventFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = ApplicationEvent

    application = factory.SubFactory(ApplicationFactory)
    transition = "submit"
    from_state = State.DRAFT
    to_state = State.SUBMITTED
    at = factory.LazyFunction(timezone.now)


class AdjustmentFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = Adjustment

    application = factory.SubFactory(ApplicationFactory)
    asked_at = factory.LazyFunction(timezone.now)
    needs = "A hearing loop in the interview room."


class ReviewFactory(factory.django.DjangoModelFactory):
    """A review of an application in review, assigned and not begun: `submitted_at=` to have it done."""

    class Meta:
        model = Review

    application = factory.SubFactory(ApplicationFactory, state=State.REVIEW)
    reviewer = factory.SubFactory(UserFactory)
    assigned_at = factory.LazyFunction(timezone.now)
    assigned_by = factory.SubFactory(UserFactory)


class ScoreFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = Score

    review = factory.SubFactory(ReviewFactory)
    criterion_key = "leadership"
    points = 3
    evidence = "Led a merger."


class DeclaredInterestFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = DeclaredInterest

    user = factory.SubFactory(UserFactory)
    application = factory.SubFactory(ApplicationFactory, state=State.REVIEW)
    kind = ConflictKind.PERSONAL
    declared_at = factory.LazyFunction(timezone.now)


class PlacementFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = Placement

    application = factory.SubFactory(ApplicationFactory, state=State.PLACED)
    host = factory.SubFactory(OrganisationFactory)
    mentor_name = "Morgan Reed"
    starts_on = dt.date(2017, 9, 1)
    ends_on = dt.date(2018, 8, 31)


class PlacementReviewFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = PlacementReview

    placement = factory.SubFactory(PlacementFactory)
    due_on = dt.date(2017, 12, 1)


class PoolFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = Pool

    name = factory.Sequence(lambda n: f"Pool {n}")
    slug = factory.Sequence(lambda n: f"pool-{n}")
    purpose = "Non-executive roles on NHS boards."


class PoolMembershipFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = PoolMembership

    pool = factory.SubFactory(PoolFactory)
    person = factory.SubFactory(PersonFactory)
    consented_at = factory.LazyFunction(timezone.now)
    expires_on = factory.LazyFunction(lambda: timezone.localdate() + dt.timedelta(days=365))


class DuplicatePairFactory(factory.django.DjangoModelFactory):
    """Two records with one address, waiting to be compared."""

    class Meta:
        model = DuplicatePair

    first = factory.SubFactory(PersonFactory)
    second = factory.SubFactory(PersonFactory)
    reasons = ["email"]
    found_at = factory.LazyFunction(timezone.now)


class CvReadingFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = CvReading

    person = factory.SubFactory(PersonFactory)
    file_name = "cv.pdf"
    text = "2012 to 2016: Chair, Vale Council"
    read_at = factory.LazyFunction(timezone.now)


class CvSuggestionFactory(factory.django.DjangoModelFactory):
    """A post that a CV suggests."""

    class Meta:
        model = CvSuggestion

    reading = factory.SubFactory(CvReadingFactory)
    title = "Chair"
    employer = "Vale Council"
    started_on = dt.date(2012, 1, 1)
    ended_on = dt.date(2016, 1, 1)
    passage = "2012 to 2016: Chair, Vale Council"
