"""The placements' doors: staff, the person, the host trust and the mentor come through the same ones."""

from django.urls import path

from talent.views import pairs, placements

urlpatterns = [
    path("talent/placements/", placements.placement_list, name="placement_list"),
    path("talent/placements/new/<str:reference>/", placements.placement_create, name="placement_create"),
    path("talent/placements/pairs/<str:reference>/", pairs.pair_list, name="pair_list"),
    path("talent/placements/<int:pk>/", placements.placement_detail, name="placement_detail"),
    path("talent/placements/<int:pk>/edit/", placements.placement_edit, name="placement_edit"),
    path("talent/placements/<int:pk>/plan/", placements.placement_plan, name="placement_plan"),
    path("talent/placements/<int:pk>/end/", placements.placement_end, name="placement_end"),
    path("talent/placements/reviews/<int:pk>/", placements.placement_review, name="placement_review"),
]
