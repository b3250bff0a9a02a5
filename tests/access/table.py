"""The access table: every URL of ours, every role, own and another's record, and the whole answer.

How to add your URLs (one file per app: rows_portal.py, rows_programmes.py, rows_talent.py, ...)
-------------------------------------------------------------------------------------------------
    ROWS = [
        # row(URL name, "world path" for each URL argument in order, answers by role, others=the rest)
        row("portal:home", anonymous=SIGN_IN, others=PAGE),
        row("talent:application_detail", "own_application.reference",
            anonymous=SIGN_IN, applicant=PAGE, talent_team=PAGE, others=404),
        row("talent:application_detail", "other_application.reference",
            anonymous=SIGN_IN, talent_team=PAGE, others=404),
        row("talent:application_withdraw", "own_application.reference", method="post", data={"sure": "yes"},
            anonymous=SIGN_IN, applicant=TO("talent:application_list"), others=404),
    ]

    def build(world):                        # called once, after world.py's own people and organisations exist
        world.own_application = ApplicationFactory(person=world.people["applicant"])
        world.other_application = ApplicationFactory()

World paths are attributes of the World (world.py says what is there): "own_trust.ods_code" becomes that value.
Roles are ROLES below; `others=` answers for every role that is not named, and `public=True` is short for
`others=PAGE`. Roles that answer alike may be given together: `staff=` means talent_team and regional_lead.

Answers
    PAGE                  200, and the first template is the URL's own: talent:application_detail -> that name .html
    PAGE_OF("a/b.html")   200 with another template
    SENDS("text/csv")     200 with a file of that type (no template)
    SIGN_IN               302 to the sign-in page with ?next= this address
    TO("name", "path")    302 to that URL; arguments are world paths; TO_ADDRESS("/x/") for a literal address
    403, 404, 405, 400    that status
Every role starts from the same world: whatever a request changes is rolled back before the next.
A URL with arguments needs a row for one's own and a row for another's record; where there is no such thing, say
`alike="why every record answers alike"`. A new URL that stands in no row fails test_no_url_is_missing.
A view that asks nobody who they are is named in its rows file: PUBLIC = {"programmes:event_list"}; every other view
must stand behind login_required, requires_role or a mixin built on AccessMixin (test_guards.py).
"""

from collections.abc import Callable
from dataclasses import dataclass, field
from operator import attrgetter
from typing import Any

from django.conf import settings
from django.shortcuts import resolve_url
from django.urls import reverse

ROLES = (
    "anonymous",
    "applicant",
    "trust_user",
    "trust_admin",
    "reviewer",
    "talent_team",
    "regional_lead",
    "committee_member",
    "improvement_lead",
    "editor",
)
SHORT = {"staff": ("talent_team", "regional_lead"), "trust": ("trust_user", "trust_admin")}

# An answer is a function from the row and the world to the words that `answer_of` makes of a response.
Answer = Callable[["Row", Any], str]


def PAGE(row: "Row", world: Any) -> str:
    return f"200 {row.name.replace(':', '/')}.html"


def PAGE_OF(template: str) -> Answer:
    return lambda row, world: f"200 {template}"


def SENDS(content_type: str) -> Answer:
    return lambda row, world: f"200 {content_type}"


def SIGN_IN(row: "Row", world: Any) -> str:
    return f"302 {resolve_url(settings.LOGIN_URL)}?next={row.address(world)}"


def TO(name: str, *paths: str) -> Answer:
    return lambda row, world: f"302 {reverse(name, args=[look_up(world, path) for path in paths])}"


def TO_ADDRESS(address: str) -> Answer:
    return lambda row, world: f"302 {address}"


def status(code: int) -> Answer:
    return lambda row, world: str(code)


def look_up(world: Any, path: str) -> Any:
    return attrgetter(path)(world)


@dataclass(frozen=True)
class Row:
    """One URL on one record with one method: what each role is answered."""

    name: str
    paths: tuple[str, ...]
    answers: dict[str, Answer]
    method: str = "get"
    data: dict[str, Any] = field(default_factory=dict)
    alike: str = ""

    def __str__(self) -> str:
        return f"{self.method} {self.name} {' '.join(self.paths)}".strip()

    def address(self, world: Any) -> str:
        return reverse(self.name, args=[look_up(world, path) for path in self.paths])

    def expected(self, world: Any) -> dict[str, str]:
        return {role: self.answers[role](self, world) for role in ROLES}


def row(
    name: str,
    *paths: str,
    method: str = "get",
    data: dict[str, Any] | None = None,
    alike: str = "",
    public: bool = False,
    **answers: Any,
) -> Row:
    """One line of the table; the notation stands at the top of this file."""
    others = answers.pop("others", PAGE if public else None)
    given = {role: answer for key, answer in answers.items() for role in SHORT.get(key, (key,))}
    unknown = set(given) - set(ROLES)
    assert not unknown, f"{name}: no such role: {', '.join(sorted(unknown))}"
    whole = {role: given.get(role, others) for role in ROLES}
    missing = [role for role, answer in whole.items() if answer is None]
    assert not missing, f"{name}: no answer for {', '.join(missing)}; add others="
    return Row(
        name, paths, {r: status(a) if isinstance(a, int) else a for r, a in whole.items()}, method, data or {}, alike
    )


def answer_of(response: Any) -> str:
    """A response in the table's words: status, then where to, or which template or type of file."""
    if response.status_code in (301, 302):
        return f"{response.status_code} {response.url}"
    if response.status_code != 200:
        return str(response.status_code)
    names = [template.name for template in response.templates if template.name]
    # A page may set a paper on its way, to see whether it has changed.
    names = [name for name in names if not name.startswith("papers/")] or names
    return f"200 {names[0] if names else response.headers['Content-Type'].partition(';')[0]}"
