"""Anchors and contents lists."""

from portal.headings import Heading, with_anchors


def test_each_h2_gets_an_anchor_and_a_line_in_the_list() -> None:
    html, headings = with_anchors('<h2 data-block-key="a">How we <b>choose</b></h2><p>Text</p><h3>Not this</h3>')

    assert html == ('<h2 data-block-key="a" id="how-we-choose">How we <b>choose</b></h2><p>Text</p><h3>Not this</h3>')
    assert headings == [Heading("how-we-choose", "How we choose")]


def test_headings_alike_get_different_anchors() -> None:
    _, headings = with_anchors("<h2>When</h2><h2>When</h2><h2>…</h2><h2>A &amp; B</h2>")

    assert headings == [
        Heading("when", "When"),
        Heading("when-2", "When"),
        Heading("section", "…"),
        Heading("a-b", "A & B"),
    ]
