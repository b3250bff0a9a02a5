"""What the demonstration's boards want of skills, and what their members and applicants bring."""

import datetime as dt
from collections.abc import Iterable
from random import Random

from appointments.board_skills import want_skill
from appointments.models import Tenure
from portal.models import Organisation, User
from talent.models import Person, PersonSkill, Skill

# Of each board that looks for somebody: the skill, whether it cannot do without, and why.
WANTS = (
    (
        ("audit", True, "The audit committee has no chair with recent financial experience."),
        ("mergers", False, "The board prepares to share services with a neighbour."),
        ("patient-voice", False, "Complaints take too long to reach the board."),
        ("workforce", False, "One nursing post in nine is vacant."),
    ),
    (
        ("patient-voice", True, "Nobody on the board has used the services that the trust runs."),
        ("mental-health", False, "Demand for crisis care has doubled in three years."),
        ("legal", False, "The trust detains people under the law, and has been criticised for how."),
    ),
    (
        ("patient-safety", True, "The regulator found that the board did not see harm early enough."),
        ("improvement", False, "The trust is in special measures and means to leave them."),
        ("culture", False, "Staff say in the survey that they do not feel safe to speak up."),
    ),
    (
        ("digital-change", True, "A new record system begins in two years."),
        ("cyber-security", False, "The last audit found machines that nobody looks after."),
        ("equality", False, "The board does not look like the people it serves."),
    ),
    (
        ("estates", True, "Forty stations have to be rebuilt or left."),
        ("volunteering", False, "Nine hundred volunteers answer calls where no ambulance is near."),
        ("logistics", False, "The fleet is the second largest cost after pay."),
    ),
)
EVIDENCE = (
    "Led it as an executive for six years and answered for it to a board.",
    "Chaired the committee that oversaw it, through an inspection and out again.",
    "Set it up from nothing in a charity of two hundred staff.",
    "Advised boards on it for a decade before taking a seat on one.",
)


def want(board: Organisation, number: int, *, by: User, at: dt.datetime) -> None:
    """Through the act, as talent staff do it."""
    skills = Skill.objects.in_bulk(field_name="code")
    for code, essential, reason in WANTS[number % len(WANTS)]:
        want_skill(board, skills[code], essential=essential, reason=reason, by=by, at=at)


def bring(people: Iterable[Person], chance: Random, *, by: User, at: dt.datetime) -> None:
    """Two skills each; of three, two are confirmed."""
    skills, rows = list(Skill.objects.offered()), []
    for person in people:
        for skill in chance.sample(skills, 2):
            confirmed = chance.random() < 0.66
            rows.append(
                PersonSkill(
                    person=person,
                    skill=skill,
                    source=chance.choice(PersonSkill.Source.values),
                    evidence=chance.choice(EVIDENCE),
                    added_at=at,
                    confirmed_by=by if confirmed else None,
                    confirmed_at=at if confirmed else None,
                )
            )
    PersonSkill.objects.bulk_create(rows, ignore_conflicts=True)


def sitting_on(board: Organisation, day: dt.date) -> list[Person]:
    return [t.person for t in Tenure.objects.sitting_on(day).filter(seat__board=board).select_related("person")]
