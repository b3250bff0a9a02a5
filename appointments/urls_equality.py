"""Every door to the equality report and to a board member's own equality answers; mounted by urls.py."""

from django.urls import path

from appointments.views import equality, own_equality

urlpatterns = [
    path("equality-report/", equality.equality_list, name="equality_list"),
    path("equality-report/<str:year>/", equality.equality_detail, name="equality_detail"),
    path("equality-report/<str:year>/pdf/", equality.equality_download, name="equality_download"),
    path("equality-report/<str:year>/csv/", equality.equality_export, name="equality_export"),
    path("equality-report/<str:year>/publish/", equality.equality_publish, name="equality_publish"),
    path("your-equality-answers/", own_equality.own_equality_edit, name="own_equality_edit"),
    path("your-equality-answers/delete/", own_equality.own_equality_erase, name="own_equality_erase"),
]
