"""The demonstration's pages: complete, sound, and the same after a second loading."""

import re

import pytest
from django.test import Client
from wagtail.models import Page, Site

from portal.models import FooterLink, PortalPage
from programmes import demo_pages, demo_talent_schemes
from programmes.demo_content import reader
from programmes.demo_schemes import next_director
from programmes.models import (
    CollectionPage,
    FrameworkPage,
    GuidancePage,
    NewsPage,
    ProgrammePage,
    ResourcePage,
    Scheme,
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
    assert [kind.objects.count() for kind in kinds] == [35, 27, 2, 6, 4, 3, 5]
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


# The programme's page of every talent scheme, and what it offers to read and use.
TOOLKITS = {
    "aspirant-executive-nurse": {"ward-sister-handbook"},
    "aspiring-chief-executives": {"chief-executive-workbook"},
    "aspiring-medical-directors": {"aspiring-medical-directors-toolkit"},
    "interim-executives": {"interim-first-month"},
    "national-nursing-talent": {"ward-sister-handbook"},
    "next-director": {"board-diversity", "hosting-a-next-director", "mentoring-a-next-director"},
    "top-200": {"leading-without-power", "succession-planning"},
}


def test_every_scheme_stands_on_a_page_that_links_its_toolkit(client: Client) -> None:
    for said in demo_talent_schemes.written():
        Scheme.objects.create(**demo_talent_schemes.fields(said))
    Scheme.objects.create(**next_director())
    demo_pages.load()

    pages = ProgrammePage.objects.filter(schemes__isnull=False).distinct()
    told = {page.slug: {one.slug for one in client.get(page.url).context["toolkit"]} for page in pages}

    assert told == TOOLKITS
    assert [
        scheme for scheme in Scheme.objects.all() if not ProgrammePage.objects.filter(schemes=scheme).exists()
    ] == []
