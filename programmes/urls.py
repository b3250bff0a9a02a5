"""Every door to collaboratives, events, networks and the library; the programmes' own pages are Wagtail's."""

from django.urls import path

from programmes import urls_events, urls_learning, urls_library
from programmes.views import charts, collaboratives, enrolments, plans, uploads, waves

app_name = "programmes"

TRUST = "collaboratives/trusts/<int:pk>/"
PLAN = "collaboratives/plans/<int:pk>/"
CHART = f"{TRUST}charts/<slug:code>/"

urlpatterns = [
    *urls_library.urlpatterns,
    path("collaboratives/", collaboratives.collaborative_list, name="collaborative_list"),
    path(TRUST, enrolments.enrolment_detail, name="enrolment_detail"),
    path(f"{TRUST}plan/", plans.plan_begin, name="plan_begin"),
    path(PLAN, plans.plan_detail, name="plan_detail"),
    path(f"{PLAN}edit/", plans.plan_edit, name="plan_edit"),
    path(f"{PLAN}autosave/", plans.plan_autosave, name="plan_autosave"),
    path(f"{PLAN}pdf/", plans.plan_paper, name="plan_paper"),
    path(f"{PLAN}board-report/", plans.board_report, name="board_report"),
    path(f"{PLAN}comment/", plans.plan_comment, name="plan_comment"),
    path(f"{PLAN}score/", plans.plan_score, name="plan_score"),
    path(f"{PLAN}targets/", plans.plan_target, name="plan_target"),
    path(f"{PLAN}steps/<slug:kind>/", plans.plan_step, name="plan_step"),
    path(f"{PLAN}ideas/new/", plans.idea_create, name="idea_create"),
    path(f"{PLAN}ideas/<int:idea>/", plans.idea_edit, name="idea_edit"),
    path(f"{PLAN}ideas/<int:idea>/out/", plans.idea_drop, name="idea_drop"),
    path(f"{PLAN}ideas/<int:idea>/done/", plans.idea_finish, name="idea_finish"),
    path(f"{PLAN}ideas/<int:idea>/test/", plans.cycle_begin, name="cycle_begin"),
    path(f"{PLAN}tests/<int:cycle>/", plans.cycle_end, name="cycle_end"),
    path(f"{TRUST}data-pack/", enrolments.data_pack, name="data_pack"),
    path(f"{TRUST}shared/", enrolments.peer_detail, name="peer_detail"),
    path(f"{TRUST}steps/<int:step>/", enrolments.step_hold, name="step_hold"),
    path(f"{TRUST}share/", enrolments.enrolment_share, name="enrolment_share"),
    path(f"{TRUST}figures/<str:month>/", enrolments.figures_edit, name="figures_edit"),
    path(CHART, charts.chart_detail, name="chart_detail"),
    path(f"{CHART}csv/", charts.chart_csv, name="chart_csv"),
    path(f"{CHART}png/", charts.chart_png, name="chart_png"),
    path(f"{CHART}notes/new/", charts.note_create, name="note_create"),
    path(f"{CHART}notes/<int:note>/withdraw/", charts.note_withdraw, name="note_withdraw"),
    path(f"{CHART}target/", charts.target_edit, name="target_edit"),
    path("collaboratives/figures/file/", uploads.upload_create, name="upload_create"),
    path("collaboratives/figures/file/template/", uploads.upload_template, name="upload_template"),
    path("collaboratives/figures/file/<int:pk>/", uploads.upload_detail, name="upload_detail"),
    path("collaboratives/<slug:slug>/", collaboratives.collaborative_detail, name="collaborative_detail"),
    path("collaboratives/<slug:slug>/choose/", waves.trusts_choose, name="trusts_choose"),
    path("collaboratives/<slug:slug>/choose/confirm/", waves.trusts_confirm, name="trusts_confirm"),
    path("collaboratives/<slug:slug>/step/", waves.wave_step, name="wave_step"),
    path("collaboratives/<slug:slug>/export/", collaboratives.collaborative_export, name="collaborative_export"),
    *urls_events.urlpatterns,
    *urls_learning.urlpatterns,
]
