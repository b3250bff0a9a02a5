"""Every door to fit and proper checks; mounted by urls.py."""

from django.urls import path

from appointments.views import attestations, checks, own_checks

urlpatterns = [
    path("checks/", checks.check_list, name="check_list"),
    path("checks/own/", own_checks.own_check_list, name="own_check_list"),
    path("checks/own/<int:pk>/declare/", own_checks.own_declaration_sign, name="own_declaration_sign"),
    path("checks/seats/<int:pk>/new/", checks.check_open, name="check_open"),
    path("checks/evidence/<int:pk>/", checks.evidence_download, name="evidence_download"),
    path("checks/evidence/<int:pk>/remove/", checks.evidence_remove, name="evidence_remove"),
    path("checks/declarations/<int:pk>/", checks.declaration_read, name="declaration_read"),
    path("checks/<int:pk>/", checks.check_detail, name="check_detail"),
    path("checks/<int:pk>/ask/", checks.declaration_ask, name="declaration_ask"),
    path("checks/<int:pk>/close/", checks.check_close, name="check_close"),
    path("checks/<int:pk>/<slug:kind>/record/", checks.check_record, name="check_record"),
    path("checks/<int:pk>/<slug:kind>/waive/", checks.check_waive, name="check_waive"),
    path("checks/<int:pk>/<slug:kind>/evidence/", checks.evidence_create, name="evidence_create"),
    path("trusts/<str:ods_code>/board/attest/", attestations.board_attest, name="board_attest"),
]
