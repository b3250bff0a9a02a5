"""Doors of the library: readers' answers and feeds; its pages are Wagtail's."""

from django.urls import path

from programmes import feeds
from programmes.views import useful

urlpatterns = [
    path("useful/<int:pk>/", useful.useful_create, name="useful_create"),
    path("useful/<str:token>/", useful.useful_reason, name="useful_reason"),
    path("feeds/<slug:name>/", feeds.IndexFeed(), name="feed"),
]
