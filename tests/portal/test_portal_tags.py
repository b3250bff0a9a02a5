"""Words and components as templates write them."""

import datetime as dt

import pytest
from django.core.paginator import Paginator
from django.http import HttpRequest
from django.template import Context, Template
from django.test import RequestFactory

from portal import words


def rendered(source: str, **context: object) -> str:
    return Template("{% load portal_tags %}" + source).render(Context(context)).strip()


@pytest.mark.parametrize(
    ("at", "text"),
    [
        (dt.datetime(2018, 3, 8, 16, 5, tzinfo=dt.UTC), "8 March 2018 at 4:05pm"),
        (dt.datetime(2018, 7, 8, 8, 0, tzinfo=dt.UTC), "8 July 2018 at 9am"),
        (dt.datetime(2018, 7, 8, 23, 0, tzinfo=dt.UTC), "9 July 2018 at midnight"),
        (dt.datetime(2018, 3, 8, 12, 0, tzinfo=dt.UTC), "8 March 2018 at midday"),
        (dt.datetime(2018, 3, 8, 0, 30, tzinfo=dt.UTC), "8 March 2018 at 12:30am"),
    ],
)
def test_date_time_is_london_time(at: dt.datetime, text: str) -> None:
    assert words.date_time(at) == text


def test_long_date() -> None:
    assert rendered("{{ a|long_date }}|{{ b|long_date }}", a=dt.date(2018, 3, 8), b=None) == "8 March 2018|"


@pytest.mark.parametrize(("values", "text"), [([], ""), (["a"], "a"), (["a", "b"], "a and b"), ("abc", "a, b and c")])
def test_join_words(values: list[str], text: str) -> None:
    assert words.join_words(values) == text


def test_a_button_escapes_and_takes_attributes() -> None:
    assert rendered('{% button text "warning" name="act" hx_post="/x/" %}', text="A & B") == (
        '<button class="nhsuk-button nhsuk-button--warning" data-module="nhsuk-button"'
        ' data-prevent-double-click="true" name="act" hx-post="/x/" type="submit">A &amp; B</button>'
    )


def test_tag_back_link_and_inset() -> None:
    assert rendered('{% tag "Late" "red" %}') == '<strong class="nhsuk-tag nhsuk-tag--red">Late</strong>'
    assert rendered('{% back_link "/a/" %}') == (
        '<nav aria-label="Back"><a class="nhsuk-back-link" href="/a/">Back</a></nav>'
    )
    assert rendered("{% inset %}{{ text }}{% endinset %}", text="<b>") == (
        '<div class="nhsuk-inset-text"><span class="nhsuk-u-visually-hidden">Information: </span>&lt;b&gt;</div>'
    )


@pytest.fixture
def request_with_query(rf: RequestFactory) -> HttpRequest:
    return rf.get("/list/", {"q": "a b", "page": "2"})


def test_pagination_keeps_the_rest_of_the_query(request_with_query: HttpRequest) -> None:
    html = rendered("{% pagination page request %}", page=Paginator("abc", 1).page(2), request=request_with_query)
    assert [part.split('"')[0] for part in html.split('href="')[1:]] == [
        "?q=a+b&amp;page=1",
        "?q=a+b&amp;page=1",
        "?q=a+b&amp;page=2",
        "?q=a+b&amp;page=3",
        "?q=a+b&amp;page=3",
    ]


def test_one_page_needs_no_pagination(request_with_query: HttpRequest) -> None:
    assert rendered("{% pagination page request %}", page=Paginator("a", 1).page(1), request=request_with_query) == ""
