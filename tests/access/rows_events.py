"""The access table's rows for events (notation: tests/access/table.py).

improvement_lead owns own_event, which is over and was held, with everybody booked who may; other_event is a draft of
the region elsewhere that a stranger owns. applicant and trust_user have bookings of their own.
"""

import datetime as dt

from django.utils import timezone

from programmes import calendar_links
from programmes.models import Event
from tests.access.table import PAGE, PAGE_OF, SENDS, SIGN_IN, TO, Row, row
from tests.access.world import World
from tests.factories.events import BookingFactory, EventFactory, EventMaterialFactory

# URL names whose views ask nobody who they are.
PUBLIC = {"programmes:event_list", "programmes:event_detail", "programmes:event_feed", "programmes:own_feed"}

PEOPLE = TO("programmes:event_people", "own_event.pk")


def _run(name: str, *more: str, answer: object = PAGE, **given: object) -> list[Row]:
    """For the lead who owns it and the talent team; everybody else reads the public page only."""
    return [
        row(
            name, "own_event.pk", *more, anonymous=SIGN_IN, improvement_lead=answer, talent_team=answer, others=403,
            **given,
        ),
        row(name, "other_event.pk", *more, anonymous=SIGN_IN, talent_team=answer, others=404, **given),
    ]  # fmt: skip


def _mine(name: str, path: str, *, answer: object = PAGE, **given: object) -> list[Row]:
    """For the person alone, not even for the team."""
    return [
        row(name, f"own_{path}", anonymous=SIGN_IN, applicant=answer, others=404, **given),
        row(name, f"other_{path}", anonymous=SIGN_IN, others=404, **given),
    ]


ROWS: list[Row] = [
    row("programmes:event_list", public=True),
    row("programmes:event_feed", others=SENDS("text/calendar")),
    row("programmes:own_feed", "own_token", others=SENDS("text/calendar")),
    row("programmes:own_feed", "other_feed_token", others=404),
    row("programmes:booking_list", anonymous=SIGN_IN, others=PAGE),
    row("programmes:calendar_link", anonymous=SIGN_IN, others=PAGE),
    row("programmes:event_team_list", anonymous=SIGN_IN, staff=PAGE, improvement_lead=PAGE, others=403),
    row("programmes:event_create", anonymous=SIGN_IN, staff=PAGE, improvement_lead=PAGE, others=403),
    row("programmes:event_detail", "own_event.pk", public=True),
    row("programmes:event_detail", "other_event.pk", talent_team=PAGE, others=404),
    row("programmes:booking_create", "coming_event.pk", anonymous=SIGN_IN, others=PAGE),
    row("programmes:booking_create", "other_event.pk", anonymous=SIGN_IN, talent_team=PAGE, others=404),
    *_run("programmes:event_people"),
    *_run("programmes:event_edit"),
    *_run("programmes:event_sheet", answer=PAGE_OF("papers/attendance_sheet.html")),
    *_run("programmes:event_attendance"),
    *_run("programmes:event_results"),
    *_run("programmes:event_export", answer=SENDS("text/csv")),
    *_run("programmes:material_add"),
    row(
        "programmes:event_step", "coming_event.pk", "close", anonymous=SIGN_IN, improvement_lead=PAGE,
        talent_team=PAGE, others=403,
    ),
    row("programmes:event_step", "other_event.pk", "publish", anonymous=SIGN_IN, talent_team=PAGE, others=404),
    row(
        "programmes:event_book_all", "own_event.pk", method="post", anonymous=SIGN_IN, improvement_lead=404,
        talent_team=404, others=403,
    ),
    row("programmes:event_book_all", "other_event.pk", method="post", anonymous=SIGN_IN, others=404),
    *_mine("programmes:booking_detail", "booking.pk"),
    *_mine("programmes:booking_cancel", "booking.pk"),
    *_mine("programmes:booking_calendar", "booking.pk", answer=SENDS("text/calendar")),
    *_mine("programmes:booking_certificate", "booking.pk", answer=PAGE_OF("papers/certificate.html")),
    *_mine("programmes:evaluation_create", "booking.pk"),
    row(
        "programmes:booking_strike", "own_booking.pk", anonymous=SIGN_IN, improvement_lead=PAGE, talent_team=PAGE,
        others=404,
    ),
    row("programmes:booking_strike", "other_booking.pk", anonymous=SIGN_IN, talent_team=PAGE, others=404),
    row(
        "programmes:material_download", "own_material.pk", anonymous=SIGN_IN, others=404,
        **dict.fromkeys(("applicant", "improvement_lead", "talent_team"), SENDS("application/pdf")),
    ),
    row(
        "programmes:material_download", "other_material.pk", anonymous=SIGN_IN, others=404,
        talent_team=SENDS("application/pdf"),
    ),
    row(
        "programmes:material_remove", "own_material.pk", method="post", anonymous=SIGN_IN, applicant=403,
        improvement_lead=PEOPLE, talent_team=PEOPLE, others=404,
    ),
    row(
        "programmes:material_remove", "other_material.pk", method="post", anonymous=SIGN_IN, others=404,
        talent_team=TO("programmes:event_people", "other_event.pk"),
    ),
]  # fmt: skip


def build(world: World) -> None:
    """Adds the records that the rows name."""
    lead = world.people["improvement_lead"]
    world.close, world.publish = "close", "publish"
    world.own_event = EventFactory(past=True, owner=lead)
    world.coming_event = EventFactory(owner=lead)
    world.other_event = EventFactory(
        state=Event.State.DRAFT, region=world.other_region, starts_at=timezone.now() + dt.timedelta(days=90)
    )
    world.own_booking = BookingFactory(event=world.own_event, user=world.people["applicant"], came=True)
    world.other_booking = BookingFactory(event=world.other_event, user=world.stranger, came=True)
    world.own_material = EventMaterialFactory(event=world.own_event)
    world.other_material = EventMaterialFactory(event=world.other_event)
    world.own_token = calendar_links.token_of(world.people["applicant"], at=timezone.now())
    world.other_feed_token = "made-up"
