"""People, trusts and memberships for tests: `member(Role.REVIEWER)` may act as one, `sign_in` lets them in."""

import datetime as dt
from typing import Any

import factory
from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from django.test import Client

from portal.access import access_of
from portal.invitations import digest, token_of
from portal.models import Invitation, Membership, Organisation, Region, Role, Standing, User

PASSWORD = "correct horse battery staple"
LONG_AGO = dt.datetime(2015, 4, 1, 9, tzinfo=dt.UTC)


class EmailAddressFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = EmailAddress

    verified = True
    primary = True


class UserFactory(factory.django.DjangoModelFactory):
    """Somebody who has signed up and proved their address; with no membership, an applicant."""

    class Meta:
        model = User
        skip_postgeneration_save = True

    email = factory.Sequence(lambda n: f"person{n}@example.org")
    full_name = factory.Sequence(lambda n: f"Person {n}")
    password = factory.django.Password(PASSWORD)
    address = factory.RelatedFactory(EmailAddressFactory, "user", email=factory.SelfAttribute("user.email"))


class RegionFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = Region

    code = factory.Sequence(lambda n: f"region-{n}")
    name = factory.Sequence(lambda n: f"Region {n}")


class OrganisationFactory(factory.django.DjangoModelFactory):
    """A trust, open since 2001. For the national body: `OrganisationFactory(body=True)`."""

    class Meta:
        model = Organisation

    class Params:
        body = factory.Trait(kind=Organisation.Kind.BODY, sector="", region=None, name="National improvement body")

    ods_code = factory.Sequence(lambda n: f"T{n:03}")
    name = factory.Sequence(lambda n: f"Trust {n} NHS Trust")
    kind = Organisation.Kind.NHS_TRUST
    sector = Organisation.Sector.ACUTE
    region = factory.SubFactory(RegionFactory)
    opened_on = dt.date(2001, 4, 1)


class StandingFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = Standing

    organisation = factory.SubFactory(OrganisationFactory)
    from_on = dt.date(2017, 4, 1)
    cqc_rating = Standing.Rating.GOOD
    segment = 2
    source = "A test"


class MembershipFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = Membership

    user = factory.SubFactory(UserFactory)
    organisation = factory.SubFactory(OrganisationFactory)
    role = Role.TRUST_USER
    started_at = LONG_AGO


class InvitationFactory(factory.django.DjangoModelFactory):
    """An open invitation; `token_of(it)` is the token that was mailed."""

    class Meta:
        model = Invitation

    email = factory.Sequence(lambda n: f"invited{n}@example.org")
    organisation = factory.SubFactory(OrganisationFactory)
    role = Role.TRUST_USER
    nonce = factory.Sequence(lambda n: f"nonce-{n}")
    token_digest = factory.LazyAttribute(lambda invitation: digest(token_of(invitation)))
    invited_as = factory.SubFactory(
        MembershipFactory,
        organisation=factory.SelfAttribute("..organisation"),
        role=factory.LazyAttribute(lambda o: Role.TRUST_USER if o.organisation.is_trust else Role.TALENT_TEAM),
        is_administrator=True,
    )
    invited_by = factory.SelfAttribute("invited_as.user")
    invited_at = factory.LazyFunction(lambda: dt.datetime.now(dt.UTC))
    expires_at = factory.LazyAttribute(lambda o: o.invited_at + dt.timedelta(days=14))


def the_body() -> Organisation:
    """The national body, made once: whoever is no trust user acts for it."""
    return Organisation.objects.filter(kind=Organisation.Kind.BODY).first() or OrganisationFactory(body=True)


def member(role: str, *, user: User | None = None, **kwargs: Any) -> User:
    """A person with `role` in force: at a trust for a trust user, else at the body; a regional lead has a region.

    `kwargs` are the membership's fields: organisation=, region=, is_administrator=, started_at=, ended_at=...
    """
    kwargs.setdefault("organisation", OrganisationFactory() if role == Role.TRUST_USER else the_body())
    if role == Role.REGIONAL_LEAD:
        kwargs.setdefault("region", RegionFactory())
    if user is not None:
        kwargs["user"] = user
    return MembershipFactory(role=role, **kwargs).user


def sign_in(client: Client, user: User, *, second_factor: bool = True) -> User:
    """Signs `user` in, with a second factor where their roles ask for one (unless `second_factor` is False)."""
    if second_factor and (user.is_superuser or access_of(user).needs_second_factor):
        Authenticator.objects.get_or_create(user=user, type=Authenticator.Type.TOTP, defaults={"data": {"secret": "x"}})
        user.__dict__.pop("_access", None)
    client.force_login(user, backend="django.contrib.auth.backends.ModelBackend")
    return user
