"""Finding pages: who is found, in what order, and what is shown of them."""

import pytest
from django.test import Client
from wagtail.models import PageViewRestriction, Site

from portal import site_search
from portal.models import Kind
from tests.factories import pages

pytestmark = pytest.mark.django_db


def found(query: str, **kwargs: str) -> list[str]:
    pages.home_page()
    answer = site_search.search(query, site=Site.objects.get(is_default_site=True), **kwargs)
    return [result.url.strip("/").split("/")[-1] for result in answer.results]


def test_a_word_in_the_title_counts_more() -> None:
    pages.standard_page("Other", body="<p>Mentor, mentor: all about the mentor.</p>")
    pages.standard_page("Mentor")

    assert found("mentors") == ["mentor", "other"]


def test_drafts_and_private_pages_are_not_found() -> None:
    pages.standard_page("Mentoring draft", live=False)
    private = pages.standard_page("Mentoring private")
    PageViewRestriction.objects.create(page=private, restriction_type=PageViewRestriction.LOGIN)
    pages.standard_page("Mentoring public")

    assert found("mentoring") == ["mentoring-public"]


def test_every_word_is_wanted_and_some_words_when_no_page_has_all(client: Client) -> None:
    pages.standard_page("Mentor")
    pages.standard_page("Chair")
    pages.standard_page("Mentor and chair")

    assert found("mentor chair") == ["mentor-and-chair"]
    assert sorted(found("mentor zebra")) == ["mentor", "mentor-and-chair"]
    assert "No page has all these words." in client.get("/search/?q=mentor+zebra").text


def test_a_kind_narrows_and_all_kinds_are_counted() -> None:
    pages.standard_page("Board one")
    pages.programme_page("Board two")
    pages.guidance_page("Board three")
    pages.guidance_page("Board four")
    site = Site.objects.get(is_default_site=True)

    answer = site_search.search("board", site=site, kind="guidance")

    assert sorted(r.url for r in answer.results) == ["/guidance/board-four/", "/guidance/board-three/"]
    assert [(k.kind, k.count, k.chosen) for k in answer.kinds] == [
        (None, 4, False),
        (Kind.PROGRAMME, 1, False),
        (Kind.GUIDANCE, 2, True),
        (Kind.PAGE, 1, False),
    ]


def test_what_was_typed_and_what_pages_hold_is_text(client: Client) -> None:
    pages.standard_page("Mentor <img src=x onerror=alert(1)>", summary="<b>mentor</b>")

    html = client.get("/search/", {"q": "mentor<script>"}).text

    assert "<img src=x" not in html
    assert "mentor<script>" not in html
    assert "<mark>Mentor</mark> &lt; img src=x" in html


def test_an_empty_query_shows_the_form_alone(client: Client) -> None:
    pages.home_page()

    html = client.get("/search/?q=+").text

    assert "<title>Search – " in html
    assert "found" not in html


def test_nothing_found_suggests_a_spelling(client: Client) -> None:
    pages.standard_page("Retention improvement")

    html = client.get("/search/?q=retantion").text

    assert "No page found for “retantion”." in html
    assert 'Did you mean <a href="?q=retention">retention</a>?' in html


def test_the_count_is_announced_and_pages_are_turned(client: Client) -> None:
    for number in range(11):
        pages.standard_page(f"Board {number}")

    first, second = client.get("/search/?q=board").text, client.get("/search/?q=board&page=2").text

    assert '<p class="nhsuk-body-l" role="status">11 pages found for “board”, screen 1 of 2.</p>' in first
    assert [text.count('<h3 class="nhsuk-heading-s') for text in (first, second)] == [10, 1]


@pytest.mark.parametrize("query", ["\x00", "a" * 5000, "' OR 1=1 --", "%", "<>", "🩺"])
def test_odd_queries_are_answered(client: Client, query: str) -> None:
    pages.home_page()

    assert client.get("/search/", {"q": query}).status_code == 200


@pytest.mark.parametrize("rows", [1, 3])
def test_queries_do_not_grow_with_results(client: Client, rows: int, django_assert_num_queries) -> None:
    for number in range(rows):
        pages.standard_page(f"Board {number}")
    client.get("/search/?q=board")

    with django_assert_num_queries(13):
        client.get("/search/?q=board")
