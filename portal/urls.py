"""Every door of the portal; Wagtail's pages take what is left."""

from django.urls import include, path, re_path
from django.views.generic import RedirectView
from wagtail import urls as wagtail_urls
from wagtail.admin import urls as wagtailadmin_urls
from wagtail.contrib.sitemaps.views import sitemap
from wagtail.documents import urls as wagtaildocs_urls

from portal.views.robots import robots

urlpatterns = [
    path("accounts/", include("allauth.urls")),
    # One way in: what would let people past the second factor leads to allauth's own pages instead.
    path("cms/login/", RedirectView.as_view(pattern_name="account_login", query_string=True)),
    path("_util/login/", RedirectView.as_view(pattern_name="account_login", query_string=True)),
    re_path(r"^cms/password_reset/", RedirectView.as_view(url="/accounts/password/reset/")),
    path("cms/", include(wagtailadmin_urls)),
    path("documents/", include(wagtaildocs_urls)),
    path("sitemap.xml", sitemap, name="sitemap"),
    path("robots.txt", robots, name="robots"),
    path("", include("portal.own_urls")),
    path("", include("programmes.urls")),
    path("", include("talent.urls")),
    path("", include("appointments.urls")),
    path("", include("search.urls")),
    path("", include(wagtail_urls)),
]
