"""An award scheme with its prize, forms that two people share, invitations."""

import datetime as dt
from decimal import Decimal
from typing import Any

import factory
from django.utils import timezone

from portal.models import User
from programmes.demo_award import sir_peter_carr_award
from programmes.models import Intake, Prize, Scheme
from talent.models import Application, Craft, PartnerInvitation, SectionAnswer
from talent.partnering import confirm
from tests.factories.portal import UserFactory
from tests.factories.programmes import IntakeFactory
from tests.factories.talent import ApplicationFactory, PersonFactory


def award_intake(**kwargs: Any) -> Intake:
    """An open round of the award, which gives one; its prize is £30,000 from April 2016."""
    scheme = Scheme.objects.filter(track=Scheme.Track.AWARD).first() or Scheme.objects.create(**sir_peter_carr_award())
    Prize.objects.get_or_create(
        scheme=scheme, from_on=dt.date(2016, 4, 1), defaults={"amount": Decimal(30_000), "source": "A test."}
    )
    return IntakeFactory(scheme=scheme, places=1, **kwargs)


class PartnerInvitationFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = PartnerInvitation

    application = factory.LazyFunction(lambda: lone_form())
    name = "Morgan Bright"
    email = "morgan@example.org"
    lead_craft = Craft.CLINICIAN
    invited_at = factory.LazyFunction(timezone.now)
    state_since = factory.LazyAttribute(lambda o: o.invited_at)


def lone_form(**kwargs: Any) -> Application:
    """A form for two that one has begun."""
    kwargs.setdefault("intake", None)
    return ApplicationFactory(**kwargs | {"intake": kwargs["intake"] or award_intake()})


def shared_form(partner: User | None = None, **kwargs: Any) -> Application:
    """A form for two that both are in: `user=` the lead, `partner=` the other's account."""
    form = lone_form(**kwargs)
    user = partner or UserFactory()
    form.partner = getattr(user, "person", None) or PersonFactory(user=user)
    form.save()
    PartnerInvitationFactory(
        application=form, name=form.partner.full_name, email=form.partner.email, state=PartnerInvitation.State.JOINED
    )
    return form


GOOD = {
    "clinician": "Asha Patel, consultant",
    "manager": "Morgan Bright, general manager",
    "trust": "Elmbridge Hospitals",
    "change": "Older people wait at the front door; we want them seen by eight.",
    "together": "We walk the front door together each Tuesday.",
    "learning": "Three days in the other's job.",
    "spending": "All of it on backfill.",
    "publish": "yes",
}


def filled_form(form: Application) -> Application:
    """Every section answered and gone through."""
    for section in form.question_set.questions.sections:
        SectionAnswer.objects.create(
            application=form,
            section_key=section.key,
            values={question.key: GOOD[question.key] for question in section.questions},
            revision=1,
            saved_at=form.started_at,
            is_complete=True,
        )
    return form


def confirmed_form(**kwargs: Any) -> Application:
    """Filled, and confirmed by both."""
    form = filled_form(shared_form(**kwargs))
    for person in form.applicants:
        confirm(form, by=person.user, at=timezone.now())
    return form
