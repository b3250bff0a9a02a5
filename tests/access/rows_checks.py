"""The access table's rows for fit and proper checks (notation: tests/access/table.py).

own_check_set is in the regional lead's region and about the applicant, who alone signs; other_check_set is elsewhere.
"""

import datetime as dt

from django.core.files.base import ContentFile
from django.utils import timezone

from appointments import frameworks
from appointments.models import Evidence, SelfDeclaration
from talent.models import Person
from tests.access.table import PAGE, SENDS, SIGN_IN, TO, Row, row
from tests.access.world import World
from tests.factories.boards import SeatFactory, seated, somebody
from tests.factories.fitness import a_set
from tests.factories.talent import PersonFactory

DETAIL = "appointments:check_detail"


def _staff(name: str, path: str, *more: str, others: int = 403, **given: object) -> list[Row]:
    """For the talent team everywhere and the lead in their region; nobody else has such a page."""
    own, other = (given.pop(f"{whose}_answer", given.get("answer", PAGE)) for whose in ("own", "other"))
    given.pop("answer", None)
    lead_elsewhere = given.pop("lead_elsewhere", 404)
    return [
        row(name, f"own_{path}", *more, anonymous=SIGN_IN, staff=own, others=others, **given),
        row(
            name,
            f"other_{path}",
            *more,
            anonymous=SIGN_IN,
            talent_team=other,
            regional_lead=lead_elsewhere,
            others=others,
            **given,
        ),
    ]


def _posts(name: str, path: str) -> list[Row]:
    answers = {f"{whose}_answer": TO(DETAIL, f"{whose}_check_set.pk") for whose in ("own", "other")}
    return _staff(name, path, method="post", **answers)


ROWS: list[Row] = [
    row("appointments:check_list", anonymous=SIGN_IN, staff=PAGE, others=403),
    *_staff("appointments:check_detail", "check_set.pk"),
    *_staff("appointments:check_open", "check_seat.pk"),
    *_staff("appointments:check_record", "check_set.pk", "a_kind"),
    *_staff("appointments:evidence_create", "check_set.pk", "a_kind"),
    *_staff(
        "appointments:check_waive", "check_set.pk", "a_kind", own_answer=403, other_answer=403
    ),  # nobody here leads the secretariat
    *_staff("appointments:evidence_download", "evidence.pk", answer=SENDS("application/pdf")),
    *_staff("appointments:evidence_remove", "evidence.pk"),
    *_staff("appointments:declaration_read", "declared.pk", method="post"),
    *_posts("appointments:declaration_ask", "check_set.pk"),
    *_posts("appointments:check_close", "check_set.pk"),
    row("appointments:own_check_list", anonymous=SIGN_IN, others=PAGE),
    row("appointments:own_declaration_sign", "own_check_set.pk", anonymous=SIGN_IN, applicant=PAGE, others=404),
    row("appointments:own_declaration_sign", "other_check_set.pk", anonymous=SIGN_IN, others=404),
    row("appointments:board_attest", "own_trust.ods_code", anonymous=SIGN_IN, trust_admin=PAGE, others=404),
    row("appointments:board_attest", "other_trust.ods_code", anonymous=SIGN_IN, others=404),
]


def build(world: World) -> None:
    """Adds the records that the rows name."""
    frameworks.load()
    world.a_kind, now = "dbs", timezone.now()
    applicant = world.people["applicant"]
    people = {
        "own": Person.objects.filter(user=applicant).first() or PersonFactory(user=applicant),
        "other": somebody(),
    }
    for whose, person in people.items():
        seat = SeatFactory(board=getattr(world, f"{whose}_trust"), opened_on=dt.date(2001, 4, 1))
        seated(seat, "2018-01-01", "2100-12-31", person=person)
        check_set = a_set(person, seat, on=dt.date(2018, 1, 1))
        check_set.declaration_asked_at = now
        check_set.save()
        evidence = Evidence.objects.create(
            check_set=check_set,
            kind="dbs",
            file=ContentFile(b"%PDF-1.4", name="x.pdf"),
            name="certificate.pdf",
            size=8,
            sha256="0" * 64,
            added_at=now,
            added_by=world.people["talent_team"],
        )
        declared = SelfDeclaration.objects.create(
            check_set=check_set, grounds=["bankruptcy"], signed_name=person.full_name, at=now, by=person.user
        )
        setattr(world, f"{whose}_check_seat", seat)
        setattr(world, f"{whose}_check_set", check_set)
        setattr(world, f"{whose}_evidence", evidence)
        setattr(world, f"{whose}_declared", declared)
