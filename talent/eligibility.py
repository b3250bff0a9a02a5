"""Who may begin: the scheme's yes/no questions judged, and the result carried sealed until the application exists."""

import json
from collections.abc import Mapping, MutableMapping
from dataclasses import dataclass
from typing import Any

from cryptography.fernet import InvalidToken

from portal.fields import vault
from programmes.models import Intake, Scheme

SESSION_KEY = "eligibility"
UNDER_REPRESENTED = "under_represented"
# Every sealed result is as long as any other: a length tells nothing.
_SEALED_LENGTH = 2048


@dataclass(frozen=True, slots=True)
class Rule:
    """One yes/no question that has to be answered with yes."""

    key: str
    question: str
    hint: str
    reason_if_no: str


@dataclass(frozen=True, slots=True)
class Outcome:
    """What somebody's answers come to. `under_represented` is None where the scheme does not ask."""

    failed: tuple[str, ...]
    under_represented: bool | None = None

    @property
    def is_eligible(self) -> bool:
        return not self.failed


def rules_of(scheme: Scheme) -> list[Rule]:
    """The questions in the order they are asked; for positive action its one yes or no comes last."""
    rules = [Rule(**{key: block.value[key] for key in Rule.__slots__}) for block in scheme.eligibility]
    return [*rules, _positive_action(scheme)] if scheme.positive_action else rules


def _positive_action(scheme: Scheme) -> Rule:
    return Rule(
        key=UNDER_REPRESENTED,
        question="Do you belong to a group that is under-represented on boards?",
        hint=(
            "For example women, people from Black, Asian and minority ethnic communities, and disabled people. "
            "Your answer is locked away from everybody who reads, scores or decides on applications."
        ),
        reason_if_no=scheme.positive_action_reason or "This scheme is for groups under-represented on boards.",
    )


def judge(scheme: Scheme, answers: Mapping[str, bool]) -> Outcome:
    failed = tuple(rule.key for rule in rules_of(scheme) if answers.get(rule.key) is not True)
    return Outcome(failed, answers.get(UNDER_REPRESENTED) if scheme.positive_action else None)


def seal(session: MutableMapping[str, Any], intake: Intake, outcome: Outcome) -> None:
    """Keeps the outcome in the session, encrypted: a reader of the session table learns nothing."""
    plain = json.dumps({"failed": outcome.failed, UNDER_REPRESENTED: outcome.under_represented})
    token = vault().encrypt(plain.ljust(_SEALED_LENGTH).encode()).decode()
    session[SESSION_KEY] = {**session.get(SESSION_KEY, {}), str(intake.pk): token}


def opened(session: Mapping[str, Any], intake: Intake) -> Outcome | None:
    """The outcome sealed for `intake` in this session; None when there is none that the vault's keys open."""
    token = session.get(SESSION_KEY, {}).get(str(intake.pk))
    if token is None:
        return None
    try:
        plain = json.loads(vault().decrypt(token.encode()))
    except InvalidToken:
        return None
    return Outcome(tuple(plain["failed"]), plain[UNDER_REPRESENTED])


def forget(session: MutableMapping[str, Any], intake: Intake) -> None:
    kept = {key: token for key, token in session.get(SESSION_KEY, {}).items() if key != str(intake.pk)}
    session[SESSION_KEY] = kept


def checked_intakes(session: Mapping[str, Any]) -> list[int]:
    """Intakes for which this browser has been through the questions, whatever came of it."""
    return [int(key) for key in session.get(SESSION_KEY, {})]
