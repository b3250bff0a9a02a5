"""The access table's rows for search (notation: tests/access/table.py)."""

from django.utils import timezone

from portal.models import Role
from talent.saved_searches import save_search
from tests.access.table import PAGE, PAGE_OF, SIGN_IN, TO, Row, row
from tests.access.world import World
from tests.factories.boards import SeatFactory
from tests.factories.portal import member
from tests.factories.search import findable

# URL names whose views ask nobody who they are.
PUBLIC: set[str] = set()

MATCHES = {
    "search:match_list": PAGE,
    "search:match_paper": PAGE_OF("papers/match.html"),
    "search:match_compare": PAGE,
}

ROWS: list[Row] = [
    row("search:people_list", anonymous=SIGN_IN, staff=PAGE, others=403),
    row("search:suggestion_list", anonymous=SIGN_IN, staff=PAGE, others=403),
    row("search:saved_list", anonymous=SIGN_IN, staff=PAGE, others=403),
    row("search:saved_create", anonymous=SIGN_IN, staff=PAGE, others=403),
    row(
        "search:saved_create",
        method="post",
        data={"audience": "owner"},
        anonymous=SIGN_IN,
        staff=PAGE,
        others=403,
    ),
    *(
        row(f"search:saved_{name}", f"{whose}.pk", anonymous=SIGN_IN, talent_team=answer, regional_lead=404, others=403)
        for name in ("detail", "edit", "retire", "replace")
        for whose, answer in (("team_search", PAGE), ("private_search", 404))
    ),
    *(
        row(
            f"search:saved_{name}",
            f"{whose}.pk",
            method="post",
            data=data,
            anonymous=SIGN_IN,
            talent_team=answer,
            regional_lead=404,
            others=403,
        )
        for name, data, leads_to in (
            ("edit", {"name": "Auditors", "audience": "team"}, TO("search:saved_detail", "team_search.pk")),
            ("watch", {"frequency": "daily"}, TO("search:saved_detail", "team_search.pk")),
            ("retire", {}, TO("search:saved_list")),
            ("replace", {}, TO("search:saved_detail", "team_search.pk")),
        )
        for whose, answer in (("team_search", leads_to), ("private_search", 404))
    ),
    row("search:saved_watch", "team_search.pk", alike="only posts", anonymous=SIGN_IN, staff=405, others=403),
    row("search:index_list", anonymous=SIGN_IN, talent_team=PAGE, others=403),
    row("search:search_list", anonymous=SIGN_IN, talent_team=PAGE, others=403),
    row("search:pending_retry", anonymous=SIGN_IN, talent_team=405, others=403),
    row(
        "search:pending_retry",
        method="post",
        anonymous=SIGN_IN,
        talent_team=TO("search:index_list"),
        others=403,
    ),
    row("search:seen_list", anonymous=SIGN_IN, others=PAGE),
    row("search:own_opening_list", anonymous=SIGN_IN, others=PAGE),
    row("search:opening_list", "member_near.pk", anonymous=SIGN_IN, staff=PAGE, others=403),
    row("search:opening_list", "member_far.pk", anonymous=SIGN_IN, talent_team=PAGE, regional_lead=404, others=403),
    *(
        row(name, "seat_kind", f"{seat}.pk", anonymous=SIGN_IN, talent_team=answer, regional_lead=lead, others=403)
        for name, answer in MATCHES.items()
        for seat, lead in (("match_seat_near", answer), ("match_seat_far", 404))
    ),
]


def build(world: World) -> None:
    """Searches that were kept; people in a pool and seats, within the lead's region and outside."""
    question, now = {"text": "audit"}, timezone.now()
    colleague = member(Role.TALENT_TEAM)
    world.team_search = save_search("Auditors", question, audience="team", by=colleague, at=now)
    world.private_search = save_search("Auditors", question, by=colleague, at=now)
    world.seat_kind = "seat"
    world.member_near = findable(region=world.own_region)
    world.member_far = findable(region=world.other_region)
    world.match_seat_near = SeatFactory(board=world.own_trust)
    world.match_seat_far = SeatFactory(board=world.other_trust)
