"""Every door to the reports; mounted by urls.py."""

from django.urls import path

from appointments.views import pipeline, reports

urlpatterns = [
    path("year-end-report/", reports.report_list, name="report_list"),
    path("year-end-report/<str:year>/", reports.report_detail, name="report_detail"),
    path("year-end-report/<str:year>/pdf/", reports.report_download, name="report_download"),
    path("year-end-report/<str:year>/pipeline/", pipeline.pipeline_detail, name="pipeline_detail"),
    path("year-end-report/<str:year>/pipeline/export/", pipeline.pipeline_export, name="pipeline_export"),
    path("year-end-report/<str:year>/<slug:figure>/", reports.report_rows, name="report_rows"),
]
