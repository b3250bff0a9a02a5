"""Erasing a member: no word of theirs is left in any table, the ledgers hold, and the search forgets at once."""

import datetime as dt
from typing import Any

import pytest
from django.core.management import call_command
from django.db import connection
from django.test import Client
from django.utils import timezone

from appointments.models import AgendaItem, GrowthConversation, Interim, Successor, Tenure
from appointments.policies import load
from portal.models import Role, User
from programmes.models import Booking
from search.models import Entry, Index, Pending
from talent import curating, equality, erasing, holdings
from talent.access import Refused
from talent.erasing import erase_member
from talent.models import (
    Application,
    Attachment,
    Award,
    AwardAnnouncement,
    CandidateEvent,
    Complaint,
    ConsentEvent,
    MemberErased,
    Person,
    PoolMembership,
    ProfileView,
    SavedSearch,
    SearchWatch,
    State,
    VaultRead,
    WatchedPerson,
)
from talent.models.equality import EqualityRecord
from tests.factories.appointments import AgendaItemFactory, DecisionFactory
from tests.factories.awards import shared_form
from tests.factories.boards import SeatFactory, seated
from tests.factories.events import BookingFactory
from tests.factories.portal import UserFactory, member, sign_in
from tests.factories.proposals import decided, proposed_new
from tests.factories.search import index_all
from tests.factories.talent import (
    ApplicationFactory,
    CvReadingFactory,
    CvSuggestionFactory,
    PersonFactory,
    PlacementFactory,
    PoolMembershipFactory,
    PostHeldFactory,
    ReviewFactory,
    ScoreFactory,
    filled,
)
from tests.talent.test_curating import a_pool

pytestmark = pytest.mark.django_db
NOW = timezone.now()
MARK = "Quillfeather"


@pytest.fixture
def somebody() -> User:
    """A member whose name and words stand wherever a member's can."""
    user = UserFactory(full_name=f"Ada {MARK}", email=f"ada@{MARK.lower()}.example")
    words = {name: f"{MARK} {name}" for name in ("headline", "summary", "phone", "cv_text")}
    PersonFactory(user=user, postcode=MARK[:10], reference=f"{MARK}-1", born_on=dt.date(1970, 5, 1), **words)
    return user


@pytest.fixture
def full(somebody: User) -> User:
    person = somebody.person
    PostHeldFactory(person=person, title=MARK, description=MARK)
    CvSuggestionFactory(reading=CvReadingFactory(person=person, text=MARK, file_name=f"{MARK}.pdf"), passage=MARK)
    PoolMembershipFactory(person=person)
    _applied(somebody)
    team = member(Role.TALENT_TEAM)
    pool = a_pool(team)
    candidate = curating.add(pool, person, by=team, at=NOW, reason=f"{MARK} is a good listener.")
    CandidateEvent.objects.create(candidate=candidate, kind="planned", detail=MARK, by=None, at=NOW)
    BookingFactory(user=somebody, needs=f"{MARK}: a ramp")
    seat = SeatFactory()
    Successor.objects.create(seat=seat, person=person, readiness="now", reason=MARK, named_by=team, named_at=NOW)
    GrowthConversation.objects.create(
        person=person, held_on=NOW.date(), now=2, scope=2, wishes=MARK, needs=MARK, by=team, at=NOW
    )
    Interim.objects.create(
        person=person, roles=["chair"], day_rate=500, available_from=NOW.date(), summary=MARK, consented_at=NOW
    )
    ProfileView.objects.create(person=person, by=team, at=NOW)
    return somebody


def _applied(user: User) -> Application:
    application = filled(ApplicationFactory(user=user, state=State.REVIEW))
    application.answers.update(values={"why": MARK})
    application.attachments.update(name=f"{MARK}.pdf")
    ScoreFactory(review=ReviewFactory(application=application, overall=MARK, submitted_at=NOW), evidence=MARK)
    equality.store(application, {"sex": "female"}, at=NOW)
    AgendaItemFactory(application=ApplicationFactory(user=user, state=State.UNSUCCESSFUL), note=MARK)
    return application


def erase(user: User) -> MemberErased:
    return erase_member(user, by=user, at=NOW)


def tables_with(words: str) -> list[str]:
    """Every table of the database that holds these words anywhere."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT tablename FROM pg_tables WHERE schemaname = 'public' ORDER BY tablename")
        found = []
        for (table,) in cursor.fetchall():
            quoted = connection.ops.quote_name(table)
            cursor.execute(f"SELECT count(*) FROM {quoted} r WHERE r::text ILIKE %s", [f"%{words}%"])  # noqa: S608
            found += [table] if cursor.fetchone() != (0,) else []
        return found


def test_no_word_of_the_member_is_left_in_any_table(full: User):
    before = tables_with(MARK)

    erased = erase(full)

    assert len(before) == 17
    assert tables_with(MARK) == []
    full.refresh_from_db()
    assert (full.full_name, full.is_active, full.has_usable_password()) == (erased.pseudonym, False, False)
    assert Person.objects.get().full_name == erased.pseudonym


def test_files_go_with_the_transaction(full: User, django_capture_on_commit_callbacks: Any):
    file = Attachment.objects.get().file
    storage, name = file.storage, file.name

    with django_capture_on_commit_callbacks(execute=True):
        erase(full)
        before = storage.exists(name)

    assert (before, storage.exists(name)) == (True, False)


def test_what_runs_is_ended_by_its_own_act(full: User):
    erase(full)

    assert list(Application.objects.order_by("pk").values_list("state", flat=True)) == ["withdrawn", "unsuccessful"]
    assert list(ConsentEvent.objects.values_list("kind", "by")) == [("left", full.pk)]
    assert PoolMembership.objects.filter(left_at=None).count() == 0
    assert Booking.objects.get().state == "cancelled"
    assert Interim.objects.get().withdrawn_at == NOW
    assert Successor.objects.get().ended_at == NOW
    assert AgendaItem.objects.get().title == "Application of somebody who was erased"
    assert EqualityRecord.objects.count() == 0


def test_the_audit_trail_says_what_became_of_each_table(full: User):
    erased = erase(full)

    assert (erased.by, erased.at, erased.name_stays) == (full, NOW, False)
    assert erased.rows["talent.PostHeld.person"] == {"fate": "deleted", "rows": 1}
    assert erased.rows["talent.Score.review__application__person"] == {"fate": "emptied", "rows": 1}
    assert erased.rows["talent.ProfileView.person"] == {"fate": "kept", "rows": 1}
    assert ProfileView.objects.count() == 1
    assert Application.objects.exclude(person=Person.objects.get()).count() == 0


def test_who_sits_on_a_board_keeps_the_name_on_the_public_record_alone(somebody: User):
    load()
    decision = decided(proposed_new(SeatFactory(), "2018-01-01", "2020-12-31", person=somebody.person))

    erased = erase(somebody)

    person = Person.objects.get()
    assert (person.full_name, person.user, person.email, person.summary, person.cv_text) == (f"Ada {MARK}", None) + (
        "",
    ) * 3
    assert (erased.name_stays, Tenure.objects.get().person) == (True, person)
    somebody.refresh_from_db()
    assert somebody.full_name == erased.pseudonym
    call_command("verify_ledger", head=decision.digest, verbosity=0)


def test_the_chain_holds_when_a_decision_on_an_application_loses_its_words(somebody: User):
    application = ApplicationFactory(user=somebody, state=State.UNSUCCESSFUL)
    DecisionFactory(item=AgendaItemFactory(application=application), reason=f"{MARK} lacks scale.")

    erase(somebody)

    assert tables_with("lacks scale") == []
    call_command("verify_ledger", verbosity=0)


@pytest.mark.parametrize("leads", [True, False])
def test_an_award_keeps_its_money_and_trust_and_no_word_of_who_left(client: Client, somebody: User, leads: bool):
    two = {"user": somebody, "partner": UserFactory()} if leads else {"user": UserFactory(), "partner": somebody}
    form = shared_form(state=State.AWARDED, **two)
    prize = form.intake.scheme.prizes.get()
    said = {
        "application": form,
        "prize": prize,
        "amount": prize.amount,
        "decided_on": NOW.date(),
        "by": None,
        "at": NOW,
    }
    award = Award.objects.create(reason=f"{MARK} was clear.", **said)
    for citation in (f"To {MARK}, for the front door.", f"To Ada {MARK}, for the front door."):
        announce = {"employer": "Elmbridge Hospitals", "citation": citation}
        AwardAnnouncement.objects.create(award=award, by=None, at=NOW, **announce)
    stays = form.partner if leads else form.person

    erased = erase(somebody)
    page = client.get(f"/awards/{form.intake.scheme.slug}/").content.decode()

    assert (MARK in page, erased.pseudonym in page, "The citation was taken down" in page) == (False, False, True)
    names = f"A former member and {stays.full_name}" if leads else f"{stays.full_name} and a former member"
    assert all(words in page for words in (names, "Elmbridge Hospitals", "£30,000"))
    assert [table for table in tables_with(MARK) if "award" in table] == []


def test_search_forgets_in_the_same_transaction(full: User):
    index_all()
    Index.objects.create(engine="elasticsearch", name="es-1", shape="x", made_at=NOW)
    watch = SearchWatch.objects.create(
        search=SavedSearch.objects.create(name="S", question={}, owner=UserFactory(), created_at=NOW, opened_at=NOW),
        user=UserFactory(),
        frequency="daily",
        since=NOW,
        due_at=NOW,
    )
    WatchedPerson.objects.create(watch=watch, person=full.person, at=NOW)
    before = Entry.objects.filter(person_id=full.person.pk).count()

    erase(full)

    assert (before, Entry.objects.count(), WatchedPerson.objects.count()) == (1, 0, 0)
    assert set(Pending.objects.values_list("index__name", "hides")) == {("es-1", True)}


def test_all_or_nothing(full: User, monkeypatch: pytest.MonkeyPatch):
    def fails(*_: Any) -> None:
        raise RuntimeError

    monkeypatch.setattr(erasing, "AFTER", [fails])
    before = tables_with(MARK)

    with pytest.raises(RuntimeError):
        erase(full)

    assert tables_with(MARK) == before
    assert MemberErased.objects.count() == 0


@pytest.mark.parametrize(
    ("hinders", "said"),
    [
        (
            lambda user: member(Role.REVIEWER, user=user),
            "Have that access ended by whoever looks after your organisation’s people.",
        ),
        (
            lambda user: PlacementFactory(
                application__person=user.person, ends_on=timezone.localdate() + dt.timedelta(days=9)
            ),
            "Your placement is still running. Have the talent team end it first.",
        ),
        (
            lambda user: PersonFactory(merged_into=user.person),
            "Your record was joined with one that has an account of its own. Have the talent team undo that first.",
        ),
    ],
)
def test_what_has_to_be_ended_first(somebody: User, hinders: Any, said: str):
    hinders(somebody)

    with pytest.raises(Refused, match=said):
        erase(somebody)

    assert Person.objects.filter(full_name=f"Ada {MARK}").count() == 1


def test_nobody_erases_somebody_else(somebody: User):
    with pytest.raises(Refused):
        erase_member(somebody, by=member(Role.TALENT_TEAM), at=NOW)

    assert MemberErased.objects.count() == 0


def test_a_complaint_loses_its_words_and_an_open_one_goes(somebody: User):
    for number, answered in ((1, NOW), (2, None)):
        Complaint.objects.create(
            reference=f"C{number}", user=somebody, words=MARK, made_at=NOW, answer=MARK, answered_at=answered
        )

    erase(somebody)

    assert list(Complaint.objects.values_list("reference", "words", "answer")) == [("C1", "", "")]


def test_the_page_says_what_stays_and_wants_the_word(client: Client, full: User):
    sign_in(client, full)
    elsewhere = Client()
    sign_in(elsewhere, full)

    shown = client.get("/profile/data/erase/").content.decode()
    wrong = client.post("/profile/data/erase/", {"word": "yes"}).context["form"].errors
    still = Person.objects.get().full_name
    done = client.post("/profile/data/erase/", {"word": " Erase "})

    assert holdings.DECIDED in shown
    assert holdings.LOOKED in shown
    assert "public and keeps your name" not in shown
    assert (wrong, still) == ({"word": ["Type “erase”, or go back if you want to stay"]}, f"Ada {MARK}")
    assert done.url == "/profile/data/erased/"
    assert client.get(done.url).status_code == 200
    for browser in (client, elsewhere):
        assert browser.get("/profile/").url == "/accounts/login/?next=/profile/"
    assert client.login(email=f"ada@{MARK.lower()}.example", password="Demonstration-2018") is False


def test_the_page_of_a_board_member_says_that_the_name_stays(client: Client, somebody: User):
    seated(SeatFactory(), "2017-01-01", None, person=somebody.person)
    sign_in(client, somebody)

    assert "That record is public and keeps your name" in client.get("/profile/data/erase/").content.decode()


def test_who_cannot_be_erased_yet_finds_no_button(client: Client, somebody: User):
    member(Role.TRUST_USER, user=somebody)
    sign_in(client, somebody)

    shown = client.get("/profile/data/erase/").content.decode()
    client.post("/profile/data/erase/", {"word": "erase"})

    assert ("You cannot be erased yet." in shown, "Erase my data and close my account" in shown) == (True, False)
    assert MemberErased.objects.count() == 0


def test_the_vault_notes_no_reading_when_it_forgets(full: User):
    erase(full)

    assert VaultRead.objects.count() == 0
