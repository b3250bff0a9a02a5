"""Every door to succession planning; mounted by urls.py."""

from django.urls import path

from appointments.views import succession

urlpatterns = [
    path("succession/", succession.succession_list, name="succession_list"),
    path("succession/board/", succession.talent_board, name="talent_board"),
    path("succession/grid/", succession.growth_grid, name="growth_grid"),
    path("succession/seats/<int:seat>/people/<int:person>/", succession.successor_add, name="successor_add"),
    path("succession/<int:pk>/end/", succession.successor_end, name="successor_end"),
    path("succession/people/<int:pk>/conversation/", succession.growth_create, name="growth_create"),
    path("profile/succession/", succession.own_growth, name="own_growth"),
]
