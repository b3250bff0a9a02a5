"""The access table's rows for chair networks (notation: tests/access/table.py).

trust_user chairs own_trust, so own_region's network is theirs to read; trust_admin chairs nothing.
"""

from tests.access.table import PAGE, SENDS, SIGN_IN, TO, Row, row
from tests.access.world import World
from tests.factories.boards import SeatFactory, seated
from tests.factories.networks import NetworkActionFactory, NetworkPaperFactory, NetworkSessionFactory
from tests.factories.talent import PersonFactory


def _read(name: str, path: str, answer: object = PAGE) -> list[Row]:
    """For the talent team everywhere; the region's lead and its chairs in their own."""
    return [
        row(name, f"own_{path}", anonymous=SIGN_IN, staff=answer, trust_user=answer, others=404),
        row(name, f"other_{path}", anonymous=SIGN_IN, talent_team=answer, others=404),
    ]


def _keep(name: str, path: str, *more: str, answer: object = PAGE, **given: object) -> list[Row]:
    """For the talent team everywhere and the region's lead in their own; a chair reads only."""
    others = [one.replace("own_", "other_") for one in more]
    return [
        row(name, f"own_{path}", *more, anonymous=SIGN_IN, staff=answer, trust_user=403, others=404, **given),
        row(name, f"other_{path}", *others, anonymous=SIGN_IN, talent_team=answer, others=404, **given),
    ]


def _done(whose: str, **answers: object) -> Row:
    answer = TO("appointments:network_session_detail", f"{whose}_session.pk")
    name, path = "appointments:network_action_finish", f"{whose}_action.pk"
    return row(name, path, method="post", anonymous=SIGN_IN, talent_team=answer, others=404, **answers)


ROWS: list[Row] = [
    row("appointments:network_list", anonymous=SIGN_IN, staff=PAGE, trust_user=PAGE, others=403),
    *_read("appointments:network_detail", "region.code"),
    *_read("appointments:network_session_detail", "session.pk"),
    *_read("appointments:network_paper_download", "paper.pk", SENDS("application/pdf")),
    *_keep("appointments:network_member_add", "region.code"),
    *_keep("appointments:network_member_edit", "region.code", "own_chair.pk"),
    *_keep("appointments:network_session_create", "region.code"),
    *_keep("appointments:network_session_edit", "session.pk"),
    *_keep("appointments:network_session_cancel", "session.pk"),
    *_keep("appointments:network_session_attendance", "session.pk"),
    *_keep("appointments:network_paper_add", "session.pk"),
    *_keep("appointments:network_paper_remove", "paper.pk"),
    *_keep("appointments:network_action_add", "session.pk"),
    _done("own", regional_lead=TO("appointments:network_session_detail", "own_session.pk"), trust_user=403),
    _done("other"),
]


def build(world: World) -> None:
    """Adds the records that the rows name."""
    world.own_chair = PersonFactory(user=world.people["trust_user"])
    world.other_chair = PersonFactory(user=None)
    seated(SeatFactory(board=world.own_trust, role="chair"), "2016-04-01", "2100-03-31", person=world.own_chair)
    seated(SeatFactory(board=world.other_trust, role="chair"), "2016-04-01", "2100-03-31", person=world.other_chair)
    world.own_session = NetworkSessionFactory(region=world.own_region)
    world.other_session = NetworkSessionFactory(region=world.other_region)
    world.own_paper = NetworkPaperFactory(session=world.own_session)
    world.other_paper = NetworkPaperFactory(session=world.other_session)
    world.own_action = NetworkActionFactory(session=world.own_session)
    world.other_action = NetworkActionFactory(session=world.other_session)
