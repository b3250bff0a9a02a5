"""The demonstration's pages: complete, sound, and the same after a second loading."""

import re

import pytest
from django.test import Client
from wagtail.models import Page, Site

from portal.models import FooterLink, PortalPage
from programmes import demo_pages
from programmes.demo_content import reader
from programmes.models import (
    CollectionPage,
    FrameworkPage,
    GuidancePage,
    NewsPage,
    ProgrammePage,
    ResourcePage,
    StoryPage,
)

pytestmark = pytest.mark.django_db


def test_loading_twice_leaves_one_of_each_page_and_each_page_answers(client: Client) -> None:
    told: list[tuple[int, int]] = []
    demo_pages.load(progress=lambda done, total: told.append((done, total)))
    first = list(Page.objects.values_list("path", "title"))
    guidance = GuidancePage.objects.get(slug="retention-where-to-begin")
    assert [programme.slug for programme in guidance.programmes.all()] == ["retention-collaborative"]

    demo_pages.load()

    assert list(Page.objects.values_list("path", "title")) == first
    assert len(first) == len(reader.sources()) + 1  # and the tree's root
    assert told[-1] == (len(reader.sources()), len(reader.sources()))
    assert FooterLink.objects.count() == len(demo_pages.FOOTER)
    kinds = (ProgrammePage, GuidancePage, FrameworkPage, StoryPage, ResourcePage, CollectionPage, NewsPage)
    assert [kind.objects.count() for kind in kinds] == [35, 24, 2, 6, 4, 3, 5]
    root = Site.objects.get(is_default_site=True).root_page
    for page in root.get_descendants(inclusive=True).specific():
        html = client.get(page.url).text
        assert html.count("<h1") == 1, page.title
        assert ":::" not in html, page.title
        assert "**" not in html, page.title
        assert 'href=""' not in html, page.title
        if isinstance(page, PortalPage):
            page.body.stream_block.clean(page.body)


def test_each_figure_of_a_chart_and_each_statement_is_read() -> None:
    bars = "::: bars Turnover\nsays: It fell.\nsource: A report\nunit: %\nJune 2016 | 16.8\nMarch 2018 | 15.2\n:::"
    domain = "::: domain Culture\nHow we are.\n- People speak up.\n  * Cases raised\n- It is heard.\n:::"

    assert reader.blocks(f"{bars}\n\n{domain}", lambda path: 0) == [
        (
            "bar_chart",
            {
                "title": "Turnover",
                "unit": "%",
                "says": "It fell.",
                "source": "A report",
                "bars": [{"label": "June 2016", "value": 16.8}, {"label": "March 2018", "value": 15.2}],
            },
        ),
        (
            "domain",
            {
                "title": "Culture",
                "intro": "<p>How we are.</p>",
                "statements": [
                    {"text": "People speak up.", "evidence": ["Cases raised"]},
                    {"text": "It is heard.", "evidence": []},
                ],
            },
        ),
    ]


def test_markdown_becomes_blocks() -> None:
    text = "## Who\n\nFor **you** & [me](page:a/b).\n\n- one\n- two\n\n::: do Ask\n- why\n:::\n\nEnd"

    assert reader.blocks(text, lambda path: {"a/b": 7}[path]) == [
        (
            "text",
            '<h2>Who</h2><p>For <b>you</b> &amp; <a linktype="page" id="7">me</a>.</p>'
            "<ul><li>one</li><li>two</li></ul>",
        ),
        ("do_list", {"heading_level": 3, "label": "Ask", "do": ["why"]}),
        ("text", "<p>End</p>"),
    ]


def test_no_page_names_a_real_address() -> None:
    addresses = {a for s in reader.sources() for a in re.findall(r"[\w.]+@[\w.]*\w", s.text)}

    assert {a.partition("@")[2] for a in addresses} == {"example.org"}
