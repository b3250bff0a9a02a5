"""Every door to executives' pay and proposals and to the interims' register; mounted by urls.py."""

from django.urls import path

from appointments.views import executives, interims

urlpatterns = [
    path("trusts/<str:ods_code>/board/pay/", executives.board_pay, name="board_pay"),
    path("boards/tenures/<int:pk>/pay/", executives.tenure_pay, name="tenure_pay"),
    path("boards/off-payroll/", executives.off_payroll_list, name="off_payroll_list"),
    path("boards/seats/<int:pk>/executive/", executives.executive_propose, name="executive_propose"),
    path("interims/", interims.interim_list, name="interim_list"),
    path("interims/new/", interims.interim_join, name="interim_join"),
    path("interims/<int:pk>/", interims.interim_detail, name="interim_detail"),
    path("interims/<int:pk>/edit/", interims.interim_edit, name="interim_edit"),
    path("interims/<int:pk>/withdraw/", interims.interim_withdraw, name="interim_withdraw"),
    path("interims/<int:pk>/assign/", interims.interim_assign, name="interim_assign"),
]
