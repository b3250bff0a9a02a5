"""The reviewer's doors."""

from django.urls import path

from talent.views import reviewer

urlpatterns = [
    path("reviews/", reviewer.review_list, name="review_list"),
    path("reviews/<int:pk>/", reviewer.review_edit, name="review_edit"),
    path("reviews/<int:pk>/interest/", reviewer.review_interest, name="review_interest"),
    path("reviews/<int:pk>/autosave/", reviewer.review_autosave, name="review_autosave"),
    path("reviews/<int:pk>/submit/", reviewer.review_submit, name="review_submit"),
    path("reviews/<int:pk>/sent/", reviewer.review_detail, name="review_detail"),
]
