"""What is hidden in the blind round, and what is left to read."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from programmes.questions import parse
from talent.redaction import Hidden, Piece, identifying_values, is_for_reviewers, pieces, redact, without_words

ZOE = Hidden(
    full_name="Dr Zoë Okafor-Smith",
    contacts=("zoe.o@example.org", "07700 900123", "LS1 4AP"),
    employers=("Harbour Valley NHS Trust",),
    words=("Project Lantern",),
)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("I am Zoë Okafor-Smith.", "I am [name]."),
        ("Zoe's team; ZOE’S plan", "[name] team; [name] plan"),
        ("Mrs Okafor said; Smiths", "Mrs [name] said; Smiths"),
        ("Z. Okafor-Smith, Z O and ZO", "[name], [name] and [name]"),
        ("Mail zoe.o@example.org or other@nhs.example", "Mail [email] or [email]"),
        ("Ring 07700-900123 or +44 20 7946 0958 now", "Ring [phone] or [phone] now"),
        ("at ls14ap, next to M1 1AE", "at [postcode], next to [postcode]"),
        ("see https://example.org/zoe and linkedin.com/in/x", "see [web address] and [web address]"),
        ("at Harbour  Valley NHS Trust's board", "at [employer] board"),
        ("I led project lantern", "I led [hidden by the team]"),
        ("In 2016 we cut falls by 30 per cent", "In 2016 we cut falls by 30 per cent"),
        ("", ""),
    ],
)
def test_what_identifies_is_hidden(text: str, expected: str):
    assert redact(text, ZOE) == expected


def test_an_everyday_word_is_hidden_only_as_a_name():
    will = Hidden(full_name="Will Young")

    assert redact("Will led young people; they will grow. WILL YOUNG", will) == (
        "[name] led young people; they will grow. [name]"
    )


def test_a_particle_alone_stays():
    assert redact("De Vries went to the board", Hidden(full_name="Anna de Vries")) == "De [name] went to the board"


def test_a_single_name_and_none():
    assert redact("Madhuri wrote", Hidden(full_name="Madhuri")) == "[name] wrote"
    assert redact("nobody", Hidden(full_name="")) == "nobody"


def test_overlapping_finds_become_one():
    both = Hidden(full_name="Ann Lee", words=("Lee Foundation",))

    assert pieces("the Ann Lee Foundation grew", both) == (
        Piece("the "),
        Piece("Ann Lee Foundation", "name"),
        Piece(" grew"),
    )


def test_reviewers_get_no_hidden_words():
    assert without_words(pieces("Ask Zoë first", ZOE)) == (Piece("Ask "), Piece("", "name"), Piece(" first"))


@given(st.text(max_size=80), st.text(max_size=80))
def test_a_name_never_comes_through(before: str, after: str):
    shown = redact(f"{before} Zoë Okafor-Smith {after}", ZOE)

    assert "Okafor" not in shown.replace(before, "").replace(after, "")


@given(st.text(max_size=200))
def test_nothing_else_is_lost(text: str):
    assert "".join(piece.text for piece in pieces(text, ZOE)) == text


QUESTIONS = parse(
    {
        "sections": [
            {
                "key": "all",
                "title": "All",
                "questions": [
                    {"key": "employer", "kind": "short_text", "label": "Employer", "identifying": True},
                    {"key": "why", "kind": "long_text", "label": "Why"},
                    {"key": "cv", "kind": "file", "label": "CV"},
                    {"key": "politics", "kind": "declaration", "label": "Politics", "topic": "political"},
                    {
                        "key": "posts",
                        "kind": "entries",
                        "label": "Posts",
                        "fields": [
                            {"key": "title", "kind": "short_text", "label": "Title"},
                            {"key": "where", "kind": "short_text", "label": "Where", "identifying": True},
                        ],
                    },
                ],
            }
        ]
    }
)


def test_answers_marked_identifying_are_collected():
    answers = {
        "employer": " Alpha Trust ",
        "why": "Because",
        "posts": [{"title": "Nurse", "where": "Beta Trust"}, {"title": "Lead", "where": "Alpha Trust"}],
    }

    assert identifying_values(QUESTIONS, answers) == ("Alpha Trust", "Beta Trust")


def test_reviewers_are_never_shown_files_identifying_or_political_answers():
    assert [q.key for q in QUESTIONS.all_questions() if is_for_reviewers(q)] == ["why", "posts"]
