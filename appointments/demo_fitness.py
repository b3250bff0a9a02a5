"""Fit and proper checks in the demonstration: of whom the committees appoint, and of the boards people look at."""

import datetime as dt
from collections.abc import Iterable

from django.utils import timezone

from appointments.checking import open_checks, record_all_clear, record_result, waive
from appointments.fitness import fitness_of_set
from appointments.models import Check, CheckKind, CheckSet, Proposal, Seat, Tenure
from appointments.self_declaring import ask_declaration
from portal.demo import Stage, london
from portal.models import Organisation, User
from talent.models import Person

FROM_PAPER = "Checked by the trust; the signed record was seen by the talent team."


def find_fit(proposals: Iterable[Proposal], *, by: User, day: dt.date) -> None:
    """Every check of whom these proposals appoint is found clear on `day`. Person, seat and board must be loaded.

    All first days must lie under one framework.
    """
    starting = [proposal for proposal in proposals if proposal.starts_on is not None]
    appointing = [proposal for proposal in starting if proposal.kind in Proposal.APPOINTS]
    if not appointing:
        return
    first = min(proposal.starts_on for proposal in appointing if proposal.starts_on is not None)
    pairs = [(proposal.person, proposal.seat) for proposal in appointing]
    record_all_clear(pairs, on=first, done_on=day, by=by, at=london(day, hour=16), reason=FROM_PAPER)


BOARDS = 8
FRESH, AGEING = dt.timedelta(days=120), dt.timedelta(days=330)
RECORDED = (CheckKind.IDENTITY, CheckKind.REFERENCES, CheckKind.CV_GAPS, CheckKind.INSOLVENCY)


def boards_looked_at(stage: Stage, day: dt.date) -> list[Organisation]:
    """That of the trust administrator to sign in as, and some NHS trusts' of the same region."""
    own = stage.accounts["trust_administrator"].memberships.get().organisation
    near = Organisation.objects.trusts().open_on(day).filter(region=own.region, kind=Organisation.Kind.NHS_TRUST)
    return [own, *near.exclude(pk=own.pk).order_by("sort_name")[: BOARDS - 1]]


def load_checks(stage: Stage) -> None:
    """The boards of the region that people sign in to: most are complete, some fall due, three are not done."""
    day, team = timezone.localdate(stage.at), stage.accounts["talent_team"]
    known = set(CheckSet.objects.values_list("person", flat=True))
    for number, board in enumerate(boards_looked_at(stage, day)):
        tenures = Tenure.objects.filter(seat__board=board).sitting_on(day).select_related("person", "seat__board")
        pairs = [(tenure.person, tenure.seat) for tenure in tenures if tenure.person.user_id != team.pk]
        pairs.sort(key=lambda pair: pair[0].pk in known)
        done_on = day - (AGEING if number % 3 == 1 else FRESH)
        said = {"by": team, "at": london(done_on, hour=15), "reason": FROM_PAPER}
        record_all_clear(pairs[3:] if number == 0 else pairs, on=day, done_on=done_on, **said)
        if number == 0:
            _leave_undone(stage, pairs[:3], day)


def _leave_undone(stage: Stage, pairs: list[tuple[Person, Seat]], day: dt.date) -> None:
    """One set just opened; one half recorded; one complete but for a check that is waived."""
    team, at = stage.accounts["talent_team"], stage.at
    opened, half, waived = (open_checks(person, seat, on=day, by=team, at=at) for person, seat in pairs)
    if opened.person.user_id:
        ask_declaration(opened, by=team, at=at)
    for kind in RECORDED:
        record_result(half, kind, Check.Result.CLEAR, done_on=day, by=team, at=at)
    for line in fitness_of_set(waived, on=day).lines:
        if line.rule.kind != CheckKind.DBS:
            record_result(waived, line.rule.kind, Check.Result.CLEAR, done_on=day, by=team, at=at)
    until = day + dt.timedelta(days=45)
    waive(waived, CheckKind.DBS, until=until, by=team, at=at, reason="Applied for; no unsupervised contact until then.")
