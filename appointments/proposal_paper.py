"""What the committee reads of a proposal: the change, who, from when, for how much, by which rule, and why.

A function of the rows alone: no clock is in it, so that a paper that did not change is the same to the byte.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from appointments.fitness import declared
from appointments.interview_paper import InterviewPaper, interview_paper
from appointments.models import Check, Proposal, RemunerationRate, Tenure
from appointments.models.policy import rule_on
from appointments.terms import Rule, in_words, served_days, standing, terms_in
from portal.words import long_date
from talent.access import account_of
from talent.models import Person

Fact = tuple[str, str]


@dataclass(frozen=True, slots=True)
class ProposalPaper:
    """`facts` are label and value in the order to be read; `texts` are heading and free text."""

    facts: tuple[Fact, ...]
    texts: tuple[Fact, ...]
    interview: InterviewPaper | None = None


def proposal_paper(proposal: Proposal, *, with_scores: bool = True) -> ProposalPaper:
    """Three queries where seat, board, person and tenure are loaded; a fourth for a renewal, two for a campaign's.

    `with_scores` is for the committee and talent staff; a trust reads its own proposals without them.
    """
    scored = proposal.application if with_scores else None
    texts = (
        ("Why it is proposed", proposal.reason),
        ("Exceptional justification", proposal.exceptional),
    )
    return ProposalPaper(
        facts=tuple(_facts(proposal)),
        texts=tuple((title, text) for title, text in texts if text.strip()),
        interview=interview_paper(scored) if scored else None,
    )


def _facts(proposal: Proposal) -> Iterator[Fact]:
    seat, tenure = proposal.seat, proposal.tenure
    yield "Proposal", proposal.get_kind_display()
    yield "Person", proposal.person.full_name
    yield "Seat", f"{seat.title}{' (acting)' if proposal.acting else ''}"
    yield "Trust", seat.board.name
    if tenure is not None:
        last = f" to {long_date(tenure.ends_on)}" if tenure.ends_on else ""
        yield "In the seat now", f"From {long_date(tenure.starts_on)}{last}"
    yield from _days(proposal)
    yield from _service(proposal)
    yield from _pay(proposal)
    yield from _renewal(proposal)


def _days(proposal: Proposal) -> Iterator[Fact]:
    days = (
        ("First day", proposal.starts_on),
        ("Last day", proposal.ends_on),
        ("Last day in the seat", proposal.last_on),
    )
    yield from ((label, long_date(day)) for label, day in days if day is not None)
    if proposal.ground:
        yield "Ground", proposal.ground


def _service(proposal: Proposal) -> Iterator[Fact]:
    """Terms served before the first day that is proposed, and what the policy in force on it allows."""
    if not proposal.is_term or proposal.starts_on is None:
        return
    board, post, first = proposal.seat.board_id, proposal.seat.role, proposal.starts_on
    them = Person.objects.same_as(proposal.person_id).values("pk")
    before = Tenure.objects.filter(person__in=them, seat__board=board, starts_on__lt=first)
    spells = [tenure.spell(until=first) for tenure in before.select_related("seat")]
    rule = rule_on(first, foundation_trust=not proposal.seat.board.body_appoints)
    if not spells:
        yield "Served on this board", "Not before"
    elif rule is None:
        yield "Served on this board", in_words(served_days(spells))
    elif any(rule.clock == "same_board" or spell.post == post for spell in spells):
        yield "Served", standing(spells, rule, board_id=board, post=post).why
    else:
        yield "Served on this board", f"{in_words(served_days(spells))} in another post; {terms_in(spells, rule)} terms"
    if rule is not None:
        yield "The policy", _allows(rule)


def _allows(rule: Rule) -> str:
    parts = [f"a term of at most {_months(rule.term_months)}"]
    if rule.normal_terms:
        parts.append(f"normally {rule.normal_terms} terms")
    parts.append(f"no more than {_months(rule.limit_months)} without an exceptional justification")
    return f"{rule.name}: {', '.join(parts)}. Source: {rule.source}."


def _months(months: int) -> str:
    years, rest = divmod(months, 12)
    return f"{months} months" if rest else f"{years} years"


def _pay(proposal: Proposal) -> Iterator[Fact]:
    if proposal.remuneration is not None:
        yield "Remuneration", f"£{proposal.remuneration:,} a year{', off payroll' if proposal.off_payroll else ''}"
        yield from _against_the_rate(proposal)
    if proposal.days_a_month is not None:
        yield "Time", f"{proposal.days_a_month.normalize():f} days a month"
    if proposal.authority:
        yield "Authority for the pay", proposal.authority


def _against_the_rate(proposal: Proposal) -> Iterator[Fact]:
    rates = _rates_for(proposal)
    if not rates or proposal.remuneration is None:
        return
    fits = [rate for rate in rates if rate.allows(proposal.remuneration)]
    if fits:
        groups = ", ".join(rate.group for rate in fits if rate.group)
        yield "Standard rate", f"Yes{f': {groups}' if groups else ''} ({fits[0].source})"
    else:
        yield "Standard rate", f"No. In force: {'; '.join(rate.in_words for rate in rates)}"


def _rates_for(proposal: Proposal) -> Sequence[RemunerationRate]:
    """Those in force on the first day that is proposed, or on the day it was made."""
    day = proposal.starts_on or proposal.made_at.date()
    return list(RemunerationRate.objects.in_force(day).filter(role=proposal.seat.role))


def _declared_anew(proposal: Proposal) -> Check | None:
    """Since the running term began; of a settled proposal as it stood on the day of the decision."""
    if proposal.kind not in Proposal.RENEWALS or proposal.tenure is None:
        return None
    found = declared(proposal.person, proposal.seat, before=proposal.settled_at)
    return found if found is not None and found.done_on >= proposal.tenure.starts_on else None


def _renewal(proposal: Proposal) -> Iterator[Fact]:
    if proposal.appraisal_on is not None:
        satisfactory = {True: "satisfactory", False: "not satisfactory", None: "no result"}
        yield "Appraisal", f"{long_date(proposal.appraisal_on)}, {satisfactory[proposal.appraisal_satisfactory]}"
    if (renewed := _declared_anew(proposal)) is not None:
        account = account_of(proposal.person)
        here = account is not None and renewed.by_id == account.pk
        how = "signed by them in the portal" if here else "on paper, recorded by the talent team"
        yield "Declaration renewed", f"{long_date(renewed.done_on)}, {how}"
    if proposal.reviewed_on is not None:
        yield "Rigorous review", long_date(proposal.reviewed_on)
