"""Events: every step from every state, what may be changed, who runs what, attendance and materials."""

import datetime as dt

import pytest
from django.core.exceptions import PermissionDenied
from django.core.files.uploadedfile import SimpleUploadedFile

from portal.files import FileRefused
from portal.models import Job, Role
from programmes import convening
from programmes.convening import EventRefused, change_event, move_event, plan_event, record_attendance
from programmes.models import Cohort, Event, EventChange, EventMaterial
from tests.factories.collaboratives import CollaborativeFactory
from tests.factories.events import BookingFactory, EventFactory, EventMaterialFactory, facts, team
from tests.factories.portal import RegionFactory, UserFactory, member
from tests.factories.programmes import SchemeFactory

pytestmark = pytest.mark.django_db

AT = dt.datetime(2018, 2, 1, 9, tzinfo=dt.UTC)
START = dt.datetime(2018, 3, 6, 10, tzinfo=dt.UTC)
AFTER = START + dt.timedelta(hours=4)

ALLOWED = {
    ("draft", "publish"): "open",
    ("draft", "cancel"): "cancelled",
    ("open", "close"): "closed",
    ("open", "cancel"): "cancelled",
    ("closed", "reopen"): "open",
    ("closed", "cancel"): "cancelled",
}
BUTTONS = ("publish", "close", "reopen", "cancel", "hold")


def told() -> list[tuple[int, str]]:
    jobs = Job.objects.filter(kind="programmes.tell_booking").order_by("pk")
    return [(job.payload["booking"], job.payload["what"]) for job in jobs]


def kinds(event: Event) -> list[str]:
    return list(event.changes.values_list("kind", flat=True))


@pytest.mark.parametrize("state", Event.State.values)
@pytest.mark.parametrize("kind", BUTTONS)
def test_every_step_from_every_state(state, kind):
    event = EventFactory(state=state, starts_at=START)

    try:
        reached = move_event(event, kind, by=team(), at=AT, reason="Snow").state
    except EventRefused:
        reached = None

    assert reached == ALLOWED.get((state, kind))
    event.refresh_from_db()
    assert (event.state, kinds(event)) == ((reached, [kind]) if reached else (state, []))


@pytest.mark.parametrize("state", Event.State.values)
def test_the_buttons_are_the_table(state):
    event = EventFactory.build(state=state, owner=None)

    assert [step.kind.value for step in convening.steps_for(event)] == [
        kind for kind in BUTTONS if (state, kind) in ALLOWED
    ]


@pytest.mark.parametrize("state", Event.State.values)
def test_attendance_is_recorded_of_what_stood_or_was_held(state):
    event = EventFactory(state=state, starts_at=START)

    try:
        reached = record_attendance(event, came=[], by=team(), at=AFTER).state
    except EventRefused:
        reached = None

    assert reached == ("held" if state in ("open", "closed", "held") else None)


def test_a_plan_is_a_draft_of_whoever_made_it():
    by = team()

    event = plan_event(facts(), by=by, at=AT)

    assert (event.state, event.owner, event.revision, kinds(event)) == ("draft", by, 0, ["planned"])


@pytest.mark.parametrize(
    ("given", "words"),
    [
        ({"ends_at": START}, "An event ends after it begins."),
        ({"booking_closes_at": AFTER}, "Booking closes before the event begins."),
        ({"audience": "group"}, "Choose the cohort or network whose people may book."),
    ],
)
def test_nonsense_is_refused_in_words(given, words):
    with pytest.raises(EventRefused) as refused:
        plan_event(facts(**given), by=team(), at=AT)

    assert (str(refused.value), Event.objects.count()) == (words, 0)


def test_an_event_belongs_to_one_programme_and_to_a_cohort_of_it():
    scheme, other = SchemeFactory(), SchemeFactory()
    cohort = Cohort.objects.create(scheme=other, name="First", starts_on=AT.date())

    with pytest.raises(EventRefused, match=r"^An event belongs to one programme\.$"):
        plan_event(facts(scheme=scheme, collaborative=CollaborativeFactory()), by=team(), at=AT)
    with pytest.raises(EventRefused, match=r"^This cohort belongs to another programme\.$"):
        plan_event(facts(scheme=scheme, cohort=cohort), by=team(), at=AT)


def test_a_lead_plans_for_own_collaboratives_and_a_region_within_itself():
    lead, region = member(Role.IMPROVEMENT_LEAD), RegionFactory()
    own, other = CollaborativeFactory(leads=[lead]), CollaborativeFactory()
    regional = member(Role.REGIONAL_LEAD, region=region)

    assert plan_event(facts(collaborative=own), by=lead, at=AT).collaborative == own
    assert plan_event(facts(region=region), by=regional, at=AT).region == region
    for by, given in (
        (lead, {"collaborative": other}),
        (lead, {"scheme": SchemeFactory()}),
        (regional, {"region": RegionFactory()}),
        (regional, {}),
        (member(Role.TRUST_USER), {}),
        (UserFactory(), {}),
    ):
        with pytest.raises(PermissionDenied):
            plan_event(facts(**given), by=by, at=AT)


def test_who_runs_which():
    lead, region = member(Role.IMPROVEMENT_LEAD), RegionFactory()
    led = EventFactory(collaborative=CollaborativeFactory(leads=[lead]))
    near = EventFactory(region=region)
    own = EventFactory(owner=lead)
    EventFactory()

    assert set(Event.objects.run_by(lead)) == {led, own}
    assert set(Event.objects.run_by(member(Role.REGIONAL_LEAD, region=region))) == {near}
    assert Event.objects.run_by(team()).count() == 4
    assert set(Event.objects.run_by(UserFactory())) == set()
    led.owner.refresh_from_db()
    assert set(Event.objects.run_by(led.owner)) == set()  # made it once, holds no role today


def test_who_booked_is_told_of_another_time_and_of_nothing_else():
    by = team()
    event = EventFactory(starts_at=START, owner=by, capacity=2)
    placed, waits = BookingFactory(event=event), BookingFactory(event=event, state="waiting")
    BookingFactory(event=event, state="cancelled")
    as_it_is = {"place": event.place, "link": event.link, "joining": event.joining}

    change_event(event, facts(**as_it_is, capacity=1), by=by, at=AT)
    assert told() == []
    later = START + dt.timedelta(days=1)
    moved = {"starts_at": later, "ends_at": later + dt.timedelta(hours=3), "booking_closes_at": START}
    row = change_event(event, facts(**as_it_is | moved, capacity=1), by=by, at=AT)

    assert (told(), row.revision) == ([(placed.pk, "changed"), (waits.pk, "changed")], 1)
    assert EventChange.objects.last().facts["changed"] == ["starts_at", "ends_at"]


def test_there_are_never_fewer_places_than_are_taken():
    by = team()
    event = EventFactory(starts_at=START, owner=by, capacity=3)
    BookingFactory.create_batch(2, event=event)

    with pytest.raises(EventRefused, match=r"^2 people have a place already\."):
        change_event(event, facts(capacity=1), by=by, at=AT)

    event.refresh_from_db()
    assert event.capacity == 3


@pytest.mark.parametrize("state", ["held", "cancelled"])
def test_what_is_over_stays_as_it_is(state):
    event = EventFactory(state=state, starts_at=START)

    with pytest.raises(EventRefused, match="stays as it is"):
        change_event(event, facts(), by=team(), at=AT)


def test_everybody_is_told_of_a_cancellation_with_its_reason():
    event = EventFactory(starts_at=START)
    placed, waits = BookingFactory(event=event), BookingFactory(event=event, state="waiting")

    with pytest.raises(EventRefused, match=r"^Say why: everybody who booked reads it\.$"):
        move_event(event, "cancel", by=team(), at=AT, reason=" ")
    row = move_event(event, "cancel", by=team(), at=AT, reason="The speaker is ill")

    assert told() == [(placed.pk, "event_cancelled"), (waits.pk, "event_cancelled")]
    assert (row.revision, row.changes.last().reason) == (1, "The speaker is ill")


def test_booking_does_not_open_after_its_last_day():
    event = EventFactory(state="draft", starts_at=START)

    with pytest.raises(EventRefused, match=r"^Booking has closed by the date you gave\."):
        move_event(event, "publish", by=team(), at=START)


def test_who_came_is_recorded_asked_once_and_put_right():
    event = EventFactory(starts_at=START)
    ann, ben = BookingFactory(event=event), BookingFactory(event=event)
    waits = BookingFactory(event=event, state="waiting")

    record_attendance(event, came=[ann.pk], by=team(), at=AFTER)
    record_attendance(event, came=[ann.pk, ben.pk], by=team(), at=AFTER, reason="Ben came late")

    assert list(event.bookings.order_by("pk").values_list("came", flat=True)) == [True, True, None]
    assert kinds(event) == ["hold", "attendance"]
    asked = Job.objects.filter(kind="programmes.ask_evaluation").order_by("pk")
    assert [job.payload["booking"] for job in asked] == [ann.pk, ben.pk]
    with pytest.raises(EventRefused, match=r"^Only people with a place"):
        record_attendance(event, came=[waits.pk], by=team(), at=AFTER)
    with pytest.raises(EventRefused, match=r"^This event has not begun\.$"):
        record_attendance(EventFactory(starts_at=START), came=[], by=team(), at=AT)


def test_only_who_runs_it_moves_or_records():
    event, stranger = EventFactory(starts_at=START), member(Role.TRUST_USER)

    for act in (
        lambda: move_event(event, "close", by=stranger, at=AT),
        lambda: change_event(event, facts(), by=stranger, at=AT),
        lambda: record_attendance(event, came=[], by=stranger, at=AFTER),
    ):
        with pytest.raises(PermissionDenied):
            act()

    assert kinds(event) == []


def test_materials_are_checked_kept_and_taken_off():
    event, by = EventFactory(), team()

    kept = convening.add_material(event, SimpleUploadedFile("a.exe", b"%PDF-1.7 slides"), title="Slides", by=by, at=AT)
    with pytest.raises(FileRefused):
        convening.add_material(event, SimpleUploadedFile("a.pdf", b"MZ"), title="Program", by=by, at=AT)
    convening.remove_material(kept, by=by, at=AT)
    convening.remove_material(kept, by=by, at=AT)

    assert (kept.content_type, kept.size, kinds(event)) == ("application/pdf", 15, ["material", "material_off"])
    assert list(EventMaterial.objects.shown()) == []


def test_materials_are_for_who_has_a_place_and_who_runs_it():
    material = EventMaterialFactory()
    placed, waits = (BookingFactory(event=material.event, state=state).user for state in ("booked", "waiting"))
    EventMaterialFactory(event=material.event, removed_at=AT)

    seen = {who: list(EventMaterial.objects.visible_to(who)) for who in (placed, waits, team(), UserFactory())}

    assert list(seen.values()) == [[material], [], [material], []]


def test_when_an_event_is_reads_as_people_say_it():
    one_day = EventFactory.build(starts_at=START, ends_at=AFTER, owner=None)
    two_days = EventFactory.build(starts_at=START, ends_at=AFTER + dt.timedelta(days=1), owner=None)

    assert (one_day.when, two_days.when) == (
        "Tuesday 6 March 2018, 10am to 2pm",
        "6 March 2018 at 10am to 7 March 2018 at 2pm",
    )
