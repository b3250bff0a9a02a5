"""Fit and proper checks: results, renewals, waivers, and nobody who starts while one is open."""

import datetime as dt
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied
from django.db import DatabaseError, connection, transaction
from django.utils import timezone

from appointments import frameworks, policies
from appointments.appointing import AppointingRefused, correct_appointment, enact
from appointments.checking import (
    CheckRefused,
    close_checks,
    must_be_fit,
    open_checks,
    record_all_clear,
    record_result,
    waive,
)
from appointments.decisions import DecisionRefused
from appointments.fitness import fitness_of, fitness_of_set
from appointments.models import Appointment, Check, CheckSet, Decision, FrameworkVersion
from appointments.preparing import AgendaRefused
from appointments.proposing import obstacles
from portal.access import access_of
from portal.models import Role, User
from tests.factories.boards import SeatFactory, seated, somebody
from tests.factories.fitness import a_set, fit
from tests.factories.portal import RegionFactory, UserFactory, member
from tests.factories.proposals import decided, proposed, proposed_new
from tests.factories.talent import PersonFactory

pytestmark = pytest.mark.django_db

START = dt.date(2018, 1, 1)
LATER = dt.date(2024, 1, 1)  # under the yearly framework
NAMES_OF_2014 = [
    "cv_gaps", "self_declaration", "panel_papers", "news_search", "regulators", "references", "disqualified_directors",
    "insolvency", "appraisal", "corporate_knowledge", "dbs", "occupational_health", "qualifications", "identity",
]  # fmt: skip


@pytest.fixture(autouse=True)
def loaded(db: None) -> None:
    frameworks.load()


@pytest.fixture
def team() -> User:
    return member(Role.TALENT_TEAM)


@pytest.fixture
def lead() -> User:
    return member(Role.TALENT_TEAM, is_administrator=True)


def record(check_set: CheckSet, kind: str, result: str, by: User, **given: Any) -> Check:
    facts = {"done_on": timezone.localdate(), "reason": "The team has talked it over."} | given
    return record_result(check_set, kind, result, by=by, at=timezone.now(), **facts)


def states(check_set: CheckSet, on: dt.date | None = None) -> dict[str, str]:
    found = fitness_of_set(check_set, on=on or timezone.localdate())
    return {line.rule.kind: str(line.state) for line in found.lines if line.state != "Clear"}


def sums(check_set: CheckSet) -> tuple[int, int, dt.date | None]:
    check_set.refresh_from_db()
    return check_set.open_count, check_set.waived_count, check_set.renews_on


def test_frameworks_are_loaded_once_and_follow_each_other():
    assert frameworks.load() == 0
    assert [(v.in_force_from, v.in_force_until) for v in FrameworkVersion.objects.order_by("in_force_from")] == [
        (dt.date(2014, 11, 27), dt.date(2023, 9, 29)),
        (dt.date(2023, 9, 30), None),
    ]


def test_what_is_asked_follows_from_the_first_day():
    person, seat = somebody(), SeatFactory()

    before, then, now = (fitness_of(person, seat, on=day) for day in (dt.date(2014, 11, 26), START, LATER))

    assert before is None
    assert [line.rule.kind for line in then.lines] == NAMES_OF_2014
    assert [line.rule.kind for line in now.lines if line.rule.renewal_months == 12] == [
        "self_declaration", "news_search", "regulators", "disqualified_directors",
        "charity_trustees", "insolvency", "tribunals", "appraisal",
    ]  # fmt: skip


def test_a_set_is_opened_once_with_everything_open(team):
    person, seat = somebody(), SeatFactory()

    first, second = (open_checks(person, seat, on=START, by=team, at=timezone.now()) for _ in range(2))

    assert first == second
    assert (sums(first), first.word_on(START), first.opened_by) == ((14, 0, None), "Open", team)


def test_no_set_is_opened_for_a_day_before_any_framework(team):
    with pytest.raises(CheckRefused, match=r"^No framework of checks is on record for 1 January 2010.$"):
        open_checks(somebody(), SeatFactory(), on=dt.date(2010, 1, 1), by=team, at=timezone.now())


def test_a_concern_keeps_a_check_open_until_a_newer_result(team):
    check_set = fit(somebody(), SeatFactory(), on=START)

    record(check_set, "references", "concern", team)
    then = states(check_set), sums(check_set)
    record(check_set, "references", "clear", team)

    assert then == ({"references": "Concern"}, (1, 0, None))
    assert (states(check_set), sums(check_set)) == ({}, (0, 0, None))
    assert list(check_set.checks.filter(kind="references").values_list("result", flat=True)) == [
        "clear", "concern", "clear",
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("kind", "result", "given", "said"),
    [
        ("references", "not_applicable", {}, "“References” applies to everybody; it cannot be left out."),
        (
            "dbs",
            "not_applicable",
            {"reason": " "},
            "Say what follows from this result, without repeating what was found.",
        ),
        (
            "dbs",
            "clear",
            {"done_on": dt.date(2999, 1, 1)},
            "The check is still to come; record it when it has been made.",
        ),
        (
            "tribunals",
            "clear",
            {},
            "Fit and proper persons, regulation 5 does not ask for “Employment tribunal judgments” for this seat.",
        ),
        ("dbs", "clear", {"renews_on": dt.date(2001, 1, 1)}, "It cannot fall due again before it was made."),
    ],
)
def test_results_that_cannot_be(team, kind, result, given, said):
    check_set = a_set(somebody(), SeatFactory(), on=START)

    with pytest.raises(CheckRefused) as refused:
        record(check_set, kind, result, team, **given)

    assert (str(refused.value), Check.objects.count()) == (said, 0)


def test_a_correction_is_a_new_row_that_names_the_old_one(team):
    check_set = a_set(somebody(), SeatFactory(), on=START)
    wrong = record(check_set, "dbs", "clear", team)

    right = record(check_set, "dbs", "not_applicable", team, corrects=wrong, reason="The post is not eligible.")

    assert (right.corrects, wrong.corrected_by) == (wrong, right)
    assert states(check_set)["dbs"] == "Not applicable"
    with pytest.raises(CheckRefused, match="has been corrected already"):
        record(check_set, "dbs", "clear", team, corrects=wrong)
    with pytest.raises(CheckRefused, match=r"^A correction is of a result of the same check.$"):
        record(check_set, "identity", "clear", team, corrects=right)


@pytest.mark.parametrize("table", ["check", "waiver", "attestation", "selfdeclaration", "checkread"])
def test_history_is_written_once(table):
    with connection.cursor() as cursor:
        cursor.execute("SELECT 1 FROM pg_trigger WHERE tgname = %s", [f"appointments_{table}_write_once"])
        assert cursor.fetchall() == [(1,)]


def test_raw_sql_cannot_rewrite_a_result():
    fit(somebody(), SeatFactory(), on=START)

    with pytest.raises(DatabaseError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("UPDATE appointments_check SET result = 'concern'")

    assert set(Check.objects.values_list("result", flat=True)) == {"clear"}


def test_a_yearly_check_falls_due_again_after_a_year(team):
    check_set = a_set(somebody(), SeatFactory(), on=LATER)

    check = record(check_set, "insolvency", "clear", team, done_on=dt.date(2024, 2, 29))
    early = record(check_set, "dbs", "clear", team, done_on=dt.date(2024, 3, 1), renews_on=dt.date(2024, 9, 1))

    assert (check.renews_on, early.renews_on) == (dt.date(2025, 2, 27), dt.date(2024, 9, 1))
    assert states(check_set, on=dt.date(2025, 2, 27))["dbs"] == "Renewal overdue"
    assert "insolvency" not in states(check_set, on=dt.date(2025, 2, 27))
    assert states(check_set, on=dt.date(2025, 2, 28))["insolvency"] == "Renewal overdue"


def test_the_lists_are_of_those_who_sit_or_are_candidates(team):
    seat = SeatFactory()
    sits, left, candidate, closed = (a_set(somebody(), seat, on=START) for _ in range(4))
    seated(seat, "2016-01-01", "2017-12-31", person=left.person)
    seated(seat, "2018-01-01", "2020-12-31", person=sits.person)
    close_checks(closed, by=team, at=timezone.now())

    assert set(CheckSet.objects.live(dt.date(2018, 6, 1))) == {sits, candidate}
    assert set(CheckSet.objects.live(dt.date(2017, 6, 1))) == {sits, left, candidate}


def test_a_waiver_lets_somebody_start_until_its_day(lead):
    person, seat = somebody(), SeatFactory()
    check_set, today = fit(person, seat, on=START), timezone.localdate()
    record(check_set, "dbs", "concern", lead)
    until = today + dt.timedelta(days=30)

    waiver = waive(check_set, "dbs", until=until, by=lead, at=timezone.now(), reason="The certificate is on its way.")

    assert (waiver.by, waiver.until, sums(check_set)) == (lead, until, (0, 1, until))
    assert [check_set.word_on(day) for day in (today, until, until + dt.timedelta(days=1))] == [
        "Waived", "Waived", "Open",
    ]  # fmt: skip
    must_be_fit(person, seat, on=START)


def test_who_may_waive(team, lead):
    person, seat = PersonFactory(user=lead), SeatFactory()
    about_the_lead, other = a_set(person, seat, on=START), a_set(somebody(), seat, on=START)
    until, given = timezone.localdate(), {"at": timezone.now(), "reason": "Needed."}
    proposer = member(Role.TALENT_TEAM, is_administrator=True)
    proposed_new(seat, "2018-01-01", "2020-12-31", person=other.person, by=proposer, fit=False)

    for who, which in ((team, other), (lead, about_the_lead), (proposer, other), (UserFactory(), other)):
        with pytest.raises(PermissionDenied):
            waive(which, "dbs", until=until, by=who, **given)
    waive(other, "dbs", until=until, by=lead, **given)

    assert [w.check_set for w in other.waivers.all()] == [other]


@pytest.mark.parametrize(
    ("given", "said"),
    [
        ({"reason": " "}, "Give the reason for the waiver."),
        ({"until": dt.date(2018, 1, 1)}, "A waiver holds until a day to come."),
        ({"kind": "identity"}, "This check is not open, so there is nothing to waive."),
    ],
)
def test_waivers_that_cannot_be(lead, given, said):
    check_set = a_set(somebody(), SeatFactory(), on=START)
    record(check_set, "identity", "clear", lead)
    facts = {"kind": "dbs", "until": timezone.localdate(), "reason": "Needed."} | given

    with pytest.raises(CheckRefused) as refused:
        waive(check_set, facts.pop("kind"), by=lead, at=timezone.now(), **facts)

    assert str(refused.value) == said


def test_who_may_check():
    seat = SeatFactory()
    person = PersonFactory(user=member(Role.TALENT_TEAM))
    check_set = a_set(somebody(), seat, on=START)
    here = member(Role.REGIONAL_LEAD, region=seat.board.region)
    elsewhere, committee = member(Role.REGIONAL_LEAD, region=RegionFactory()), member(Role.COMMITTEE_MEMBER)
    trust = member(Role.TRUST_USER, organisation=seat.board, is_administrator=True)

    for who in (elsewhere, committee, trust):
        with pytest.raises(PermissionDenied):
            record(check_set, "dbs", "clear", who)
    with pytest.raises(PermissionDenied):
        open_checks(person, seat, on=START, by=person.user, at=timezone.now())
    record(check_set, "dbs", "clear", here)

    assert [set(CheckSet.objects.visible_to(who)) for who in (elsewhere, committee, trust, here)] == [
        set(), set(), set(), {check_set},
    ]  # fmt: skip


def test_nobody_is_put_on_an_agenda_with_open_checks():
    never_opened = proposed_new(SeatFactory(), "2018-01-01", "2020-12-31", fit=False)
    fine = proposed_new(SeatFactory(), "2018-01-01", "2020-12-31")
    concern = proposed_new(SeatFactory(), "2018-01-01", "2020-12-31")
    record(concern.person.check_sets.get(), "references", "concern", member(Role.TALENT_TEAM))

    said = [[s for s in obstacles(p, day=START) if "proper" in s] for p in (never_opened, fine, concern)]

    everything = ", ".join(f"{line.rule} (open)" for line in fitness_of(somebody(), SeatFactory(), on=START).lines)
    assert said == [
        [f"Fit and proper checks are open: {everything}."],
        [],
        ["Fit and proper checks are open: References (concern)."],
    ]


def with_policies() -> None:
    policies.load()


def test_a_concern_recorded_after_the_agenda_stops_the_appointment(team):
    with_policies()
    proposal = proposed_new(SeatFactory(), "2018-01-01", "2020-12-31", remuneration=6157)
    record(proposal.person.check_sets.get(), "references", "concern", team, reason="To be followed up.")

    with pytest.raises(AppointingRefused) as refused:
        enact(proposal, Decision(number=1), by=team, at=timezone.now())

    assert str(refused.value) == "Fit and proper checks of Nadia Okoro are open: References (concern)."
    assert (Appointment.objects.count(), proposal.seat.tenures.count()) == (0, 0)


def test_a_further_term_needs_the_declaration_made_again(team):
    with_policies()
    tenure = seated(SeatFactory(), "2017-04-01", "2020-03-31")
    record_all_clear(
        [(tenure.person, tenure.seat)],
        on=tenure.starts_on,
        done_on=dt.date(2017, 3, 1),
        by=team,
        at=timezone.now(),
        reason="From paper.",
    )
    proposal = proposed(tenure, fit=False)

    before = obstacles(proposal, day=START)[-2:]
    for kind in ("self_declaration", "appraisal"):
        record(tenure.person.check_sets.get(), kind, "clear", team)

    assert before == (
        "Fit and proper checks are open: Self-declaration (open), Appraisal (open).",
        f"{tenure.person} has not declared anew since the running term began on 1 April 2017.",
    )
    assert obstacles(proposal, day=timezone.localdate()) == ()
    decided(proposal)
    assert Appointment.objects.get().kind == "reappointment"


def test_a_correction_cannot_move_the_first_day_under_a_framework_that_is_open(team):
    with_policies()
    decided(proposed_new(SeatFactory(), "2018-01-01", "2020-12-31", remuneration=6157))

    with pytest.raises(AppointingRefused) as refused:
        correct_appointment(
            Appointment.objects.get(),
            starts_on=LATER,
            ends_on=dt.date(2025, 12, 31),
            by=team,
            at=timezone.now(),
            reason="Typed wrongly.",
        )

    assert str(refused.value) == "The fit and proper checks of Nadia Okoro for this seat have not been opened."


def test_the_decision_says_what_is_open_and_nothing_is_recorded(team):
    with_policies()
    proposal = proposed_new(SeatFactory(), "2018-01-01", "2020-12-31", remuneration=6157)
    close_checks(proposal.person.check_sets.get(), by=team, at=timezone.now())
    with pytest.raises((DecisionRefused, AgendaRefused)):
        decided(proposal)

    assert Decision.objects.count() == 0


def test_many_are_recorded_at_once_with_the_same_number_of_queries(team, django_assert_num_queries):
    seat = SeatFactory()
    three = [(somebody(), seat) for _ in range(3)]
    given = {"on": START, "done_on": START, "by": team, "at": timezone.now(), "reason": "From paper."}

    access_of(team)  # read once a request
    for pairs in (three[:1], three[1:]):
        with django_assert_num_queries(11):
            record_all_clear(pairs, **given)

    assert [sums(check_set) for check_set in CheckSet.objects.all()] == [(0, 0, None)] * 3
    assert Check.objects.count() == 3 * 14
