"""Words marked in titles and snippets."""

import pytest

from portal import highlight

pytestmark = pytest.mark.django_db


def test_words_are_marked_by_their_stem() -> None:
    assert highlight.titles("mentors chairing", ["Mentoring a chair", "A board"]) == [
        "<mark>Mentoring</mark> a <mark>chair</mark>",
        "A board",
    ]


def test_markup_in_a_title_is_text() -> None:
    assert highlight.titles("chair", ['<script>alert("chair")</script> & chair']) == [
        "&lt; script&gt;alert(&quot;<mark>chair</mark>&quot;)&lt; /script&gt; &amp; <mark>chair</mark>"
    ]


def test_nobody_can_type_the_marks() -> None:
    typed = f"{highlight.START}b{highlight.STOP} chair\x00"

    assert highlight.titles(f"chair{highlight.START}", [typed]) == ["b <mark>chair</mark>"]


def test_a_snippet_is_taken_from_around_the_words() -> None:
    text = "nothing " * 60 + "the mentor comes each month " + "nothing " * 60

    [snippet] = highlight.snippets("mentor", [text])

    assert "the <mark>mentor</mark> comes each month" in snippet
    assert len(snippet) < 250


@pytest.mark.parametrize("query", ["", "the of", "' | & ! ( :*", "a\\b"])
def test_a_query_without_words_marks_nothing(query: str) -> None:
    assert highlight.titles(query, ["The chair of a board"]) == ["The chair of a board"]
