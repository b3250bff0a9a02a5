"""Where the signed-in home leads administrators, editors, and everybody with an account."""

from collections.abc import Iterable

from django.urls import reverse, reverse_lazy

from portal.access import Access, may_use_cms
from portal.doorway import Door, opens
from portal.models import Organisation, User

PEOPLE, WEBSITE, ACCOUNT = "People and access", "Website", "Your account"

TEAM = (
    Door("Lists of people that are overdue", reverse_lazy("portal:confirmation_list"), PEOPLE),
    Door("Jobs that gave up", reverse_lazy("portal:job_list"), PEOPLE),
)
EVERYBODY = (
    Door("Change your email address", reverse_lazy("account_email"), ACCOUNT),
    Door("Change your password", reverse_lazy("account_change_password"), ACCOUNT),
    Door("Second factor for signing in", reverse_lazy("mfa_index"), ACCOUNT),
)


@opens
def ground_floor_doors(user: User, access: Access) -> Iterable[Door]:
    for name, ods_code in Organisation.objects.filter(pk__in=access.administers_ids).values_list("name", "ods_code"):
        yield Door(f"People of {name}", reverse("portal:people_list", args=[ods_code]), PEOPLE)
    if access.is_talent_team:
        yield from TEAM
    if may_use_cms(user):
        yield Door("Edit pages, schemes and intakes", reverse("wagtailadmin_home"), WEBSITE)
    yield Door("Trusts", reverse("portal:organisation_list"), WEBSITE)
    yield from EVERYBODY
