"""Campaigns of 2017/18 for the demonstration, each led through its own acts to another stage.

The seats are made vacant by adding a seat of its own to a board, so that nothing else of the year changes.
"""

import datetime as dt
from dataclasses import dataclass
from random import Random

from appointments import (
    campaign_policies,
    campaigning,
    consenting,
    demo_skills,
    offering,
    panel,
    recommending,
    reserving,
)
from appointments.agenda import add_proposals
from appointments.demo_announcing import announce
from appointments.demo_campaign_plans import EVIDENCE, FOUNDATION, PLANS, SAID, STATEMENTS, Plan
from appointments.demo_fitness import find_fit
from appointments.models import Campaign, Committee, Meeting, PanelMember, Proposal, Seat
from appointments.proposing import obstacles
from portal.demo import SEED, Stage, london
from portal.models import Job, Organisation, Role, User
from talent import skills
from talent.applying import pseudonym_of
from talent.models import Application, Person, SectionAnswer, State
from talent.models.application import new_reference
from talent.workflow import Actor, move


def load_campaigns(stage: Stage, committee: Committee) -> None:
    campaign_policies.load()
    skills.load()
    chance, team = Random(SEED + 4), stage.accounts["talent_team"]
    taken: set[int] = set()
    for number, plan in enumerate(stage.progress(PLANS, "Campaigns")):
        board = _board(plan.kind, chance, taken)
        begun = london(plan.begins) if isinstance(plan.begins, dt.date) else stage.days_ago(plan.begins)
        demo_skills.want(board, number, by=team, at=begun - dt.timedelta(days=30))
        sitting = demo_skills.sitting_on(board, stage.at.date())
        demo_skills.bring(sitting, chance, by=team, at=begun - dt.timedelta(days=20))
        _lead(stage, plan, board, chance, begun, committee)
    Job.objects.filter(kind="talent.tell_applicant", done_at=None).update(done_at=stage.at)


def _board(kind: str, chance: Random, taken: set[int]) -> Organisation:
    boards = Organisation.objects.filter(kind=kind, closed_on=None).exclude(pk__in=taken).order_by("ods_code")
    board = chance.choice(list(boards))
    taken.add(board.pk)
    return board


def _lead(
    stage: Stage, plan: Plan, board: Organisation, chance: Random, begun: dt.datetime, committee: Committee
) -> None:
    team = stage.accounts["talent_team"]
    seat = Seat.objects.create(
        board=board,
        role=Seat.Role.NED,
        designation=plan.designation,
        number=board.seats.filter(role=Seat.Role.NED).count() + 1,
        days_a_month="2.5",
        opened_on=begun.date(),
    )
    campaign = campaigning.start_campaign(
        seat,
        about=plan.about,
        closes_on=begun.date() + dt.timedelta(days=32),
        trust_asked_on=begun.date() - dt.timedelta(days=7),
        by=team,
        at=begun,
    )
    members = _panel(stage, campaign, chance, team, begun)
    run = _Run(stage, plan, campaign, members, chance, team, begun, committee)
    for name, step in STEPS:
        if plan.until == "preparing":
            return
        step(run)
        if name == plan.until:
            return


@dataclass(slots=True)
class _Run:
    """What the steps share; `at` is the day they have come to."""

    stage: Stage
    plan: Plan
    campaign: Campaign
    members: list[User]
    chance: Random
    team: User
    at: dt.datetime
    committee: Committee

    def after(self, days: int) -> dt.datetime:
        self.at += dt.timedelta(days=days)
        return self.at

    def ids(self) -> list[int]:
        self.campaign = Campaign.objects.get(pk=self.campaign.pk)
        return list(Application.objects.filter(intake=self.campaign.intake).order_by("pk").values_list("pk", flat=True))


def _panel(stage: Stage, campaign: Campaign, chance: Random, team: User, at: dt.datetime) -> list[User]:
    """The reviewer to sign in as sits on every panel; the others change."""
    own = stage.accounts["reviewer"]
    eligible = set(panel.eligible_for(campaign, stage.at))
    reviewers = [user for user in stage.cast[Role.REVIEWER] if user != own and user in eligible]
    members = [*chance.sample(reviewers, 2), own]
    for number, user in enumerate(members):
        PanelMember.objects.create(
            campaign=campaign,
            user=user,
            role=PanelMember.Role.CHAIR if number == 0 else PanelMember.Role.MEMBER,
            independent=number == 1,
            added_at=at,
            added_by=team,
        )
    return members


def _open(run: _Run) -> None:
    run.campaign = campaigning.open_campaign(run.campaign, by=run.team, at=run.after(1))
    for number in range(run.plan.applicants):
        sent = run.at + dt.timedelta(days=number % 4, hours=number)
        stood = number == 0 and run.plan.until == "announced"  # so that an announcement has something to tell
        _apply(run, min(sent, run.stage.at), STATEMENTS[number % len(STATEMENTS)], stood=stood)


def _apply(run: _Run, at: dt.datetime, statement: str, *, stood: bool) -> None:
    name, region = run.stage.new_name(), run.campaign.seat.board.region
    email = f"{name.split()[0].lower()}.{name.split()[-1].lower()}.{run.campaign.pk}@example.org"
    user = User.objects.create(email=email, full_name=name)
    user.set_unusable_password()
    user.save()
    person = Person.objects.create(user=user, full_name=name, email=email, region=region, created_at=at)
    intake = run.campaign.intake
    reference = new_reference(intake.scheme.code)
    application = Application.objects.create(
        person=person,
        intake=intake,
        question_set=intake.question_set or intake.scheme.question_sets.first(),
        region=region,
        reference=reference,
        pseudonym=pseudonym_of(reference),
        started_at=at,
        state_since=at,
    )
    none = {"applies": ["none"], "details": ""}
    # Five years are asked about.
    council = {"applies": ["candidate"], "details": f"Stood for my town council in {at.year - 2}."}
    political = council if stood or run.chance.random() < 0.3 else none
    pages = {
        "about-you": {"full_name": name, "phone": "", "postcode": "", "current_role": "Director"},
        "how-you-meet-the-specification": {
            "essential": statement,
            "desirable": "I have used this trust’s services, and so has my family.",
            "motivation": "I want to give back where I live, and I know how a good board changes what staff can do.",
        },
        "declarations": {"political": political, "interests": none, "disqualification": none},
    }
    SectionAnswer.objects.bulk_create(
        SectionAnswer(
            application=application, section_key=key, values=values, revision=1, saved_at=at, is_complete=True
        )
        for key, values in pages.items()
    )
    application.submitted_at = at
    application.save(update_fields=["submitted_at"])
    move(application, "submit", by=user, actor=Actor.APPLICANT, at=at)


def _longlist(run: _Run) -> None:
    at = run.after(34)
    reason = "No experience of leading at the level of a board."
    campaigning.make_longlist(
        run.campaign, chosen=run.ids()[: max(4, run.plan.applicants - 1)], by=run.team, at=at, reason=reason
    )


def _sift(run: _Run) -> None:
    campaigning.begin_sift(run.campaign, by=run.team, at=run.after(2))
    if run.plan.until == "sift":
        _score(run, run.members[:2])  # the third is the one to sign in as


def _score(run: _Run, members: list[User]) -> None:
    at, criteria = run.after(5), list(run.campaign.criteria.all())
    for user in members:
        for application in panel.readable_by(user).filter(intake=run.campaign.intake).order_by("pk"):
            panel.declare_none(application, by=user, at=at)
            if application.state == State.INTERVIEW and user == members[0]:
                panel.talk_of_conflicts(application, manageable=True, said=run.chance.choice(SAID), by=user, at=at)
            given = {c.pk: panel.Given(run.chance.choice((2, 3, 3, 4)), run.chance.choice(EVIDENCE)) for c in criteria}
            panel.score(application, given, by=user, at=at)


def _shortlist(run: _Run) -> None:
    _score(run, run.members)
    there = Application.objects.filter(intake=run.campaign.intake, state="sift").order_by("pk")
    chosen = list(there.values_list("pk", flat=True)[:3])
    reason = "Others gave stronger evidence of the essential criteria."
    campaigning.make_shortlist(run.campaign, chosen=chosen, by=run.team, at=run.after(1), reason=reason)


def _interview(run: _Run) -> None:
    campaigning.begin_interviews(run.campaign, by=run.team, at=run.after(3))
    applied = Application.objects.filter(intake=run.campaign.intake, state=State.INTERVIEW).select_related(
        "person__user"
    )
    demo_skills.bring([a.person for a in applied], run.chance, by=run.team, at=run.at)


def _verdict(run: _Run) -> None:
    run.after(9)
    _score(run, run.members)
    there = Application.objects.filter(intake=run.campaign.intake, state="interview").order_by("pk")
    reason = "The panel agreed without a vote; its notes are kept with the campaign."
    chosen = list(there.values_list("pk", flat=True)[:3])
    campaigning.record_verdicts(run.campaign, appointable=chosen, by=run.team, at=run.after(1), reason=reason)


def _recommend(run: _Run) -> None:
    first, *others = Application.objects.filter(intake=run.campaign.intake, state="appointable").order_by("pk")
    at = run.after(4)
    reserving.list_reserves(run.campaign, others[:1], by=run.team, at=at)
    for application in others[1:]:
        reason = "Appointable, but not among the first two."
        recommending.not_chosen(run.campaign, application, by=run.team, at=at, reason=reason)
    if run.plan.until != "concluded":
        _put_forward(run, first, at)
    else:
        # Their new employer would not agree to the days: the seat is filled from the reserve list or again.
        move(first, "withdraw", by=first.person.user, actor=Actor.APPLICANT, at=at, reason="A new post abroad")


def _put_forward(run: _Run, first: Application, at: dt.datetime) -> None:
    """To the committee's next meeting, or to the foundation trust that asked."""
    reason = "The strongest evidence on every essential criterion, and the panel’s first choice."
    given = {"by": run.team, "at": at, "reason": reason}
    if run.plan.kind == FOUNDATION:
        consenting.answer(first, given=True, by=first.person.user, at=at)
        recommending.put_to_trust(run.campaign, first, **given)
        return
    term = offering.suggested_term(run.campaign.seat, day=at.date())
    proposal = recommending.recommend(run.campaign, first, term=term, **given)
    find_fit([proposal], by=run.team, day=at.date())
    if run.plan.until == "announced":
        return
    planned = Meeting.objects.filter(state=Meeting.State.PLANNED, starts_at__gt=run.stage.at)
    meeting = planned.order_by("starts_at").first()
    if meeting is not None and not obstacles(proposal, day=meeting.day):
        add_proposals(meeting, [proposal], by=run.team, at=run.stage.at)


def _announce(run: _Run) -> None:
    if run.plan.until == "announced":
        proposal = (
            Proposal.objects.open()
            .select_related("application__person__user")
            .get(application__intake=run.campaign.intake)
        )
        announce(run.stage, run.campaign, proposal, run.committee, run.chance)


def _conclude(run: _Run) -> None:
    reason = "The first choice withdrew. The second stays on the reserve list; the board waits for the merger."
    recommending.conclude(run.campaign, by=run.team, at=run.after(8), reason=reason)


STEPS = (
    ("advertised", _open),
    ("longlist", _longlist),
    ("sift", _sift),
    ("shortlist", _shortlist),
    ("interview", _interview),
    ("verdict", _verdict),
    ("recommended", _recommend),
    ("announced", _announce),
    ("concluded", _conclude),
)
