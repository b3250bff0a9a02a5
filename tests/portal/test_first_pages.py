"""A new installation: its own home page, no link that leads nowhere, and nothing of an editor's overwritten."""

import pytest
from django.core.management import call_command
from django.template import Context, Template
from django.test import Client, RequestFactory
from wagtail.models import Page, Site

from portal import first_pages
from portal.models import HomePage
from tests.factories import pages

pytestmark = pytest.mark.django_db


def tree() -> list[tuple[str, str]]:
    return list(Page.objects.order_by("path").values_list("path", "title"))


def test_a_new_installation_shows_its_own_home_page(client: Client) -> None:
    call_command("set_up_cms")

    html = client.get("/").text

    assert '<h1 class="nhsuk-u-margin-bottom-3" id="hero-heading">Find a talent scheme and apply</h1>' in html
    assert [(p.title, type(p.specific)) for p in Page.objects.filter(depth=2)] == [("Talent portal", HomePage)]


def test_setting_up_again_changes_nothing() -> None:
    call_command("set_up_cms")
    before = tree()

    call_command("set_up_cms")

    assert tree() == before


def test_what_an_editor_wrote_stays() -> None:
    home = first_pages.home_page()
    home.hero_heading = "Our own words"
    home.save()
    pages.standard_page("About")

    assert first_pages.home_page() == home
    assert HomePage.objects.get().hero_heading == "Our own words"
    assert [p.title for p in first_pages.home_page().get_children()] == ["About"]


def test_a_site_that_was_given_another_root_keeps_it() -> None:
    about = pages.standard_page("About", parent=first_pages.home_page())
    Site.objects.update(root_page=about)

    first_pages.home_page()

    assert Site.objects.get().root_page.specific == about


def link(slug: str, words: str) -> str:
    template = Template("{% load navigation_tags %}{% page_link slug words %}")
    return template.render(Context({"request": RequestFactory().get("/"), "slug": slug, "words": words}))


def test_a_link_leads_to_the_page_that_stands() -> None:
    pages.standard_page("Contact")

    assert link("contact", "contact us") == '<a href="/contact/">contact us</a>'


@pytest.mark.parametrize("live", [None, False], ids=["no page", "a draft"])
def test_without_a_page_there_are_words_or_an_address(live: bool | None, settings) -> None:
    pages.home_page()
    if live is not None:
        pages.standard_page("Contact", live=live)

    assert link("contact", "contact us") == "contact us"
    settings.CONTACT_EMAIL = "talent@example.org"
    assert link("contact", "contact us") == '<a href="mailto:talent@example.org">contact us</a>'
    assert link("privacy", "privacy notice") == "privacy notice"
