"""The equality monitoring questions: their words and choices, no answers."""

from dataclasses import dataclass

UNDER_REPRESENTED = "under_represented"
NOT_ANSWERED = ""
PREFER_NOT = ("prefer_not", "Prefer not to say")


@dataclass(frozen=True, slots=True)
class Field:
    label: str
    choices: tuple[tuple[str, str], ...]
    hint: str = ""


FIELDS = {
    "sex": Field("What is your sex?", (("female", "Female"), ("male", "Male"), PREFER_NOT)),
    "age": Field(
        "What is your age?",
        (
            ("under_35", "Under 35"),
            ("35_44", "35 to 44"),
            ("45_54", "45 to 54"),
            ("55_64", "55 to 64"),
            ("65_over", "65 or over"),
            PREFER_NOT,
        ),
    ),
    "ethnicity": Field(
        "What is your ethnic group?",
        (
            ("asian", "Asian or Asian British"),
            ("black", "Black, African, Caribbean or Black British"),
            ("mixed", "Mixed or multiple ethnic groups"),
            ("white", "White"),
            ("other", "Another ethnic group"),
            PREFER_NOT,
        ),
    ),
    "disability": Field(
        "Do you have a disability or a long-term health condition?",
        (("yes", "Yes"), ("no", "No"), PREFER_NOT),
        "One that has lasted, or will last, 12 months or more.",
    ),
    "religion": Field(
        "What is your religion or belief?",
        (
            ("none", "No religion"),
            ("buddhist", "Buddhist"),
            ("christian", "Christian"),
            ("hindu", "Hindu"),
            ("jewish", "Jewish"),
            ("muslim", "Muslim"),
            ("sikh", "Sikh"),
            ("other", "Another religion or belief"),
            PREFER_NOT,
        ),
    ),
    "orientation": Field(
        "What is your sexual orientation?",
        (
            ("heterosexual", "Heterosexual or straight"),
            ("gay_lesbian", "Gay or lesbian"),
            ("bisexual", "Bisexual"),
            ("other", "Another orientation"),
            PREFER_NOT,
        ),
    ),
    UNDER_REPRESENTED: Field(
        "Belongs to a group under-represented on boards", (("yes", "Yes"), ("no", "No")), "Asked with eligibility."
    ),
}
ASKED = tuple(key for key in FIELDS if key != UNDER_REPRESENTED)


@dataclass(frozen=True, slots=True)
class Answer:
    """One column of a published table: an answer, or several that are counted together."""

    label: str
    values: tuple[str, ...]


def _each(key: str) -> tuple[Answer, ...]:
    return tuple(Answer(label, (value,)) for value, label in FIELDS[key].choices)


_UNSAID = (Answer("Prefer not to say", (PREFER_NOT[0],)), Answer("Not answered", (NOT_ANSWERED,)))
BME = "Black, Asian and minority ethnic"
# How answers are published, fixed for all time and all groups. Ethnic groups are two, as in the Workforce Race Equality
# Standard: five beside their sum would give each other away (docs/adr/0014).
PUBLISHED = {
    "sex": (Answer("Women", ("female",)), Answer("Men", ("male",)), *_UNSAID),
    "ethnicity": (Answer("White", ("white",)), Answer(BME, ("asian", "black", "mixed", "other")), *_UNSAID),
    "disability": (Answer("Disabled", ("yes",)), Answer("Not disabled", ("no",)), *_UNSAID),
    "age": (Answer("Under 45", ("under_35", "35_44")), *_each("age")[2:], _UNSAID[1]),
    "religion": (*_each("religion"), _UNSAID[1]),
    "orientation": (*_each("orientation"), _UNSAID[1]),
}
TITLES = {
    "sex": "Sex",
    "ethnicity": "Ethnic group",
    "disability": "Disability",
    "age": "Age",
    "religion": "Religion or belief",
    "orientation": "Sexual orientation",
}
# Of which two answers the relative likelihood is worked out: the first against the second, by their places above.
COMPARED = {"ethnicity": (0, 1), "sex": (1, 0), "disability": (1, 0)}
COMPARED_WORDS = {
    "ethnicity": "White against Black, Asian and minority ethnic",
    "sex": "Men against women",
    "disability": "Not disabled against disabled",
}
