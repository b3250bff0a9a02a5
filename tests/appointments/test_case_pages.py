"""The pages of seats that fall vacant, in a trust's and the talent team's hands."""

import datetime as dt
from typing import Any

import pytest
from django.core.management import call_command
from django.test import Client
from django.utils import timezone

from appointments import cases
from appointments.agenda import add_proposals
from appointments.forms_proposal import FOUNDATION, ProposalForm
from appointments.models import Case, Proposal, ProposalInterest, RemunerationRate, SupportRequest
from appointments.pack_papers import pack_facts
from appointments.papers import keep_letters
from appointments.supporting import SupportRefused, answer_support, ask_support
from portal.models import Organisation, Role, User
from portal.worklist import entries_for
from tests.factories.appointments import MeetingFactory, committee_of
from tests.factories.boards import SeatFactory, seated, somebody
from tests.factories.fitness import fit_for
from tests.factories.portal import OrganisationFactory, RegionFactory, UserFactory, member, sign_in
from tests.factories.proposals import decided, proposed, proposed_new, renewal_facts

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def policies(db: None) -> None:
    call_command("load_policies", verbosity=0)


def ends_in(months: int, **board: Any) -> Case:
    """A case of a term that began three years ago and ends within so many months."""
    today = timezone.localdate()
    last = today + dt.timedelta(days=30 * months - 15)
    seat = SeatFactory(board=OrganisationFactory(**board))
    tenure = seated(seat, (today - dt.timedelta(days=1000)).isoformat(), last.isoformat(), person=somebody("Asha Rao"))
    cases.open_due(at=timezone.now())
    return Case.objects.select_related("seat__board__region", "tenure__person").get(tenure=tenure)


def secretary_of(trust: Organisation) -> User:
    return member(Role.TRUST_USER, organisation=trust, is_administrator=True)


def intended(case: Case, intent: str = "reappoint") -> Case:
    return cases.intend(case, intent, by=member(Role.TALENT_TEAM), at=timezone.now(), reason="A good term.")


def listed(client: Client, query: str = "") -> list[Case]:
    return list(client.get(f"/boards/cases/{query}").context["page"])


def test_the_list_is_narrowed_by_region_horizon_intent_and_trust(client: Client):
    near, far = ends_in(3), ends_in(12)
    intended(far, "recruit")
    sign_in(client, member(Role.TALENT_TEAM))

    assert listed(client) == [near, far]
    assert listed(client, f"?region={far.seat.board.region_id}") == [far]
    assert listed(client, "?horizon=3") == [near]
    assert listed(client, "?intent=none") == [near]
    assert listed(client, "?intent=recruit") == [far]
    assert listed(client, f"?trust={near.seat.board.ods_code}") == [near]


def test_a_list_is_the_readers_own(client: Client):
    own, other = ends_in(3), ends_in(3)

    sign_in(client, secretary_of(own.seat.board))
    assert (listed(client), listed(client, f"?trust={other.seat.board.ods_code}")) == ([own], [own])
    sign_in(client, member(Role.REGIONAL_LEAD, region=other.seat.board.region))
    assert listed(client) == [other]


@pytest.mark.parametrize("path", ["/boards/cases/", "/boards/proposals/"])
def test_the_same_number_of_queries_for_one_and_three(client: Client, django_assert_num_queries: Any, path: str):
    def another() -> None:
        case = intended(ends_in(3))
        renewed(case)

    sign_in(client, member(Role.TALENT_TEAM))
    another()
    client.get(path)
    with django_assert_num_queries(11):
        client.get(path)
    another(), another()
    with django_assert_num_queries(11):
        client.get(path)


def renewed(case: Case, **given: Any) -> Proposal:
    facts = {n: v for n, v in renewal_facts(case.tenure).items() if n != "tenure"}
    said = {"by": member(Role.TALENT_TEAM), "at": timezone.now(), "reason": "A good term."}
    return fit_for(cases.propose_renewal(case, **{**said, **facts, **given}))


def test_a_case_says_what_the_policy_allows_and_what_is_missing(client: Client):
    case = ends_in(3)
    sign_in(client, secretary_of(case.seat.board))

    page = client.get(f"/boards/cases/{case.pk}/")

    reading = page.context["reading"]
    assert (reading.lacking, reading.rule.name) == (("Say what should happen to this seat.",), "NHS provider code 2023")
    assert reading.ending.standing.why in page.content.decode()
    assert (page.context["may_intend"], page.context["may_propose"], page.context["may_ask"]) == (True, False, False)


@pytest.mark.parametrize(
    ("intent", "said"),
    [
        ("reappoint", ("The further term has to be proposed.",)),
        ("recruit", ("A campaign for the seat has to begin.",)),
    ],
)
def test_what_is_missing_follows_the_intention(client: Client, intent: str, said: tuple[str, ...]):
    case = intended(ends_in(3), intent)
    sign_in(client, member(Role.TALENT_TEAM))

    page = client.get(f"/boards/cases/{case.pk}/")

    assert page.context["reading"].lacking == said
    assert ("Start a campaign" in page.content.decode()) is (intent == "recruit")


def test_what_is_missing_are_the_proposals_obstacles(client: Client):
    case = intended(ends_in(3))
    fit_for(renewed(case, appraisal_on=None))
    sign_in(client, member(Role.TALENT_TEAM))

    reading = client.get(f"/boards/cases/{case.pk}/").context["reading"]

    assert reading.lacking == ("Record the date of the appraisal.",)


def test_a_secretary_says_what_is_intended(client: Client):
    case = ends_in(3)
    sign_in(client, secretary_of(case.seat.board))

    assert client.post(f"/boards/cases/{case.pk}/intend/", {"intent": "reappoint"}).context["form"].errors == {
        "reason": ["Say why"]
    }
    client.post(f"/boards/cases/{case.pk}/intend/", {"intent": "reappoint", "reason": "Chairs audit well."})

    case.refresh_from_db()
    assert (case.intent, case.events.last().reason) == ("reappoint", "Chairs audit well.")


def date(name: str, day: dt.date) -> dict[str, str]:
    return {f"{name}_day": str(day.day), f"{name}_month": str(day.month), f"{name}_year": str(day.year)}


def test_a_secretary_proposes_completes_and_withdraws(client: Client):
    case = intended(ends_in(3))
    sign_in(client, secretary_of(case.seat.board))
    first, today = case.tenure.ends_on + dt.timedelta(days=1), timezone.localdate()
    typed = {"remuneration": "13000", "reason": "A strong term."} | date("ends_on", first + dt.timedelta(days=900))

    client.post(f"/boards/cases/{case.pk}/propose/", typed)
    proposal = Proposal.objects.get()
    assert (proposal.kind, proposal.starts_on, proposal.remuneration) == ("reappointment", first, 13_000)
    page = client.get(f"/boards/proposals/{proposal.pk}/")
    assert page.context["obstacles"][0] == "Record the date of the appraisal."

    fit_for(proposal)
    more = {"appraisal_satisfactory": "yes"} | date("appraisal_on", today)
    client.post(f"/boards/proposals/{proposal.pk}/edit/", typed | more)
    fit_for(proposal)
    assert client.get(f"/boards/proposals/{proposal.pk}/").context["obstacles"] == ()

    client.post(f"/boards/proposals/{proposal.pk}/withdraw/", {"reason": "The holder is moving."})
    proposal.refresh_from_db()
    case.refresh_from_db()
    assert (proposal.is_open, case.proposal) == (False, None)


def test_a_date_that_is_still_to_come_is_refused_in_the_form(client: Client):
    case = intended(ends_in(3))
    sign_in(client, member(Role.TALENT_TEAM))
    tomorrow = timezone.localdate() + dt.timedelta(days=1)

    page = client.post(f"/boards/cases/{case.pk}/propose/", {"reason": "Good."} | date("appraisal_on", tomorrow))

    assert set(page.context["form"].errors) == {"appraisal_on"}
    assert Proposal.objects.count() == 0


@pytest.mark.parametrize("kind", ["reappointment", "extension", "new_appointment", "remuneration", "termination"])
def test_the_form_refuses_a_foundation_trusts_non_executive(kind: str):
    seat = SeatFactory(board=OrganisationFactory(kind=Organisation.Kind.FOUNDATION_TRUST))
    typed = {"name": "Asha Rao", "reason": "Good."}

    form = ProposalForm(typed, kind=kind, seat=seat, rates=[], today=timezone.localdate())

    assert form.non_field_errors() == [FOUNDATION]


def test_the_rates_in_force_are_told_and_the_only_one_is_filled_in():
    rates = list(RemunerationRate.objects.in_force(dt.date(2018, 4, 1)).filter(role="ned"))

    form = ProposalForm(kind="new_appointment", seat=SeatFactory(), rates=rates, today=timezone.localdate())

    assert form.fields["remuneration"].help_text == "Standard rates in force: £6,157."
    assert form.initial["remuneration"] == 6157


def foundation_case() -> Case:
    return ends_in(3, kind=Organisation.Kind.FOUNDATION_TRUST)


def test_a_foundation_trust_asks_and_is_answered(client: Client):
    case = intended(foundation_case(), "recruit")
    secretary, team = secretary_of(case.seat.board), member(Role.TALENT_TEAM)
    sign_in(client, secretary)
    client.post(f"/boards/cases/{case.pk}/support/", {"wants": "candidates", "text": "A clinician, please."})
    asked = SupportRequest.objects.get()
    assert [(e.title, e.url) for e in entries_for(team, at=timezone.now()) if "foundation" in e.title] == [
        ("Answer a foundation trust", f"/boards/support/{asked.pk}/")
    ]

    sign_in(client, team)
    client.post(f"/boards/support/{asked.pk}/", {"advice": "Two people would be glad to talk."})

    asked.refresh_from_db()
    assert (asked.advice, asked.answered_by) == ("Two people would be glad to talk.", team)
    sign_in(client, secretary)
    assert list(client.get(f"/boards/cases/{case.pk}/").context["support"]) == [asked]
    assert [e for e in entries_for(team, at=timezone.now()) if "foundation" in e.title] == []


def test_what_cannot_be_asked_or_answered():
    case, now = foundation_case(), timezone.now()
    secretary, team = secretary_of(case.seat.board), member(Role.TALENT_TEAM)
    national = SeatFactory()
    said = {"wants": "advice", "at": now}
    for seat, by, text, words in (
        (national, secretary_of(national.board), "How?", "Only a foundation trust asks"),
        (case.seat, team, "How?", "Only the trust’s own administrators can ask"),
        (case.seat, secretary, " ", "Say what you need"),
    ):
        with pytest.raises(SupportRefused, match=words):
            ask_support(seat, text=text, by=by, **said)
    asked = ask_support(case.seat, text="How?", by=secretary, **said)
    with pytest.raises(SupportRefused, match="You have asked about this seat already"):
        ask_support(case.seat, text="How?", by=secretary, **said)
    for by, advice, words in (
        (member(Role.REGIONAL_LEAD), "So.", "not yours to answer"),
        (team, " ", "Write what the trust is answered"),
    ):
        with pytest.raises(SupportRefused, match=words):
            answer_support(asked, advice=advice, by=by, at=now)
    answer_support(asked, advice="So.", by=team, at=now)
    with pytest.raises(SupportRefused, match="Somebody has answered"):
        answer_support(asked, advice="Or so.", by=team, at=now)


def boards(user: User) -> list[tuple[str, str, int | None]]:
    wanted = ("/boards/cases/", "/boards/proposals/")
    return [(e.title, e.url, e.count) for e in entries_for(user, at=timezone.now()) if e.url.startswith(wanted)]


def test_the_worklists_of_those_who_keep_a_seat():
    region = RegionFactory()
    silent, unproposed = ends_in(3, region=region), intended(ends_in(6, region=region))
    recruits, bare = intended(ends_in(6), "recruit"), intended(ends_in(6))
    renewed(bare, appraisal_on=None)
    proposed(seated(SeatFactory(), "2015-04-01", "2018-03-31"))
    secretary = secretary_of(silent.seat.board)
    nobody = member(Role.TRUST_USER, organisation=silent.seat.board)

    assert boards(secretary) == [("Say what should happen to a seat", f"/boards/cases/{silent.pk}/", None)]
    assert boards(secretary_of(unproposed.seat.board)) == [
        ("Propose the further term", f"/boards/cases/{unproposed.pk}/", None)
    ]
    assert boards(secretary_of(bare.seat.board)) == [
        ("Complete proposals about boards", "/boards/proposals/?state=incomplete", 1)
    ]
    assert boards(secretary_of(recruits.seat.board)) == boards(nobody) == []
    without = ("Seats that fall vacant with no intention yet", "/boards/cases/?intent=none", 1)
    assert boards(member(Role.REGIONAL_LEAD, region=region)) == [without]
    assert boards(member(Role.TALENT_TEAM)) == [
        without,
        ("Seats to recruit to", "/boards/cases/?intent=recruit", 1),
        ("Complete proposals about boards", "/boards/proposals/?state=incomplete", 1),
        ("Proposals about boards that are on no agenda", "/boards/proposals/?state=waiting", 1),
    ]


def test_talent_staff_propose_from_the_board_page(client: Client):
    tenure = seated(SeatFactory(), "2015-04-01", "2100-03-31", person=somebody("Asha Rao"))
    sign_in(client, member(Role.TALENT_TEAM))
    board = client.get(f"/trusts/{tenure.seat.board.ods_code}/board/")
    assert f"/boards/seats/{tenure.seat_id}/propose/" in board.content.decode()
    kinds = [kind for kind, _, _ in client.get(f"/boards/seats/{tenure.seat_id}/propose/").context["choices"]]
    assert kinds == ["new_appointment", "remuneration", "termination"]

    typed = {"ground": "Absence", "reason": "Does not come."} | date("last_on", dt.date(2026, 1, 31))
    client.post(f"/boards/seats/{tenure.seat_id}/propose/termination/", typed)

    proposal = Proposal.objects.get()
    assert (proposal.kind, proposal.person, proposal.ground) == ("termination", tenure.person, "Absence")
    sign_in(client, secretary_of(tenure.seat.board))
    assert client.get(f"/boards/proposals/{proposal.pk}/").status_code == 404
    assert list(client.get("/boards/proposals/").context["page"]) == []
    board = client.get(f"/trusts/{tenure.seat.board.ods_code}/board/").content.decode()
    assert ("/propose/" in board, "Termination" in board) == (False, False)


def test_a_new_appointment_names_a_person(client: Client):
    seat = SeatFactory()
    sign_in(client, member(Role.TALENT_TEAM))
    typed = {"name": "Nadia Okoro", "email": "nadia@example.org", "reason": "The best of four."}
    days = date("starts_on", dt.date(2026, 4, 1)) | date("ends_on", dt.date(2029, 3, 31))

    client.post(f"/boards/seats/{seat.pk}/propose/new_appointment/", typed | days)

    proposal = Proposal.objects.get()
    assert (str(proposal.person), proposal.person.email, proposal.starts_on) == (
        "Nadia Okoro",
        "nadia@example.org",
        dt.date(2026, 4, 1),
    )


@pytest.mark.parametrize(("role", "kinds"), [("ned", []), ("finance", ["executive_move"])])
def test_nothing_is_offered_for_a_foundation_trusts_non_executives(client: Client, role: str, kinds: list[str]):
    seat = SeatFactory(role=role, board=OrganisationFactory(kind=Organisation.Kind.FOUNDATION_TRUST))
    sign_in(client, member(Role.TALENT_TEAM))

    found = client.get(f"/boards/seats/{seat.pk}/propose/").context["choices"]

    assert [kind for kind, _, _ in found] == kinds
    assert client.get(f"/boards/seats/{seat.pk}/propose/new_appointment/").status_code == 404


def before_a_meeting(proposal: Proposal) -> Any:
    secretary = member(Role.TALENT_TEAM)
    [item] = add_proposals(MeetingFactory(committee=committee_of(3)[0]), [proposal], by=secretary, at=timezone.now())
    return item


def test_the_item_page_shows_what_is_proposed(client: Client):
    seat, person = SeatFactory(), somebody("Asha Rao")
    seated(seat, "2012-04-01", "2015-03-31", person=person)
    tenure = seated(seat, "2015-04-01", "2018-03-31", person=person)
    item = before_a_meeting(proposed(tenure, remuneration=6157, exceptional="Nobody else was found."))
    sign_in(client, member(Role.TALENT_TEAM))

    paper = client.get(f"/committees/items/{item.pk}/").context["proposal"]

    facts = dict(paper.facts)
    assert facts["Person"] == "Asha Rao"
    assert facts["Served"] == (
        "6 years in this post, 2 terms. 2 terms are the normal limit: another needs an exceptional justification. "
        "(Governance Code 2016)"
    )
    assert facts["Appraisal"] == "1 October 2015, satisfactory"
    assert facts["Standard rate"] == (
        "Yes (Terms and conditions of NHS trust chairs and non-executive directors, standard rates to 2019)"
    )
    assert dict(paper.texts) == {
        "Why it is proposed": "A good first term.",
        "Exceptional justification": "Nobody else was found.",
    }


def test_a_members_pack_shows_what_is_proposed():
    tenure = seated(SeatFactory(), "2015-04-01", "2018-03-31", person=somebody("Asha Rao"))
    item = before_a_meeting(proposed(tenure, remuneration=6157, exceptional="Nobody else was found."))
    seat = item.meeting.seats(timezone.now()).first()

    [paper] = pack_facts(item.meeting, seat, [item]).papers

    for words in ("What is proposed", "Asha Rao", "£6,157 a year", "A good first term.", "Nobody else was found."):
        assert words in paper.html


def test_the_secretariat_puts_a_ready_proposal_on_an_agenda(client: Client):
    tenure = seated(SeatFactory(), "2015-04-01", "2018-03-31")
    proposal, meeting = proposed(tenure, appraisal_on=None), MeetingFactory(committee=committee_of(3)[0])
    sign_in(client, member(Role.TALENT_TEAM))
    address, chosen = f"/boards/proposals/{proposal.pk}/agenda/", {"meeting": str(meeting.pk)}

    refused = client.post(address, chosen).context["form"].non_field_errors()
    assert refused == [f"“{proposal}” is not ready for a meeting. Record the date of the appraisal."]
    assert meeting.items.count() == 0

    Proposal.objects.update(appraisal_on=dt.date(2018, 1, 10))
    client.post(address, chosen)
    assert [(item.proposal, item.kind) for item in meeting.items.all()] == [(proposal, "reappointment")]


def test_a_colleague_lifts_a_conflict_on_the_proposals_page(client: Client):
    proposal, team = proposed_new(SeatFactory(), "2018-04-01", "2021-03-31"), member(Role.TALENT_TEAM)
    interest = ProposalInterest.objects.create(
        user=UserFactory(), proposal=proposal, kind="employer", source="detected", declared_at=timezone.now()
    )
    sign_in(client, team)
    assert client.get(f"/boards/proposals/{proposal.pk}/").context["interests"] == [interest]

    client.post(f"/boards/proposals/interests/{interest.pk}/lift/", {"reason": "Another trust of that name."})

    interest.refresh_from_db()
    assert (interest.lifted_by, interest.lift_reason) == (team, "Another trust of that name.")
    assert client.get(f"/boards/proposals/{proposal.pk}/").context["interests"] == []


def test_a_secretary_does_not_see_who_takes_no_part(client: Client):
    proposal = proposed(seated(SeatFactory(), "2015-04-01", "2018-03-31"))
    ProposalInterest.objects.create(user=UserFactory(), proposal=proposal, kind="personal", declared_at=timezone.now())
    sign_in(client, secretary_of(proposal.seat.board))

    assert client.get(f"/boards/proposals/{proposal.pk}/").context["interests"] == []


def test_the_letter_is_on_the_proposal_the_register_and_the_persons_home(client: Client):
    person = somebody("Asha Rao")
    person.user = UserFactory()
    person.save()
    proposal = proposed_new(SeatFactory(), "2018-04-01", "2021-03-31", person=person)
    [letter] = keep_letters(decided(proposal), at=timezone.now())
    address = f"/boards/letters/{letter.pk}/"

    sign_in(client, member(Role.TALENT_TEAM))
    assert list(client.get(f"/boards/proposals/{proposal.pk}/").context["letters"]) == [letter]
    assert address in client.get("/committees/decisions/").content.decode()
    sign_in(client, person.user)
    assert address in client.get("/home/").content.decode()
    assert b"".join(client.get(address).streaming_content)[:5] == b"%PDF-"


def test_relationships_are_recorded_listed_and_ended(client: Client):
    team, ann = member(Role.TALENT_TEAM), UserFactory(email="ann@example.org")
    person = somebody("Asha Rao")
    person.email = "asha@example.org"
    person.save()
    sign_in(client, team)
    typed = {"user": "Ann@example.org", "person": "asha@example.org", "kind": "personal", "detail": "Cousins."}

    bad = client.post("/committees/relationships/new/", typed | {"user": "who@example.org"})
    assert bad.context["form"].errors == {"user": ["No account has this address"]}
    client.post("/committees/relationships/new/", typed)
    [row] = client.get("/committees/relationships/").context["page"]
    assert (row.user, row.person, row.kind, row.detail, row.recorded_by) == (ann, person, "personal", "Cousins.", team)

    client.post(f"/committees/relationships/{row.pk}/end/")
    assert list(client.get("/committees/relationships/").context["page"]) == []


def test_nobody_reads_their_own_relationships(client: Client):
    team, person = member(Role.TALENT_TEAM), somebody()
    sign_in(client, member(Role.TALENT_TEAM))
    person.email = "asha@example.org"
    person.save()
    typed = {"user": team.email, "person": "asha@example.org", "kind": "personal", "detail": "Cousins."}
    client.post("/committees/relationships/new/", typed)
    assert len(client.get("/committees/relationships/").context["page"]) == 1

    sign_in(client, team)

    assert list(client.get("/committees/relationships/").context["page"]) == []


def test_the_register_is_narrowed_to_the_boards_region(client: Client):
    here, elsewhere = (decided(proposed_new(SeatFactory(), "2018-04-01", "2021-03-31")) for _ in range(2))
    region = here.item.proposal.seat.board.region_id
    sign_in(client, member(Role.TALENT_TEAM))

    found = client.get(f"/committees/decisions/?region={region}").context["page"].object_list

    assert (list(found), elsewhere in found) == ([here], False)
