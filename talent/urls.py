"""Every door to people and applications, by audience, under one name."""

from talent import urls_applicant, urls_placement, urls_profile, urls_reviewer, urls_staff

app_name = "talent"
urlpatterns = [
    *urls_applicant.urlpatterns,
    *urls_placement.urlpatterns,
    *urls_profile.urlpatterns,
    *urls_reviewer.urlpatterns,
    *urls_staff.urlpatterns,
]
