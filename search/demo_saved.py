"""Saved searches of the demonstration: two pools by rule and one of the lead's own, each watched by somebody."""

from portal.demo import Stage
from search.alerting import begin_watching
from search.facets import place_of
from search.queries import Question
from talent.models import Person, RoleSought, SavedSearch, SearchWatch
from talent.saved_searches import save_search

READY = place_of(Person.Readiness, [Person.Readiness.NOW])
NON_EXECUTIVE = place_of(RoleSought, [RoleSought.NED, RoleSought.ASSOCIATE_NED])


def keep_searches(stage: Stage) -> None:
    team, lead = stage.accounts["talent_team"], stage.accounts["regional_lead"]
    region = lead.memberships.exclude(region=None).get().region
    finance = save_search(
        "Money on boards, ready now",
        Question(text="finance", chosen={"role": NON_EXECUTIVE, "readiness": READY}).as_data(),
        purpose="For audit committees whose chair leaves within the year.",
        audience=SavedSearch.Audience.NATIONAL,
        by=team,
        at=stage.days_ago(40),
    )
    local = save_search(
        f"Clinicians of {region} who would serve on a board",
        Question(text="nurse", chosen={"role": NON_EXECUTIVE}).as_data(),
        purpose="Quality committees ask for clinical experience.",
        audience=SavedSearch.Audience.REGION,
        region=region,
        by=lead,
        at=stage.days_ago(20),
    )
    save_search(
        "Digital change in large organisations",
        Question(text="digital").as_data(),
        by=team,
        at=stage.days_ago(110),
    )
    # Whoever is found today is known: the demonstration begins without a heap of messages.
    begin_watching(finance, SearchWatch.Frequency.WEEKLY, by=team, at=stage.at)
    begin_watching(local, SearchWatch.Frequency.DAILY, by=lead, at=stage.at)
