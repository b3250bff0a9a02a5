"""How long somebody has served and may serve: worked out from tenures by the policy in force. Pure: no query, no clock.

Sources: SI 1990/2024 regulation 7 (a term is at most four years); Governance Code on Public Appointments (2016), two
terms or ten years in one post; NHS provider code of governance from 1 April 2023, C 4.3, nine years on one board across
roles. The numbers are rows of `TermPolicy`, not of this file.
"""

import datetime as dt
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from enum import StrEnum

from dateutil.relativedelta import relativedelta

ONE_DAY = dt.timedelta(days=1)


class Clock(StrEnum):
    """What counts together."""

    SAME_POST = "same_post"  # one seat's role on one board
    SAME_BOARD = "same_board"  # all roles on one board


@dataclass(frozen=True, slots=True)
class Spell:
    """One unbroken time in one seat; `last_on` is the last day in it."""

    board_id: int
    post: str  # the seat's role: a chair's years are not a non-executive's under SAME_POST
    first_on: dt.date
    last_on: dt.date
    # From the first load, which tells when somebody came but not where one term ended and the next began.
    may_hold_several: bool = False


@dataclass(frozen=True, slots=True)
class Rule:
    """What one policy allows."""

    name: str
    source: str
    clock: Clock
    term_months: int
    limit_months: int
    normal_terms: int | None = None
    review_after_months: int | None = None
    # Years as a non-executive up to this long do not count towards the review of somebody who then chairs.
    promotion_months: int | None = None


@dataclass(frozen=True, slots=True)
class Standing:
    """Where one person stands on one board, at the end of their last spell."""

    first_appointed_on: dt.date
    served_days: int
    terms: int  # that count by the clock; of a long spell from the first load, as many as it took at least
    limit_on: dt.date  # the last day that the limit allows, if served without a break from here
    latest_end_of_next_term: dt.date  # neither the term's length nor the limit is passed
    review_from: dt.date | None
    needs_review: bool
    needs_exception: bool  # any further term passes the policy's normal limits
    why: str


def counted(spells: Iterable[Spell], rule: Rule, *, board_id: int, post: str) -> list[Spell]:
    """The spells that the policy's clock counts for this post on this board, oldest first."""
    mine = [s for s in spells if s.board_id == board_id and (rule.clock is Clock.SAME_BOARD or s.post == post)]
    return sorted(mine, key=lambda s: (s.first_on, s.last_on))


def terms_in(spells: Iterable[Spell], rule: Rule) -> int:
    """How many terms: a spell is one, unless it may hold several; then as many as its length took at least."""
    return sum(_terms_of(spell, rule) for spell in spells)


def _terms_of(spell: Spell, rule: Rule) -> int:
    terms = 1
    while spell.may_hold_several and last_day_of(spell.first_on, terms * rule.term_months) < spell.last_on:
        terms += 1
    return terms


def served_days(spells: Iterable[Spell], *, until: dt.date = dt.date.max) -> int:
    """Days in office up to `until`; a day in two seats at once is one day."""
    total, reached = 0, dt.date.min
    for spell in sorted(spells, key=lambda s: s.first_on):
        first, last = max(spell.first_on, reached), min(spell.last_on, until)
        if last >= first:
            total += (last - first).days + 1
            reached = last + ONE_DAY
    return total


def last_day_of(first_on: dt.date, months: int) -> dt.date:
    """The last day of a time of `months` that begins on `first_on`: 1 April 2016 and 48 make 31 March 2020."""
    last: dt.date = first_on + relativedelta(months=months) - ONE_DAY
    return last


def day_of_limit(spells: Sequence[Spell], months: int) -> dt.date:
    """The day on which `months` of service are full: breaks between spells move it later, day by day.

    Raises ValueError without a spell.
    """
    if not spells:
        raise ValueError("nobody reaches a limit without having served")
    first, last = spells[0].first_on, max(s.last_on for s in spells)
    breaks = (last - first).days + 1 - served_days(spells)
    return last_day_of(first, months) + dt.timedelta(days=breaks)


def standing(spells: Iterable[Spell], rule: Rule, *, board_id: int, post: str) -> Standing:
    """Where the holder of `post` stands under `rule`. Raises ValueError when no spell counts."""
    mine = counted(spells, rule, board_id=board_id, post=post)
    limit_on = day_of_limit(mine, rule.limit_months)
    last_on = max(s.last_on for s in mine)
    next_first = last_on + ONE_DAY
    terms = terms_in(mine, rule)
    over_terms = rule.normal_terms is not None and terms >= rule.normal_terms
    over_limit = last_on >= limit_on
    review_from = _review_from(mine, rule, post)
    return Standing(
        first_appointed_on=mine[0].first_on,
        served_days=served_days(mine),
        terms=terms,
        limit_on=limit_on,
        latest_end_of_next_term=min(last_day_of(next_first, rule.term_months), max(limit_on, last_on)),
        review_from=review_from,
        needs_review=review_from is not None and last_day_of(next_first, rule.term_months) >= review_from,
        needs_exception=over_terms or over_limit,
        why=_why(mine, rule, over_terms=over_terms, over_limit=over_limit, limit_on=limit_on),
    )


def _review_from(spells: Sequence[Spell], rule: Rule, post: str) -> dt.date | None:
    """The first day beyond the length at which further service needs a rigorous review."""
    if rule.review_after_months is None:
        return None
    counting = list(spells)
    before = [s for s in spells if s.post != post]
    if rule.promotion_months is not None and post == "chair" and before and len(before) < len(spells):
        short = (
            served_days(before)
            <= (last_day_of(before[0].first_on, rule.promotion_months) - before[0].first_on).days + 1
        )
        counting = [s for s in spells if s.post == post] if short else counting
    return day_of_limit(counting, rule.review_after_months) + ONE_DAY


def _why(spells: Sequence[Spell], rule: Rule, *, over_terms: bool, over_limit: bool, limit_on: dt.date) -> str:
    years = in_words(served_days(spells))
    what = "on this board, in all roles" if rule.clock is Clock.SAME_BOARD else "in this post"
    number = terms_in(spells, rule)
    terms = f"{number} term{'' if number == 1 else 's'}"
    if over_limit:
        end = f"The limit was reached on {limit_on:%-d %B %Y}: more time needs an exceptional justification."
    elif over_terms:
        end = f"{rule.normal_terms} terms are the normal limit: another needs an exceptional justification."
    else:
        end = f"More time is possible until {limit_on:%-d %B %Y}."
    return f"{years} {what}, {terms}. {end} ({rule.name})"


def in_words(days: int) -> str:
    """Days as years and months, roughly as people say it: 1461 days are “4 years”."""
    months = round(days / 30.4375)
    years, rest = divmod(months, 12)
    parts = [f"{n} {unit}{'' if n == 1 else 's'}" for n, unit in ((years, "year"), (rest, "month")) if n]
    return " and ".join(parts) or "less than a month"


@dataclass(frozen=True, slots=True)
class Proposal:
    """A further term that somebody wants to put to the committee."""

    first_on: dt.date
    last_on: dt.date
    justification: str = ""
    has_review: bool = False


@dataclass(frozen=True, slots=True)
class Fault:
    """What the policy has against a term: in words, and by how many days, so that one can be told from a greater."""

    kind: str
    says: str
    days: int = 0


def faults(spells: Iterable[Spell], rule: Rule, proposal: Proposal, *, board_id: int, post: str) -> list[Fault]:
    """Why the policy does not allow `proposal` as it stands; empty when it does.

    A first appointment has no earlier spell; its length is checked all the same.
    """
    first, last = proposal.first_on, proposal.last_on
    if last < first:
        return [Fault("order", "The term ends before it begins.")]
    mine = [*counted(spells, rule, board_id=board_id, post=post), Spell(board_id, post, first, last)]
    mine.sort(key=lambda s: (s.first_on, s.last_on))
    found = [_length(rule, proposal), _normal_limit(mine, rule, proposal), _review(mine, rule, proposal, post)]
    return [fault for fault in found if fault is not None]


def _length(rule: Rule, proposal: Proposal) -> Fault | None:
    over = (proposal.last_on - last_day_of(proposal.first_on, rule.term_months)).days
    longest = in_words(round(rule.term_months * 30.4375))
    return Fault("length", f"A term is at most {longest} long ({rule.source}).", over) if over > 0 else None


def _normal_limit(spells: Sequence[Spell], rule: Rule, proposal: Proposal) -> Fault | None:
    """Of a term beyond the number of terms every day is too many."""
    over = (proposal.last_on - day_of_limit(spells, rule.limit_months)).days
    if rule.normal_terms is not None and terms_in(spells, rule) > rule.normal_terms:
        over = max(over, (proposal.last_on - proposal.first_on).days + 1)
    if over <= 0 or proposal.justification.strip():
        return None
    says = f"This goes beyond the normal limit and needs an exceptional justification ({rule.source})."
    return Fault("limit", says, over)


def _review(spells: Sequence[Spell], rule: Rule, proposal: Proposal, post: str) -> Fault | None:
    review_from = _review_from(spells, rule, post)
    if review_from is None or proposal.last_on < review_from or len(spells) == 1 or proposal.has_review:
        return None
    says = f"Service beyond {review_from - ONE_DAY:%-d %B %Y} needs a rigorous review ({rule.source})."
    return Fault("review", says, (proposal.last_on - review_from).days + 1)
