"""Every door to the chair networks; mounted by urls.py."""

from django.urls import path

from appointments.views import network_sessions as sessions
from appointments.views import networks

urlpatterns = [
    path("networks/", networks.network_list, name="network_list"),
    path("networks/sessions/<int:pk>/", sessions.network_session_detail, name="network_session_detail"),
    path("networks/sessions/<int:pk>/edit/", sessions.network_session_edit, name="network_session_edit"),
    path("networks/sessions/<int:pk>/cancel/", sessions.network_session_cancel, name="network_session_cancel"),
    path(
        "networks/sessions/<int:pk>/attendance/",
        sessions.network_session_attendance,
        name="network_session_attendance",
    ),
    path("networks/sessions/<int:pk>/papers/new/", sessions.network_paper_add, name="network_paper_add"),
    path("networks/sessions/<int:pk>/actions/new/", sessions.network_action_add, name="network_action_add"),
    path("networks/papers/<int:pk>/", sessions.network_paper_download, name="network_paper_download"),
    path("networks/papers/<int:pk>/remove/", sessions.network_paper_remove, name="network_paper_remove"),
    path("networks/actions/<int:pk>/done/", sessions.network_action_finish, name="network_action_finish"),
    path("networks/<slug:code>/", networks.network_detail, name="network_detail"),
    path("networks/<slug:code>/members/new/", networks.network_member_add, name="network_member_add"),
    path("networks/<slug:code>/members/<int:pk>/", networks.network_member_edit, name="network_member_edit"),
    path("networks/<slug:code>/sessions/new/", sessions.network_session_create, name="network_session_create"),
]
