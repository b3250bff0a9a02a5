"""Home and standard pages, the menu, breadcrumbs and the footer."""

import json

import pytest
from django.core.exceptions import ValidationError
from django.test import Client
from wagtail.models import Site

from portal.blocks import BodyBlock, TableBlock
from portal.models import Footer, FooterLink
from tests.factories import pages

pytestmark = pytest.mark.django_db


def test_the_home_page_welcomes_and_says_when_nothing_is_open(client: Client) -> None:
    pages.home_page()

    html = client.get("/").text

    assert '<h1 class="nhsuk-u-margin-bottom-3" id="hero-heading">Welcome</h1>' in html
    assert "No scheme takes applications today." in html


def test_the_home_page_shows_open_intakes_with_their_programme(client: Client) -> None:
    scheme = pages.scheme(name="NExT Director")
    pages.programme_page("Become a NExT Director", schemes=[scheme])
    pages.intake(scheme, "London", closes_in=5)
    pages.intake(scheme, "Closed already", opens_in=-9, closes_in=-1)

    html = client.get("/").text

    assert '<a class="nhsuk-card__link" href="/programmes/become-a-next-director/">NExT Director: London</a>' in html
    assert "Closed already" not in html


def test_a_standard_page_lists_its_headings(client: Client) -> None:
    pages.standard_page("Privacy", body="<h2>What we hold</h2><p>Little.</p><h2>Your rights</h2>")

    html = client.get("/privacy/").text

    assert '<a class="nhsuk-contents-list__link" href="#what-we-hold">What we hold</a>' in html
    assert 'id="your-rights">Your rights</h2>' in html


def test_one_heading_needs_no_contents_list(client: Client) -> None:
    pages.standard_page("Short", body="<h2>Only this</h2>")

    assert "nhsuk-contents-list" not in client.get("/short/").text


def test_the_menu_marks_the_page_and_the_section(client: Client) -> None:
    about = pages.standard_page("About", show_in_menus=True)
    pages.standard_page("Hidden")
    pages.standard_page("Draft", show_in_menus=True, live=False)
    pages.standard_page("Team", parent=about)

    assert 'href="/about/" aria-current="page"' in client.get("/about/").text
    inner = client.get("/about/team/").text
    assert 'href="/about/" aria-current="true"' in inner
    assert 'href="/hidden/"' not in inner
    assert 'href="/draft/"' not in inner


def test_breadcrumbs_lead_from_home_to_the_page_above(client: Client) -> None:
    about = pages.standard_page("About")
    pages.standard_page("Team", parent=about)

    html = client.get("/about/team/").text

    links = '<a class="nhsuk-breadcrumb__link" href="{}">{}</a>'
    assert html.index(links.format("/", "Home")) < html.index(links.format("/about/", "About"))
    assert links.format("/about/team/", "Team") not in html


def test_the_footer_shows_the_live_pages_that_editors_chose(client: Client) -> None:
    footer = Footer.for_site(Site.objects.get(root_page=pages.home_page()))
    for number, (title, live) in enumerate([("Privacy", True), ("Draft", False)]):
        FooterLink.objects.create(footer=footer, page=pages.standard_page(title, live=live), sort_order=number)

    html = client.get("/privacy/").text

    assert html.count("nhsuk-footer__list-item-link") == 1
    assert '<a class="nhsuk-footer__list-item-link" href="/privacy/">Privacy</a>' in html


@pytest.mark.parametrize("children", [1, 3])
def test_queries_do_not_grow_with_the_menu(client: Client, children: int, django_assert_num_queries) -> None:
    for number in range(children):
        pages.standard_page(f"Section {number}", show_in_menus=True)
    client.get("/section-0/")

    with django_assert_num_queries(10):
        client.get("/section-0/")


def test_a_picture_needs_words() -> None:
    block = BodyBlock().child_blocks["image"].child_blocks["alt_text"]

    with pytest.raises(ValidationError):
        block.clean("")


def test_a_table_needs_a_cell_for_each_column() -> None:
    block = TableBlock()
    value = {"caption": "Terms", "head": ["Post", "Years"], "rows": [["Chair", "4"], ["NED"]]}

    with pytest.raises(ValidationError) as refused:
        block.clean(block.to_python(value))

    assert refused.value.as_json_data() == {
        "blockErrors": {"rows": {"messages": ["Row 2 must have 2 cells, one for each column heading."]}}
    }


BODY = [
    {"type": "inset_text", "value": {"body": "<p>Inset</p>"}},
    {"type": "warning_callout", "value": {"title": "Mind", "heading_level": 3, "body": "<p>Warned</p>"}},
    {"type": "do_list", "value": {"heading_level": 2, "label": "", "do": ["ask"]}},
    {"type": "dont_list", "value": {"heading_level": 3, "label": "", "dont": ["guess"]}},
    {"type": "details", "value": {"title": "More", "body": [{"type": "richtext", "value": "<p>Folded</p>"}]}},
    {"type": "summary_list", "value": {"rows": [{"key": "Length", "value": "<p>12 months</p>"}]}},
    {"type": "table", "value": {"caption": "T", "head": ["A", "B"], "rows": [["1", "2"]]}},
    {"type": "care_card", "value": {"type": "urgent", "heading_level": 3, "title": "Now", "body": []}},
]


def test_every_block_renders_its_component(client: Client) -> None:
    page = pages.standard_page("Blocks")
    page.body = json.dumps(BODY)
    page.save()

    html = client.get("/blocks/").text

    for component in (
        "nhsuk-inset-text",
        "nhsuk-card--warning",
        "nhsuk-list--tick",
        "nhsuk-list--cross",
        "nhsuk-details__summary",
        "nhsuk-summary-list__row",
        "nhsuk-table-responsive",
        "nhsuk-card--care--urgent",
    ):
        assert component in html, component
