"""What people can apply to: the intakes that are open, those to come and those that have closed."""

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass

from programmes.models.scheme import Intake

CLOSED_SHOWN = 3


@dataclass(frozen=True, slots=True)
class Opportunities:
    """Intakes as a page shows them: open ones by what closes first, coming ones by what opens first."""

    live: list[Intake]
    upcoming: list[Intake]
    closed: list[Intake]  # the last few, newest first

    def __bool__(self) -> bool:
        return bool(self.live or self.upcoming or self.closed)


def of_schemes(scheme_ids: Iterable[int], *, at: dt.datetime) -> Opportunities:
    """The intakes of these schemes at the moment `at`: two queries, however many there are."""
    intakes = list(Intake.objects.filter(scheme__in=list(scheme_ids)).prefetch_related("regions"))
    return Opportunities(
        live=sorted((i for i in intakes if i.is_live(at)), key=lambda i: i.closes_at),
        upcoming=sorted((i for i in intakes if i.opens_at > at), key=lambda i: i.opens_at),
        closed=sorted((i for i in intakes if i.closes_at <= at), key=lambda i: i.closes_at, reverse=True)[
            :CLOSED_SHOWN
        ],
    )


def open_now(*, at: dt.datetime) -> list[Intake]:
    """Every live intake with its scheme, what closes first on top: two queries."""
    live = Intake.objects.of_programmes().live(at).select_related("scheme").prefetch_related("regions")
    return list(live.order_by("closes_at", "pk"))
