"""Acts on learning networks: who belongs, and what its members write to each other."""

import datetime as dt

from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, transaction

from portal.access import Viewer, access_of
from portal.models import Membership, Organisation, User
from programmes.models import Event, LearningNetwork, NetworkMember, NetworkNote, NetworkStep
from programmes.network_mail import tell_of_note

Kind = NetworkStep.Kind


class NetworkRefused(Exception):
    """The network does not allow it; `str()` is fit for the screen."""


def may_lead_network(user: Viewer, network: LearningNetwork) -> bool:
    return LearningNetwork.objects.led_by(user).filter(pk=network.pk).exists()


def may_take_part(user: Viewer, network: LearningNetwork) -> bool:
    """Read and write: its members while they act for an organisation, and its leads."""
    return LearningNetwork.objects.visible_to(user).filter(pk=network.pk).exists()


@transaction.atomic
def join(network: LearningNetwork, organisation: Organisation, *, by: User, at: dt.datetime) -> NetworkMember:
    """Somebody who acts for a trust joins for it. Raises NetworkRefused."""
    if organisation.pk not in access_of(by).trust_ids:
        raise PermissionDenied
    return _admit(network, by, organisation, Kind.JOINED, by=by, at=at)


@transaction.atomic
def add_member(
    network: LearningNetwork, user: User, organisation: Organisation, *, by: User, at: dt.datetime
) -> NetworkMember:
    """A lead adds somebody who acts for the organisation. Raises NetworkRefused."""
    if not may_lead_network(by, network):
        raise PermissionDenied
    acts = Membership.objects.in_force(at).filter(user=user, organisation=organisation)
    if not acts.exists():
        raise NetworkRefused(f"{user} does not act for {organisation}.")
    return _admit(network, user, organisation, Kind.ADDED, by=by, at=at)


@transaction.atomic
def end_membership(member: NetworkMember, *, by: User, at: dt.datetime, reason: str = "") -> NetworkMember:
    """Somebody leaves, or a lead takes them out with the reason. What they wrote stays. Raises NetworkRefused."""
    rows = NetworkMember.objects.select_for_update(of=("self",)).select_related("network", "user")
    row = rows.get(pk=member.pk)
    own = row.user_id == by.pk
    if not own and not may_lead_network(by, row.network):
        raise PermissionDenied
    if not own and not reason.strip():
        raise NetworkRefused("Say why.")
    if row.left_at is not None:
        raise NetworkRefused("This person has left already.")
    row.left_at = at
    row.save(update_fields=["left_at"])
    NetworkStep.objects.create(member=row, kind=Kind.LEFT if own else Kind.REMOVED, by=by, at=at, reason=reason.strip())
    return row


@transaction.atomic
def write_note(
    network: LearningNetwork, *, title: str, text: str, by: User, at: dt.datetime, meeting: Event | None = None
) -> NetworkNote:
    """Begins a discussion, perhaps about one of the network's meetings; members are told. Raises NetworkRefused."""
    _refuse_strangers(network, by)
    if meeting is not None and meeting.network_id != network.pk:
        raise NetworkRefused("This meeting belongs to another network.")
    title, text = title.strip(), text.strip()
    if not title or not text:
        raise NetworkRefused("Write a title and a text.")
    made = NetworkNote.objects.create(network=network, meeting=meeting, title=title, text=text, by=by, at=at)
    tell_of_note(made, at=at)
    return made


@transaction.atomic
def answer(note: NetworkNote, *, text: str, by: User, at: dt.datetime) -> NetworkNote:
    """Answers what began a discussion. Raises NetworkRefused."""
    row = NetworkNote.objects.select_for_update(of=("self",)).select_related("network").get(pk=note.pk)
    _refuse_strangers(row.network, by)
    if row.withdrawn_at is not None or row.parent_id is not None:
        raise NetworkRefused("This note can no longer be answered.")
    if not text.strip():
        raise NetworkRefused("Write what you want to say.")
    made = NetworkNote.objects.create(network=row.network, parent=row, text=text.strip(), by=by, at=at)
    tell_of_note(made, at=at)
    return made


@transaction.atomic
def withdraw_note(note: NetworkNote, *, by: User, at: dt.datetime) -> NetworkNote:
    """Takes a note off the page, by whoever wrote it or a lead; nobody sees it or its answers any more."""
    row = NetworkNote.objects.select_for_update(of=("self",)).select_related("network").get(pk=note.pk)
    _refuse_strangers(row.network, by)
    if row.by_id != by.pk and not may_lead_network(by, row.network):
        raise PermissionDenied
    if row.withdrawn_at is None:
        row.withdrawn_at, row.withdrawn_by = at, by
        row.save(update_fields=["withdrawn_at", "withdrawn_by"])
    return row


def _admit(
    network: LearningNetwork,
    user: User,
    organisation: Organisation,
    kind: NetworkStep.Kind,
    *,
    by: User,
    at: dt.datetime,
) -> NetworkMember:
    try:
        with transaction.atomic():
            member = NetworkMember.objects.create(network=network, user=user, organisation=organisation, joined_at=at)
    except IntegrityError as error:
        raise NetworkRefused(f"{user} belongs to this network already.") from error
    NetworkStep.objects.create(member=member, kind=kind, by=by, at=at)
    return member


def _refuse_strangers(network: LearningNetwork, user: User) -> None:
    if not may_take_part(user, network):
        raise PermissionDenied
