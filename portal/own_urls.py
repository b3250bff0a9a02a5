"""Ground-floor doors: the signed-in home, search, trusts, people and their access, staff."""

from django.urls import path

from portal.views import home, invitations, people, site_search, staff, trusts

app_name = "portal"

PEOPLE = "organisations/<str:ods_code>/people/"
INVITATION = "organisations/<str:ods_code>/invitations/<int:pk>/"

urlpatterns = [
    path("home/", home.home, name="home"),
    path("search/", site_search.site_search, name="site_search"),
    path("trusts/", trusts.organisation_list, name="organisation_list"),
    path("trusts/<str:ods_code>/", trusts.organisation_detail, name="organisation_detail"),
    path(PEOPLE, people.people_list, name="people_list"),
    path(f"{PEOPLE}invite/", people.invitation_create, name="invitation_create"),
    path(f"{PEOPLE}confirm/", people.confirmation_create, name="confirmation_create"),
    path(f"{PEOPLE}<int:pk>/", people.people_detail, name="people_detail"),
    path(f"{PEOPLE}<int:pk>/administrator/", people.people_delegate, name="people_delegate"),
    path(f"{PEOPLE}<int:pk>/remove/", people.people_remove, name="people_remove"),
    path(INVITATION, people.invitation_detail, name="invitation_detail"),
    path(f"{INVITATION}send-again/", people.invitation_resend, name="invitation_resend"),
    path(f"{INVITATION}withdraw/", people.invitation_revoke, name="invitation_revoke"),
    path("invitations/<str:token>/", invitations.invitation_accept, name="invitation_accept"),
    path("staff/confirmations/", staff.confirmation_list, name="confirmation_list"),
    path("staff/jobs/", staff.job_list, name="job_list"),
    path("staff/jobs/<int:pk>/retry/", staff.job_retry, name="job_retry"),
]
