"""What reviewers read of an application: gathered in two queries, redacted, with nothing else of the applicant."""

from collections.abc import Callable
from typing import Any

from programmes.questions import Questions
from talent.applying import answers_of
from talent.models import Application, PostHeld
from talent.reading import Part, for_preview, for_reviewer
from talent.redaction import Hidden, identifying_values


def hidden_of(application: Application, answers: dict[str, Any]) -> Hidden:
    """What must not be read of this applicant, or of either of two. Two queries."""
    people = application.applicants
    employers = PostHeld.objects.filter(person__in=people).values_list("employer", flat=True)
    named = identifying_values(application.question_set.questions, answers)
    return Hidden(
        full_name=people[0].full_name,
        other_names=tuple(person.full_name for person in people[1:]),
        contacts=tuple(filter(None, (own for p in people for own in (p.email, p.phone, p.postcode)))),
        employers=(*employers, *named),
        words=tuple(application.redaction_terms.values_list("words", flat=True)),
    )


def blind_parts(application: Application) -> list[Part]:
    """The answers as the blind round shows them; hidden words are not in them at all."""
    return _read(application, for_reviewer)


def preview_parts(application: Application) -> list[Part]:
    """The same with the hidden words still marked in place, for the team."""
    return _read(application, for_preview)


def _read(application: Application, read: Callable[[Questions, dict[str, Any], Hidden], list[Part]]) -> list[Part]:
    answers = answers_of(application)
    return read(application.question_set.questions, answers, hidden_of(application, answers))
