"""The library: what is found and narrowed, what each kind of page says, its paper, its feeds and its reminders."""

import datetime as dt
import io
import json
from pathlib import Path

import pytest
from defusedxml import ElementTree
from django.core.files.base import ContentFile
from django.test import Client
from django.utils import timezone
from PIL import Image
from pypdf import PdfReader
from wagtail.contrib.redirects.models import Redirect
from wagtail.images import get_image_model
from wagtail.models import PageViewRestriction

from portal.models import Role
from portal.worklist import Entry
from programmes.models import Audience, CollectionPage, GuidancePage, NewsPage, RelatedPage, ResourcePage, Topic
from programmes.waiting_pages import pages_to_review
from search.models import Concept
from tests.factories import pages
from tests.factories.portal import OrganisationFactory, UserFactory, member
from tests.verapdf import assert_pdf_ua

pytestmark = pytest.mark.django_db

ATOM = "{http://www.w3.org/2005/Atom}"


def named(model: type, name: str) -> object:
    return model.objects.get_or_create(name=name, slug=name.lower())[0]


def shown(client: Client, query: str = "", *, place: str = "/guidance/") -> list[str]:
    return [found.page.title for found in client.get(f"{place}{query}").context["shelf"].results]


def facet(client: Client, name: str, query: str = "") -> list[tuple[str, int, bool]]:
    facets = client.get(f"/guidance/{query}").context["shelf"].facets
    return [(o.label, o.count, o.chosen) for one in facets if one.name == name for o in one.options]


def four_pages() -> None:
    retention, boards = named(Topic, "Retention"), named(Topic, "Boards")
    leads, chairs = named(Audience, "Leads"), named(Audience, "Chairs")
    falls = pages.programme_page("Falls")
    pages.guidance_page("A", topics=[retention], audiences=[leads], sectors=["acute"], programmes=[falls])
    pages.guidance_page("B", topics=[boards], audiences=[chairs, leads], sectors=["mental_health"])
    pages.guidance_page("C", topics=[retention, boards], audiences=[chairs])
    pages.framework_page("D", topics=[boards])
    pages.guidance_page("Draft", topics=[boards], live=False)
    private = pages.guidance_page("Private", topics=[boards])
    PageViewRestriction.objects.create(page=private, restriction_type=PageViewRestriction.LOGIN)


def test_within_a_facet_any_choice_will_do_and_between_facets_all_must_hold(client: Client) -> None:
    four_pages()

    assert shown(client) == ["A", "B", "C", "D"]
    assert shown(client, "?topic=retention") == ["A", "C"]
    assert shown(client, "?topic=retention&topic=boards") == ["A", "B", "C", "D"]
    assert shown(client, "?topic=boards&audience=chairs") == ["B", "C"]
    assert shown(client, "?sector=acute") == ["A", "C", "D"]
    assert shown(client, "?programme=falls") == ["A"]
    assert shown(client, "?programme=falls&audience=chairs") == []
    assert shown(client, "?topic=nobody-offers-this") == ["A", "B", "C", "D"]


def test_each_choice_says_how_many_it_would_show(client: Client) -> None:
    four_pages()

    assert facet(client, "topic") == [("Boards", 3, False), ("Retention", 2, False)]
    # A facet's own choice does not narrow its counts; the other facets' choices do.
    assert facet(client, "topic", "?topic=boards&audience=chairs") == [("Boards", 2, True), ("Retention", 1, False)]
    assert facet(client, "audience", "?topic=boards") == [("Chairs", 2, False), ("Leads", 1, False)]
    assert facet(client, "sector") == [("Acute", 3, False), ("Mental health", 3, False)]
    assert facet(client, "kind") == [("Framework", 1, False), ("Guidance", 3, False)]
    assert facet(client, "programme") == [("Falls", 1, False)]


def test_words_are_found_in_any_of_their_forms_and_marked(client: Client) -> None:
    Concept.objects.create(name="Non-executive director", forms="NED")
    pages.guidance_page("Appraising", body="<p>What a non-executive director is asked.</p>")
    pages.guidance_page("Chairing", body="<p>Running a meeting.</p>")

    results = client.get("/guidance/?q=NED").context["shelf"].results

    assert [found.page.title for found in results] == ["Appraising"]
    assert "What a <mark>non</mark>-<mark>executive</mark> <mark>director</mark> is asked" in results[0].words
    assert shown(client, "?q=ned+meeting") == []


def test_the_best_answer_stands_first_and_an_empty_one_says_what_to_do(client: Client) -> None:
    pages.guidance_page("Other", body="<p>Turnover, turnover and turnover once more.</p>")
    pages.guidance_page("Turnover")

    assert shown(client, "?q=turnover") == ["Turnover", "Other"]
    html = client.get("/guidance/?q=zebra&topic=x").text
    assert "Nothing here fits these words." in html
    assert 'href="/search/?q=zebra"' in html


def test_guidance_says_who_looks_after_it_and_leads_on(client: Client) -> None:
    page = pages.guidance_page("Hosting", review_due_on=dt.date(2019, 1, 9), sectors=["acute", "community"])
    live, draft = pages.guidance_page("Mentoring"), pages.guidance_page("Draft", live=False)
    RelatedPage.objects.bulk_create(RelatedPage(page=page, related=p, sort_order=0) for p in (live, draft))

    html = client.get("/guidance/hosting/").text

    assert "Page last reviewed: 9 January 2018" in html
    assert "Next review due: 9 January 2019" in html
    assert '<dd class="nhsuk-summary-list__value">Talent team</dd>' in html
    assert '<dd class="nhsuk-summary-list__value">Acute and Community</dd>' in html
    assert '<li><a href="/guidance/mentoring/">Mentoring</a></li>' in html
    assert 'href="/guidance/draft/"' not in html


def test_a_framework_shows_its_domains_in_the_contents_and_is_found_by_them(client: Client) -> None:
    statement = {"text": "Leaders are seen on the wards.", "evidence": ["Staff can name them"]}
    domains = [{"type": "domain", "value": {"title": "Visible leaders", "intro": "", "statements": [statement]}}]
    pages.framework_page("Well-led", domains=json.dumps(domains), body="<h2>How to use it</h2>")

    response = client.get("/guidance/well-led/")

    assert [(h.anchor, h.text) for h in response.context["contents"]] == [
        ("how-to-use-it", "How to use it"),
        ("visible-leaders", "Visible leaders"),
    ]
    assert "<strong>Leaders are seen on the wards.</strong>" in response.text
    assert shown(client, "?q=wards") == ["Well-led"]


def test_a_collection_lists_what_is_live_in_the_order_chosen(client: Client) -> None:
    first, second = pages.guidance_page("Second by name"), pages.guidance_page("First by name")
    draft = pages.guidance_page("Draft", live=False)
    value = {"heading": "Begin", "heading_level": 2, "intro": "", "pages": [first.pk, draft.pk, second.pk]}
    page = pages.library_page(CollectionPage, pages.guidance_index(), "Kit")
    page.body = json.dumps([{"type": "page_list", "value": value}])
    page.save()

    html = client.get("/guidance/kit/").text

    assert html.index(">Second by name</a>") < html.index(">First by name</a>")
    assert ">Draft</a>" not in html


def test_a_story_stands_under_its_trusts_name_and_a_resource_leads_to_its_link(client: Client) -> None:
    trust = OrganisationFactory(name="Hill NHS Trust")
    pages.story_page("Fewer falls", trust=trust, result="From 6 to 20 days without a fall.")
    pages.library_page(ResourcePage, pages.hub_index(), "A kit", link="https://example.org/kit")

    story, resource = client.get("/improvement-hub/fewer-falls/").text, client.get("/improvement-hub/a-kit/").text

    assert '<dd class="nhsuk-summary-list__value">Hill NHS Trust</dd>' in story
    assert "<strong>What changed:</strong> From 6 to 20 days without a fall." in story
    assert '<a href="https://example.org/kit" rel="external">A kit (example.org)</a>' in resource
    assert shown(client, place="/improvement-hub/") == ["A kit", "Fewer falls"]


def test_the_print_view_opens_everything_and_leaves_the_rest_out(client: Client) -> None:
    page = pages.guidance_page("Hosting")
    page.body = [("details", {"title": "More", "body": [("richtext", "Folded")]})]
    page.save()

    screen, paper = client.get("/guidance/hosting/").text, client.get("/guidance/hosting/?view=print").text

    assert '<details class="nhsuk-details">' in screen
    assert '<details class="nhsuk-details" open>' in paper
    assert "nhsuk-header" not in paper
    assert "Was this page useful?" not in paper


def full_page() -> GuidancePage:
    """A page with everything that a paper finds hard: a table, a chart, a picture, a list with ticks, a folded part."""
    file = io.BytesIO()
    Image.new("RGB", (8, 8), "navy").save(file, "PNG")
    image = get_image_model().objects.create(title="Ward", file=ContentFile(file.getvalue(), "ward.png"))
    bars = [{"label": "2016", "value": 16.8}, {"label": "2018", "value": 15.2}]
    chart = {"title": "Nursing turnover", "says": "It fell.", "source": "Year report", "unit": "%", "bars": bars}
    table = {"caption": "Steps", "head": ["Week", "Step"], "rows": [["1", "Begin"]], "first_cell_is_header": True}
    blocks = [
        ("text", '<h2>Begin</h2><p>See <a href="/guidance/">all guidance</a>.</p>'),
        ("bar_chart", chart),
        ("table", table),
        ("do_list", {"heading_level": 3, "label": "Do", "do": ["ask"]}),
        ("details", {"title": "More", "body": [{"type": "richtext", "value": "<p>Folded words</p>"}]}),
        ("image", {"content_image": image.pk, "alt_text": "A ward at night", "caption": ""}),
    ]
    page = pages.guidance_page("Hosting")
    page.body = json.dumps([{"type": name, "value": value} for name, value in blocks])
    page.save()
    return page


def test_the_paper_is_pdf_ua_with_its_words_and_pictures(client: Client, tmp_path: Path, settings) -> None:
    settings.MEDIA_ROOT = tmp_path
    full_page()

    response = client.get("/guidance/hosting/?view=pdf")

    assert response["Content-Type"] == "application/pdf"
    assert response["Content-Disposition"] == 'inline; filename="hosting.pdf"'
    text = " ".join(page.extract_text() for page in PdfReader(io.BytesIO(response.content)).pages)
    for words in ("Hosting", "Nursing turnover", "15.2%", "Folded words", "Page last reviewed: 9 January 2018"):
        assert words in text
    assert client.get("/guidance/hosting/?view=pdf").content == response.content
    assert_pdf_ua(response.content, tmp_path)


def test_a_chart_has_its_words_and_its_table(client: Client, tmp_path: Path, settings) -> None:
    settings.MEDIA_ROOT = tmp_path
    full_page()

    html = client.get("/guidance/hosting/").text

    assert "It fell. Source: Year report." in html
    assert '<th scope="row" class="nhsuk-table__cell">2016</th><td class="nhsuk-table__cell">16.8%</td>' in html


def test_search_engines_are_told_what_a_page_is(client: Client) -> None:
    pages.guidance_page("Hosting", topics=[named(Topic, "Boards")], audiences=[named(Audience, "Chairs")])

    html = client.get("/guidance/hosting/").text

    data = json.loads(html.split('<script type="application/ld+json">')[1].split("</script>")[0])
    kept = {name: data[name] for name in ("@type", "name", "about", "audience", "url")}
    assert kept == {
        "@type": "Article",
        "name": "Hosting",
        "about": ["Boards"],
        "audience": [{"@type": "Audience", "audienceType": "Chairs"}],
        "url": "http://localhost/guidance/hosting/",
    }


@pytest.mark.parametrize("name", ["guidance", "hub", "news"])
def test_feeds_have_the_latest_pages_in_both_formats(client: Client, name: str) -> None:
    pages.guidance_page("New guidance")
    pages.guidance_page("Draft", live=False)
    pages.story_page("New story")
    pages.put(NewsPage, pages.news_index(), "New news")
    titles = {"guidance": "New guidance", "hub": "New story", "news": "New news"}

    atom = ElementTree.fromstring(client.get(f"/feeds/{name}/").content)
    rss = ElementTree.fromstring(client.get(f"/feeds/{name}/?format=rss").content)

    assert [entry.findtext(f"{ATOM}title") for entry in atom.iter(f"{ATOM}entry")] == [titles[name]]
    assert [item.findtext("title") for item in rss.iter("item")] == [titles[name]]


def test_an_unknown_feed_is_not_found(client: Client) -> None:
    assert client.get("/feeds/people/").status_code == 404


def test_the_sitemap_has_what_is_public_and_robots_lead_to_it(client: Client) -> None:
    pages.guidance_page("Hosting")
    pages.guidance_page("Draft", live=False)

    places = ElementTree.fromstring(client.get("/sitemap.xml").content)

    assert [place.text for place in places.iter() if place.tag.endswith("loc")] == [
        "http://localhost/",
        "http://localhost/guidance/",
        "http://localhost/guidance/hosting/",
    ]
    assert "Sitemap: http://localhost:8000/sitemap.xml" in client.get("/robots.txt").text


def test_a_page_that_moves_leaves_a_redirect(client: Client, django_capture_on_commit_callbacks) -> None:
    page = pages.guidance_page("Hosting")
    page.slug = "hosting-a-director"
    with django_capture_on_commit_callbacks(execute=True):
        page.save_revision().publish()

    assert [row.old_path for row in Redirect.objects.all()] == ["/guidance/hosting"]
    response = client.get("/guidance/hosting/")
    assert (response.status_code, response["Location"]) == (301, "/guidance/hosting-a-director/")


def test_a_review_waits_for_the_pages_owner_and_without_one_for_every_editor() -> None:
    at, today = timezone.now(), timezone.localdate()
    owner, other = member(Role.TALENT_TEAM), member(Role.EDITOR)
    soon, far = today + dt.timedelta(days=30), today + dt.timedelta(days=31)
    page = pages.guidance_page("Owned", keeper=owner, review_due_on=soon)
    pages.guidance_page("Far", keeper=owner, review_due_on=far)
    pages.guidance_page("Draft", keeper=owner, review_due_on=soon, live=False)
    framework = pages.framework_page("Nobody’s", review_due_on=today)

    def entry(of: object) -> Entry:
        return Entry(
            f"Read through “{of.title}”", f"/cms/pages/{of.pk}/edit/", "Pages", "Talent team", of.review_due_on
        )

    assert list(pages_to_review(owner, at)) == [entry(page)]
    assert list(pages_to_review(other, at)) == [entry(framework)]
    assert list(pages_to_review(UserFactory(), at)) == []


@pytest.mark.parametrize("rows", [1, 3])
def test_queries_do_not_grow_with_the_library(client: Client, rows: int, django_assert_num_queries) -> None:
    topic, audience = named(Topic, "T"), named(Audience, "A")
    for _ in range(rows):
        pages.guidance_page(topics=[topic], audiences=[audience])
        pages.story_page(topics=[topic], trust=OrganisationFactory())
    client.get("/guidance/")

    with django_assert_num_queries(23):
        client.get("/guidance/")
    with django_assert_num_queries(24):
        client.get("/improvement-hub/")
    with django_assert_num_queries(26):
        client.get("/guidance/?q=page")


@pytest.mark.parametrize("rows", [1, 3])
def test_queries_do_not_grow_with_news(client: Client, rows: int, django_assert_num_queries) -> None:
    for _ in range(rows):
        pages.put(NewsPage, pages.news_index())
    client.get("/news/")

    with django_assert_num_queries(13):
        client.get("/news/")
