"""The ground floor's part of the demonstration: real trusts, and made-up people with a role each."""

import datetime as dt
from dataclasses import dataclass
from io import StringIO
from pathlib import Path

from allauth.account.models import EmailAddress
from django.conf import settings
from django.contrib.auth.hashers import make_password
from django.core.management import call_command

from portal import cms_groups
from portal.access import CMS_ROLES
from portal.confirmations import quarter_of
from portal.demo import Stage, london
from portal.models import AccessConfirmation, AccessEvent, Membership, Organisation, Region, Role, Standing, User
from portal.names import folded
from portal.trusts_import import the_body

TRUSTS_FILE = Path(settings.BASE_DIR) / "portal" / "data" / "trusts.csv"
PASSWORD = "Demonstration-2018"  # noqa: S105 - printed for everybody to try
YEAR_BEGINS = dt.date(2017, 4, 1)
JOINED = london(dt.date(2016, 4, 4))


@dataclass(frozen=True, slots=True)
class Account:
    """Somebody to sign in as; `role` is empty for applicants, who need no membership."""

    key: str
    full_name: str
    part: str
    to_try: str
    role: str = ""
    region: str = ""
    job_title: str = ""
    is_administrator: bool = False

    @property
    def email(self) -> str:
        return f"{self.key.replace('_', '.')}@example.org"


ACCOUNTS = (
    Account(
        "applicant_draft",
        "Rukhsana Whitlock",
        "Applicant with a draft",
        "go on with the NExT Director application you began, check your answers and submit it.",
    ),
    Account(
        "applicant_offer",
        "Delphine Asante",
        "Applicant with an offer",
        "read the committee's offer of a placement, then accept or decline it.",
    ),
    Account(
        "award_clinician",
        "Aurelia Nakamura-Boyd",
        "One of two who apply together",
        "write in the Sir Peter Carr Award form that you share with the manager, and confirm it.",
    ),
    Account(
        "award_manager",
        "Desmond Achterberg",
        "The other of the two",
        "see and change the same form, confirm it, or take your confirmation back.",
    ),
    Account(
        "reviewer",
        "Gwendolyn Achebe",
        "Reviewer",
        "score an application against the rubric, and declare a conflict of interest on another.",
        role=Role.REVIEWER,
        job_title="Independent reviewer",
    ),
    Account(
        "talent_team",
        "Imogen Tavistock",
        "Talent team",
        "sift, assign reviewers, compare scores, recommend, and begin a placement.",
        role=Role.TALENT_TEAM,
        job_title="Head of talent programmes",
        is_administrator=True,
    ),
    Account(
        "regional_lead",
        "Marcus Adeyinka",
        "Regional talent lead, Midlands and East",
        "see the same candidates and placements, of one region only.",
        role=Role.REGIONAL_LEAD,
        region="Midlands and East",
        job_title="Regional talent lead",
    ),
    Account(
        "committee_chair",
        "Honor Fairweather-Singh",
        "Committee chair",
        "open the next meeting, declare interests, and vote on its items.",
        role=Role.COMMITTEE_MEMBER,
        job_title="Chair, Provider Leadership Committee",
    ),
    Account(
        "committee_member",
        "Tobias Ekwueme",
        "Committee member",
        "read the papers of the next meeting, declare an interest and see the item leave your pack.",
        role=Role.COMMITTEE_MEMBER,
        job_title="Member, Provider Leadership Committee",
    ),
    Account(
        "trust_administrator",
        "Philippa Nandra",
        "Trust administrator",
        "invite a colleague, remove somebody who has left, and confirm this quarter's list.",
        role=Role.TRUST_USER,
        region="London",
        job_title="Company secretary",
        is_administrator=True,
    ),
    Account(
        "improvement_lead",
        "Callum Oyelaran",
        "Improvement lead",
        "see what waits for a clinical buddy of the collaboratives.",
        role=Role.IMPROVEMENT_LEAD,
        job_title="Clinical improvement lead",
    ),
    Account(
        "editor",
        "Beatrix Lindqvist",
        "Editor",
        "change a guidance page in the CMS, preview it and send it to a moderator.",
        role=Role.EDITOR,
        job_title="Content editor",
    ),
)

# How many more of each role there are beside the accounts above.
MORE = {
    Role.REVIEWER: (11, "Independent reviewer"),
    Role.TALENT_TEAM: (3, "Talent programmes manager"),
    Role.COMMITTEE_MEMBER: (5, "Member, Provider Leadership Committee"),
    Role.IMPROVEMENT_LEAD: (3, "Workforce improvement lead"),
    Role.EDITOR: (1, "Content editor"),
}
TRUST_POSTS = ("Chair", "Director of workforce", "Company secretary")


def load(stage: Stage) -> None:
    call_command("import_trusts", str(TRUSTS_FILE), stdout=StringIO())
    body = the_body()
    load_standings(stage)
    with_password = make_password(PASSWORD)
    users = {account.key: _user_for(account, with_password) for account in ACCOUNTS}
    stage.names_taken.update(account.full_name for account in ACCOUNTS)
    stage.accounts.update(users)
    memberships = [*_accounts_memberships(users, body), *_more_people(stage, body), *_trust_people(stage)]
    Membership.objects.bulk_create(memberships)
    _confirm_lists(stage)
    cms_groups.set_up()
    for membership in memberships:
        if membership.role in CMS_ROLES:
            cms_groups.keep_in_step(membership.user, at=stage.at)
        stage.cast.setdefault(membership.role, []).append(membership.user)


def load_standings(stage: Stage) -> None:
    """Ratings, segments and turnover from chance: labelled as demonstration values wherever they are shown."""
    ratings, segments = Standing.Rating.values, (1, 2, 3, 4)
    rows = [
        Standing(
            organisation=trust,
            from_on=YEAR_BEGINS,
            cqc_rating=stage.chance.choices(ratings, weights=(7, 47, 40, 6))[0],
            segment=stage.chance.choices(segments, weights=(16, 47, 30, 7))[0],
            turnover_millions=round(stage.chance.lognormvariate(5.6, 0.55)),
            source="Demonstration value, not published by any regulator",
            is_demonstration=True,
        )
        for trust in Organisation.objects.trusts().open_on(YEAR_BEGINS)
    ]
    Standing.objects.bulk_create(rows)


def make_users(names: list[str], *, password: str = "", domain: str = "example.org") -> list[User]:
    """Users with proved addresses, in bulk; without a password nobody can sign in as them."""
    users = [_new_user(name, f"{address_of(name)}@{domain}", password) for name in names]
    return save_users(users)


def save_users(users: list[User]) -> list[User]:
    User.objects.bulk_create(users)
    EmailAddress.objects.bulk_create(
        [EmailAddress(user=user, email=user.email, verified=True, primary=True) for user in users]
    )
    return users


def address_of(name: str) -> str:
    return ".".join("".join(c for c in word if c.isalnum()) for word in folded(name).split())


def _new_user(name: str, email: str, password: str) -> User:
    user = User(email=email, full_name=name, sort_name=folded(name), password=password, date_joined=JOINED)
    if not password:
        user.set_unusable_password()
    return user


def _user_for(account: Account, password: str) -> User:
    return save_users([_new_user(account.full_name, account.email, password)])[0]


def _accounts_memberships(users: dict[str, User], body: Organisation) -> list[Membership]:
    return [
        Membership(
            user=users[account.key],
            organisation=_trust_of_account(account) if account.role == Role.TRUST_USER else body,
            role=account.role,
            region=Region.objects.get(name=account.region) if account.role == Role.REGIONAL_LEAD else None,
            job_title=account.job_title,
            is_administrator=account.is_administrator,
            started_at=JOINED,
        )
        for account in ACCOUNTS
        if account.role
    ]


def _trust_of_account(account: Account) -> Organisation:
    trusts = Organisation.objects.trusts().open_on(YEAR_BEGINS).filter(closed_on=None, region__name=account.region)
    return trusts.filter(kind=Organisation.Kind.NHS_TRUST, sector=Organisation.Sector.ACUTE).order_by("sort_name")[0]


def _confirm_lists(stage: Stage) -> None:
    """Most trusts have confirmed this quarter's list; the one to sign in to and a few others have not."""
    own = stage.accounts["trust_administrator"].memberships.get().organisation_id
    secretaries = Membership.objects.filter(is_administrator=True, role=Role.TRUST_USER).exclude(organisation=own)
    quarter = quarter_of(stage.at.date())
    willing = [m for m in secretaries.order_by("organisation__ods_code") if stage.chance.random() < 0.94]
    listed: dict[int, list[dict[str, object]]] = {}
    for membership in Membership.objects.order_by("pk"):
        entry: dict[str, object] = {"membership": membership.pk, "role": membership.role}
        listed.setdefault(membership.organisation_id, []).append(entry)
    at = stage.days_ago(0, hour=0)
    AccessEvent.objects.bulk_create(
        [
            AccessEvent(kind=AccessEvent.Kind.CONFIRMED, organisation_id=m.organisation_id, by_id=m.user_id, at=at)
            for m in willing
        ]
    )
    AccessConfirmation.objects.bulk_create(
        AccessConfirmation(
            organisation_id=m.organisation_id,
            quarter_starts_on=quarter,
            confirmed_by_id=m.user_id,
            confirmed_at=at,
            listed=listed[m.organisation_id],
        )
        for m in willing
    )


def _more_people(stage: Stage, body: Organisation) -> list[Membership]:
    wanted = [(role, title, None) for role, (count, title) in MORE.items() for _ in range(count)]
    others = Region.objects.exclude(name__in=[a.region for a in ACCOUNTS if a.role == Role.REGIONAL_LEAD])
    wanted += [(Role.REGIONAL_LEAD, "Regional talent lead", region) for region in others]
    users = make_users([stage.new_name() for _ in wanted])
    return [
        Membership(user=user, organisation=body, role=role, region=region, job_title=title, started_at=JOINED)
        for user, (role, title, region) in zip(users, wanted, strict=True)
    ]


def _trust_people(stage: Stage) -> list[Membership]:
    """A chair, a workforce director and a company secretary, who looks after the trust's list, at each open trust."""
    trusts = Organisation.objects.trusts().open_on(stage.at.date()).order_by("ods_code")
    wanted = [(trust, title) for trust in trusts for title in TRUST_POSTS]
    users = make_users([stage.new_name() for _ in wanted])
    return [
        Membership(
            user=user,
            organisation=trust,
            role=Role.TRUST_USER,
            job_title=title,
            is_administrator=title == "Company secretary",
            started_at=JOINED,
        )
        for user, (trust, title) in zip(users, wanted, strict=True)
    ]
