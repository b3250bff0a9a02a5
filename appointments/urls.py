"""Every door to committees, decisions and boards."""

from django.urls import path

from appointments import urls_networks
from appointments.views import agenda, boards, committees, decisions, items, meetings, packs, tenures, terms

app_name = "appointments"
urlpatterns = [
    path("trusts/<str:ods_code>/board/", boards.board_detail, name="board_detail"),
    path("trusts/<str:ods_code>/board/confirm/", boards.board_confirm, name="board_confirm"),
    path("boards/confirmations/<int:pk>/settle/", boards.board_settle, name="board_settle"),
    path("boards/tenures/<int:pk>/", tenures.tenure_detail, name="tenure_detail"),
    path("boards/tenures/<int:pk>/end/", tenures.tenure_end, name="tenure_end"),
    path("boards/seats/<int:pk>/notice/", tenures.notice_create, name="notice_create"),
    path("boards/terms/", terms.term_list, name="term_list"),
    path("boards/terms/export/", terms.term_export, name="term_export"),
    path("committees/", committees.committee_list, name="committee_list"),
    path("committees/new/", committees.committee_create, name="committee_create"),
    path("committees/<int:pk>/", committees.committee_detail, name="committee_detail"),
    path("committees/<int:pk>/edit/", committees.committee_edit, name="committee_edit"),
    path("committees/<int:pk>/seats/new/", committees.seat_create, name="seat_create"),
    path("committees/seats/<int:pk>/end/", committees.seat_end, name="seat_end"),
    path("committees/meetings/", meetings.meeting_list, name="meeting_list"),
    path("committees/meetings/new/", meetings.meeting_create, name="meeting_create"),
    path("committees/meetings/<int:pk>/", meetings.meeting_detail, name="meeting_detail"),
    path("committees/meetings/<int:pk>/edit/", meetings.meeting_edit, name="meeting_edit"),
    path("committees/meetings/<int:pk>/cancel/", meetings.meeting_cancel, name="meeting_cancel"),
    path("committees/meetings/<int:pk>/close/", meetings.meeting_close, name="meeting_close"),
    path("committees/meetings/<int:pk>/declare/", meetings.meeting_declare, name="meeting_declare"),
    path("committees/meetings/<int:pk>/minutes/", meetings.meeting_minutes, name="meeting_minutes"),
    path("committees/meetings/<int:pk>/agenda/", agenda.agenda_edit, name="agenda_edit"),
    path("committees/meetings/<int:pk>/agenda/business/", agenda.business_add, name="business_add"),
    path("committees/meetings/<int:pk>/pack/", packs.pack_detail, name="pack_detail"),
    path("committees/meetings/<int:pk>/pack/order/", packs.pack_order, name="pack_order"),
    path("committees/meetings/<int:pk>/pack/file/", packs.pack_download, name="pack_download"),
    path("committees/items/<int:pk>/appendices/new/", packs.appendix_create, name="appendix_create"),
    path("committees/appendices/<int:pk>/", packs.appendix_download, name="appendix_download"),
    path("committees/appendices/<int:pk>/remove/", packs.appendix_remove, name="appendix_remove"),
    path("committees/items/<int:pk>/", items.item_detail, name="item_detail"),
    path("committees/items/<int:pk>/vote/", items.item_vote, name="item_vote"),
    path("committees/items/<int:pk>/shift/", agenda.item_shift, name="item_shift"),
    path("committees/items/<int:pk>/remove/", agenda.item_remove, name="item_remove"),
    path("committees/items/<int:pk>/decide/", decisions.decision_create, name="decision_create"),
    path("committees/decisions/", decisions.decision_list, name="decision_list"),
    path("letters/<str:reference>/", decisions.letter_download, name="letter_download"),
    *urls_networks.urlpatterns,
]
