"""Doors to lists that are shown to trusts: the talent team's, the trust's, the member's."""

from django.urls import path

from appointments.views import sharing

urlpatterns = [
    path("talent/shared/", sharing.share_list, name="share_list"),
    path("talent/curated/<int:pk>/share/", sharing.share_create, name="share_create"),
    path("talent/shared/<int:pk>/", sharing.share_detail, name="share_detail"),
    path("talent/shared/<int:pk>/withdraw/", sharing.share_withdraw, name="share_withdraw"),
    path("shortlists/", sharing.shortlist_list, name="shortlist_list"),
    path("shortlists/<int:pk>/", sharing.shortlist_detail, name="shortlist_detail"),
    path("shortlists/<int:pk>/people/<int:person_pk>/", sharing.shortlist_view, name="shortlist_view"),
    path("profile/shown-to/", sharing.own_share_list, name="own_share_list"),
]
