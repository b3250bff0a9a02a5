"""The specification a campaign begins with: what every board asks, what this seat asks, what this board lacks."""

from collections.abc import Iterable
from dataclasses import dataclass

from appointments.models import BoardSkill, Seat


@dataclass(frozen=True, slots=True)
class Line:
    text: str
    essential: bool


_EVERY_SEAT = (
    "Experience of leading at board level, or of a role of the same weight, in any sector",
    "Sound judgement: questions evidence and plans, and supports what was decided",
    "Understands the people this trust serves and works for fair access to care",
)
_BY_ROLE = {
    Seat.Role.CHAIR: ("Has led a board, or chaired one of its committees, through change",),
}
_BY_DESIGNATION = {
    Seat.Designation.AUDIT_CHAIR: (
        "A recognised accountancy qualification, or recent and relevant financial experience",
    ),
    Seat.Designation.QUALITY_CHAIR: ("Experience of overseeing the safety and quality of a service",),
    Seat.Designation.SENIOR_INDEPENDENT: ("Able to act as a trusted intermediary between chair, board and governors",),
}
_WELCOME = ("Knows how the NHS is organised and paid for", "Lives or works in the area that the trust serves")


def draft_for(seat: Seat, *, gaps: Iterable[BoardSkill] = ()) -> list[Line]:
    """The lines a campaign starts with; `gaps` are the skills that the board wants and lacks. Staff edit them."""
    must, may = [], []
    for gap in gaps:
        (must if gap.essential else may).append(f"Brings what the board lacks: {_lower(gap.skill.name)}")
    essential = (*_EVERY_SEAT, *_BY_ROLE.get(seat.role, ()), *_BY_DESIGNATION.get(seat.designation, ()), *must)
    desirable = (*may, *_WELCOME)
    return [*(Line(text, True) for text in essential), *(Line(text, False) for text in desirable)]


def _lower(name: str) -> str:
    return name[:1].lower() + name[1:]
