"""The parts of an agenda: made, renamed, put in order; items within them, with the minutes they are given.

Whoever arranges an agenda does so among the items they may know of: what is hidden from them keeps its place and
gives nothing away.
"""

from django.db import transaction

from appointments.models import AgendaItem, AgendaSection, Decision, Meeting
from appointments.preparing import AgendaRefused, lock_agenda
from portal.models import User

Kind, Key = AgendaItem.Kind, AgendaSection.Key
USUAL = list(Key)
# Minutes that a part takes of its own when it is made.
OWN_MINUTES = {Key.WELCOME: 10}
SECTION_OF = {
    Kind.NEW_APPOINTMENT: Key.APPOINTMENTS,
    Kind.REAPPOINTMENT: Key.APPOINTMENTS,
    Kind.EXTENSION: Key.APPOINTMENTS,
    Kind.EXECUTIVE_MOVE: Key.APPOINTMENTS,
    Kind.TERMINATION: Key.APPOINTMENTS,
    Kind.REMUNERATION: Key.REMUNERATION,
    Kind.SCHEME_PLACE: Key.SCHEMES,
    Kind.SCHEME_COHORT: Key.SCHEMES,
    Kind.POLICY: Key.POLICY,
}


def section_for(meeting: Meeting, key: AgendaSection.Key) -> AgendaSection:
    """The meeting's usual part of that key, made in its usual place when it is not there yet."""
    found = {section.key: section for section in meeting.sections.all()}
    if key in found:
        return found[key]
    order = list(meeting.sections.all())
    earlier = {each.value for each in USUAL[: USUAL.index(key)]}
    place = max((n for n, section in enumerate(order, start=1) if section.key in earlier), default=0)
    made = AgendaSection.objects.create(
        meeting=meeting, key=key, title=key.label, position=0, minutes=OWN_MINUTES.get(key, 0)
    )
    order.insert(place, made)
    _number(order)
    return made


@transaction.atomic
def add_section(meeting: Meeting, *, title: str, minutes: int, by: User) -> AgendaSection:
    """Adds a part of its own at the agenda's end."""
    row = lock_agenda(meeting, by=by)
    return AgendaSection.objects.create(meeting=row, title=title, minutes=minutes, position=row.sections.count() + 1)


@transaction.atomic
def add_usual_sections(meeting: Meeting, *, by: User) -> None:
    """Every usual part that is not there yet."""
    row = lock_agenda(meeting, by=by)
    for key in USUAL:
        section_for(row, key)


@transaction.atomic
def change_section(section: AgendaSection, *, title: str, minutes: int, by: User) -> AgendaSection:
    lock_agenda(section.meeting, by=by)
    section.title, section.minutes = title, minutes
    section.save(update_fields=["title", "minutes"])
    return section


@transaction.atomic
def remove_section(section: AgendaSection, *, by: User) -> None:
    """Takes an empty part off. One with items, whoever may see them, stays."""
    lock_agenda(section.meeting, by=by)
    if section.items.exists():
        raise AgendaRefused(
            "Something was put into this part; rename it, or leave it empty: an empty part is not shown."
        )
    section.delete()


@transaction.atomic
def shift_section(section: AgendaSection, *, earlier: bool, by: User) -> None:
    """Changes places with the part before or after it; the first cannot go up, nor the last down: nothing happens."""
    meeting = lock_agenda(section.meeting, by=by)
    order = list(meeting.sections.all())
    here = order.index(section)
    there = here - 1 if earlier else here + 1
    if 0 <= there < len(order):
        order[here], order[there] = order[there], order[here]
    _number(order)
    put_in_order(meeting)


@transaction.atomic
def shift_item(item: AgendaItem, *, earlier: bool, by: User) -> None:
    """Moves an item past its neighbour, or into the next part; at the agenda's end nothing happens."""
    meeting = lock_agenda(item.meeting, by=by)
    order = list(meeting.items.standing().select_related("section"))
    shown = set(AgendaItem.objects.listed_for(by).filter(meeting=meeting).values_list("pk", flat=True))
    here = next(n for n, row in enumerate(order) if row.pk == item.pk)
    step = -1 if earlier else 1
    there = here + step
    while 0 <= there < len(order) and order[there].pk not in shown:
        there += step
    neighbour = order[there] if 0 <= there < len(order) else None
    row = order[here]
    if neighbour is not None and neighbour.section_id == row.section_id:
        order.insert(there, order.pop(here))
    elif (section := _next_section(meeting, row.section_id, earlier=earlier)) is not None:
        row.section = section
        # The last of the part before it, or the first of the part after it.
        order.remove(row)
        order.insert(len(order) if earlier else 0, row)
    AgendaItem.objects.bulk_update([row], ["section"])
    _number_items(order)
    put_in_order(meeting)


def _next_section(meeting: Meeting, pk: int | None, *, earlier: bool) -> AgendaSection | None:
    sections = list(meeting.sections.all())
    ids = [section.pk for section in sections]
    # Items without a part stand behind all of them.
    here = ids.index(pk) if pk in ids else len(ids)
    there = here - 1 if earlier else here + 1
    return sections[there] if 0 <= there < len(sections) else None


@transaction.atomic
def change_item(
    item: AgendaItem, *, title: str, section: AgendaSection | None, minutes: int, presenter: str, note: str, by: User
) -> AgendaItem:
    """Retitles an undecided item, gives it minutes and a presenter, and puts it into a part. Raises AgendaRefused."""
    meeting = lock_agenda(item.meeting, by=by)
    if Decision.objects.filter(item=item).exists():
        raise AgendaRefused("This item has been decided and stays as it is.")
    if section is not None and section.meeting_id != meeting.pk:
        raise AgendaRefused("This part belongs to another meeting.")
    row = AgendaItem.objects.get(pk=item.pk)
    moved = row.section_id != (section.pk if section else None)
    row.title, row.minutes, row.presenter, row.note = title, minutes, presenter, note
    row.section = section
    if moved:
        row.position = meeting.items.count() + 1
    row.save(update_fields=["title", "minutes", "presenter", "note", "section", "position"])
    put_in_order(meeting)
    return row


def put_in_order(meeting: Meeting) -> None:
    """Numbers the items through the whole agenda, part after part, each part in the order it has."""
    rows = list(meeting.items.standing().select_related("section").order_by("position", "pk"))
    rows.sort(key=lambda item: item.section.position if item.section else len(rows) + meeting.sections.count())
    _number_items(rows)


def _number_items(rows: list[AgendaItem]) -> None:
    moved = [(position, row) for position, row in enumerate(rows, start=1) if row.position != position]
    for position, row in moved:
        row.position = position
    AgendaItem.objects.bulk_update([row for _, row in moved], ["position"])


def _number(sections: list[AgendaSection]) -> None:
    for position, section in enumerate(sections, start=1):
        section.position = position
    AgendaSection.objects.bulk_update(sections, ["position"])
