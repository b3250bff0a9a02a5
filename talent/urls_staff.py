"""The talent team's doors."""

from django.urls import path

from talent.views import assignments, candidates, candidates_care, cohorts, duplicates, export, people, sift

urlpatterns = [
    path("talent/candidates/", candidates.candidate_list, name="candidate_list"),
    path("talent/candidates/export/", export.candidate_export, name="candidate_export"),
    path("talent/candidates/<str:reference>/", candidates.candidate_detail, name="candidate_detail"),
    path("talent/candidates/<str:reference>/move/<slug:name>/", candidates.candidate_move, name="candidate_move"),
    path("talent/candidates/<str:reference>/files/<int:pk>/", candidates.candidate_file, name="candidate_file"),
    path("talent/candidates/<str:reference>/finding/", candidates.candidate_finding, name="candidate_finding"),
    path("talent/candidates/<str:reference>/interest/", candidates.candidate_interest, name="candidate_interest"),
    path("talent/candidates/<str:reference>/reviews/", candidates.candidate_reviews, name="candidate_reviews"),
    path("talent/candidates/<str:reference>/reviewers/", assignments.assignment_edit, name="assignment_edit"),
    path("talent/candidates/<str:reference>/adjustment/", candidates_care.adjustment_answer, name="adjustment_answer"),
    path("talent/candidates/<str:reference>/feedback/", candidates_care.feedback_edit, name="feedback_edit"),
    path("talent/candidates/<str:reference>/redaction/", candidates_care.redaction_edit, name="redaction_edit"),
    path(
        "talent/candidates/<str:reference>/redaction/<int:pk>/remove/",
        candidates_care.redaction_remove,
        name="redaction_remove",
    ),
    path("talent/reviews/<int:pk>/take-away/", assignments.review_take_away, name="review_take_away"),
    path("talent/interests/<int:pk>/lift/", assignments.interest_lift, name="interest_lift"),
    path("talent/intakes/", sift.intake_list, name="intake_list"),
    path("talent/intakes/<int:pk>/sift/", sift.sift_list, name="sift_list"),
    path("talent/intakes/<int:pk>/sift/move/", sift.sift_bulk, name="sift_bulk"),
    path("talent/intakes/<int:pk>/assignment/", assignments.assignment_plan, name="assignment_plan"),
    path("talent/intakes/<int:pk>/scores/", assignments.score_table, name="score_table"),
    path("talent/cohorts/", cohorts.cohort_list, name="cohort_list"),
    path("talent/cohorts/<int:pk>/", cohorts.cohort_detail, name="cohort_detail"),
    path("talent/cohorts/participants/<int:pk>/outcome/", cohorts.outcome_add, name="outcome_add"),
    path("talent/people/<int:pk>/", people.person_detail, name="person_detail"),
    path("talent/duplicates/", duplicates.duplicate_list, name="duplicate_list"),
    path("talent/duplicates/<int:pk>/", duplicates.duplicate_detail, name="duplicate_detail"),
    path("talent/duplicates/<int:pk>/undo/", duplicates.duplicate_undo, name="duplicate_undo"),
    path("talent/drafts/", people.draft_list, name="draft_list"),
    path("talent/drafts/<str:reference>/", people.extension_edit, name="extension_edit"),
    path("talent/complaints/", candidates_care.complaint_list, name="complaint_list"),
    path("talent/complaints/<str:reference>/", candidates_care.complaint_answer, name="complaint_answer"),
]
