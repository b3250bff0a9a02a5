"""A subcommittee: of a committee, with dated terms of reference, a deputy chair, and what it may decide on."""

import datetime as dt
from typing import Any

import pytest
from django.db import IntegrityError, transaction
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from appointments.agenda import add_applications, add_business
from appointments.bookkeeping import keep
from appointments.decisions import DecisionRefused, record_decision
from appointments.models import Committee, CommitteeSeat
from appointments.preparing import AgendaRefused
from talent.models import State
from tests.appointments.conftest import Sitting
from tests.factories.appointments import CommitteeFactory, CommitteeSeatFactory
from tests.factories.portal import sign_in
from tests.factories.talent import ApplicationFactory, DeclaredInterestFactory

pytestmark = pytest.mark.django_db


def only(sitting: Sitting, *kinds: str) -> None:
    Committee.objects.filter(pk=sitting.meeting.committee_id).update(may_decide=list(kinds))


def test_what_the_terms_do_not_give_it_reaches_no_agenda(sitting: Sitting):
    only(sitting, "policy")
    add_business(sitting.meeting, title="Dates", note="", by=sitting.secretary, at=timezone.now())

    application = ApplicationFactory(state=State.RECOMMENDED)

    with pytest.raises(AgendaRefused, match="does not decide on: Place on a scheme"):
        add_applications(sitting.meeting, [application], by=sitting.secretary, at=timezone.now())


def test_nor_is_it_decided_once_the_terms_have_changed(sitting: Sitting):
    only(sitting, "policy")

    with pytest.raises(DecisionRefused, match="does not decide on such an item"):
        record_decision(
            sitting.item,
            outcome="approved",
            votes=sitting.all_for,
            reason="Good.",
            by=sitting.secretary,
            at=timezone.now(),
        )


def test_the_deputy_chairs_where_the_chair_has_a_conflict(sitting: Sitting):
    CommitteeSeat.objects.filter(user=sitting.ann).update(role="deputy")
    DeclaredInterestFactory(user=sitting.chair, application=sitting.item.application)

    decision = record_decision(
        sitting.item,
        outcome="approved",
        votes={sitting.ann.pk: "for", sitting.ben.pk: "against"},
        reason="The deputy’s vote settles it.",
        by=sitting.secretary,
        at=timezone.now(),
    )

    assert (decision.facts["chair"], decision.outcome) == (sitting.ann.pk, "approved")


@pytest.mark.parametrize("facts", [{"kind": "sub", "parent": None}, {"kind": "main", "parent": True}])
def test_a_subcommittee_has_a_parent_and_a_committee_has_none(facts: dict[str, Any]):
    parent = CommitteeFactory() if facts["parent"] else None

    with pytest.raises(IntegrityError, match="committee_sub_has_parent"), transaction.atomic():
        CommitteeFactory(kind=facts["kind"], parent=parent)


def test_one_deputy_at_a_time(sitting: Sitting):
    CommitteeSeatFactory(committee=sitting.meeting.committee, role="deputy")

    with pytest.raises(IntegrityError, match="committeeseat_one_deputy"), transaction.atomic():
        CommitteeSeatFactory(committee=sitting.meeting.committee, role="deputy")


def test_a_subcommittee_is_set_up_on_the_page(client: Client, sitting: Sitting):
    sign_in(client, sitting.secretary)
    parent = sitting.meeting.committee
    said = {
        "name": "Remuneration Subcommittee",
        "kind": "sub",
        "terms_of_reference": "Pay of executive directors.",
        "may_decide": ["remuneration"],
        "quorum": "2",
        "terms_from": "2018-04-01",
    }

    refused = client.post(reverse("appointments:committee_create"), said)
    client.post(reverse("appointments:committee_create"), said | {"parent": parent.pk})

    assert refused.context["form"].errors == {"parent": ["Choose the committee of which it is a subcommittee"]}
    made = Committee.objects.get(name="Remuneration Subcommittee")
    assert (made.parent, made.may_decide, made.terms_from) == (parent, ["remuneration"], dt.date(2018, 4, 1))
    shown = client.get(reverse("appointments:committee_detail", args=[parent.pk]))
    assert list(shown.context["subcommittees"]) == [made]


def test_earlier_terms_stay_to_be_read(client: Client, sitting: Sitting):
    committee = sitting.meeting.committee
    earlier = committee.terms_of_reference
    committee.terms_of_reference = "Appointments only."
    keep(committee, by=sitting.secretary, at=timezone.now())
    sign_in(client, sitting.secretary)

    shown = client.get(reverse("appointments:committee_detail", args=[committee.pk]))

    assert [each["text"] for each in shown.context["earlier_terms"]] == [earlier]
