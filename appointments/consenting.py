"""An applicant's word on their name going to a foundation trust: asked from the interview on, theirs to change."""

import datetime as dt

from django.db import transaction
from django.db.models import Exists, OuterRef

from appointments.models import NameConsent
from portal.models import Organisation, User
from talent.access import Refused
from talent.models import Application, State
from talent.models.application import ApplicationQuerySet

# Asked of everybody alike while the panel and the team decide, so that being asked tells nobody the outcome.
ASKED = (State.INTERVIEW, State.APPOINTABLE, State.RESERVE)


def asked_of(user: User) -> ApplicationQuerySet:
    """The user's own applications to foundation trusts about which they can say yes or no."""
    mine = Application.objects.owned_by(user).filter(state__in=ASKED)
    return mine.filter(intake__campaign__seat__board__kind=Organisation.Kind.FOUNDATION_TRUST)


def unanswered(user: User) -> ApplicationQuerySet:
    return asked_of(user).filter(~Exists(NameConsent.objects.filter(application=OuterRef("pk"))))


def consents(application: Application) -> bool:
    """Whether the last word was yes. One query."""
    last = NameConsent.objects.filter(application=application).first()
    return last is not None and last.given


@transaction.atomic
def answer(application: Application, *, given: bool, by: User, at: dt.datetime) -> NameConsent:
    """Yes or no, until the name has gone or the panel has said no."""
    if not asked_of(by).filter(pk=application.pk).exists():
        raise Refused("This is not yours to answer, or the time for it has passed.")
    return NameConsent.objects.create(application=application, given=given, by=by, at=at)
