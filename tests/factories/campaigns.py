"""Campaigns led through their own acts to any stage: `a_campaign("interview", applicants=3)`."""

import datetime as dt
from dataclasses import dataclass, field, replace
from typing import Any

from django.utils import timezone

from appointments import campaign_policies, campaigning, offering, panel, policies, recommending
from appointments.models import Campaign, PanelMember, Proposal
from portal.models import Organisation, Role, User
from talent.models import Application, SectionAnswer, State
from talent.workflow import Actor, move
from tests.factories.boards import SeatFactory
from tests.factories.portal import OrganisationFactory, UserFactory, member
from tests.factories.talent import ApplicationFactory, good_answers

POLITICAL_WORDS = "Stood for the Quillfeather Party in 2015"
ORDER = ("preparing", "advertised", "closed", "longlist", "sift", "shortlist", "interview", "verdict")


@dataclass
class Run:
    """One campaign with who leads it, who sits on its panel and who applied; `at` is the clock of its acts."""

    campaign: Campaign
    team: User
    panel: list[User]
    at: dt.datetime
    applications: list[Application] = field(default_factory=list)

    def fresh(self) -> Campaign:
        self.campaign = Campaign.objects.select_related("seat__board__region", "intake").get(pk=self.campaign.pk)
        return self.campaign

    def states(self) -> list[str]:
        found = Application.objects.filter(intake=self.fresh().intake).order_by("pk")
        return [str(state) for state in found.values_list("state", flat=True)]


def a_campaign(
    stage: str = "preparing", *, applicants: int = 2, foundation: bool = False, live: bool = False, **seat: Any
) -> Run:
    """At one of ORDER; everything happened long enough ago that it can go on now, or with `live` since
    the day before yesterday."""
    campaign_policies.load()
    policies.load()
    kind = Organisation.Kind.FOUNDATION_TRUST if foundation else Organisation.Kind.NHS_TRUST
    seat.setdefault("board", OrganisationFactory(kind=kind))
    team, at = member(Role.TALENT_TEAM), timezone.now() - dt.timedelta(days=2 if live else 40)
    campaign = campaigning.start_campaign(
        SeatFactory(**seat),
        about="A busy acute trust.",
        closes_on=(at + dt.timedelta(days=20)).date(),
        trust_asked_on=at.date() if foundation else None,
        by=team,
        at=at,
    )
    run = Run(campaign, team, [member(Role.REVIEWER) for _ in range(3)], at)
    for user in run.panel:
        role = PanelMember.Role.CHAIR if user == run.panel[0] else PanelMember.Role.MEMBER
        panel.add_member(campaign, user, role=role, independent=user == run.panel[1], by=team, at=at)
    for name in ORDER[1 : ORDER.index(stage) + 1]:
        run.at += dt.timedelta(hours=2)
        _LEADS[name](run, applicants)
    run.fresh()
    return run


def _open(run: Run, applicants: int) -> None:
    campaign = campaigning.open_campaign(run.campaign, by=run.team, at=run.at)
    run.applications = [an_applicant(campaign, at=run.at) for _ in range(applicants)]


def an_applicant(campaign: Campaign, *, at: dt.datetime, user: User | None = None) -> Application:
    """Somebody who applied an hour after `at`, and declared political activity."""
    application = ApplicationFactory(
        intake=campaign.intake, started_at=at, user=user or UserFactory(), region=campaign.seat.board.region
    )
    declared = good_answers()["declarations"] | {"political": {"applies": ["candidate"], "details": POLITICAL_WORDS}}
    answers = {
        "about-you": good_answers()["about-you"],
        "how-you-meet-the-specification": {
            "essential": "I chaired a housing board for six years.",
            "desirable": "",
            "motivation": "I was born there.",
        },
        "declarations": declared,
    }
    for key, values in answers.items():
        SectionAnswer.objects.create(
            application=application, section_key=key, values=values, revision=1, saved_at=at, is_complete=True
        )
    application.submitted_at = at + dt.timedelta(hours=1)
    application.save(update_fields=["submitted_at"])
    return move(application, "submit", by=application.person.user, actor=Actor.APPLICANT, at=application.submitted_at)


def _close(run: Run, applicants: int) -> None:
    run.at += dt.timedelta(days=21)


def _longlist(run: Run, applicants: int) -> None:
    chosen = [a.pk for a in run.applications]
    campaigning.make_longlist(run.campaign, chosen=chosen, by=run.team, at=run.at, reason="All meet the essentials.")


def _sift(run: Run, applicants: int) -> None:
    campaigning.begin_sift(run.campaign, by=run.team, at=run.at)


def everybody_scores(run: Run, points: int = 3) -> None:
    """Each member declares and scores each applicant they may read."""
    for user in run.panel:
        for application in panel.readable_by(user).filter(intake=run.fresh().intake):
            panel.declare_none(application, by=user, at=run.at)
            if user == run.panel[0] and application.state == State.INTERVIEW:
                panel.talk_of_conflicts(application, manageable=True, said="None.", by=user, at=run.at)
            given = {c.pk: panel.Given(points, "Clear evidence.") for c in run.campaign.criteria.all()}
            panel.score(application, given, by=user, at=run.at)


def _shortlist(run: Run, applicants: int) -> None:
    everybody_scores(run)
    chosen = [a.pk for a in run.applications]
    campaigning.make_shortlist(run.campaign, chosen=chosen, by=run.team, at=run.at, reason="Strong field.")


def _interview(run: Run, applicants: int) -> None:
    campaigning.begin_interviews(run.campaign, by=run.team, at=run.at)


def _verdict(run: Run, applicants: int) -> None:
    everybody_scores(run, 4)
    chosen = [a.pk for a in run.applications if Application.objects.get(pk=a.pk).state == State.INTERVIEW]
    campaigning.record_verdicts(run.campaign, appointable=chosen, by=run.team, at=run.at, reason="All could serve.")


def recommended(run: Run, application: Application, **term: Any) -> Proposal:
    """Put forward with the term that the form suggests, but for what is given."""
    suggested = offering.suggested_term(run.campaign.seat, day=timezone.localdate())
    assert suggested is not None
    return recommending.recommend(
        run.campaign, application, term=replace(suggested, **term), by=run.team, at=run.at, reason="The strongest."
    )


_LEADS = {
    "advertised": _open,
    "closed": _close,
    "longlist": _longlist,
    "sift": _sift,
    "shortlist": _shortlist,
    "interview": _interview,
    "verdict": _verdict,
}
