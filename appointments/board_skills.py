"""A board's skills: what it wants, which of its sitting members bring it, and what it lacks."""

import datetime as dt
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass

from django.db import transaction

from appointments.access import may_propose
from appointments.models import BoardSkill, Tenure
from portal.models import Organisation, User
from talent.models import PersonSkill, Skill


class SkillRefused(Exception):
    """The board's wanted skills cannot be changed so; `str()` is fit for the screen."""


@dataclass(frozen=True, slots=True)
class Holder:
    """One sitting member who has a skill."""

    tenure: Tenure
    is_confirmed: bool


@dataclass(frozen=True, slots=True)
class SkillLine:
    """One skill: wanted and why, or only there; who has it."""

    skill: Skill
    want: BoardSkill | None
    holders: Sequence[Holder]

    @property
    def is_lacking(self) -> bool:
        return self.want is not None and not self.holders


@dataclass(frozen=True, slots=True)
class SkillPicture:
    lines: Sequence[SkillLine]

    @property
    def wanted(self) -> list[SkillLine]:
        return [line for line in self.lines if line.want]

    @property
    def beyond(self) -> list[SkillLine]:
        return [line for line in self.lines if not line.want]

    @property
    def lacking(self) -> int:
        return sum(line.is_lacking for line in self.lines)


def skills_on(trust: Organisation, day: dt.date) -> SkillPicture:
    """What the board wants first, then what else its members bring. Three queries, however large the board."""
    wants = {w.skill_id: w for w in BoardSkill.objects.wanted().filter(board=trust).select_related("skill", "set_by")}
    sitting = Tenure.objects.sitting_on(day).filter(seat__board=trust).select_related("seat", "person")
    by_person: dict[int, list[Tenure]] = defaultdict(list)
    for tenure in sitting:
        by_person[tenure.person_id].append(tenure)
    holders: dict[int, list[Holder]] = defaultdict(list)
    skills = {want.skill_id: want.skill for want in wants.values()}
    for held in PersonSkill.objects.filter(person__in=list(by_person)).select_related("skill"):
        skills[held.skill_id] = held.skill
        holders[held.skill_id] += [Holder(tenure, held.is_confirmed) for tenure in by_person[held.person_id]]
    order = [*wants, *sorted(set(skills) - set(wants), key=lambda pk: skills[pk].name)]
    lines = [SkillLine(skills[pk], wants.get(pk), _in_order(holders[pk])) for pk in order]
    return SkillPicture(lines)


def _in_order(holders: Sequence[Holder]) -> list[Holder]:
    return sorted(holders, key=lambda h: h.tenure.seat.place)


def gaps(trust: Organisation, day: dt.date) -> list[BoardSkill]:
    """What the board wants and no sitting member brings, the essential first."""
    return [line.want for line in skills_on(trust, day).wanted if line.want and line.is_lacking]


@transaction.atomic
def want_skill(
    trust: Organisation, skill: Skill, *, essential: bool, reason: str, by: User, at: dt.datetime
) -> BoardSkill:
    """Says that the board needs a skill, and why; what was said of it before is ended. Raises SkillRefused."""
    Organisation.objects.select_for_update(of=("self",)).get(pk=trust.pk)
    if not may_propose(by, trust):
        raise SkillRefused("This board's skills are not yours to set.")
    if not reason.strip():
        raise SkillRefused("Say why the board needs it.")
    standing = BoardSkill.objects.wanted().filter(board=trust, skill=skill)
    standing.update(ended_at=at, ended_by=by)
    return BoardSkill.objects.create(
        board=trust, skill=skill, essential=essential, reason=reason.strip(), set_by=by, set_at=at
    )


@transaction.atomic
def stop_wanting(want: BoardSkill, *, by: User, at: dt.datetime) -> BoardSkill:
    """The board needs it no longer."""
    row = BoardSkill.objects.select_for_update(of=("self",)).select_related("board", "skill").get(pk=want.pk)
    if not may_propose(by, row.board):
        raise SkillRefused("This board's skills are not yours to set.")
    if row.ended_at is None:
        row.ended_at, row.ended_by = at, by
        row.save(update_fields=["ended_at", "ended_by"])
    return row
