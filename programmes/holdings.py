"""What programmes hold about a member: bookings, networks, what they follow."""

import datetime as dt

from portal.holding import Subject, acts, before_erasure, deleted, emptied, kept
from programmes.booking import cancel_booking
from programmes.models import Booking

CAME = "That somebody booked an event or belonged to a learning network, as a figure: your words and needs go."

emptied("programmes.Booking", "user", "Events you booked", "needs", why=CAME)
emptied("programmes.BookingEvent", "booking__user", "What was done to your bookings", "reason", why=CAME)
emptied("programmes.Evaluation", "booking__user", "What you said of events", "reason", "will_do", "better", why=CAME)
deleted("programmes.CalendarLink", "user", "Your calendar’s link", without=("nonce",))
deleted("programmes.TopicFollow", "user", "Topics you follow")
kept("programmes.NetworkMember", "user", "Learning networks you belong to", why=CAME)
emptied("programmes.NetworkStep", "member__user", "How you joined learning networks", "reason", why=CAME)
for _model, _columns in {
    "Collaborative_leads": ("user",),
    "Enrolment": ("clinical_buddy", "workforce_buddy"),
    "Event": ("owner", "contact_email"),
    "EventMaterial": ("added_by",),
    "FiguresUpload": ("by",),
    "FrameworkPage": ("keeper",),
    "GuidancePage": ("keeper",),
    "ImprovementPlan": ("changed_by",),
    "LearningNetwork_leads": ("user",),
    "NetworkNote": ("by", "withdrawn_by"),
    "ProgrammePage": ("contact_email",),
    "Reply": ("by", "hidden_by"),
    "Submission": ("changed_by",),
}.items():
    acts(f"programmes.{_model}", *_columns)


@before_erasure
def give_up_places(subject: Subject, at: dt.datetime) -> None:
    """The next in the queue has them."""
    ahead = Booking.objects.active().filter(user=subject.user, event__starts_at__gt=at)
    for booking in ahead.select_related("event").order_by("pk"):
        if booking.event.is_standing:
            cancel_booking(booking, by=subject.user, at=at)
