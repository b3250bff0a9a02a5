"""From typed words to clauses."""

from search.queries import Alternative, Clause, Question, clauses_of
from search.vocabulary import gathered

NOTHING = gathered([])
BOARD = gathered(
    [
        ["Finance director", "CFO", "director of finance"],
        ["Non-executive director", "NED"],
        ["Audit", "internal audit"],
    ]
)


def asked(text, vocabulary=NOTHING):
    """Each clause in short: its text, the terms of its alternatives, and a minus where it is excluded."""
    return [
        ("-" * clause.excluded + clause.text, [way.terms for way in clause.alternatives])
        for clause in clauses_of(text, vocabulary)
    ]


def test_each_word_is_a_clause_and_stop_words_are_none():
    assert asked("led the merger") == [("led", [("led",)]), ("merger", [("merger",)])]


def test_a_phrase_in_quotes_is_one_clause_without_synonyms():
    assert clauses_of('"finance director"', BOARD) == (
        Clause("finance director", (Alternative(("financ", "director"), "phrase", "finance director"),)),
    )


def test_words_with_a_hyphen_stand_together():
    assert asked("co-operative") == [("co-operative", [("co", "oper")])]


def test_a_concept_of_several_words_is_one_clause_with_all_its_names():
    assert asked("london finance director", BOARD) == [
        ("london", [("london",)]),
        ("finance director", [("financ", "director"), ("cfo",), ("director", "financ")]),
    ]


def test_the_longest_concept_wins():
    assert [text for text, _ in asked("internal audit chair", BOARD)] == ["internal audit", "chair"]


def test_a_synonym_says_what_it_is():
    (clause,) = clauses_of("NED", BOARD)

    assert clause.alternatives == (
        Alternative(("ned",), "word", "NED"),
        Alternative(("non", "execut", "director"), "synonym", "Non-executive director"),
    )


def test_exclusions_take_words_phrases_and_synonyms():
    assert asked('-charity -"audit chair" -cfo', BOARD) == [
        ("-charity", [("chariti",)]),
        ("-audit chair", [("audit", "chair")]),
        ("-cfo", [("cfo",), ("financ", "director"), ("director", "financ")]),
    ]


def test_a_beginning_keeps_its_letters():
    assert clauses_of("safeguardi*", NOTHING) == (
        Clause("safeguardi*", (Alternative(("safeguardi",), "prefix", "safeguardi", is_prefix=True),)),
    )


def test_a_stop_word_alone_is_meant():
    assert asked("will") == [("will", [("will",)])]


def test_the_same_thing_twice_is_asked_once():
    assert asked("audit audit") == [("audit", [("audit",)])]


def test_marks_without_words_ask_nothing():
    assert asked('"" - * \x00 ??') == []


def test_a_question_is_kept_as_data_and_asked_again():
    question = Question(text="audit -law", chosen={"region": (3, 4)}, days_from=25, sort="name")

    assert Question.of_data(question.as_data()) == question
