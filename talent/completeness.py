"""How complete a profile is: what is there, what is missing, and where it is added. A reading, never a rank."""

from dataclasses import dataclass

from talent.models import Person


@dataclass(frozen=True, slots=True)
class Part:
    """One thing that helps a board find the right person."""

    label: str
    is_there: bool
    add_at: str  # the URL name of the page where it is said


@dataclass(frozen=True, slots=True)
class Completeness:
    parts: tuple[Part, ...]

    @property
    def done(self) -> int:
        return sum(part.is_there for part in self.parts)

    @property
    def missing(self) -> tuple[Part, ...]:
        return tuple(part for part in self.parts if not part.is_there)

    @property
    def percent(self) -> int:
        return round(100 * self.done / len(self.parts))


def completeness_of(person: Person, *, posts: int, skills: int, regions: int) -> Completeness:
    """Of what search and matching read; never of what is asked for equality monitoring."""
    edit = "talent:profile_edit"
    return Completeness(
        (
            Part("Your region", person.region_id is not None, edit),
            Part("Your current role", bool(person.headline), edit),
            Part("What you bring to a board", bool(person.summary), edit),
            Part("Your professional background", bool(person.background), edit),
            Part("Sectors you have worked in", bool(person.sectors), edit),
            Part("Roles you would like", bool(person.roles_sought), edit),
            Part("How ready you are", bool(person.readiness), edit),
            Part("Days a month you could give", person.days_a_month is not None, edit),
            Part("Where you would serve", regions > 0, edit),
            Part("How far you would travel", person.travel_minutes is not None, edit),
            Part("The posts you have held", posts > 0, "talent:post_add"),
            Part("Your skills", skills > 0, "talent:skill_add"),
            Part("The text of your CV", bool(person.cv_text), edit),
        )
    )
