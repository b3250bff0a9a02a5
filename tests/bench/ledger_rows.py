"""Boards of 238 trusts as the demonstration lays them, and appointments by the million, for tests.bench.ledger."""

from collections.abc import Callable
from io import StringIO
from typing import Any

from django.core.management import call_command
from django.db import connection
from django.test import Client
from django.utils import timezone

from appointments import board_list, policies, reports
from appointments.demo_boards import load_boards
from appointments.models import Appointment
from appointments.pipeline import pipeline
from appointments.years import ReportingYear
from portal.demo import Stage
from portal.demo_people import TRUSTS_FILE
from portal.models import Organisation, Role
from tests.factories.appointments import MeetingFactory
from tests.factories.portal import member, sign_in

YEAR = "2017-18"
TRUSTS = 238
# Each statement adds rows numbered from `first` to `last`; one decision in a hundred is corrected as well.
ITEMS = """
INSERT INTO appointments_agendaitem (meeting_id, position, kind, title, note, added_at, minutes, presenter)
SELECT %(meeting)s, 1, 'policy', 'Bench item ' || n, '', now(), 5, '' FROM generate_series(%(first)s, %(last)s) n
"""
DECISIONS = """
INSERT INTO appointments_decision (number, item_id, meeting_id, outcome, facts, reason_salt, reason_digest,
                                   previous_digest, digest, at, by_id, reason)
SELECT n, i.id, %(meeting)s, 'approved', '{}', '', '', '', 'bench' || n, now(), %(user)s, ''
FROM generate_series(%(first)s, %(last)s) n
JOIN appointments_agendaitem i ON i.title = 'Bench item ' || n
"""
APPOINTMENTS = """
INSERT INTO appointments_appointment (kind, person_id, seat_id, board_id, role, tenure_id, starts_on, ends_on,
                                      remuneration, off_payroll, decision_id, decided_on, cancelled, at, by_id, reason)
SELECT (ARRAY['new', 'reappointment', 'extension'])[1 + d.number %% 3], t.person_id, t.seat_id, t.board_id, t.role,
       t.id, day, day + 1000, 6157, false, d.id, day, false, now(), %(user)s, ''
FROM appointments_decision d
JOIN bench_tenure t ON t.number = d.number %% (SELECT count(*) FROM bench_tenure)
CROSS JOIN LATERAL (SELECT DATE '2012-04-01' + (d.number %% 3652)::int AS day) AS dated
WHERE d.number BETWEEN %(first)s AND %(last)s
"""
CORRECTIONS = """
INSERT INTO appointments_appointment (kind, person_id, seat_id, board_id, role, tenure_id, starts_on, ends_on,
                                      remuneration, off_payroll, decision_id, decided_on, cancelled, corrects_id,
                                      at, by_id, reason)
SELECT a.kind, a.person_id, a.seat_id, a.board_id, a.role, a.tenure_id, a.starts_on, a.ends_on, 6000, false,
       a.decision_id, a.decided_on, false, a.id, now(), a.by_id, 'Corrected'
FROM appointments_appointment a JOIN appointments_decision d ON d.id = a.decision_id
WHERE d.number BETWEEN %(first)s AND %(last)s AND d.number %% 100 = 0
"""
TENURES = """
CREATE UNLOGGED TABLE bench_tenure AS
SELECT row_number() OVER (ORDER BY t.id) - 1 AS number, t.id, t.person_id, t.seat_id, s.board_id, s.role
FROM appointments_tenure t JOIN appointments_seat s ON s.id = t.seat_id
"""


def prepare() -> None:
    """The real trusts, as many as the portal's aim names, each with its board and who sat on it since 2013."""
    call_command("import_trusts", str(TRUSTS_FILE), stdout=StringIO())
    policies.load()
    there = Organisation.objects.trusts().order_by("closed_on", "pk")
    extra = there.filter(closed_on__isnull=False).values("pk")[: max(0, TRUSTS - there.filter(closed_on=None).count())]
    Organisation.objects.filter(pk__in=list(extra.values_list("pk", flat=True))).update(closed_on=None)
    stage = Stage(at=timezone.now())
    stage.accounts["talent_team"] = member(Role.TALENT_TEAM)
    load_boards(stage)
    with connection.cursor() as cursor:
        cursor.execute(TENURES)


def reader() -> Client:
    client = Client()
    sign_in(client, member(Role.TALENT_TEAM))
    return client


def fill(size: int) -> None:
    """Adds appointments until that many were decided, spread over ten years."""
    have = Appointment.objects.filter(corrects=None).count()
    facts = {"first": have + 1, "last": size, "meeting": MeetingFactory().pk, "user": member(Role.TALENT_TEAM).pk}
    with connection.cursor() as cursor:
        for statement in (ITEMS, DECISIONS, APPOINTMENTS, CORRECTIONS):
            cursor.execute(statement, facts)
        cursor.execute("ANALYZE")


def figures() -> dict[str, Any]:
    year, today = ReportingYear.parse(YEAR), timezone.localdate()
    trusts = Organisation.objects.trusts().open_on(today)
    a_board = trusts.filter(kind=Organisation.Kind.NHS_TRUST).first()
    assert a_board is not None
    acts: dict[str, Callable[[], object] | str] = {
        "appointments": lambda: reports.appointments(year),
        "all": lambda: reports.year_end(year),
        "pipeline": lambda: pipeline(year, today=today),
        "boards": lambda: list(board_list.table(board_list.at_a_glance(trusts, today))),
        "a_board": f"/trusts/{a_board.ods_code}/board/",
    }
    return acts
