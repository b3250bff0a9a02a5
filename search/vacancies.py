"""What can be matched to: a campaign, a vacant seat or a trust, each as a specification with its checks."""

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal

from django.http import Http404
from django.urls import reverse

from appointments import board_skills
from appointments.models import Campaign, Seat
from appointments.specification import draft_for
from portal.access import Viewer, boards_visible_to
from portal.models import Organisation, Standing
from search.matching import Check
from search.obstacles import board_obstacles
from search.specification import CHALLENGED_FROM, CHALLENGED_RATINGS, Filters, Specification, specified

# A trust's sector as a criterion: who knows its kind of service.
SECTOR_WORDS = {
    "acute": "Acute hospitals",
    "ambulance": "Ambulance services",
    "community": "Community services",
    "mental_health": "Mental health services",
    "specialist": "Specialist hospitals",
}


@dataclass(frozen=True, slots=True)
class Vacancy:
    """Something people are matched to, with what is known of its trust."""

    kind: str
    pk: int
    title: str
    board: Organisation
    seat: Seat | None
    standing: Standing | None
    specification: Specification
    back: str

    def check(self, day: dt.date) -> list[Check]:
        return [board_obstacles(self.board, self.seat, day)]

    @property
    def needs_help(self) -> bool:
        return is_challenged(self.standing)


def is_challenged(standing: Standing | None) -> bool:
    return standing is not None and (
        (standing.segment or 0) >= CHALLENGED_FROM or standing.cqc_rating in CHALLENGED_RATINGS
    )


def vacancy_of(kind: str, pk: int, user: Viewer, *, day: dt.date, everywhere: bool = False) -> Vacancy:
    """What `user` may match people to; Http404 for anything else. `everywhere` leaves the region open."""
    makers = {"campaign": _campaign, "seat": _seat, "trust": _trust}
    if kind not in makers:
        raise Http404(kind)
    return makers[kind](pk, user, day, everywhere)


def _campaign(pk: int, user: Viewer, day: dt.date, everywhere: bool) -> Vacancy:
    mine = Campaign.objects.run_by(user).running().select_related("seat__board__region")
    campaign = mine.filter(pk=pk).first()
    if campaign is None:
        raise Http404(pk)
    criteria = list(campaign.criteria.all())
    return _vacancy(
        "campaign",
        pk,
        campaign.seat.board,
        campaign.seat,
        day,
        everywhere,
        title=campaign.seat.title,
        text=campaign.about,
        essential=[line.text for line in criteria if line.essential],
        desirable=[line.text for line in criteria if not line.essential],
        days=campaign.days_a_month or campaign.seat.days_a_month,
        back=reverse("appointments:campaign_detail", args=[pk]),
    )


def _seat(pk: int, user: Viewer, day: dt.date, everywhere: bool) -> Vacancy:
    seats = Seat.objects.filter(board__in=boards_visible_to(user)).open_on(day).select_related("board__region")
    seat = seats.filter(pk=pk).first()
    if seat is None:
        raise Http404(pk)
    lines = draft_for(seat, gaps=board_skills.gaps(seat.board, day)) if seat.is_non_executive else []
    return _vacancy(
        "seat",
        pk,
        seat.board,
        seat,
        day,
        everywhere,
        title=seat.title,
        essential=[line.text for line in lines if line.essential] or [f"Experience as {seat.get_role_display()}"],
        desirable=[line.text for line in lines if not line.essential],
        days=seat.days_a_month if seat.is_non_executive else None,
        back=reverse("appointments:board_detail", args=[seat.board.ods_code]),
    )


def _trust(pk: int, user: Viewer, day: dt.date, everywhere: bool) -> Vacancy:
    board = boards_visible_to(user).open_on(day).select_related("region").filter(pk=pk).first()
    if board is None:
        raise Http404(pk)
    gaps = board_skills.gaps(board, day)
    return _vacancy(
        "trust",
        pk,
        board,
        None,
        day,
        everywhere,
        title="Support for the board, or a placement with it",
        essential=[gap.skill.name for gap in gaps if gap.essential],
        desirable=[gap.skill.name for gap in gaps if not gap.essential],
        back=reverse("appointments:board_detail", args=[board.ods_code]),
    )


def _vacancy(
    kind: str,
    pk: int,
    board: Organisation,
    seat: Seat | None,
    day: dt.date,
    everywhere: bool,
    *,
    title: str,
    back: str,
    text: str = "",
    essential: Iterable[str],
    desirable: Iterable[str],
    days: Decimal | None = None,
) -> Vacancy:
    standing = Standing.objects.in_force(day).filter(organisation=board).first()
    may = [*desirable, *_of_the_trust(board, standing)]
    filters = Filters(
        region_ids=frozenset() if everywhere or board.region_id is None else frozenset({board.region_id}),
        days_a_month=days,
    )
    asked = specified(title=title, text=text, essential=essential, desirable=may, filters=filters)
    return Vacancy(kind, pk, title, board, seat, standing, asked, back)


def _of_the_trust(board: Organisation, standing: Standing | None) -> Iterable[str]:
    """What the trust itself makes desirable: knowing its kind of service, and having turned one round."""
    if board.sector in SECTOR_WORDS:
        yield f"Experience of {SECTOR_WORDS[board.sector].lower()}"
    if is_challenged(standing):
        yield "Turnaround, special measures or financial recovery"
