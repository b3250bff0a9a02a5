"""Cohorts: who takes part, who came, what became of them; read by the team, and by each for themselves."""

import datetime as dt

import pytest
from django.core.exceptions import PermissionDenied
from django.test import Client

from portal.models import Role
from programmes.models import Cohort
from talent.cohorts import cohort_view, cohorts
from talent.models import Participation, ParticipationOutcome
from talent.participating import OutcomeRefused, record_outcome
from tests.factories.events import BookingFactory, EventFactory, team
from tests.factories.portal import RegionFactory, UserFactory, member, sign_in
from tests.factories.programmes import SchemeFactory
from tests.factories.talent import PersonFactory

pytestmark = pytest.mark.django_db

AT = dt.datetime(2018, 4, 3, 9, tzinfo=dt.UTC)
JOINED, DONE = dt.date(2017, 4, 3), dt.date(2018, 3, 30)


def takes_part(cohort: Cohort | None = None, **person) -> Participation:
    cohort = cohort or Cohort.objects.create(scheme=SchemeFactory(), name="First", starts_on=JOINED)
    return Participation.objects.create(cohort=cohort, person=PersonFactory(**person), joined_on=JOINED)


def test_the_end_is_recorded_once_and_posts_as_they_come():
    row, by = takes_part(), team()

    record_outcome(row, kind="completed", happened_on=DONE, by=by, at=AT, reason=" Last session ")
    record_outcome(row, kind="chief_executive", happened_on=AT.date(), by=by, at=AT)

    assert list(row.outcomes.values_list("kind", "reason")) == [("completed", "Last session"), ("chief_executive", "")]
    with pytest.raises(OutcomeRefused, match=r"^On record already: completed the programme\.$"):
        record_outcome(row, kind="left", happened_on=DONE, by=by, at=AT)
    with pytest.raises(OutcomeRefused, match=r"^This is on record already\.$"):
        record_outcome(row, kind="chief_executive", happened_on=AT.date(), by=by, at=AT)


@pytest.mark.parametrize(
    ("day", "words"),
    [
        (dt.date(2018, 4, 4), "Record it once it is so."),
        (dt.date(2017, 4, 2), "It cannot lie before the day on which they joined."),
    ],
)
def test_no_outcome_outside_its_time(day, words):
    row = takes_part()

    with pytest.raises(OutcomeRefused) as refused:
        record_outcome(row, kind="left", happened_on=day, by=team(), at=AT)

    assert (str(refused.value), ParticipationOutcome.objects.count()) == (words, 0)


def test_only_the_team_records():
    row = takes_part(user=UserFactory())

    for somebody in (row.person.user, member(Role.REGIONAL_LEAD, region=RegionFactory())):
        with pytest.raises(PermissionDenied):
            record_outcome(row, kind="completed", happened_on=DONE, by=somebody, at=AT)


def test_a_cohort_counts_who_came_to_what_was_held():
    ann = takes_part(full_name="Ann", user=UserFactory())
    ben = takes_part(ann.cohort, full_name="Ben", user=None)
    given = {"cohort": ann.cohort, "scheme": ann.cohort.scheme, "audience": "group"}
    first, second = (EventFactory(held=True, **given) for _ in range(2))
    EventFactory(**given), EventFactory(state="draft", **given)
    BookingFactory(event=first, user=ann.person.user, came=True)
    BookingFactory(event=second, user=ann.person.user, came=False)
    record_outcome(ann, kind="completed", happened_on=DONE, by=team(), at=AT)

    view = cohort_view(cohorts().get())

    assert [(row.participation, row.came, len(row.outcomes)) for row in view.rows] == [(ann, 1, 1), (ben, 0, 0)]
    assert (len(view.sessions), view.held, view.completed) == (3, 2, 1)


def test_counts_are_not_multiplied_by_each_other():
    row = takes_part()
    takes_part(row.cohort)
    EventFactory.create_batch(3, cohort=row.cohort, scheme=row.cohort.scheme, audience="group")
    for kind in ("completed", "promoted") if "promoted" in ParticipationOutcome.Kind.values else ("completed",):
        record_outcome(row, kind=kind, happened_on=DONE, by=team(), at=AT)

    found = cohorts().get()

    assert (found.people, found.sessions, found.completed) == (2, 3, 1)


def test_what_became_of_somebody_is_recorded_on_the_page(client: Client):
    row = takes_part()
    sign_in(client, team())

    response = client.post(
        f"/talent/cohorts/participants/{row.pk}/outcome/", {"kind": "completed", "happened_on": DONE.isoformat()}
    )

    assert (response.url, list(row.outcomes.values_list("kind", flat=True))) == (
        f"/talent/cohorts/{row.cohort_id}/", ["completed"],
    )  # fmt: skip


def test_everybody_sees_their_own_programmes(client: Client):
    row = takes_part(user=UserFactory())
    session = EventFactory(cohort=row.cohort, scheme=row.cohort.scheme, audience="group")
    takes_part(user=UserFactory())
    sign_in(client, row.person.user)

    response = client.get("/your-programmes/")

    assert response.context["rows"] == [(row, [session])]


@pytest.mark.parametrize("rows", [1, 3])
def test_cohort_list(client: Client, rows: int, django_assert_num_queries):
    sign_in(client, team())
    for _ in range(rows):
        takes_part()

    with django_assert_num_queries(9):
        response = client.get("/talent/cohorts/")

    assert len(response.context["page"]) == rows


@pytest.mark.parametrize("rows", [1, 3])
def test_cohort_detail(client: Client, rows: int, django_assert_num_queries):
    sign_in(client, team())
    first = takes_part(user=UserFactory())
    for _ in range(rows - 1):
        takes_part(first.cohort, user=UserFactory())
    EventFactory.create_batch(rows, cohort=first.cohort, scheme=first.cohort.scheme, held=True)

    with django_assert_num_queries(14):
        response = client.get(f"/talent/cohorts/{first.cohort_id}/")

    assert len(response.context["view"].rows) == rows


@pytest.mark.parametrize("rows", [1, 3])
def test_own_programme_list(client: Client, rows: int, django_assert_num_queries):
    first = takes_part(user=sign_in(client, UserFactory()))
    for _ in range(rows - 1):
        cohort = takes_part().cohort
        Participation.objects.create(cohort=cohort, person=first.person, joined_on=JOINED)

    with django_assert_num_queries(9):
        response = client.get("/your-programmes/")

    assert len(response.context["rows"]) == rows
