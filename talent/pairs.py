"""Whether two who apply together agree on the form as it stands. Reads only; the acts are talent/partnering.py."""

import hashlib
import json
from dataclasses import dataclass

from talent.models import Application, Confirmation, PartnerInvitation, Person


@dataclass(frozen=True, slots=True)
class Pair:
    """How far two have come together: the invitation that stands, who has confirmed this text, who has not."""

    invitation: PartnerInvitation | None
    confirmed: list[Person]
    missing: list[Person]

    @property
    def is_complete(self) -> bool:
        return self.invitation is not None and self.invitation.state == PartnerInvitation.State.JOINED

    @property
    def agrees(self) -> bool:
        return self.is_complete and not self.missing


def pair_of(application: Application) -> Pair:
    """Four queries."""
    confirmed = confirmed_by(application)
    return Pair(
        application.invitations.standing().first(),
        confirmed,
        [person for person in application.applicants if person not in confirmed],
    )


def text_of(application: Application) -> str:
    """A fingerprint of all that is written and attached: one letter more, and it is another. Two queries."""
    answers = list(application.answers.order_by("section_key").values_list("section_key", "values"))
    files = list(application.attachments.order_by("question_key", "pk").values_list("question_key", "sha256"))
    return hashlib.sha256(json.dumps([answers, files], sort_keys=True).encode()).hexdigest()


def confirmed_by(application: Application) -> list[Person]:
    """Those of the two whose last word is that this very text may be sent. Three queries."""
    text = text_of(application)
    last = {row.by_id: row for row in Confirmation.objects.filter(application=application).order_by("pk")}
    return [p for p in application.applicants if p.user_id in last and _holds(last[p.user_id], text)]


def _holds(row: Confirmation, text: str) -> bool:
    return row.given and row.text == text


def still_to_confirm(application: Application) -> list[Person]:
    """Whose word is missing before the form may be sent. Scheme, person and partner must be loaded."""
    confirmed = {person.pk for person in confirmed_by(application)}
    return [person for person in application.applicants if person.pk not in confirmed]
