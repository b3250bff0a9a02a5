"""The roof's doors: finding people, what waits for the indexes, who was shown to whom."""

from django.urls import path

from search.views import completing, matches, members, people, saved, state

app_name = "search"
urlpatterns = [
    path("talent/people/", people.people_list, name="people_list"),
    path("talent/people/suggestions/", completing.suggestion_list, name="suggestion_list"),
    path("talent/searches/", saved.saved_list, name="saved_list"),
    path("talent/searches/new/", saved.saved_create, name="saved_create"),
    path("talent/searches/<int:pk>/", saved.saved_detail, name="saved_detail"),
    path("talent/searches/<int:pk>/edit/", saved.saved_edit, name="saved_edit"),
    path("talent/searches/<int:pk>/replace/", saved.saved_replace, name="saved_replace"),
    path("talent/searches/<int:pk>/watch/", saved.saved_watch, name="saved_watch"),
    path("talent/searches/<int:pk>/retire/", saved.saved_retire, name="saved_retire"),
    path("talent/search/", state.index_list, name="index_list"),
    path("talent/search/retry/", state.pending_retry, name="pending_retry"),
    path("talent/search/record/", state.search_list, name="search_list"),
    path("talent/match/<slug:kind>/<int:pk>/", matches.match_list, name="match_list"),
    path("talent/match/<slug:kind>/<int:pk>/pdf/", matches.match_paper, name="match_paper"),
    path("talent/match/<slug:kind>/<int:pk>/compare/", matches.match_compare, name="match_compare"),
    path("talent/people/<int:pk>/openings/", matches.opening_list, name="opening_list"),
    path("profile/openings/", matches.own_opening_list, name="own_opening_list"),
    path("profile/seen/", members.seen_list, name="seen_list"),
]
