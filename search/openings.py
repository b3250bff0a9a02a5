"""The other way round: the open seats and intakes that somebody meets most of, and what they would still need."""

import datetime as dt
from dataclasses import dataclass

from django.urls import reverse

from appointments.models import Campaign
from programmes.opportunities import open_now
from search.matching import Matched, weighed, with_evidence
from search.setting import setting_of
from search.specification import specified
from search.vacancies import SECTOR_WORDS
from search.weights import weights_on
from talent.models import Person


@dataclass(frozen=True, slots=True)
class Opening:
    """One thing that can be applied for now, and how far somebody meets it by what their profile says."""

    title: str
    where: str
    closes_at: dt.datetime
    address: str
    near: bool  # in a region where they live or would serve
    matched: Matched


def openings_for(person: Person, *, at: dt.datetime) -> list[Opening]:
    """What is open to everybody at `at`, the nearest to the person's record first."""
    day = at.date()
    (read,) = with_evidence(Person.objects.filter(pk=person.pk), day)
    regions = {region.pk for region in read.works_in.all()} | {read.region_id}
    found = [*_seats(read, regions, at), *_intakes(read, regions, at)]
    return sorted(found, key=lambda one: (not one.near, -one.matched.score, one.closes_at))


def _seats(person: Person, regions: set[int | None], at: dt.datetime) -> list[Opening]:
    rows = Campaign.objects.advertised(at).select_related("seat__board__region", "intake").prefetch_related("criteria")
    found = []
    for campaign in rows:
        board, lines = campaign.seat.board, campaign.criteria.all()
        sector = [f"Experience of {SECTOR_WORDS[board.sector].lower()}"] if board.sector in SECTOR_WORDS else []
        matched = _weighed(
            person,
            at.date(),
            campaign.seat.title,
            [line.text for line in lines if line.essential],
            [*(line.text for line in lines if not line.essential), *sector],
        )
        address = reverse("appointments:opportunity_detail", args=[campaign.pk])
        assert campaign.intake is not None  # noqa: S101 - advertised() asks for one
        near = board.region_id in regions
        found.append(Opening(campaign.seat.title, str(board), campaign.intake.closes_at, address, near, matched))
    return found


def _intakes(person: Person, regions: set[int | None], at: dt.datetime) -> list[Opening]:
    found = []
    for intake in open_now(at=at):
        criteria = intake.scheme.content()["rubric"]
        essential = [line["label"] for line in criteria if line["essential"]]
        desirable = [line["label"] for line in criteria if not line["essential"]]
        matched = _weighed(person, at.date(), intake.scheme.name, essential, desirable, text=intake.scheme.summary)
        there = {region.pk for region in intake.regions.all()}
        address = reverse("talent:application_start", args=[intake.pk])
        found.append(
            Opening(
                intake.scheme.name, intake.name, intake.closes_at, address, not there or bool(there & regions), matched
            )
        )
    return found


def _weighed(
    person: Person, day: dt.date, title: str, essential: list[str], desirable: list[str], text: str = ""
) -> Matched:
    asked = specified(title=title, text=text, essential=essential, desirable=desirable)
    return weighed(person, asked, setting_of(asked), weights_on(day), day)
