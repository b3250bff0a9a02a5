"""The questions of a scheme as data: shown, missing, faulty."""

import pytest

from programmes.questions import Kind, count_words, faults, missing, parse

CONTENT = {
    "sections": [
        {
            "key": "experience",
            "title": "Your experience",
            "questions": [
                {"key": "board", "kind": "yes_no", "label": "Have you sat on a board?"},
                {
                    "key": "which_board",
                    "kind": "short_text",
                    "label": "Which board",
                    "shown_if": {"question": "board", "values": ["yes"]},
                },
                {"key": "why", "kind": "long_text", "label": "Why you are applying", "word_limit": 3},
                {
                    "key": "sectors",
                    "kind": "multiple_choice",
                    "label": "Sectors",
                    "required": False,
                    "choices": [{"value": "nhs", "label": "NHS"}, {"value": "charity", "label": "Charity"}],
                },
                {
                    "key": "posts",
                    "kind": "entries",
                    "label": "Posts held",
                    "max_entries": 2,
                    "fields": [
                        {"key": "title", "kind": "short_text", "label": "Job title"},
                        {"key": "started", "kind": "date", "label": "Start date"},
                    ],
                },
                {"key": "cv", "kind": "file", "label": "Your CV"},
                {
                    "key": "interests",
                    "kind": "declaration",
                    "label": "Interests",
                    "topic": "interests",
                    "choices": [{"value": "supplier", "label": "I work for a supplier to the NHS"}],
                },
            ],
        }
    ],
    "rubric": [{"key": "impact", "label": "Impact", "description": "Changed something", "weight": 2}],
}
QUESTIONS = parse(CONTENT)
SECTION = QUESTIONS.section("experience")


def keys(questions):
    return [question.key for question in questions]


def test_a_question_is_shown_only_when_its_condition_holds():
    shown_after_yes = keys(SECTION.shown({"board": "yes"}))
    shown_after_no = keys(SECTION.shown({"board": "no"}))

    assert [key for key in shown_after_yes if key not in shown_after_no] == ["which_board"]


def test_a_condition_on_several_choices_holds_when_one_of_them_was_chosen():
    question = parse(
        {
            "sections": [
                {
                    "key": "s",
                    "title": "S",
                    "questions": [
                        {
                            "key": "detail",
                            "kind": "short_text",
                            "label": "Detail",
                            "shown_if": {"question": "sectors", "values": ["charity"]},
                        }
                    ],
                }
            ]
        }
    ).all_questions()[0]

    assert question.is_shown({"sectors": ["nhs", "charity"]}) is True
    assert question.is_shown({"sectors": ["nhs"]}) is False
    assert question.is_shown({}) is False


def test_missing_names_required_questions_that_are_shown_and_empty():
    assert keys(missing(SECTION, {"board": "no"})) == ["why", "posts", "cv", "interests"]


def test_missing_counts_a_hidden_question_as_not_asked():
    assert "which_board" in keys(missing(SECTION, {"board": "yes"}))
    assert "which_board" not in keys(missing(SECTION, {"board": "no", "which_board": ""}))


def test_missing_looks_for_files_apart_from_answers():
    assert "cv" not in keys(missing(SECTION, {}, files=frozenset({"cv"})))


@pytest.mark.parametrize(
    ("given", "is_missing"),
    [
        (None, True),
        ({"applies": []}, True),
        ({"applies": ["none"]}, False),
        ({"applies": ["supplier"], "details": " "}, True),
        ({"applies": ["supplier"], "details": "Director of a supplier"}, False),
    ],
)
def test_a_declaration_is_answered_by_none_or_by_a_statement_with_details(given, is_missing):
    assert ("interests" in keys(missing(SECTION, {"interests": given}))) is is_missing


def test_white_space_is_no_answer():
    assert "why" in keys(missing(SECTION, {"why": " \n "}))


@pytest.mark.parametrize(
    ("answers", "expected"),
    [
        ({}, {}),
        ({"why": "one two three"}, {}),
        ({"why": "one two three four"}, {"why": "Why you are applying must be 3 words or fewer"}),
        ({"board": "perhaps"}, {"board": "Choose yes or no"}),
        ({"sectors": ["nhs", "army"]}, {"sectors": "Choose from the answers offered"}),
        ({"posts": [{"title": "", "started": "2017-01-01"}]}, {"posts": "Entry 1: enter job title"}),
        (
            {"posts": [{"title": "Chair", "started": "2017-02-30"}]},
            {"posts": "Entry 1: start date must be a real date"},
        ),
        (
            {"posts": [{"title": "Chair", "started": "2017-02-03"}] * 3},
            {"posts": "Add no more than 2 entries"},
        ),
        (
            {"interests": {"applies": ["none", "supplier"], "details": "x"}},
            {"interests": "Choose either the statements that apply to you or none of these"},
        ),
        ({"interests": {"applies": ["spy"], "details": "x"}}, {"interests": "Choose from the statements offered"}),
        ({"interests": {"applies": ["supplier"]}}, {"interests": "Give details of what applies to you"}),
    ],
)
def test_faults_say_what_is_wrong_in_the_applicants_words(answers, expected):
    assert faults(SECTION, answers) == expected


def test_words_are_runs_of_anything_but_white_space():
    assert count_words("  well-led,\n\tboard  ") == 2


def test_a_file_question_keeps_its_kind():
    assert [q.kind for q in QUESTIONS.all_questions() if q.key == "cv"] == [Kind.FILE]


def test_an_unknown_section_is_a_key_error():
    with pytest.raises(KeyError):
        QUESTIONS.section("nowhere")
