"""The access table's rows for appointments (notation: tests/access/table.py).

own_item stands before the committee member's own committee, and the member has declared; other_item before another
committee. own_letter is the applicant's; other_letter somebody else's.
"""

import datetime as dt

from django.utils import timezone

from appointments.models import AgendaItem, CohortPlace, Seat
from portal.models import Organisation, Region, Role, User
from talent.models import State
from tests.access.table import PAGE, PAGE_OF, SENDS, SIGN_IN, TO, Row, look_up, row
from tests.access.world import World
from tests.factories.appointments import (
    AgendaItemFactory,
    AgendaSectionFactory,
    AppendixFactory,
    CommitteeActionFactory,
    CommitteeFactory,
    CommitteeSeatFactory,
    LetterFactory,
    MeetingFactory,
    PackIssuedFactory,
    committee_of,
    declared,
)
from tests.factories.boards import BoardConfirmationFactory, SeatFactory, seated
from tests.factories.portal import OrganisationFactory, member
from tests.factories.talent import ApplicationFactory

NO_OWN = "the talent team keeps the books of every committee"


def _committee(name: str, *paths: str, **answers: object) -> list[Row]:
    """A page for the secretariat and the members of that very committee."""
    own, other = f"own_{paths[0]}", f"other_{paths[0]}"
    rest = {"anonymous": SIGN_IN, "talent_team": PAGE, **answers, "others": 403}
    return [
        row(name, own, committee_member=rest["talent_team"], **rest),
        row(name, other, committee_member=404, **rest),
    ]


def _posts(name: str, path: str, *, to: tuple[str, str]) -> list[Row]:
    """A button for the secretariat and the members of that very committee."""
    answers = [TO(to[0], f"{whose}_{to[1]}") for whose in ("own", "other")]
    rest = {"method": "post", "anonymous": SIGN_IN, "others": 403}
    return [
        row(name, f"own_{path}", talent_team=answers[0], committee_member=answers[0], **rest),
        row(name, f"other_{path}", talent_team=answers[1], committee_member=404, **rest),
    ]


def _secretariat(name: str, path: str, **more: object) -> Row:
    return row(name, path, alike=NO_OWN, anonymous=SIGN_IN, **{"talent_team": PAGE, **more}, others=403)


def _agenda_button(name: str, path: str, *, back_to: str = "") -> Row:
    """A button of the agenda builder; `back_to` is the place on the page."""
    agenda = TO("appointments:agenda_edit", "own_meeting.pk")

    def back(row: Row, world: World) -> str:
        return agenda(row, world) + (f"#{back_to}-{look_up(world, path)}" if back_to else "")

    return _secretariat(name, path, method="post", talent_team=back)


def _board(name: str, **answers: object) -> list[Row]:
    """For the talent team and the committee everywhere, a regional lead and a trust's people in their own."""
    return [
        row(name, "own_trust.ods_code", anonymous=SIGN_IN, staff=PAGE, trust=PAGE, committee_member=PAGE, others=403),
        row(
            name,
            "other_trust.ods_code",
            anonymous=SIGN_IN,
            talent_team=PAGE,
            committee_member=PAGE,
            regional_lead=404,
            trust=404,
            others=403,
        ),
    ]


NO_NOTICE = {"staff": 404, "trust": 404, "committee_member": 404}


def _keepers(name: str, path: str, **own: object) -> list[Row]:
    """For the talent team everywhere, and for a foundation trust's own administrator."""
    rest = {"anonymous": SIGN_IN, "talent_team": PAGE, "others": 403}
    return [
        row(name, f"own_{path}", **({"regional_lead": 403, "trust": 403, "committee_member": 403} | own | rest)),
        row(name, f"other_{path}", regional_lead=404, trust=404, committee_member=403, **rest),
    ]


ROWS: list[Row] = [
    *_board("appointments:board_detail"),
    row("appointments:board_confirm", "own_trust.ods_code", anonymous=SIGN_IN, trust_admin=PAGE, others=404),
    row("appointments:board_confirm", "other_trust.ods_code", anonymous=SIGN_IN, others=404),
    _secretariat(
        "appointments:board_settle",
        "disputed.pk",
        method="post",
        talent_team=TO("appointments:board_detail", "own_trust.ods_code"),
    ),
    row(
        "appointments:tenure_detail",
        "own_tenure.pk",
        anonymous=SIGN_IN,
        staff=PAGE,
        trust=PAGE,
        committee_member=PAGE,
        others=403,
    ),
    row(
        "appointments:tenure_detail",
        "other_tenure.pk",
        anonymous=SIGN_IN,
        talent_team=PAGE,
        committee_member=PAGE,
        regional_lead=404,
        trust=404,
        others=403,
    ),
    *_keepers("appointments:tenure_end", "tenure.pk"),
    _secretariat("appointments:tenure_correct", "own_tenure.pk"),
    *_keepers("appointments:notice_create", "foundation_seat.pk", trust_admin=PAGE, trust_user=404),
    row("appointments:notice_create", "own_tenure.seat.pk", anonymous=SIGN_IN, **NO_NOTICE, others=403),
    row("appointments:term_list", anonymous=SIGN_IN, staff=PAGE, trust=PAGE, committee_member=PAGE, others=403),
    row(
        "appointments:term_export",
        anonymous=SIGN_IN,
        staff=SENDS("text/csv"),
        trust=SENDS("text/csv"),
        committee_member=SENDS("text/csv"),
        others=403,
    ),
    row("appointments:committee_list", anonymous=SIGN_IN, talent_team=PAGE, committee_member=PAGE, others=403),
    row("appointments:committee_create", anonymous=SIGN_IN, talent_team=PAGE, others=403),
    *_committee("appointments:committee_detail", "committee.pk"),
    _secretariat("appointments:committee_edit", "own_committee.pk"),
    _secretariat("appointments:seat_create", "own_committee.pk"),
    _secretariat("appointments:seat_end", "own_seat.pk"),
    row("appointments:meeting_list", anonymous=SIGN_IN, talent_team=PAGE, committee_member=PAGE, others=403),
    row("appointments:meeting_create", anonymous=SIGN_IN, talent_team=PAGE, others=403),
    *_committee("appointments:meeting_detail", "meeting.pk"),
    *_committee("appointments:meeting_declare", "meeting.pk"),
    row(
        "appointments:meeting_minutes",
        "held_meeting.pk",
        anonymous=SIGN_IN,
        talent_team=PAGE_OF("papers/minutes.html"),
        committee_member=PAGE_OF("papers/minutes.html"),
        others=403,
    ),
    row(
        "appointments:meeting_minutes",
        "own_meeting.pk",
        anonymous=SIGN_IN,
        talent_team=PAGE_OF("papers/minutes.html"),
        committee_member=404,
        others=403,
    ),
    *_committee("appointments:pack_detail", "meeting.pk"),
    row("appointments:pack_check", anonymous=SIGN_IN, talent_team=PAGE, others=403),
    *_posts("appointments:pack_order", "meeting.pk", to=("appointments:pack_detail", "meeting.pk")),
    row(
        "appointments:pack_download",
        "own_meeting.pk",
        anonymous=SIGN_IN,
        committee_member=SENDS("application/pdf"),
        talent_team=404,
        others=403,
    ),
    row(
        "appointments:pack_download",
        "other_meeting.pk",
        anonymous=SIGN_IN,
        talent_team=404,
        committee_member=404,
        others=403,
    ),
    _secretariat("appointments:appendix_create", "own_item.pk"),
    row(
        "appointments:appendix_download",
        "own_appendix.pk",
        anonymous=SIGN_IN,
        talent_team=SENDS("application/pdf"),
        committee_member=SENDS("application/pdf"),
        others=403,
    ),
    row(
        "appointments:appendix_download",
        "other_appendix.pk",
        anonymous=SIGN_IN,
        talent_team=SENDS("application/pdf"),
        committee_member=404,
        others=403,
    ),
    _secretariat("appointments:appendix_remove", "own_appendix.pk"),
    _secretariat(
        "appointments:appendix_remove",
        "own_appendix.pk",
        method="post",
        talent_team=TO("appointments:item_detail", "own_item.pk"),
    ),
    _secretariat("appointments:meeting_edit", "own_meeting.pk"),
    _secretariat("appointments:meeting_cancel", "own_meeting.pk"),
    _secretariat("appointments:meeting_close", "own_meeting.pk"),
    _secretariat("appointments:agenda_edit", "own_meeting.pk"),
    _secretariat("appointments:business_add", "own_meeting.pk"),
    _secretariat("appointments:section_add", "own_meeting.pk"),
    _agenda_button("appointments:section_add_usual", "own_meeting.pk"),
    _secretariat("appointments:section_edit", "own_section.pk"),
    _agenda_button("appointments:section_shift", "own_section.pk", back_to="part"),
    _agenda_button("appointments:section_remove", "own_section.pk"),
    _secretariat("appointments:item_edit", "own_item.pk"),
    _agenda_button("appointments:item_shift", "own_item.pk", back_to="item"),
    _secretariat("appointments:item_remove", "own_item.pk"),
    _agenda_button("appointments:item_remove", "own_item.pk"),
    *_committee("appointments:item_detail", "item.pk"),
    row(
        "appointments:item_vote",
        "own_item.pk",
        method="post",
        data={"choice": "for"},
        anonymous=SIGN_IN,
        talent_team=TO("appointments:item_detail", "own_item.pk"),
        committee_member=TO("appointments:item_detail", "own_item.pk"),
        others=403,
    ),
    row(
        "appointments:item_vote",
        "other_item.pk",
        method="post",
        data={"choice": "for"},
        anonymous=SIGN_IN,
        talent_team=TO("appointments:item_detail", "other_item.pk"),
        committee_member=404,
        others=403,
    ),
    row(
        "appointments:decision_create",
        "own_item.pk",
        anonymous=SIGN_IN,
        talent_team=PAGE,
        others=403,
    ),
    row(
        "appointments:decision_create",
        "other_item.pk",
        anonymous=SIGN_IN,
        talent_team=PAGE,
        committee_member=404,
        others=403,
    ),
    row("appointments:round_create", anonymous=SIGN_IN, talent_team=PAGE, others=403),
    _secretariat("appointments:round_send", "own_round.pk"),
    _secretariat("appointments:round_move", "own_round.pk"),
    _secretariat(
        "appointments:decision_erase",
        "own_letter.decision.pk",
        talent_team=PAGE_OF("appointments/text_erase.html"),
    ),
    *_committee("appointments:round_close", "round.pk"),
    *_committee("appointments:item_wait", "item.pk"),
    row(
        "appointments:item_candidate",
        "own_cohort.pk",
        "own_place.application.reference",
        anonymous=SIGN_IN,
        talent_team=PAGE,
        committee_member=PAGE,
        others=403,
    ),
    row(
        "appointments:item_candidate",
        "own_cohort.pk",
        "own_item.application.reference",
        anonymous=SIGN_IN,
        talent_team=404,
        committee_member=404,
        others=403,
    ),
    _secretariat("appointments:proposals_add", "own_meeting.pk"),
    row(
        "appointments:item_carry",
        "own_meeting.pk",
        "own_item.pk",
        method="post",
        alike=NO_OWN,
        anonymous=SIGN_IN,
        talent_team=TO("appointments:agenda_edit", "own_meeting.pk"),
        others=403,
    ),
    row("appointments:action_list", anonymous=SIGN_IN, talent_team=PAGE, committee_member=PAGE, others=403),
    _secretariat("appointments:action_add", "own_meeting.pk"),
    row(
        "appointments:action_finish",
        "own_action.pk",
        anonymous=SIGN_IN,
        talent_team=PAGE,
        committee_member=PAGE,
        others=403,
    ),
    row(
        "appointments:action_finish",
        "other_action.pk",
        anonymous=SIGN_IN,
        talent_team=PAGE,
        committee_member=404,
        others=403,
    ),
    _secretariat("appointments:action_edit", "own_action.pk"),
    _secretariat("appointments:action_cancel", "own_action.pk"),
    row(
        "appointments:decision_list",
        anonymous=SIGN_IN,
        staff=PAGE,
        committee_member=PAGE,
        others=403,
    ),
    row(
        "appointments:letter_download",
        "own_letter.application.reference",
        anonymous=SIGN_IN,
        applicant=SENDS("application/pdf"),
        staff=SENDS("application/pdf"),
        others=404,
    ),
    row(
        "appointments:letter_download",
        "other_letter.application.reference",
        anonymous=SIGN_IN,
        talent_team=SENDS("application/pdf"),
        others=404,
    ),
]


def build(world: World) -> None:
    """Adds the records that the rows name."""
    world.own_tenure = seated(SeatFactory(board=world.own_trust), "2016-04-01", "2100-03-31")
    world.other_tenure = seated(SeatFactory(board=world.other_trust), "2016-04-01", "2100-03-31")
    world.own_foundation_seat = _foundation_seat(world.own_region, world.people["trust_admin"])
    world.other_foundation_seat = _foundation_seat(world.other_region)
    world.disputed = BoardConfirmationFactory(board=world.own_trust, wrong="The chair is another.")
    world.own_committee, _ = committee_of(3)
    world.own_seat = CommitteeSeatFactory(committee=world.own_committee, user=world.people["committee_member"])
    world.other_committee = CommitteeFactory()
    world.own_meeting = MeetingFactory(committee=world.own_committee)
    world.other_meeting = MeetingFactory(committee=world.other_committee)
    world.held_meeting = MeetingFactory(
        committee=world.own_committee, state="held", starts_at=timezone.now() - dt.timedelta(days=30)
    )
    world.own_item = AgendaItemFactory(meeting=world.own_meeting)
    world.own_cohort, world.own_place = _cohort(world)
    world.own_round, world.other_round = (
        MeetingFactory(committee=committee, by_correspondence=True, starts_at=timezone.now() - dt.timedelta(days=1))
        for committee in (world.own_committee, world.other_committee)
    )
    world.own_action = CommitteeActionFactory(meeting=world.own_meeting, owner=world.people["committee_member"])
    world.other_action = CommitteeActionFactory(meeting=world.own_meeting)
    world.own_section = AgendaSectionFactory(meeting=world.own_meeting)
    declared(world.own_item, world.people["committee_member"])
    world.other_item = AgendaItemFactory(meeting=world.other_meeting)
    world.own_appendix = AppendixFactory(item=world.own_item)
    world.other_appendix = AppendixFactory(item=world.other_item)
    PackIssuedFactory(meeting=world.own_meeting, member=world.people["committee_member"], items=[world.own_item.pk])
    world.own_letter = _letter(user=world.people["applicant"], region=world.own_region)
    world.other_letter = _letter(region=world.other_region)


def _cohort(world: World) -> tuple[AgendaItem, CohortPlace]:
    item = AgendaItemFactory(meeting=world.own_meeting, cohort=1)
    declared(item, world.people["committee_member"])
    return item, item.places.get()


def _letter(**application: object) -> object:
    return LetterFactory(
        decision__item__application=ApplicationFactory(state=State.OFFERED, **application),
    )


def _foundation_seat(region: Region, administrator: User | None = None) -> Seat:
    trust = OrganisationFactory(kind=Organisation.Kind.FOUNDATION_TRUST, region=region)
    if administrator:
        member(Role.TRUST_USER, user=administrator, organisation=trust, is_administrator=True)
    return SeatFactory(board=trust)
