"""The doors to campaigns: the talent team's, a panel member's, everybody's."""

from django.urls import path

from appointments.views import announcements, campaign_outcomes, campaign_steps, campaigns, names, opportunities, panels

_ONE = "campaigns/<int:pk>"

urlpatterns = [
    path("campaigns/", campaigns.campaign_list, name="campaign_list"),
    path("campaigns/vacancies/", campaigns.vacancy_list, name="vacancy_list"),
    path("campaigns/seats/<int:pk>/new/", campaigns.campaign_create, name="campaign_create"),
    path(f"{_ONE}/", campaigns.campaign_detail, name="campaign_detail"),
    path(f"{_ONE}/specification/", campaigns.campaign_specification, name="campaign_specification"),
    path(f"{_ONE}/panel/new/", campaigns.panel_add, name="panel_add"),
    path("campaigns/panel/<int:pk>/remove/", campaigns.panel_remove, name="panel_remove"),
    path(f"{_ONE}/steps/<slug:name>/", campaign_steps.campaign_step, name="campaign_step"),
    path(f"{_ONE}/choose/<slug:name>/", campaign_steps.campaign_choose, name="campaign_choose"),
    path(f"{_ONE}/outcome/", campaign_outcomes.campaign_outcome, name="campaign_outcome"),
    path(f"{_ONE}/outcome/<slug:reference>/<slug:name>/", campaign_outcomes.campaign_answer, name="campaign_answer"),
    path("panels/", panels.panel_list, name="panel_list"),
    path("panels/<int:pk>/", panels.panel_detail, name="panel_detail"),
    path("panels/applications/<slug:reference>/", panels.panel_score, name="panel_score"),
    path("panels/applications/<slug:reference>/declare/", panels.panel_declare, name="panel_declare"),
    path("panels/applications/<slug:reference>/draft/", panels.panel_autosave, name="panel_autosave"),
    path("panels/applications/<slug:reference>/conflicts/", panels.panel_talk, name="panel_talk"),
    path("opportunities/names/", names.name_list, name="name_list"),
    path("opportunities/names/<slug:reference>/", names.name_consent, name="name_consent"),
    path("announcements/", announcements.announcement_list, name="announcement_list"),
    path("announcements/<int:pk>/", announcements.announcement_detail, name="announcement_detail"),
    path("announcements/<int:pk>/publish/", announcements.announcement_publish, name="announcement_publish"),
    path("announcements/appointments/<int:pk>/", announcements.announcement_edit, name="announcement_edit"),
    path("opportunities/", opportunities.opportunity_list, name="opportunity_list"),
    path("opportunities/feed.rss", opportunities.opportunity_rss, name="opportunity_rss"),
    path("opportunities/feed.json", opportunities.opportunity_json, name="opportunity_json"),
    path("opportunities/<int:pk>/", opportunities.opportunity_detail, name="opportunity_detail"),
]
