"""Fit and proper checks in the demonstration: of whom the committees appoint, and of the boards people look at."""

import datetime as dt
from collections.abc import Iterable

from appointments.checking import APPOINTS, record_all_clear
from appointments.models import Proposal
from portal.demo import london
from portal.models import User

FROM_PAPER = "Checked by the trust; the signed record was seen by the talent team."


def find_fit(proposals: Iterable[Proposal], *, by: User, day: dt.date) -> None:
    """Every check of whom these proposals appoint is found clear on `day`. Person, seat and board must be loaded.

    All first days must lie under one framework.
    """
    appointing = [proposal for proposal in proposals if proposal.kind in APPOINTS and proposal.starts_on is not None]
    if not appointing:
        return
    first = min(proposal.starts_on for proposal in appointing if proposal.starts_on is not None)
    pairs = [(proposal.person, proposal.seat) for proposal in appointing]
    record_all_clear(pairs, on=first, done_on=day, by=by, at=london(day, hour=16), reason=FROM_PAPER)
