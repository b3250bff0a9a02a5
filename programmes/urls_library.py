"""Doors of the library and the hub: readers' answers, feeds, topics, submissions; their pages are Wagtail's."""

from django.urls import path

from programmes import feeds
from programmes.views import hub, topics, useful

SHARED = "hub/submissions/<int:pk>/"

urlpatterns = [
    path("useful/<int:pk>/", useful.useful_create, name="useful_create"),
    path("useful/<str:token>/", useful.useful_reason, name="useful_reason"),
    path("feeds/topics/<slug:slug>/", feeds.TopicFeed(), name="topic_feed"),
    path("feeds/<slug:name>/", feeds.IndexFeed(), name="feed"),
    path("topics/<slug:slug>/", topics.topic_detail, name="topic_detail"),
    path("topics/<slug:slug>/follow/", topics.topic_follow, name="topic_follow"),
    path("follow/<str:token>/end/", topics.follow_end, name="follow_end"),
    path("hub/pages/<int:pk>/<slug:kind>/", topics.reply_create, name="reply_create"),
    path("hub/replies/<int:pk>/hide/", topics.reply_hide, name="reply_hide"),
    path("hub/submissions/", hub.submission_list, name="submission_list"),
    path("hub/submissions/new/", hub.submission_create, name="submission_create"),
    path(SHARED, hub.submission_detail, name="submission_detail"),
    path(f"{SHARED}edit/", hub.submission_edit, name="submission_edit"),
    path(f"{SHARED}autosave/", hub.submission_autosave, name="submission_autosave"),
    path(f"{SHARED}steps/<slug:kind>/", hub.submission_step, name="submission_step"),
    path(f"{SHARED}comment/", hub.submission_comment, name="submission_comment"),
    path(f"{SHARED}file/", hub.file_download, name="submission_file"),
    path(f"{SHARED}file/new/", hub.file_add, name="submission_file_add"),
    path(f"{SHARED}file/out/", hub.file_drop, name="submission_file_drop"),
    path(f"{SHARED}pictures/new/", hub.image_add, name="image_add"),
    path(f"{SHARED}pictures/<int:image>/", hub.image_file, name="image_file"),
    path(f"{SHARED}pictures/<int:image>/out/", hub.image_drop, name="image_drop"),
]
