"""Pages of events: the list and its facets, booking, the team's pages, files; lists in a fixed number of queries."""

import datetime as dt

import pytest
from django.test import Client
from django.utils import timezone
from icalendar import Calendar

from portal import worklist
from portal.models import Role
from programmes import calendar_links
from programmes.models import Booking, Cohort, Event, EventMaterial
from talent.models import Participation
from tests.factories.collaboratives import CollaborativeFactory
from tests.factories.events import BookingFactory, EventFactory, EventMaterialFactory, team
from tests.factories.portal import OrganisationFactory, RegionFactory, UserFactory, member, sign_in
from tests.factories.programmes import SchemeFactory
from tests.factories.talent import PersonFactory

pytestmark = pytest.mark.django_db

MARCH, APRIL = (dt.datetime(2100, month, 6, 10, tzinfo=dt.UTC) for month in (3, 4))


@pytest.fixture
def runner(client: Client):
    return sign_in(client, team())


def shown(response) -> list[str]:
    return [event.title for event in response.context["events"]]


def facets(response) -> dict[str, list[tuple[str, int]]]:
    return {
        facet.name: [(option.label, option.count) for option in facet.options]
        for facet in response.context["found"].facets
    }


@pytest.fixture
def three() -> None:
    north, retention = RegionFactory(code="north", name="North"), CollaborativeFactory(name="Retention", slug="stay")
    EventFactory(title="A", starts_at=MARCH, region=north, collaborative=retention)
    EventFactory(title="B", starts_at=APRIL, region=north, kind="webinar")
    EventFactory(title="C", starts_at=APRIL, collaborative=retention)


def test_the_list_counts_each_choice_beside_what_is_chosen(client: Client, three):
    everything, narrowed = client.get("/events/"), client.get("/events/?programme=stay&month=2100-04")

    assert (shown(everything), shown(narrowed)) == (["A", "B", "C"], ["C"])
    assert facets(everything) == {
        "programme": [("Retention", 2)],
        "region": [("By video or everywhere", 1), ("North", 2)],
        "month": [("March 2100", 1), ("April 2100", 2)],
        "kind": [("Masterclass", 2), ("Webinar", 1)],
    }
    assert facets(narrowed) == {
        "programme": [("Retention", 1)],
        "region": [("By video or everywhere", 1), ("North", 0)],
        "month": [("March 2100", 1), ("April 2100", 1)],
        "kind": [("Masterclass", 1), ("Webinar", 0)],
    }


def test_what_nobody_offers_shows_nothing(client: Client, three):
    assert shown(client.get("/events/?region=atlantis")) == []


def test_the_list_keeps_drafts_cohorts_and_what_is_over_to_itself(client: Client):
    scheme = SchemeFactory()
    cohort = Cohort.objects.create(scheme=scheme, name="First", starts_on="2018-01-08")
    EventFactory(title="Draft", state="draft")
    EventFactory(title="Cancelled", state="cancelled")
    EventFactory(title="Of a cohort", audience="group", cohort=cohort, scheme=scheme)
    EventFactory(title="Over", past=True)
    EventFactory(title="Coming")

    assert shown(client.get("/events/")) == ["Coming"]
    assert shown(client.get("/events/?past=1")) == ["Over"]
    feed = Calendar.from_ical(client.get("/events/calendar.ics").content)
    assert [str(entry["SUMMARY"]) for entry in feed.walk("VEVENT")] == ["Coming"]


@pytest.mark.parametrize("rows", [1, 3])
def test_event_list(client: Client, rows: int, django_assert_num_queries):
    user = sign_in(client, UserFactory())
    for _ in range(rows):
        BookingFactory(user=user, event=EventFactory(region=RegionFactory(), collaborative=CollaborativeFactory()))

    with django_assert_num_queries(9):
        response = client.get("/events/")

    assert len(response.context["events"]) == rows


@pytest.mark.parametrize("rows", [1, 3])
def test_booking_list(client: Client, rows: int, django_assert_num_queries):
    user = sign_in(client, UserFactory())
    BookingFactory.create_batch(rows, user=user)

    with django_assert_num_queries(7):
        response = client.get("/events/mine/")

    assert len(response.context["coming"]) == rows


@pytest.mark.parametrize("rows", [1, 3])
def test_event_team_list(client: Client, runner, rows: int, django_assert_num_queries):
    for _ in range(rows):
        BookingFactory(event=EventFactory(region=RegionFactory(), collaborative=CollaborativeFactory()))

    with django_assert_num_queries(9):
        response = client.get("/events/team/")

    assert len(response.context["page"]) == rows


@pytest.mark.parametrize("rows", [1, 3])
def test_event_people(client: Client, runner, rows: int, django_assert_num_queries):
    event = EventFactory()
    BookingFactory.create_batch(rows, event=event, organisation=OrganisationFactory())
    EventMaterialFactory.create_batch(rows, event=event)

    with django_assert_num_queries(12):
        response = client.get(f"/events/{event.pk}/people/")

    assert len(response.context["booked"]) == rows


def test_somebody_books_waits_and_gives_up(client: Client):
    trust = OrganisationFactory()
    user = sign_in(client, member(Role.TRUST_USER, organisation=trust))
    event = EventFactory(capacity=1, audience="trusts")
    first = BookingFactory(event=event)

    client.post(f"/events/{event.pk}/book/", {"sure": "yes", "organisation": trust.pk, "needs": "A ramp"})
    booking = Booking.objects.get(user=user)
    page = client.get(f"/events/bookings/{booking.pk}/")
    assert (booking.state, booking.organisation, booking.needs, page.context["turn"]) == (
        "waiting", trust, "A ramp", 1,
    )  # fmt: skip
    assert "secret-room" not in page.content.decode()
    client.post(f"/events/bookings/{booking.pk}/cancel/")

    booking.refresh_from_db()
    assert booking.state == "cancelled"
    first.refresh_from_db()
    assert first.state == "booked"


def test_one_more_press_leads_to_the_booking_that_is_there(client: Client):
    booking = BookingFactory()
    sign_in(client, booking.user)

    response = client.post(f"/events/{booking.event.pk}/book/", {"sure": "yes"})

    assert response.url == f"/events/bookings/{booking.pk}/"


def test_something_else_at_the_same_time_is_said(client: Client):
    event = EventFactory(starts_at=MARCH)
    user = sign_in(client, UserFactory())
    clash = BookingFactory(user=user, event=EventFactory(starts_at=MARCH + dt.timedelta(hours=2))).event
    BookingFactory(user=user, event=EventFactory(starts_at=MARCH + dt.timedelta(hours=3)))

    assert client.get(f"/events/{event.pk}/book/").context["clashes"] == [clash]


def test_the_file_and_the_certificate_are_for_who_has_a_place_and_who_came(client: Client):
    user = sign_in(client, UserFactory(full_name="Ann Bell"))
    placed, waits = (BookingFactory(user=user, state=state) for state in ("booked", "waiting"))
    came = BookingFactory(user=user, event=EventFactory(held=True), came=True)
    others = BookingFactory(event=EventFactory(held=True), came=True)

    def status(booking: Booking, what: str) -> int:
        return client.get(f"/events/bookings/{booking.pk}/{what}/").status_code

    files = [status(booking, "calendar") for booking in (placed, waits, others)]
    certificates = [status(booking, "certificate") for booking in (came, placed, others)]
    assert (files, certificates) == ([200, 404, 404], [200, 404, 404])


def test_the_certificate_says_who_attended_what_and_for_how_long(client: Client):
    starts_at = dt.datetime(2018, 3, 6, 10, tzinfo=dt.UTC)
    event = EventFactory(
        title="Why nurses stay", state="held", starts_at=starts_at, ends_at=starts_at + dt.timedelta(minutes=210)
    )
    booking = BookingFactory(event=event, came=True, user=UserFactory(full_name="Ann Bell"))
    sign_in(client, booking.user)

    response = client.get(f"/events/bookings/{booking.pk}/certificate/")

    context = response.context
    assert (context["name"], context["hours"], context["reference"]) == (
        "Ann Bell", "3.5", f"E{event.pk}-{booking.pk}",
    )  # fmt: skip
    assert response.content[:5] == b"%PDF-"


def test_a_feed_shows_own_places_to_whoever_has_its_address(client: Client):
    mine = BookingFactory(event=EventFactory(title="Mine"))
    BookingFactory(event=EventFactory(title="I wait"), user=mine.user, state="waiting")
    BookingFactory(event=EventFactory(title="Another's"))
    token = calendar_links.token_of(mine.user, at=timezone.now())

    feed = client.get(f"/events/feed/{token}.ics")

    calendar = Calendar.from_ical(feed.content)
    assert [str(entry["SUMMARY"]) for entry in calendar.walk("VEVENT")] == ["Mine"]
    assert (client.get(f"/events/feed/{token}x.ics").status_code, feed["Cache-Control"]) == (404, "private, no-store")


TYPED = {
    "title": "Why nurses stay", "kind": "masterclass", "summary": "What keeps nurses.", "audience": "everybody",
    "day": "2100-03-06", "begins": "10:00", "ends": "13:00", "place": "Leeds", "capacity": "30",
    "closes_on": "2100-03-01", "contact_email": "events@example.org",
}  # fmt: skip


def test_the_team_plans_publishes_and_changes_an_event(client: Client, runner):
    client.post("/events/new/", TYPED)
    event = Event.objects.get()
    client.post(f"/events/{event.pk}/steps/publish/", {"sure": "yes"})
    client.post(f"/events/{event.pk}/edit/", {**TYPED, "ends": "14:30", "last_day": "2100-03-07", "closes_on": ""})

    event.refresh_from_db()
    ends = timezone.localtime(event.ends_at)
    assert (event.state, f"{ends:%d.%m. %H:%M}", event.booking_closes_at) == ("open", "07.03. 14:30", event.starts_at)
    assert list(event.changes.values_list("kind", flat=True)) == ["planned", "publish", "changed"]


def test_the_form_shows_an_event_as_it_was_filled_in(client: Client, runner):
    collaborative = CollaborativeFactory()
    client.post("/events/new/", {**TYPED, "belongs_to": f"collaborative-{collaborative.pk}"})
    event = Event.objects.get()

    form = client.get(f"/events/{event.pk}/edit/").context["form"]

    typed = {name: form[name].value() for name in ("belongs_to", "begins", "ends", "day", "last_day", "closes_on")}
    assert typed == {
        "belongs_to": f"collaborative-{collaborative.pk}", "begins": "10:00", "ends": "13:00",
        "day": dt.date(2100, 3, 6), "last_day": None, "closes_on": dt.date(2100, 3, 1),
    }  # fmt: skip


@pytest.mark.parametrize(
    ("given", "errors"),
    [
        ({"ends": "09:00"}, {"ends": ["It must end after it begins"]}),
        ({"last_day": "2100-03-05"}, {"last_day": ["The last day must be the same as or after the first"]}),
        ({"closes_on": "2100-03-07"}, {"closes_on": ["Booking must close on or before the day of the event"]}),
        (
            {"audience": "group"},
            {"audience": ["Choose a cohort or network as programme, and its people as those who may book, or neither"]},
        ),
        ({"capacity": "0"}, {"capacity": ["The places must be 1 or more"]}),
    ],
)
def test_what_does_not_go_together_is_said(client: Client, runner, given, errors):
    response = client.post("/events/new/", {**TYPED, **given})

    found = {name: [str(error).replace("Places", "The places") for error in said] for name, said in
             response.context["form"].errors.items()}  # fmt: skip
    assert (found, Event.objects.count()) == (errors, 0)


def test_a_cohort_is_booked_as_a_whole(client: Client, runner):
    scheme = SchemeFactory()
    cohort = Cohort.objects.create(scheme=scheme, name="First", starts_on="2018-01-08")
    with_account, without = PersonFactory(user=UserFactory()), PersonFactory(user=None)
    for person in (with_account, without):
        Participation.objects.create(cohort=cohort, person=person, joined_on="2018-01-08")
    event = EventFactory(audience="group", cohort=cohort, scheme=scheme)

    client.post(f"/events/{event.pk}/people/cohort/")

    assert list(event.bookings.values_list("user", "state")) == [(with_account.user.pk, "booked")]


def test_a_cohorts_session_is_seen_and_booked_by_its_people_alone(client: Client):
    scheme = SchemeFactory()
    cohort = Cohort.objects.create(scheme=scheme, name="First", starts_on="2018-01-08")
    event = EventFactory(audience="group", cohort=cohort, scheme=scheme)
    person = PersonFactory(user=UserFactory())
    Participation.objects.create(cohort=cohort, person=person, joined_on="2018-01-08")

    answers = []
    for user in (person.user, UserFactory()):
        sign_in(client, user)
        answers.append((client.get(f"/events/{event.pk}/").status_code,
                        client.post(f"/events/{event.pk}/book/", {"sure": "yes"}).status_code))  # fmt: skip

    assert answers == [(200, 302), (404, 404)]


def test_somebody_is_taken_off_and_the_reason_asked_for(client: Client, runner):
    booking = BookingFactory()

    refused = client.post(f"/events/bookings/{booking.pk}/strike/", {"reason": ""})
    client.post(f"/events/bookings/{booking.pk}/strike/", {"reason": "Asked us to"})

    booking.refresh_from_db()
    assert (bool(refused.context["form"].errors), booking.state) == (True, "cancelled")


def test_who_came_is_ticked_and_nobody_is_an_answer(client: Client, runner):
    event = EventFactory(past=True)
    ann, ben = BookingFactory(event=event), BookingFactory(event=event)

    client.post(f"/events/{event.pk}/attendance/", {"came": [ann.pk]})
    assert list(event.bookings.order_by("pk").values_list("came", flat=True)) == [True, False]
    client.post(f"/events/{event.pk}/attendance/", {})

    assert list(event.bookings.order_by("pk").values_list("came", flat=True)) == [False, False]
    event.refresh_from_db()
    assert (event.state, ben.event_id) == ("held", event.pk)


def test_the_export_names_everybody_and_guards_formulas(client: Client, runner):
    event = EventFactory()
    BookingFactory(event=event, user=UserFactory(full_name="=cmd()", email="a@example.org"), needs="A ramp")
    BookingFactory(event=event, user=UserFactory(full_name="Ben", email="b@example.org"), state="waiting")

    lines = b"".join(client.get(f"/events/{event.pk}/people/export/")).decode().splitlines()

    day = "2018-01-08"
    assert lines[0].lstrip("\ufeff") == "Name,Email,Organisation,State,Asked on,Came,To arrange,Why cancelled"
    assert [line.split(",")[:4] for line in lines[1:]] == [
        ["'=cmd()", "a@example.org", "", "place"],
        ["Ben", "b@example.org", "", "waiting list"],
    ]
    assert lines[1].split(",")[4:] == [day, "", "A ramp", ""]


def test_a_material_is_added_and_taken_off_and_served_as_what_it_is(client: Client, runner):
    event = EventFactory()
    with open("tests/programmes/__init__.py", "rb") as empty:
        refused = client.post(f"/events/{event.pk}/materials/new/", {"title": "Nothing", "file": empty})
    material = EventMaterialFactory(event=event)

    response = client.get(f"/events/materials/{material.pk}/")
    client.post(f"/events/materials/{material.pk}/remove/")

    assert list(refused.context["form"].errors) == ["file"]
    assert (response["Content-Type"], response["Content-Security-Policy"]) == (
        "application/pdf", "default-src 'none'; sandbox",
    )  # fmt: skip
    assert list(EventMaterial.objects.shown()) == []


def test_an_evaluation_is_sent_once_and_needs_its_marks(client: Client):
    booking = BookingFactory(event=EventFactory(held=True), came=True)
    sign_in(client, booking.user)
    path = f"/events/bookings/{booking.pk}/evaluation/"

    refused = client.post(path, {"overall": "4"})
    client.post(path, {"overall": "4", "useful": "5", "confident": "3", "will_do": "Ask leavers"})
    again = client.get(path)

    assert list(refused.context["form"].errors) == ["useful", "confident"]
    assert (booking.evaluation.overall, again.status_code) == (4, 302)


def test_what_waits_for_whom():
    now, owner = timezone.now(), team()
    moved = BookingFactory(decline_by=now + dt.timedelta(days=2))
    came = BookingFactory(event=EventFactory(held=True), came=True)
    over = EventFactory(past=True, owner=owner)
    EventFactory(owner=owner)

    def titles(user) -> list[tuple[str, str]]:
        groups = ("Your bookings", "Events you run")
        return [(e.title, e.detail) for e in worklist.entries_for(user, at=now) if e.group in groups]

    assert titles(moved.user) == [
        ("You have moved up from the waiting list: tell us if you cannot come", moved.event.title)
    ]
    assert titles(came.user) == [("Say what you thought of it", came.event.title)]
    assert titles(owner) == [("Record who came", over.title)]
    assert titles(UserFactory()) == []
