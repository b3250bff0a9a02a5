"""Whether a page was useful: the answer is counted at once, its reason may follow; nothing tells who gave it."""

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass

from django.core import signing
from django.db import transaction
from django.db.models import Count, Q
from wagtail.models import Page

from programmes.models.usefulness import UsefulAnswer

SALT = "programmes.useful"
# Whoever says no may say why until then.
OPEN_FOR = dt.timedelta(hours=2)


class AnswerGone(Exception):
    """The reason was given already, or the link is too old or not one of ours."""


def answer(page: Page, *, was_useful: bool, on: dt.date) -> UsefulAnswer:
    return UsefulAnswer.objects.create(page=page, was_useful=was_useful, answered_on=on)


def token_of(given: UsefulAnswer) -> str:
    """Lets whoever said no, and nobody else, add the reason."""
    return signing.dumps(given.pk, salt=SALT)


def open_answer(token: str) -> UsefulAnswer:
    """Raises AnswerGone."""
    try:
        pk = signing.loads(token, salt=SALT, max_age=OPEN_FOR)
    except signing.BadSignature as error:
        raise AnswerGone from error
    row = UsefulAnswer.objects.filter(pk=pk, was_useful=False, reason="").select_related("page").first()
    if row is None:
        raise AnswerGone
    return row


@transaction.atomic
def give_reason(given: UsefulAnswer, *, reason: str, words: str) -> UsefulAnswer:
    """Why it was of no use. Raises AnswerGone where a reason stands already."""
    row = UsefulAnswer.objects.select_for_update().get(pk=given.pk)
    if row.was_useful or row.reason:
        raise AnswerGone
    row.reason, row.words = reason, words.strip()
    row.save(update_fields=["reason", "words"])
    return row


@dataclass(frozen=True, slots=True)
class Usefulness:
    """How readers answered on one page, and the last reasons they gave."""

    useful: int
    not_useful: int
    reasons: tuple[UsefulAnswer, ...] = ()

    @property
    def total(self) -> int:
        return self.useful + self.not_useful

    @property
    def percent(self) -> int:
        return round(self.useful / self.total * 100) if self.total else 0


LATEST = 5


def usefulness_of(page: Page) -> Usefulness:
    """Two queries."""
    answers = UsefulAnswer.objects.filter(page=page)
    counted = answers.aggregate(yes=Count("pk", filter=Q(was_useful=True)), no=Count("pk", filter=Q(was_useful=False)))
    return Usefulness(counted["yes"], counted["no"], tuple(answers.exclude(reason="")[:LATEST]))


def usefulness_by_page(pages: Iterable[int]) -> dict[int, Usefulness]:
    """For a list of pages. One query."""
    rows = UsefulAnswer.objects.filter(page__in=list(pages)).order_by().values("page")
    counted = rows.annotate(yes=Count("pk", filter=Q(was_useful=True)), no=Count("pk", filter=Q(was_useful=False)))
    return {row["page"]: Usefulness(row["yes"], row["no"]) for row in counted}
