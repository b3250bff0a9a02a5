"""Doors to seats that fall vacant, proposals, foundation trusts' requests, and recorded relationships."""

from django.urls import path

from appointments.views import cases, proposals, relationships, seat_letters

urlpatterns = [
    path("boards/cases/", cases.case_list, name="case_list"),
    path("boards/cases/<int:pk>/", cases.case_detail, name="case_detail"),
    path("boards/cases/<int:pk>/intend/", cases.case_intend, name="case_intend"),
    path("boards/cases/<int:pk>/propose/", cases.case_propose, name="case_propose"),
    path("boards/cases/<int:pk>/support/", cases.support_ask, name="support_ask"),
    path("boards/support/<int:pk>/", cases.support_answer, name="support_answer"),
    path("boards/proposals/", proposals.proposal_list, name="proposal_list"),
    path("boards/proposals/<int:pk>/", proposals.proposal_detail, name="proposal_detail"),
    path("boards/proposals/<int:pk>/edit/", proposals.proposal_edit, name="proposal_edit"),
    path("boards/proposals/<int:pk>/agenda/", proposals.proposal_to_agenda, name="proposal_to_agenda"),
    path("boards/proposals/<int:pk>/withdraw/", proposals.proposal_withdraw, name="proposal_withdraw"),
    path("boards/proposals/interests/<int:pk>/lift/", proposals.interest_lift, name="interest_lift"),
    path("boards/seats/<int:pk>/propose/", proposals.seat_propose, name="seat_propose"),
    path("boards/seats/<int:pk>/propose/<slug:kind>/", proposals.proposal_create, name="proposal_create"),
    path("boards/letters/<int:pk>/", seat_letters.seat_letter_download, name="seat_letter_download"),
    path("committees/relationships/", relationships.relationship_list, name="relationship_list"),
    path("committees/relationships/new/", relationships.relationship_create, name="relationship_create"),
    path("committees/relationships/<int:pk>/end/", relationships.relationship_end, name="relationship_end"),
]
