"""Acts on people's skills: said by the person, read in the profile by staff, confirmed. And the list's loader."""

import csv
import datetime as dt
from pathlib import Path

from django.db import transaction

from portal.access import access_of
from portal.models import User
from talent.access import Refused, is_own
from talent.models import Person, PersonSkill, Skill

FILE = Path(__file__).parent / "data" / "skills.csv"


@transaction.atomic
def load() -> int:
    """Adds what the file has and the database lacks; what staff have changed stays. Returns how many were added."""
    with FILE.open(newline="", encoding="utf-8") as lines:
        rows = list(csv.DictReader(lines))
    known = set(Skill.objects.values_list("code", flat=True)) | set(Skill.objects.values_list("name", flat=True))
    return len(Skill.objects.bulk_create(Skill(**row) for row in rows if not {row["code"], row["name"]} & known))


@transaction.atomic
def claim_skill(person: Person, skill: Skill, *, evidence: str, by: User, at: dt.datetime) -> PersonSkill:
    """The person's own word. Changed words have to be confirmed again."""
    if not is_own(by, person):
        raise Refused("Only the person themselves can say this.")
    return _write(person, skill, PersonSkill.Source.DECLARED, evidence, at=at)


@transaction.atomic
def note_skill(person: Person, skill: Skill, *, evidence: str, by: User, at: dt.datetime) -> PersonSkill:
    """Talent staff read it in the profile, which confirms it. Never their own."""
    if not _may_confirm(by, person):
        raise Refused("This profile is not yours to read skills from.")
    row = _write(person, skill, PersonSkill.Source.PROFILE, evidence, at=at)
    return confirm_skill(row, by=by, at=at)


def _write(person: Person, skill: Skill, source: str, evidence: str, *, at: dt.datetime) -> PersonSkill:
    if not evidence.strip():
        raise Refused("Say what shows this skill.")
    row, _ = PersonSkill.objects.update_or_create(
        person=person,
        skill=skill,
        defaults={
            "source": source,
            "evidence": evidence.strip(),
            "added_at": at,
            "confirmed_by": None,
            "confirmed_at": None,
        },
    )
    return row


@transaction.atomic
def confirm_skill(held: PersonSkill, *, by: User, at: dt.datetime) -> PersonSkill:
    """Talent staff in scope vouch for it; the first who did stays on record."""
    row = PersonSkill.objects.select_for_update(of=("self",)).select_related("person").get(pk=held.pk)
    if not _may_confirm(by, row.person):
        raise Refused("This skill is not yours to confirm.")
    if not row.is_confirmed:
        row.confirmed_by, row.confirmed_at = by, at
        row.save(update_fields=["confirmed_by", "confirmed_at"])
    return row


@transaction.atomic
def drop_skill(held: PersonSkill, *, by: User) -> None:
    """Taken off the profile, by the person or by talent staff in scope."""
    if not is_own(by, held.person) and not _may_confirm(by, held.person):
        raise Refused("This skill is not yours to remove.")
    held.delete()


def _may_confirm(user: User, person: Person) -> bool:
    """Talent staff who may read the profile, never about themselves."""
    if not access_of(user).is_talent_staff or is_own(user, person):
        return False
    return Person.objects.visible_to(user).filter(pk=person.pk).exists()
