"""Fit and proper checks as people do them: the list, a result, a file, a waiver, a declaration, the yearly word."""

import datetime as dt

import pytest
from django.core import mail
from django.core.exceptions import PermissionDenied
from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.management import call_command
from django.test import Client
from django.utils import timezone

from appointments import frameworks
from appointments.attesting import AttestationRefused, attest_board, owing, year_of
from appointments.checking import CheckRefused, record_result, sum_up_overdue, waive
from appointments.models import Attestation, Check, CheckRead, CheckSet, Evidence, SelfDeclaration
from appointments.proposal_paper import proposal_paper
from appointments.self_declaring import ask_again, ask_declaration, ask_for_renewal, sign_declaration
from portal.models import Role
from portal.words import long_date
from portal.worklist import entries_for
from tests.factories.boards import SeatFactory, seated, somebody
from tests.factories.fitness import a_set, fit
from tests.factories.portal import OrganisationFactory, UserFactory, member, sign_in
from tests.factories.proposals import proposed
from tests.factories.talent import PDF, PersonFactory

pytestmark = pytest.mark.django_db

START, LATER = dt.date(2018, 1, 1), dt.date(2024, 1, 1)
RESULT = {"result": "clear", "done_on": "2018-01-02", "reason": ""}


@pytest.fixture(autouse=True)
def loaded(db: None) -> None:
    frameworks.load()


@pytest.fixture
def team(client: Client):
    return sign_in(client, member(Role.TALENT_TEAM))


def test_check_list_runs_the_same_queries_with_one_row_and_three(client: Client, team, django_assert_num_queries):
    seat = SeatFactory()
    counts = []
    for more in (1, 2):
        for _ in range(more):
            a_set(somebody(), seat, on=START)
        client.get("/checks/")
        with django_assert_num_queries(11):
            page = client.get("/checks/")
        counts.append(page.text.count("14 open"))

    assert counts == [1, 3]


def test_check_list_can_be_narrowed(client: Client, team):
    seat, today = SeatFactory(), timezone.localdate()
    everything = {
        "open": a_set(somebody("Ann Open"), seat, on=START),
        "complete": fit(somebody("Ben Done"), seat, on=START),
        "due": fit(somebody("Cem Due"), seat, on=START),
    }
    CheckSet.objects.filter(pk=everything["due"].pk).update(renews_on=today + dt.timedelta(days=60))

    shown = {
        asked: [name for name in ("Ann Open", "Ben Done", "Cem Due") if name in client.get("/checks/", query).text]
        for asked, query in {
            "open": {"state": "open"},
            "due": {"state": "due"},
            "complete": {"state": "complete"},
            "name": {"q": "cem"},
        }.items()
    }

    assert shown == {"open": ["Ann Open"], "due": ["Cem Due"], "complete": ["Ben Done", "Cem Due"], "name": ["Cem Due"]}


def test_check_record_writes_a_row_and_a_correction_another(client: Client, team):
    check_set = a_set(somebody(), SeatFactory(), on=START)
    address = f"/checks/{check_set.pk}/dbs/record/"

    done = client.post(address, RESULT)
    first = Check.objects.get()
    client.post(f"{address}?corrects={first.pk}", RESULT | {"result": "not_applicable", "reason": "Not eligible."})

    assert done.url == f"/checks/{check_set.pk}/"
    assert [(c.result, c.corrects, c.by) for c in Check.objects.order_by("pk")] == [
        ("clear", None, team),
        ("not_applicable", first, team),
    ]


def test_check_record_says_what_is_wrong(client: Client, team):
    check_set = a_set(somebody(), SeatFactory(), on=START)

    html = client.post(f"/checks/{check_set.pk}/dbs/record/", RESULT | {"result": "concern"}).text

    assert "Say what follows from this result, without repeating what was found." in html
    assert Check.objects.count() == 0


def test_evidence_is_kept_privately_and_each_reading_is_written_down(client: Client, team):
    check_set = a_set(somebody(), SeatFactory(), on=START)
    upload = SimpleUploadedFile("certificate.pdf", PDF, content_type="application/pdf")

    client.post(f"/checks/{check_set.pk}/dbs/evidence/", {"file": upload})
    evidence = Evidence.objects.get()
    answer = client.get(f"/checks/evidence/{evidence.pk}/")

    assert (b"".join(answer.streaming_content), answer.headers["Cache-Control"]) == (PDF, "private, no-store")
    assert [(read.what, read.by) for read in CheckRead.objects.all()] == [
        ("Disclosure and Barring Service: certificate.pdf", team)
    ]
    assert "certificate" not in evidence.file.name


def test_evidence_that_is_no_document_is_refused(client: Client, team):
    check_set = a_set(somebody(), SeatFactory(), on=START)
    upload = SimpleUploadedFile("certificate.pdf", b"MZ\x90", content_type="application/pdf")

    html = client.post(f"/checks/{check_set.pk}/dbs/evidence/", {"file": upload}).text

    assert "Your file must be a PDF, a Word document (.docx) or an OpenDocument text (.odt)" in html
    assert Evidence.objects.count() == 0


def test_evidence_removed_is_served_no_more(client: Client, team):
    check_set = a_set(somebody(), SeatFactory(), on=START)
    client.post(f"/checks/{check_set.pk}/dbs/evidence/", {"file": SimpleUploadedFile("a.pdf", PDF)})
    evidence = Evidence.objects.get()

    client.post(f"/checks/evidence/{evidence.pk}/remove/")

    evidence.refresh_from_db()
    assert (evidence.removed_by, client.get(f"/checks/evidence/{evidence.pk}/").status_code) == (team, 404)


def test_check_waive_is_for_the_lead_of_the_secretariat(client: Client, team):
    check_set = a_set(somebody(), SeatFactory(), on=START)
    until = timezone.localdate() + dt.timedelta(days=10)
    given = {"until": until.isoformat(), "reason": "The certificate is on its way."}
    address = f"/checks/{check_set.pk}/dbs/waive/"

    refused = client.post(address, given).status_code
    lead = sign_in(client, member(Role.TALENT_TEAM, is_administrator=True))
    done = client.post(address, given)

    assert (refused, done.url) == (403, f"/checks/{check_set.pk}/")
    assert [(w.kind, w.until, w.by) for w in check_set.waivers.all()] == [("dbs", until, lead)]


def asked_set(user=None) -> CheckSet:
    person = PersonFactory(user=user or UserFactory(full_name="Ada Holt"))
    check_set = a_set(person, SeatFactory(), on=START)
    return ask_declaration(check_set, by=member(Role.TALENT_TEAM), at=timezone.now())


def test_the_person_is_asked_and_signs(client: Client):
    check_set = asked_set()
    call_command("worker", "--once")
    sign_in(client, check_set.person.user)
    address = f"/checks/own/{check_set.pk}/declare/"

    waiting = [e.url for e in entries_for(check_set.person.user, at=timezone.now()) if e.title == "Declare and sign"]
    wrong = client.post(address, {"grounds": ["none"], "signed_name": "Somebody Else"}).text
    done = client.post(address, {"grounds": ["none"], "signed_name": "ada holt"})

    assert [sent.to for sent in mail.outbox] == [[check_set.person.user.email]]
    assert waiting == [address]
    assert "Sign with your name as we hold it: Ada Holt." in wrong
    assert done.url == "/checks/own/"
    assert [(s.grounds, s.signed_name) for s in SelfDeclaration.objects.all()] == [([], "Ada Holt")]
    assert [(c.kind, c.result, c.by) for c in Check.objects.all()] == [
        ("self_declaration", "clear", check_set.person.user)
    ]
    assert client.get(address).status_code == 404


def test_a_ground_that_applies_is_a_concern_and_its_reading_is_written_down(client: Client, team):
    check_set = asked_set()
    user = check_set.person.user
    declared = sign_declaration(check_set, grounds=["bankruptcy"], signed_name="Ada Holt", by=user, at=timezone.now())

    page = client.get(f"/checks/{check_set.pk}/").text
    before = CheckRead.objects.count()
    read = client.post(f"/checks/declarations/{declared.pk}/").text

    words = "I am subject to a bankruptcy restrictions order or have an arrangement with creditors"
    assert (words in page, words in read) == (False, True)
    assert (before, CheckRead.objects.get().what) == (0, "Self-declaration")
    assert Check.objects.get().result == "concern"


def test_nobody_signs_for_another():
    check_set = asked_set()

    with pytest.raises(PermissionDenied):
        sign_declaration(check_set, grounds=[], signed_name="Ada Holt", by=UserFactory(), at=timezone.now())

    assert SelfDeclaration.objects.count() == 0


def test_who_has_no_account_is_not_asked():
    check_set = a_set(somebody("Ben Okoro"), SeatFactory(), on=START)

    with pytest.raises(CheckRefused) as refused:
        ask_declaration(check_set, by=member(Role.TALENT_TEAM), at=timezone.now())

    assert str(refused.value) == "Ben Okoro has no account. Record the result of the form they signed on paper."


def test_the_daily_round_counts_what_ran_out_and_asks_again():
    lead, today = member(Role.TALENT_TEAM, is_administrator=True), timezone.localdate()
    waived, due = fit(somebody(), SeatFactory(), on=START), fit(PersonFactory(), SeatFactory(), on=LATER)
    record_result(waived, "dbs", "concern", done_on=today, by=lead, at=timezone.now(), reason="Look.")
    waive(waived, "dbs", until=today, by=lead, at=timezone.now(), reason="One day.")
    later = timezone.now() + dt.timedelta(days=330)

    done = sum_up_overdue(at=later), ask_again(at=later), ask_again(at=later)

    waived.refresh_from_db()
    due.refresh_from_db()
    assert done == (1, 1, 0)
    assert (waived.open_count, waived.waived_count, due.declaration_asked_at) == (1, 0, later)


def test_the_worklist_counts_open_and_due_in_scope():
    seat, today = SeatFactory(), timezone.localdate()
    a_set(somebody(), seat, on=START)
    due = fit(somebody(), seat, on=START)
    CheckSet.objects.filter(pk=due.pk).update(renews_on=today + dt.timedelta(days=60))
    here, elsewhere = member(Role.REGIONAL_LEAD, region=seat.board.region), member(Role.REGIONAL_LEAD)

    found = [
        [(e.title, e.count) for e in entries_for(user, at=timezone.now()) if e.group == "Fit and proper checks"]
        for user in (here, elsewhere)
    ]

    assert found == [[("People whose checks fall due within 60 days", 1), ("People with open checks", 1)], []]


def test_the_board_says_one_word_to_those_who_are_told(client: Client):
    tenure = seated(SeatFactory(), "2018-01-01", "2100-12-31")
    check_set = a_set(tenure.person, tenure.seat, on=timezone.localdate())
    address = f"/trusts/{tenure.seat.board.ods_code}/board/"
    viewers = {
        "team": member(Role.TALENT_TEAM),
        "committee": member(Role.COMMITTEE_MEMBER),
        "administrator": member(Role.TRUST_USER, organisation=tenure.seat.board, is_administrator=True),
        "trust": member(Role.TRUST_USER, organisation=tenure.seat.board),
    }

    told = {}
    for who, user in viewers.items():
        sign_in(client, user)
        told[who] = "Checks:" in client.get(address).text
    sign_in(client, viewers["committee"])

    assert told == {"team": True, "committee": True, "administrator": True, "trust": False}
    assert client.get(f"/checks/{check_set.pk}/").status_code == 403


def test_a_board_attests_once_a_year_and_explains_what_is_outstanding(client: Client):
    tenure = seated(SeatFactory(), "2018-01-01", "2100-12-31")
    trust, now = tenure.seat.board, timezone.now()
    by = sign_in(client, member(Role.TRUST_USER, organisation=trust, is_administrator=True))
    address = f"/trusts/{trust.ods_code}/board/attest/"

    owed = list(owing(at=now))
    unexplained = client.post(address, {"right": "on", "reason": ""}).text
    done = client.post(address, {"right": "on", "reason": "All checks are opened this month."})

    assert owed == [trust]
    assert "Say what is being done about the checks that are outstanding." in unexplained
    assert done.url == f"/trusts/{trust.ods_code}/board/"
    [said] = Attestation.objects.all()
    assert (said.sitting, said.outstanding, said.by, said.year_starts_on) == (1, 1, by, year_of(timezone.localdate()))
    assert list(owing(at=now)) == []
    with pytest.raises(AttestationRefused, match="already confirmed"):
        attest_board(trust, by=by, at=now)


def test_nobody_attests_for_another_trust():
    by = member(Role.TRUST_USER, is_administrator=True)

    for who in (by, member(Role.TALENT_TEAM, is_administrator=True)):
        with pytest.raises(PermissionDenied):
            attest_board(OrganisationFactory(), by=who, at=timezone.now())


def test_a_proposed_further_term_asks_the_holder_to_declare_anew():
    user = UserFactory(full_name="Ada Holt")
    tenure = seated(SeatFactory(), "2017-04-01", "2020-03-31", person=PersonFactory(user=user))
    proposal = proposed(tenure, fit=False)
    said = {"by": proposal.made_by, "at": timezone.now()}

    asked = ask_for_renewal(proposal, **said), ask_for_renewal(proposal, **said)
    check_set = CheckSet.objects.get()
    waiting = check_set.declaration_asked_at
    sign_declaration(check_set, grounds=[], signed_name="Ada Holt", by=user, at=timezone.now())

    assert (asked, waiting) == ((True, False), said["at"])
    assert ask_for_renewal(proposal, **said) is False
    assert dict(proposal_paper(proposal).facts)["Declaration renewed"] == (
        f"{long_date(timezone.localdate())}, signed by them in the portal"
    )


def test_a_form_signed_on_paper_answers_what_was_asked(team):
    check_set = asked_set()

    record_result(check_set, "self_declaration", "clear", done_on=timezone.localdate(), by=team, at=timezone.now())

    check_set.refresh_from_db()
    assert check_set.declaration_asked_at is None
