"""Doors of the kind of test_conflict_doors: checks, campaigns and their averages, names for a trust, figures, search.

Each time one who has a conflict and one who has none ask for the same; what the second meets, the first must not.
"""

import datetime as dt
from collections.abc import Callable

import pytest
from django.core.exceptions import PermissionDenied
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from appointments import announcing, campaigning, consenting, frameworks, recommending, reserving
from appointments.campaigning import CampaignRefused
from appointments.checking import open_checks, record_all_clear, record_result
from appointments.evidencing import add_evidence
from appointments.models import Appointment, CheckSet, ProposalInterest, SelfDeclaration
from appointments.policies import load
from portal.models import Role, User
from portal.worklist import entries_for
from talent.models import ConflictKind
from tests.factories.appointments import AgendaItemFactory, MeetingFactory, PackIssuedFactory, committee_of
from tests.factories.boards import SeatFactory, seated, somebody
from tests.factories.campaigns import Run, a_campaign
from tests.factories.fitness import a_set
from tests.factories.portal import OrganisationFactory, member, sign_in
from tests.factories.proposals import decided, proposed, proposed_new
from tests.factories.search import findable, index_all
from tests.factories.talent import PDF, DeclaredInterestFactory

pytestmark = pytest.mark.django_db

NAME = "Nadia Okoro-Hale"
FIRST = dt.date(2018, 1, 1)


@pytest.fixture(autouse=True)
def rules(db: None) -> None:
    load()
    frameworks.load()


def bar(proposal, user: User) -> None:
    ProposalInterest.objects.create(user=user, proposal=proposal, kind=ConflictKind.OTHER, declared_at=timezone.now())


def two(role: str = Role.TALENT_TEAM, **kwargs) -> tuple[User, User]:
    """Who will have a conflict, and who has none."""
    return member(role, **kwargs), member(role, **kwargs)


def met(client: Client, users: tuple[User, ...], ask: Callable[[User], bool]) -> list[bool]:
    found = []
    for user in users:
        sign_in(client, user)
        found.append(ask(user))
    return found


# Fit and proper checks


def a_checked_candidate() -> tuple[CheckSet, tuple[User, User]]:
    """Proposed for a seat, with a file and a declaration in the checks."""
    proposal = proposed_new(SeatFactory(), "2018-01-01", "2020-12-31", person=somebody(NAME), fit=False)
    check_set, users = a_set(proposal.person, proposal.seat, on=FIRST), two()
    bar(proposal, users[0])
    return check_set, users


def check_list(client: Client, check_set: CheckSet) -> bool:
    return NAME in client.get(reverse("appointments:check_list")).text


def check_detail(client: Client, check_set: CheckSet) -> bool:
    return NAME in client.get(reverse("appointments:check_detail", args=[check_set.pk])).text


def check_open(client: Client, check_set: CheckSet) -> bool:
    return NAME in client.get(reverse("appointments:check_open", args=[check_set.seat_id])).text


def evidence(client: Client, check_set: CheckSet) -> bool:
    file = SimpleUploadedFile("found.pdf", PDF, content_type="application/pdf")
    kept = add_evidence(check_set, "news_search", file, by=member(Role.TALENT_TEAM), at=timezone.now())
    return client.get(reverse("appointments:evidence_download", args=[kept.pk])).status_code == 200


def declaration(client: Client, check_set: CheckSet) -> bool:
    said = {"check_set": check_set, "grounds": ["director"], "signed_name": NAME, "at": timezone.now()}
    row = SelfDeclaration.objects.create(**said)
    return NAME in client.post(reverse("appointments:declaration_read", args=[row.pk])).text


@pytest.mark.parametrize("door", [check_list, check_detail, check_open, evidence, declaration])
def test_the_checks_of_whom_a_proposal_is_about(client: Client, door: Callable[[Client, CheckSet], bool]):
    check_set, users = a_checked_candidate()

    assert met(client, users, lambda user: door(client, check_set)) == [False, True]


def test_the_count_of_open_checks_leaves_them_out():
    check_set, users = a_checked_candidate()
    a_set(somebody("Somebody else"), check_set.seat, on=FIRST)

    counts = [
        [e.count for e in entries_for(user, at=timezone.now()) if e.title == "People with open checks"]
        for user in users
    ]

    assert counts == [[1], [2]]


def test_who_has_a_conflict_makes_no_check():
    check_set, (conflicted, free) = a_checked_candidate()
    said = {"done_on": FIRST, "at": timezone.now(), "reason": ""}
    pair = (check_set.person, check_set.seat)

    with pytest.raises(PermissionDenied):
        record_result(check_set, "news_search", "clear", by=conflicted, **said)
    with pytest.raises(PermissionDenied):
        open_checks(*pair, on=FIRST, by=conflicted, at=timezone.now())
    with pytest.raises(PermissionDenied):
        record_all_clear([pair], on=FIRST, by=conflicted, **said | {"reason": "On paper."})

    assert record_result(check_set, "news_search", "clear", by=free, **said).by == free


def test_the_checks_of_an_applicant_for_the_seat(client: Client):
    """Before any proposal: the conflict is with the application."""
    run = a_campaign("verdict")
    application = run.applications[0]
    users = two()
    DeclaredInterestFactory(user=users[0], application=application)
    check_set = a_set(application.person, run.campaign.seat, on=timezone.localdate())

    there = met(client, users, lambda user: CheckSet.objects.visible_to(user).filter(pk=check_set.pk).exists())

    assert there == [False, True]


def test_a_boards_page_keeps_the_word_on_a_holder_from_who_has_a_conflict(client: Client):
    """A committee member reads boards; whether a holder's checks are open is part of what is before the committee."""
    today = timezone.localdate()
    tenure = seated(SeatFactory(), "2016-04-01", (today + dt.timedelta(days=90)).isoformat(), person=somebody(NAME))
    record_all_clear(
        [(tenure.person, tenure.seat)], on=today, done_on=today, by=member(Role.TALENT_TEAM), at=timezone.now(),
        reason="Seen on paper.",
    )  # fmt: skip
    _, (conflicted, free) = committee_of(2)
    bar(proposed(tenure, fit=False), conflicted)

    def told(user: User) -> bool:
        page = client.get(reverse("appointments:board_detail", args=[tenure.seat.board.ods_code]))
        return [place.fitness for place in page.context["board"].places] == ["Complete"]

    assert met(client, (conflicted, free), told) == [False, True]


# Campaigns


def a_run(stage: str) -> tuple[Run, str, tuple[User, User]]:
    """A campaign of two applicants, with the first of whom somebody in the team has a conflict."""
    run, users = a_campaign(stage), two()
    person = run.applications[0].person
    person.full_name = NAME
    person.save()
    DeclaredInterestFactory(user=users[0], application=run.applications[0])
    return run, run.applications[0].reference, users


def text_of(client: Client, name: str, *args: object) -> str:
    return client.get(reverse(f"appointments:{name}", args=args)).text


def test_a_panels_means_are_shown_without_the_applicant(client: Client):
    """No mean of the others moves with the one who is hidden."""
    run, reference, users = a_run("interview")

    def rows(user: User) -> bool:
        page = client.get(reverse("appointments:campaign_choose", args=[run.campaign.pk, "verdicts"]))
        assert len(page.context["rows"]) == (1 if user == users[0] else 2)
        return reference in page.text and NAME in page.text

    assert met(client, users, rows) == [False, True]


def test_a_campaigns_counts_leave_the_applicant_out(client: Client):
    run, _, users = a_run("interview")
    shown = []
    for user in users:
        sign_in(client, user)
        [listed] = client.get(reverse("appointments:campaign_list")).context["page"].object_list
        counts = client.get(reverse("appointments:campaign_detail", args=[run.campaign.pk])).context["counts"]
        shown.append((listed.sent, counts))

    assert shown == [(1, [("Interview", 1)]), (2, [("Interview", 2)])]


def test_the_reserve_list_leaves_the_applicant_out(client: Client):
    run, _, users = a_run("verdict")
    reserving.list_reserves(run.campaign, run.applications, by=run.team, at=timezone.now())

    assert met(client, users, lambda user: NAME in text_of(client, "campaign_outcome", run.campaign.pk)) == [
        False,
        True,
    ]


def test_no_refusal_names_the_applicant():
    """Scores are missing: but of whom is not for who has a conflict."""
    run, _, (conflicted, free) = a_run("interview")
    said = {"appointable": [], "at": timezone.now(), "reason": "Nobody."}
    pseudonym = run.applications[0].pseudonym

    with pytest.raises(CampaignRefused, match="Scores are missing") as told:
        campaigning.record_verdicts(run.campaign, by=free, **said)
    with pytest.raises(CampaignRefused) as refused:
        campaigning.record_verdicts(run.campaign, by=conflicted, **said)

    assert pseudonym in str(told.value)
    assert str(refused.value) == "You have a conflict with somebody who applied. A colleague has to take this step."


def test_a_trust_is_told_of_nobody_with_whom_its_administrator_has_a_conflict(client: Client):
    run = a_campaign("verdict", foundation=True)
    application = run.applications[0]
    consenting.answer(application, given=True, by=application.person.user, at=timezone.now())
    recommending.put_to_trust(run.campaign, application, by=run.team, at=timezone.now(), reason="Strong.")
    users = two(Role.TRUST_USER, organisation=run.campaign.seat.board, is_administrator=True)
    DeclaredInterestFactory(user=users[0], application=application)

    def told(user: User) -> bool:
        waits = [e.count for e in entries_for(user, at=timezone.now()) if e.title == "Names we have given you"]
        page = text_of(client, "name_list")
        assert (waits == [1]) == (application.person.full_name in page)
        return waits == [1]

    assert met(client, users, told) == [False, True]


# After the decision, and what is issued


def test_a_draft_announcement_is_not_shown_to_who_has_a_conflict(client: Client):
    decided(proposed_new(SeatFactory(), "2018-01-01", "2020-12-31", person=somebody(NAME)))
    row, users = Appointment.objects.get(), two()
    bar(row.decision.item.proposal, users[0])
    draft = announcing.draft_announcement(row, words="Twenty years in audit.", by=users[1], at=timezone.now())

    assert met(client, users, lambda user: NAME in text_of(client, "announcement_publish", draft.pk)) == [False, True]
    assert met(client, users, lambda user: NAME in text_of(client, "announcement_edit", row.pk)) == [False, True]


def test_how_long_a_pack_is_says_nothing_of_what_is_hidden(client: Client):
    meeting = MeetingFactory(committee=committee_of(2)[0])
    item, users = AgendaItemFactory(meeting=meeting), two()
    DeclaredInterestFactory(user=users[0], application=item.application)
    PackIssuedFactory(meeting=meeting, member=meeting.seats(timezone.now())[0].user, items=[item.pk], pages=497)

    assert met(client, users, lambda user: "497 pages" in text_of(client, "pack_detail", meeting.pk)) == [False, True]


# Search, and what everybody may read


def test_people_search_leaves_them_out_of_list_count_and_suggestions(client: Client):
    person = findable(full_name=NAME)
    findable(full_name="Nadia Somebody-Else")
    proposal = proposed_new(SeatFactory(), "2018-01-01", "2020-12-31", person=person, fit=False)
    users = two()
    bar(proposal, users[0])
    index_all()

    found = []
    for user in users:
        sign_in(client, user)
        answer = client.get(reverse("search:people_list"), {"q": "Nadia"}).context["answer"]
        offered = client.get(reverse("search:suggestion_list"), {"q": "Nadia"}).text
        found.append((sorted(f.person.full_name for f in answer.people), answer.total, NAME in offered))

    assert found == [
        (["Nadia Somebody-Else"], 1, False),
        ([NAME, "Nadia Somebody-Else"], 2, True),
    ]


PUBLIC = ["/opportunities/", "/opportunities/feed.rss", "/opportunities/feed.json", "/announcements/"]


@pytest.mark.parametrize("address", [*PUBLIC, "/search/?query=Okoro-Hale", "/events/calendar.ics", "/sitemap.xml"])
def test_no_public_page_or_feed_tells_who_is_before_the_committee(client: Client, address: str):
    """Not to a stranger, nor to the member with a conflict; the advert itself is there for both."""
    run = a_campaign("advertised", live=True, board=OrganisationFactory(name="Quillfeather Hospitals"))
    applicant = run.applications[0].person
    applicant.full_name = NAME
    applicant.save()
    _, (conflicted, _) = committee_of(2)
    bar(proposed_new(SeatFactory(), "2018-01-01", "2020-12-31", person=applicant, fit=False), conflicted)

    pages = [client.get(address).content.decode()]
    sign_in(client, conflicted)
    pages.append(client.get(address).content.decode())

    assert [NAME in page for page in pages] == [False, False]
    if address in PUBLIC[:3]:
        assert ["Quillfeather" in page for page in pages] == [True, True]
