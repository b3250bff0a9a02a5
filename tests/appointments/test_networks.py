"""Chair networks: who belongs follows from the seats, a word by hand holds, sessions count once held."""

import datetime as dt

import pytest
from django.core.exceptions import PermissionDenied
from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import timezone

from appointments import networking
from appointments.models import NetworkChange, NetworkSession, NetworkSessionEvent
from appointments.networking import NetworkRefused
from appointments.networks import members_of, visible_papers, visible_regions, visible_sessions
from portal.files import FileRefused
from portal.models import Role
from portal.worklist import entries_for
from tests.factories.boards import SeatFactory, seated, somebody
from tests.factories.networks import NetworkPaperFactory, NetworkSessionFactory, a_chair
from tests.factories.portal import OrganisationFactory, RegionFactory, UserFactory, member

pytestmark = pytest.mark.django_db

D = dt.date
TODAY = timezone.localdate()


@pytest.fixture
def region():
    return RegionFactory()


@pytest.fixture
def lead(region):
    return member(Role.REGIONAL_LEAD, region=region)


def names(region, day=TODAY):
    return [member.person.full_name for member in members_of(region, day).belonging]


def say(region, person, kind, lead, at=None):
    at = at or timezone.now()
    return networking.set_membership(region, person, kind=kind, by=lead, at=at, reason="Agreed with the chairs.")


def test_who_chairs_a_trust_of_the_region_belongs(region):
    chair = SeatFactory(board=OrganisationFactory(region=region), role="chair")
    ned = SeatFactory(board=chair.board)
    seated(chair, "2014-04-01", "2018-03-31", person=somebody("Ada"))
    seated(chair, "2018-04-01", "2022-03-31", person=somebody("Ben"))
    seated(ned, "2014-04-01", "2022-03-31", person=somebody("Nia"))
    seated(SeatFactory(role="chair"), "2014-04-01", "2022-03-31", person=somebody("Far Away"))

    assert names(region, D(2018, 3, 31)) == ["Ada"]
    assert names(region, D(2018, 4, 1)) == ["Ben"]
    assert names(region, D(2022, 4, 1)) == []


def test_a_chair_of_a_closed_seat_or_before_its_opening_does_not(region):
    seat = SeatFactory(board=OrganisationFactory(region=region), role="chair")
    seated(seat, "2014-04-01", "2022-03-31")
    seat.closed_on = D(2018, 1, 1)
    seat.save()

    assert len(names(region, D(2017, 12, 31))) == 1
    assert names(region, D(2018, 1, 1)) == []


def test_a_word_by_hand_holds_until_another(region, lead):
    chair = a_chair(region, full_name="Ada").person
    guest = somebody("Zoe")

    say(region, chair, "left_out", lead)
    say(region, guest, "added", lead)
    assert names(region) == ["Zoe"]
    assert [m.person for m in members_of(region, TODAY).left_out] == [chair]

    say(region, chair, "by_seat", lead)
    say(region, guest, "by_seat", lead)
    assert names(region) == ["Ada"]
    assert NetworkChange.objects.count() == 4


def test_a_word_by_hand_says_nothing_of_the_days_before_it(region, lead):
    a_chair(region, full_name="Ada")
    say(region, members_of(region, TODAY).belonging[0].person, "left_out", lead)

    assert names(region, TODAY - dt.timedelta(days=1)) == ["Ada"]


def test_a_word_by_hand_needs_its_reason_and_the_right_person(region, lead):
    chair = a_chair(region)

    with pytest.raises(NetworkRefused, match="Give the reason"):
        networking.set_membership(region, chair.person, kind="left_out", by=lead, at=timezone.now(), reason=" ")
    for other in (chair, member(Role.REGIONAL_LEAD), member(Role.COMMITTEE_MEMBER)):
        with pytest.raises(PermissionDenied):
            say(region, chair.person, "left_out", other)
    assert NetworkChange.objects.count() == 0


@pytest.mark.parametrize("kind", ["left_out", "by_seat"])
def test_a_chair_who_is_left_out_sees_nothing_of_it(region, lead, kind):
    chair = a_chair(region)
    NetworkPaperFactory(session=NetworkSessionFactory(region=region))
    seen = (visible_regions, visible_sessions, visible_papers)
    assert [look(chair, TODAY).count() for look in seen] == [1, 1, 1]

    say(region, chair.person, kind, lead)

    assert [look(chair, TODAY).count() for look in seen] == ([0, 0, 0] if kind == "left_out" else [1, 1, 1])


def test_a_chair_whose_access_has_ended_sees_nothing(region):
    chair = a_chair(region)
    chair.memberships.update(ended_at=timezone.now())

    assert list(visible_regions(chair, TODAY)) == []


def test_the_managing_director_keeps_the_network_only_while_in_a_role(region):
    region.managing_director = member(Role.EDITOR)
    region.save()
    session = {"title": "Boards", "starts_at": timezone.now(), "place": "Leeds", "at": timezone.now()}

    networking.plan_session(region, by=region.managing_director, **session)
    region.managing_director = UserFactory()
    region.save()

    with pytest.raises(PermissionDenied):
        networking.plan_session(region, by=region.managing_director, **session)
    assert list(visible_regions(region.managing_director, TODAY)) == []


def test_a_session_is_held_by_recording_who_came(region, lead):
    ada, ben = (a_chair(region, full_name=name).person for name in ("Ada", "Ben"))
    session = NetworkSessionFactory(region=region)

    networking.record_attendance(session, came=[ada.pk], by=lead, at=timezone.now())
    networking.record_attendance(session, came=[ada.pk, ben.pk], by=lead, at=timezone.now(), reason="Ben was late.")

    session.refresh_from_db()
    assert session.state == NetworkSession.State.HELD
    assert list(session.attendance.values_list("person__full_name", "came")) == [("Ada", True), ("Ben", True)]
    events = NetworkSessionEvent.objects.values_list("kind", "facts__came")
    assert list(events) == [("held", [ada.pk]), ("attendance", sorted([ada.pk, ben.pk]))]


def test_who_came_is_one_of_that_days_members(region, lead):
    session = NetworkSessionFactory(region=region)

    with pytest.raises(NetworkRefused, match="Only members of the network"):
        networking.record_attendance(session, came=[somebody().pk], by=lead, at=timezone.now())
    assert session.attendance.count() == 0


def test_no_session_is_held_before_it_begins_or_once_cancelled(region, lead):
    coming = NetworkSessionFactory(region=region, starts_at=timezone.now() + dt.timedelta(days=1))
    cancelled = NetworkSessionFactory(region=region)
    networking.cancel_session(cancelled, by=lead, at=timezone.now(), reason="Snow")

    for session, why in ((coming, "has not begun"), (cancelled, "was cancelled")):
        with pytest.raises(NetworkRefused, match=why):
            networking.record_attendance(session, came=[], by=lead, at=timezone.now())
    with pytest.raises(NetworkRefused, match="“Cancelled”"):
        networking.cancel_session(cancelled, by=lead, at=timezone.now(), reason="Again")
    assert NetworkSession.objects.held().count() == 0


def test_a_year_counts_the_sessions_held_in_it_by_the_day_in_london(region):
    for starts_at, state in (
        (dt.datetime(2017, 3, 31, 22, 59, tzinfo=dt.UTC), "held"),
        (dt.datetime(2017, 3, 31, 23, 0, tzinfo=dt.UTC), "held"),  # 1 April in London
        (dt.datetime(2018, 3, 31, 12, tzinfo=dt.UTC), "held"),
        (dt.datetime(2018, 3, 30, 12, tzinfo=dt.UTC), "cancelled"),
        (dt.datetime(2018, 3, 29, 12, tzinfo=dt.UTC), "planned"),
    ):
        NetworkSessionFactory(region=region, starts_at=starts_at, state=state)

    held = NetworkSession.objects.held_between(D(2017, 4, 1), D(2018, 3, 31))

    assert sorted(session.day for session in held) == [D(2017, 4, 1), D(2018, 3, 31)]


def test_a_paper_is_what_its_content_says(region, lead):
    session, now = NetworkSessionFactory(region=region), timezone.now()

    with pytest.raises(FileRefused, match="must be a PDF"):
        networking.add_paper(session, SimpleUploadedFile("a.pdf", b"MZ"), title="A", by=lead, at=now)
    paper = networking.add_paper(session, SimpleUploadedFile("b.exe", b"%PDF-1.7"), title="B", by=lead, at=now)
    assert (paper.content_type, paper.file.name.endswith(".pdf")) == ("application/pdf", True)

    networking.remove_paper(paper, by=lead, at=now)
    assert list(visible_papers(lead, TODAY)) == []


def test_an_action_waits_for_its_owner_until_it_is_done(region, lead):
    chair, now = a_chair(region), timezone.now()
    session = NetworkSessionFactory(region=region, starts_at=now + dt.timedelta(days=1))
    action = networking.add_action(session, what="Send it round", owner=chair, due_on=TODAY, by=lead, at=now)

    waiting = [e.title for e in entries_for(chair, at=now) if e.group == "Chair networks"]
    with pytest.raises(PermissionDenied):
        networking.finish_action(action, by=a_chair(region), at=now)
    networking.finish_action(action, by=chair, at=now)

    assert waiting == ["Send it round"]
    assert [e.title for e in entries_for(chair, at=now) if e.group == "Chair networks"] == []


def test_a_session_whose_time_has_come_waits_for_the_regions_lead(region, lead):
    session = NetworkSessionFactory(region=region)
    NetworkSessionFactory(region=region, starts_at=timezone.now() + dt.timedelta(days=1))

    waiting = [e.title for e in entries_for(lead, at=timezone.now()) if e.group == "Chair networks"]

    assert waiting == [f"Record who came: {session}"]
