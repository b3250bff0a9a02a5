"""The applicant's doors."""

from django.urls import path

from talent.views import (
    applicant_after,
    applicant_clash,
    applicant_eligibility,
    applicant_equality,
    applicant_files,
    applicant_form,
    applicant_list,
    applicant_pair,
    applicant_submitting,
    cohorts,
)

_INTAKE = "applications/intakes/<int:intake_id>"
_ONE = "applications/<slug:reference>"
_SECTION = f"{_ONE}/sections/<slug:key>"

urlpatterns = [
    path("your-programmes/", cohorts.own_programme_list, name="own_programme_list"),
    path("applications/", applicant_list.application_list, name="application_list"),
    path("applications/mail/", applicant_list.mail_choice, name="mail_choice"),
    path("applications/complaints/new/", applicant_after.complaint_create, name="complaint_create"),
    path("applications/complaints/<slug:reference>/", applicant_after.complaint_detail, name="complaint_detail"),
    path(f"{_INTAKE}/eligibility/", applicant_eligibility.eligibility, name="eligibility"),
    path(f"{_INTAKE}/eligibility/result/", applicant_eligibility.eligibility_result, name="eligibility_result"),
    path(f"{_INTAKE}/start/", applicant_eligibility.application_start, name="application_start"),
    path("applications/invitations/<int:pk>/", applicant_pair.invitation_answer, name="invitation_answer"),
    path(f"{_ONE}/pair/", applicant_pair.pair_detail, name="pair_detail"),
    path(f"{_ONE}/pair/confirm/", applicant_pair.pair_confirm, name="pair_confirm"),
    path(f"{_ONE}/pair/end/", applicant_pair.pair_end, name="pair_end"),
    path(f"{_ONE}/", applicant_list.application_detail, name="application_detail"),
    path(f"{_SECTION}/", applicant_form.section_edit, name="section_edit"),
    path(f"{_SECTION}/autosave/", applicant_form.section_autosave, name="section_autosave"),
    path(f"{_SECTION}/clash/<int:pk>/", applicant_clash.section_clash, name="section_clash"),
    path(f"{_ONE}/files/<int:pk>/", applicant_files.attachment_download, name="attachment_download"),
    path(f"{_ONE}/files/<int:pk>/remove/", applicant_files.attachment_remove, name="attachment_remove"),
    path(f"{_ONE}/submit/", applicant_submitting.application_submit, name="application_submit"),
    path(f"{_ONE}/submitted/", applicant_submitting.application_submitted, name="application_submitted"),
    path(f"{_ONE}/copy/", applicant_submitting.application_copy, name="application_copy"),
    path(f"{_ONE}/withdraw/", applicant_after.application_withdraw, name="application_withdraw"),
    path(f"{_ONE}/adjustments/", applicant_after.adjustment_edit, name="adjustment_edit"),
    path(f"{_ONE}/equality/", applicant_equality.equality_edit, name="equality_edit"),
    path(f"{_ONE}/equality/delete/", applicant_equality.equality_erase, name="equality_erase"),
    path(f"{_ONE}/offer/", applicant_after.offer_detail, name="offer_detail"),
    path(f"{_ONE}/offer/<slug:answer>/", applicant_after.offer_answer, name="offer_answer"),
    path(f"{_ONE}/feedback/", applicant_after.feedback_detail, name="feedback_detail"),
]
