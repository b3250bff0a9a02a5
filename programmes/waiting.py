"""What waits in collaboratives: figures that are due, steps to hold."""

import datetime as dt
from collections.abc import Iterator

from django.db.models import Max
from django.urls import reverse
from django.utils import timezone

from portal.access import access_of, has_role
from portal.models import User
from portal.worklist import Entry, waits
from programmes import waiting_events, waiting_pages
from programmes.models import Enrolment, Reading
from programmes.models.collaborative import BUDDY_ROLES
from programmes.models.measure import first_of
from programmes.series import due_on, period_after, period_before
from programmes.timeline import timelines_of

__all__ = ["waiting_events", "waiting_pages"]  # they plug in by being imported

GROUP = "Improvement"


@waits
def figures_due(user: User, at: dt.datetime) -> Iterator[Entry]:
    """For a trust's people: the next month without figures of every measure, once it is over. Three queries."""
    if not access_of(user).trust_ids:
        return
    mine = Enrolment.objects.running().of_trusts_of(user).select_related("trust", "wave__collaborative")
    enrolments = list(mine.prefetch_related("wave__collaborative__measures"))
    trusts = [enrolment.trust_id for enrolment in enrolments]
    known = Reading.objects.filter(trust__in=trusts).order_by().values_list("trust", "measure")
    latest = {(trust, measure): last for trust, measure, last in known.annotate(last=Max("month"))} if trusts else {}
    this_month = first_of(timezone.localdate(at))
    for enrolment in enrolments:
        if entry := _due(enrolment, latest, this_month):
            yield entry


def _due(enrolment: Enrolment, latest: dict[tuple[int, int], dt.date], this_month: dt.date) -> Entry | None:
    measures = list(enrolment.wave.collaborative.measures.all())
    known = {measure: latest.get((enrolment.trust_id, measure.pk)) for measure in measures}
    months = {one: period_after(one, last) if last else period_before(one, this_month) for one, last in known.items()}
    month = min(months.values(), default=this_month)
    if month >= this_month or (enrolment.ends_on and month > enrolment.ends_on):
        return None
    return Entry(
        f"Enter the figures of {month:%B %Y}",
        reverse("programmes:figures_edit", args=[enrolment.pk, f"{month:%Y-%m}"]),
        GROUP,
        detail=f"{enrolment.wave.collaborative}, {enrolment.trust}",
        due_on=min(due_on(measure, month) for measure in measures if measure.counts_in(month)),
    )


@waits
def steps_to_hold(user: User, at: dt.datetime) -> Iterator[Entry]:
    """For a buddy: the next step of each trust they stand by, from two weeks before. Three queries a collaborative."""
    if not has_role(user, *BUDDY_ROLES):
        return
    today = timezone.localdate(at)
    mine: dict[int, list[Enrolment]] = {}
    for enrolment in Enrolment.objects.running().buddied_by(user).select_related("trust", "wave__collaborative"):
        mine.setdefault(enrolment.wave.collaborative_id, []).append(enrolment)
    for collaborative, enrolments in mine.items():
        for enrolment, stages in zip(
            enrolments, timelines_of(enrolments, collaborative, today=today).values(), strict=True
        ):
            stage = next((stage for stage in stages if stage.event is None), None)
            if stage and stage.due_on <= today + dt.timedelta(days=14):
                url = reverse("programmes:enrolment_detail", args=[enrolment.pk])
                yield Entry(str(stage.step), url, GROUP, detail=enrolment.trust.name, due_on=stage.due_on)
