"""What somebody is asked who applies for a seat on a board: the scheme that all campaigns' intakes belong to."""

from typing import Any

from programmes.demo_schemes import next_director
from programmes.models import Scheme

Block = dict[str, Any]

# Asked of everybody who wants to lead in the body's name, whatever for.
_SHARED = ("About you", "Posts held", "Your CV", "Declarations")


def board_appointments() -> dict[str, Any]:
    """The fields of a Scheme, its StreamFields as raw data: `Scheme(**board_appointments())`."""
    shared = {s["value"]["title"]: s for s in next_director()["sections"] if s["value"]["title"] in _SHARED}
    return {
        "name": "Chair and non-executive appointments",
        "slug": "board-appointments",
        "code": "BA",
        "summary": "Chairs and non-executive directors of NHS boards, chosen in open competition.",
        "track": Scheme.Track.CAMPAIGN,
        "outcome": Scheme.Outcome.SEAT,
        "guaranteed_interview": True,
        "eligibility": [{"type": "question", "value": value} for value in _ELIGIBILITY],
        "sections": [
            shared["About you"],
            shared["Posts held"],
            {"type": "section", "value": _STATEMENT},
            shared["Your CV"],
            shared["Declarations"],
        ],
        "rubric": [],  # each campaign has criteria of its own
    }


def load() -> int:
    """Adds the scheme if there is none of its kind; what staff have changed stays. Returns how many were added."""
    if Scheme.objects.filter(track=Scheme.Track.CAMPAIGN).exists():
        return 0
    Scheme.objects.create(**board_appointments())
    return 1


# SI 1990/2024 regulation 11 and its parallels; the declarations ask for the rest.
_ELIGIBILITY = (
    {
        "key": "not_employed_there",
        "question": "Are you free of employment with the trust whose board you want to join?",
        "hint": "Answer no if you work for that trust now.",
        "reason_if_no": "The law does not let a trust’s own employees sit on its board as a chair or non-executive.",
    },
    {
        "key": "time_to_give",
        "question": "Can you give the time that the role takes?",
        "hint": "The advert says how much. Some of it is in working hours: board and committee meetings.",
        "reason_if_no": "Boards need members who can take part in their meetings and prepare for them.",
    },
)


def _long_text(key: str, label: str, hint: str, words: int) -> Block:
    value = {"key": key, "label": label, "hint": hint, "required": True, "identifying": False, "shown_if": []}
    return {"type": "long_text", "value": value | {"word_limit": words}}


_STATEMENT = {
    "title": "How you meet the specification",
    "intro": "The panel reads this without your name. Take the criteria of the advert in turn.",
    "questions": [
        _long_text("essential", "The essential criteria", "Say what you did and what came of it.", 700),
        _long_text("desirable", "The desirable criteria", "Leave out those that you do not meet.", 300),
        _long_text("motivation", "Why this board", "What draws you to this trust and the people it serves?", 250),
    ],
}
