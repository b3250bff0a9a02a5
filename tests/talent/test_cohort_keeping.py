"""Making a cohort and seeing people through it: each act, its ledger row, who may, and the pages."""

import datetime as dt

import pytest
from django.core.exceptions import PermissionDenied
from django.test import Client

from portal.models import Role, User
from programmes.models import Cohort
from talent import cohort_keeping as keeping
from talent.cohort_keeping import CohortFacts
from talent.models import CohortEvent, Participation, Person, State
from talent.participating import OutcomeRefused, record_outcome
from tests.factories.events import team
from tests.factories.portal import RegionFactory, UserFactory, member, sign_in
from tests.factories.programmes import CohortFactory, IntakeFactory, SchemeFactory
from tests.factories.talent import ApplicationFactory, PersonFactory

pytestmark = pytest.mark.django_db

AT = dt.datetime(2018, 4, 3, 9, tzinfo=dt.UTC)
FIRST, LAST = dt.date(2017, 4, 3), dt.date(2018, 3, 30)


def happened() -> list[tuple[str, str]]:
    return [(row.kind, str(row.person or "")) for row in CohortEvent.objects.all()]


def takes_part(cohort: Cohort, name: str = "Ann") -> Participation:
    return Participation.objects.create(cohort=cohort, person=PersonFactory(full_name=name, user=None), joined_on=FIRST)


def test_a_cohort_is_made_and_changed_and_both_are_on_record():
    scheme, by = SchemeFactory(), team()

    made = keeping.begin_cohort(CohortFacts(scheme, "First", FIRST, LAST), by=by, at=AT)
    keeping.change_cohort(made, CohortFacts(scheme, "Spring 2017", FIRST), by=by, at=AT)

    assert list(Cohort.objects.values_list("scheme", "name", "starts_on", "ends_on")) == [
        (scheme.pk, "Spring 2017", FIRST, None)
    ]
    assert [(row.kind, row.facts["name"]) for row in CohortEvent.objects.all()] == [
        ("begun", "First"),
        ("changed", "Spring 2017"),
    ]


@pytest.mark.parametrize(
    ("name", "ends_on", "said"),
    [("First", LAST, "NExT Director has a cohort of that name."), ("Second", dt.date(2017, 4, 2), "The last day")],
)
def test_no_two_of_one_name_and_none_that_ends_before_it_begins(name: str, ends_on: dt.date, said: str):
    scheme = SchemeFactory(name="NExT Director")
    CohortFactory(scheme=scheme, name="First")

    with pytest.raises(OutcomeRefused, match=said):
        keeping.begin_cohort(CohortFacts(scheme, name, FIRST, ends_on), by=team(), at=AT)


def test_somebody_taken_in_twice_is_in_once():
    cohort, by, ann = CohortFactory(), team(), PersonFactory(full_name="Ann")

    first = keeping.take_in(cohort, ann, joined_on=FIRST, by=by, at=AT)
    again = keeping.take_in(cohort, ann, joined_on=LAST, by=by, at=AT)

    assert (first, again.joined_on, happened()) == (again, FIRST, [("joined", "Ann")])


def test_a_newcomer_is_who_has_the_address_or_a_new_person():
    cohort, by = CohortFactory(), team()
    ann = PersonFactory(full_name="Ann", user=UserFactory(email="ann@example.org"))
    facts = {"joined_on": FIRST, "by": by, "at": AT}

    known = keeping.take_in_newcomer(cohort, name="Annabel", email="ANN@example.org", **facts)
    fresh = keeping.take_in_newcomer(cohort, name="Zoë Ben", email="zoe@example.org", **facts)

    assert (known.person, fresh.person.full_name, fresh.person.sort_name) == (ann, "Zoë Ben", "zoe ben")
    assert Person.objects.count() == 2


def test_everybody_who_accepted_a_place_is_taken_in_at_once():
    intake = IntakeFactory()
    cohort = CohortFactory(scheme=intake.scheme, intake=intake)
    wanted = [ApplicationFactory(intake=intake, state=state) for state in (State.ACCEPTED, State.PLACED)]
    for state in (State.OFFERED, State.DECLINED, State.SUBMITTED):
        ApplicationFactory(intake=intake, state=state)
    ApplicationFactory(state=State.ACCEPTED)

    number = keeping.take_in_intake(cohort, joined_on=FIRST, by=team(), at=AT)

    assert number == 2
    assert {one.person for one in cohort.participations.all()} == {one.person for one in wanted}
    assert keeping.take_in_intake(cohort, joined_on=FIRST, by=team(), at=AT) == 0


def test_helpers_are_named_and_on_record():
    row = takes_part(CohortFactory())

    keeping.name_helpers(row, sponsor_name=" Sue ", mentor_name="Max", joined_on=LAST, by=team(), at=AT)

    row.refresh_from_db()
    assert (row.sponsor_name, row.mentor_name, row.joined_on) == ("Sue", "Max", LAST)
    assert CohortEvent.objects.get().facts == {"sponsor": "Sue", "mentor": "Max", "joined_on": "2018-03-30"}


def test_somebody_taken_in_by_mistake_is_taken_out_with_the_reason():
    row, by = takes_part(CohortFactory()), team()

    with pytest.raises(OutcomeRefused, match="Give the reason"):
        keeping.take_out(row, by=by, at=AT, reason=" ")
    keeping.take_out(row, by=by, at=AT, reason="Another Ann")

    assert not Participation.objects.exists()
    assert (happened(), CohortEvent.objects.get().reason) == ([("taken_out", "Ann")], "Another Ann")


def test_whoever_has_an_outcome_stays():
    row, by = takes_part(CohortFactory()), team()
    record_outcome(row, kind="completed", happened_on=LAST, by=by, at=AT)

    with pytest.raises(OutcomeRefused, match="cannot be taken out"):
        keeping.take_out(row, by=by, at=AT, reason="Mistake")


def test_graduation_is_for_those_on_the_way_and_for_all_or_nobody():
    cohort, by = CohortFactory(), team()
    ann, ben, cat = (takes_part(cohort, name) for name in ("Ann", "Ben", "Cat"))
    record_outcome(cat, kind="left", happened_on=FIRST, by=by, at=AT)

    assert list(keeping.on_the_way(cohort)) == [ann, ben]
    with pytest.raises(OutcomeRefused, match="On record already: left the programme early"):
        keeping.graduate([ann, cat], on=LAST, by=by, at=AT)
    assert keeping.graduate([ann, ben], on=LAST, by=by, at=AT) == 2

    assert list(keeping.on_the_way(cohort)) == []
    assert list(ann.outcomes.values_list("kind", "happened_on")) == [("completed", LAST)]


def test_only_the_team_keeps_cohorts():
    cohort = CohortFactory()
    row, lead = takes_part(cohort), member(Role.REGIONAL_LEAD, region=RegionFactory())
    facts = CohortFacts(cohort.scheme, "New", FIRST)

    for act in (
        lambda: keeping.begin_cohort(facts, by=lead, at=AT),
        lambda: keeping.change_cohort(cohort, facts, by=lead, at=AT),
        lambda: keeping.take_in(cohort, row.person, joined_on=FIRST, by=lead, at=AT),
        lambda: keeping.name_helpers(row, sponsor_name="", mentor_name="", joined_on=FIRST, by=lead, at=AT),
        lambda: keeping.take_out(row, by=lead, at=AT, reason="No"),
        lambda: keeping.graduate([row], on=LAST, by=lead, at=AT),
    ):
        with pytest.raises(PermissionDenied):
            act()

    assert (CohortEvent.objects.count(), Participation.objects.get()) == (0, row)


def signed_in(client: Client) -> User:
    by = team()
    sign_in(client, by)
    return by


def test_the_team_makes_a_cohort_finds_somebody_and_sees_them_through(client: Client):
    signed_in(client)
    scheme = SchemeFactory()
    ann = ApplicationFactory(state=State.SUBMITTED, person=PersonFactory(full_name="Ann Oyelaran")).person
    days = {"starts_on": "2017-04-03"}

    client.post("/talent/cohorts/new/", {"scheme": scheme.pk, "name": "First", **days})
    cohort = Cohort.objects.get()
    found = client.get(f"/talent/cohorts/{cohort.pk}/people/add/", {"q": "oyelaran"}).content.decode()
    client.post(f"/talent/cohorts/{cohort.pk}/people/add/", {"person": ann.pk})
    row = Participation.objects.get()
    joined = {"joined_on": "2017-04-03"}
    client.post(f"/talent/cohorts/participants/{row.pk}/", {"sponsor_name": "Sue", "mentor_name": "Max", **joined})
    graduation = {"people": [row.pk], "on": "2018-03-30"}
    client.post(f"/talent/cohorts/{cohort.pk}/graduation/", graduation)

    page = client.get(f"/talent/cohorts/{cohort.pk}/").content.decode()
    assert "Ann Oyelaran" in found
    assert all(words in page for words in ("Sue", "Max", "Completed the programme, 30 March 2018"))
    assert [kind for kind, _ in happened()] == ["begun", "joined", "helped"]


def test_a_session_is_planned_for_the_cohort_one_comes_from(client: Client):
    signed_in(client)
    cohort = CohortFactory()

    page = client.get("/events/new/", {"cohort": cohort.pk}).content.decode()

    assert f'value="cohort-{cohort.pk}" selected' in page


@pytest.mark.parametrize("people", [1, 3])
def test_the_page_asks_as_often_for_three_as_for_one(client: Client, people: int, django_assert_num_queries):
    signed_in(client)
    cohort = CohortFactory()
    for number in range(people):
        takes_part(cohort, f"Person {number}")
    client.get(f"/talent/cohorts/{cohort.pk}/graduation/")

    with django_assert_num_queries(9):
        client.get(f"/talent/cohorts/{cohort.pk}/graduation/")
