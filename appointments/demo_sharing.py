"""A shortlist shown to the demonstration's own trust, one that is over, and what the trust thinks of two people."""

import datetime as dt

from appointments import sharing
from appointments.models import SharedList, ShareEvent
from portal.demo import Stage
from portal.models import Organisation
from talent.models import CuratedPool, Person

MESSAGE = "All four chaired an audit committee or led an audit. They know that you look at their profiles."
VIEWS = (
    (ShareEvent.View.MEET, "We would like an hour with the chair before the month ends."),
    (ShareEvent.View.MAYBE, "A good fit for the seat that falls vacant next year."),
)


def load_sharing(stage: Stage) -> None:
    team, reader = stage.accounts["talent_team"], stage.accounts["trust_administrator"]
    trust = reader.memberships.get().organisation
    other = Organisation.objects.trusts().filter(closed_on=None).exclude(pk=trust.pk).order_by("pk")[0]
    inside = CuratedPool.objects.get(name__startswith="Audit committee chairs").candidates.order_by("pk")
    people = list(Person.objects.filter(pk__in=inside.values("person")).order_by("pk"))
    parts = [part for part in SharedList.Part.values if part != SharedList.Part.CONTACT]
    today, said = stage.at.date(), {"vacancy": "Non-executive director, chair of the audit committee", "parts": parts}
    sharing.share(people[4:7], other, until=today - dt.timedelta(days=10), by=team, at=stage.days_ago(35), **said)
    shown = sharing.share(
        people[:4], trust, until=today + dt.timedelta(days=30), by=team, at=stage.days_ago(5), message=MESSAGE, **said
    )
    sharing.record_reading(shown, people[:4], by=reader, at=stage.days_ago(3))
    for person, (view, words) in zip(people, VIEWS, strict=False):
        sharing.give_view(shown, person, view=view, words=words, by=reader, at=stage.days_ago(3))
