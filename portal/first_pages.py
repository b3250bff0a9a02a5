"""What a new installation shows before an editor has written a word: the portal's own home page."""

from django.conf import settings
from django.db import transaction
from wagtail.models import Page, Site

from portal.models import HomePage

HEADING = "Find a talent scheme and apply"
TEXT = "Create an account, apply online, save as you go, and see where your application stands."


@transaction.atomic
def home_page() -> HomePage:
    """The default site's home page: the one that stands, else a first one in the place of Wagtail's welcome page."""
    root = Page.get_first_root_node()
    home = HomePage.objects.child_of(root).first()
    if home is None:
        home = root.add_child(
            instance=HomePage(title=settings.WAGTAIL_SITE_NAME, slug="home-page", hero_heading=HEADING, hero_text=TEXT)
        )
    _make_root_of_site(home)
    for welcome in Page.objects.child_of(root).exclude(pk=home.pk).filter(numchild=0).exact_type(Page):
        welcome.delete()
    return home


def _make_root_of_site(home: HomePage) -> None:
    """A site whose root somebody chose among our pages is left alone."""
    site = Site.objects.filter(is_default_site=True).first()
    if site is None:
        site = Site(hostname="localhost", is_default_site=True)
    elif site.root_page.specific_class is not Page:
        return
    site.root_page, site.site_name = home, settings.WAGTAIL_SITE_NAME
    site.save()
