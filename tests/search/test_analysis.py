"""From text to terms: what both engines hold."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from search.analysis import BREAK, MOST_OF_ONE, MOST_TERMS, capped, phrase, read, spellings, terms, words


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Director of Finance", ["director", "financ"]),
        ("finance directors", ["financ", "director"]),
        ("Non-executive", ["non", "execut"]),
        ("Ward sister's handbook", ["ward", "sister", "handbook"]),
        ("O'Neill", ["oneil"]),
        ("A&E and R&D", ["a&e", "r&d"]),
        ("Zoë Müller", ["zoë".replace("ë", "e"), "muller"]),
        ("Head of IT", ["head", "it"]),
        ("is it so", []),
        ("£30 million", ["30", "million"]),
        ("Led teams. Chaired boards", ["led", "team", BREAK, "chair", "board"]),
        ("St. Mary's", ["st", BREAK, "mari"]),
    ],
)
def test_terms_of(text, expected):
    assert terms(text) == expected


def test_names_keep_words_that_say_nothing_elsewhere():
    assert (terms("Will Young"), terms("Will Young", keep_all=True)) == (["young"], ["will", "young"])


def test_words_know_where_they_stand():
    text = "Led the merger"

    assert [(text[w.start : w.end], w.term) for w in words(text)] == [("Led", "led"), ("the", ""), ("merger", "merger")]


def test_a_phrase_has_no_breaks():
    assert phrase("A&E. Casualty") == ("a&e", "casualti")


def test_one_word_counts_so_often_and_leaves_its_places_empty():
    (kept,) = capped([["budget"] * (MOST_OF_ONE + 2) + ["staff"]])

    assert kept == ["budget"] * MOST_OF_ONE + [BREAK] * 2 + ["staff"]


def test_a_document_ends_where_both_engines_end():
    kept = capped([[str(n) for n in range(MOST_TERMS - 10)], [f"a{n}" for n in range(50)], ["last"]])

    assert [len(passage) for passage in kept] == [MOST_TERMS - 10, 9, 0]


@settings(max_examples=300, deadline=None)
@given(st.text(st.sampled_from("ab &'’.!|;•:\n\r\té2IT"), max_size=40), st.booleans())
def test_what_is_read_quickly_is_what_the_words_say(text, keep_all):
    found = words(text, keep_all=keep_all)

    assert terms(text, keep_all=keep_all) == [w.term if w else BREAK for w in found if w is None or w.term]


def test_words_are_spelt_as_they_stand_between_spaces():
    _, stretches = read("Chaired the audit-committee.\nAudits!")

    assert [spellings(stretch) for stretch in stretches] == [
        (("chaired", "chair"),),
        (),
        (("audit", "audit"), ("committee", "committe")),
        (("audits", "audit"),),
    ]
