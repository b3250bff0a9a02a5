"""Seats that fall vacant in the demonstration: cases of every horizon, intentions, proposals, a meeting to come.

All through the acts. The trust administrator to sign in as finds one seat to speak about and one to propose.
"""

from collections.abc import Iterator
from random import Random
from typing import Any

from dateutil.relativedelta import relativedelta

from appointments import cases
from appointments.agenda import add_proposals
from appointments.checking import record_all_clear
from appointments.demo_fitness import FROM_PAPER, find_fit
from appointments.demo_meetings import meeting_on
from appointments.models import Case, Committee, Proposal, Seat
from appointments.proposing import change_proposal, obstacles
from appointments.relating import record_relationship
from appointments.supporting import answer_support, ask_support
from appointments.terms import ONE_DAY
from portal.demo import SEED, Stage
from portal.models import Membership, Role, User

Intent = Case.Intent
INTENTIONS = {
    Intent.REAPPOINT: (
        "The board wants to keep an experienced voice on quality while the chief executive is new.",
        "A strong appraisal, and the only member with experience of estates and capital.",
        "Chairs the audit committee well; the external auditors say so too.",
    ),
    Intent.EXTEND: (
        "To see the merger through, which is due eight months after the term ends.",
        "The successor’s campaign begins in the spring; an extension bridges the gap.",
    ),
    Intent.RECRUIT: (
        "Does not wish to serve again. The board’s review asks for digital experience.",
        "Nine years on this board will be full. The post should be advertised early.",
    ),
}
WHY = (
    "The appraisal speaks of careful challenge, good preparation and kindness to staff on visits.",
    "Attended every meeting of the year and led the review of complaints.",
    "The chair and the lead governor of the partner trust both ask for continuity.",
)
EXCEPTIONAL = (
    "Two rounds of advertising found nobody appointable, and the trust is in the second year of its recovery plan. "
    "Eighteen months more keep the one member who knows its finances, and end with the plan."
)
ASKED = (
    "Our quality committee’s chair leaves in the summer. Could you name people from your pools with experience of "
    "clinical governance, within an hour of the coast?",
    "We want to share a chair with our neighbours. How have other trusts set the time commitment and the pay?",
)
ANSWER = (
    "Three trusts in the region share a chair at four days a week. Their chairs are glad to talk to you: we have "
    "asked them to write. Your council of governors makes the appointment; we can sit in as an independent assessor."
)
LOOKS = (200, 110, 0)  # days ago on which the daily round is shown to have looked
MEETS_IN = 20  # days


def load_cases(stage: Stage, subcommittee: Committee) -> None:
    """A chance of its own, so that nothing else of the demonstration changes."""
    for days in LOOKS:
        cases.daily_round(at=stage.days_ago(days, hour=3))
    chance, keepers = Random(SEED + 11), _keepers(stage)
    rows = Case.objects.open().select_related("seat__board__region", "tenure__person")
    mine = [case for case in rows.order_by("tenure__ends_on", "pk") if _keeps(keepers, case)]
    own = {m.organisation_id for m in stage.accounts["trust_administrator"].memberships.all()}
    national = [case for case in mine if case.seat.board.body_appoints and case.seat.board_id not in own]
    _intend_some(stage, national, keepers, chance)
    _leave_one_to_propose(stage, [case for case in mine if case.seat.board_id in own], keepers)
    ready = list(_propose_some(stage, keepers, chance))
    meeting = meeting_on(subcommittee, stage.days_ago(-MEETS_IN).date())
    add_proposals(meeting, ready[: len(ready) // 2 + 1], by=stage.accounts["talent_team"], at=stage.days_ago(1))
    _relate(stage, ready)
    _ask(stage, [case for case in mine if not case.seat.board.body_appoints], keepers)


def _keepers(stage: Stage) -> dict[int, User]:
    """One administrator of each trust that has one."""
    rows = Membership.objects.in_force(stage.at).filter(is_administrator=True, role=Role.TRUST_USER)
    return {row.organisation_id: row.user for row in rows.select_related("user").order_by("-pk")}


def _keeps(keepers: dict[int, User], case: Case) -> bool:
    """Somebody keeps it, and not the holder."""
    keeper = keepers.get(case.seat.board_id)
    return keeper is not None and keeper.pk != case.tenure.person.user_id


def _intend_some(stage: Stage, rows: list[Case], keepers: dict[int, User], chance: Random) -> None:
    """Most of those within a year, the fewer the further away; one in five of the nearest still without a word."""
    for case in rows:
        if chance.random() > {3: 0.8, 6: 0.7, 12: 0.35}.get(case.horizon, 0.08):
            continue
        intent = chance.choices(list(INTENTIONS), weights=(6, 2, 3))[0]
        at = stage.days_ago(chance.randint(12, 40), hour=chance.randint(9, 16))
        by = keepers[case.seat.board_id]
        cases.intend(case, intent, by=by, at=at, reason=chance.choice(INTENTIONS[intent]))


def _leave_one_to_propose(stage: Stage, rows: list[Case], keepers: dict[int, User]) -> None:
    """A first term of the own board: meant to be renewed, declared and checked; the proposal is left to be made."""
    latest_first = sorted(rows, key=lambda case: case.tenure.starts_on, reverse=True)
    first_terms = (case for case in latest_first if not case.tenure.person.tenures.exclude(pk=case.tenure_id).exists())
    case = next((case for case in first_terms if case.seat.role == Seat.Role.NED), None)
    if case is None:
        return
    at, reason = stage.days_ago(6, hour=10), INTENTIONS[Intent.REAPPOINT][1]
    cases.intend(case, Intent.REAPPOINT, by=keepers[case.seat.board_id], at=at, reason=reason)
    first = (case.tenure.ends_on or stage.at.date()) + ONE_DAY
    seen = {"done_on": stage.days_ago(5).date(), "by": stage.accounts["talent_team"], "at": stage.days_ago(4)}
    record_all_clear([(case.tenure.person, case.seat)], on=first, reason=FROM_PAPER, **seen)


def _propose_some(stage: Stage, keepers: dict[int, User], chance: Random) -> Iterator[Proposal]:
    """Those that end first: some complete, some without their appraisal; the ready ones are yielded."""
    own = stage.accounts["trust_administrator"].memberships.values("organisation")
    rows = (
        Case.objects.unproposed()
        .exclude(seat__board__in=own)
        .select_related("seat__board", "tenure__person")
        .order_by("tenure__ends_on", "pk")
    )
    beyond = False
    for number, case in enumerate(rows[:14]):
        at, by = stage.days_ago(chance.randint(3, 9)), keepers.get(case.seat.board_id)
        if by is None or not _keeps(keepers, case):
            continue
        facts = _facts(stage, case, complete=number % 4 != 3)
        proposal = cases.propose_renewal(case, by=by, at=at, reason=chance.choice(WHY), **facts)
        find_fit([proposal], by=stage.accounts["talent_team"], day=stage.days_ago(2).date())
        lacking = obstacles(proposal, day=stage.at.date())
        if any("exceptional justification" in said for said in lacking):
            if beyond:
                continue  # the others wait for theirs
            beyond = True
            change_proposal(proposal, by=by, exceptional=EXCEPTIONAL, reviewed_on=stage.days_ago(30).date())
            lacking = obstacles(proposal, day=stage.at.date())
        if not lacking:
            yield proposal


def _facts(stage: Stage, case: Case, *, complete: bool) -> dict[str, Any]:
    first = (case.tenure.ends_on or stage.at.date()) + ONE_DAY
    months = 12 if case.intent == Intent.EXTEND else 36
    facts: dict[str, Any] = {
        "starts_on": first,
        "ends_on": first + relativedelta(months=months) - ONE_DAY,
        "remuneration": 50_000 if case.seat.role == "chair" else 13_000,
        "days_a_month": case.seat.days_a_month,
    }
    if complete:
        seen = stage.days_ago(45).date()
        facts |= {"appraisal_on": seen, "appraisal_satisfactory": True}
        facts["reviewed_on"] = seen
    return facts


def _relate(stage: Stage, ready: list[Proposal]) -> None:
    """One member is known to be close to one of those before the meeting: the item is not in their pack."""
    if ready:
        member = stage.cast[Role.COMMITTEE_MEMBER][3]
        said = {"kind": "personal", "detail": "Godparents of each other’s children."}
        clerk = stage.accounts["talent_team"]
        record_relationship(member, ready[0].person, by=clerk, at=stage.days_ago(1, hour=15), **said)


def _ask(stage: Stage, rows: list[Case], keepers: dict[int, User]) -> None:
    """Two foundation trusts ask; one is answered."""
    boards: dict[int, Case] = {}
    for case in rows:
        boards.setdefault(case.seat.board_id, case)
    for case, text, answered in zip(list(boards.values())[:2], ASKED, (False, True), strict=False):
        by = keepers[case.seat.board_id]
        reason = "The governors’ committee has agreed a timetable."
        cases.intend(case, Intent.RECRUIT, by=by, at=stage.days_ago(8), reason=reason)
        wants = "advice" if answered else "candidates"
        asked = ask_support(case.seat, wants=wants, text=text, by=by, at=stage.days_ago(7))
        if answered:
            answer_support(asked, advice=ANSWER, by=stage.accounts["talent_team"], at=stage.days_ago(4))
