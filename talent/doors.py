"""Where the signed-in home leads people who apply, who review, and who work on talent."""

from collections.abc import Iterable

from django.urls import reverse_lazy

from portal.access import Access
from portal.doorway import Door, opens
from portal.models import Role, User

YOURS, TALENT = "Your applications", "Talent"

APPLICANT = (
    Door("Your applications", reverse_lazy("talent:application_list"), YOURS),
    Door("Your profile and talent pools", reverse_lazy("talent:profile_detail"), YOURS),
    Door("Your programmes", reverse_lazy("talent:own_programme_list"), YOURS),
)
REVIEWER = (Door("Your reviews", reverse_lazy("talent:review_list"), "Reviewing"),)
STAFF = (
    Door("Candidates", reverse_lazy("talent:candidate_list"), TALENT),
    Door("Intakes: sift, reviewers, scores", reverse_lazy("talent:intake_list"), TALENT),
    Door("Unsent drafts and extensions", reverse_lazy("talent:draft_list"), TALENT),
    Door("Talent pools", reverse_lazy("talent:pool_list"), TALENT),
    Door("Curated pools", reverse_lazy("talent:curated_list"), TALENT),
)
TEAM = (Door("Possible duplicates", reverse_lazy("talent:duplicate_list"), TALENT),)
PLACEMENTS = (Door("Placements", reverse_lazy("talent:placement_list"), TALENT),)
COHORTS = (Door("Cohorts", reverse_lazy("talent:cohort_list"), TALENT),)
COMPLAINTS = (Door("Complaints", reverse_lazy("talent:complaint_list"), TALENT),)


@opens
def talent_doors(user: User, access: Access) -> Iterable[Door]:
    yield from APPLICANT
    if Role.REVIEWER in access.roles:
        yield from REVIEWER
    if access.is_talent_staff:
        yield from STAFF
    if access.is_talent_team:
        yield from TEAM
    if access.is_talent_staff or access.trust_ids:
        yield from PLACEMENTS
    if access.is_talent_team:
        yield from COHORTS
    if access.is_talent_team and access.administers_ids:
        yield from COMPLAINTS
