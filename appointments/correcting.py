"""A correction as it was typed: finds or makes the person it names, then puts the tenure right, or neither."""

import datetime as dt
from collections.abc import Mapping
from typing import Any

from django.db import transaction

from appointments.models import Tenure
from appointments.notices import person_named
from appointments.seating import correct_tenure
from portal.models import User


@transaction.atomic
def correct_as_said(tenure: Tenure, said: Mapping[str, Any], *, same_person: bool, by: User, at: dt.datetime) -> Tenure:
    """Raises SeatingRefused; then nobody new is left behind either."""
    facts = dict(said)
    name, email = facts.pop("name"), facts.pop("email")
    person = tenure.person if same_person else person_named(tenure.seat, name=name, email=email, at=at)
    return correct_tenure(tenure, person=person, **facts, by=by, at=at)
