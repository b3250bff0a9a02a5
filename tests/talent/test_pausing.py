"""The member's own hand: pausing, leaving everything, what was agreed to, and letters before something ends."""

import datetime as dt

import pytest
from django.core import mail
from django.urls import reverse
from django.utils import timezone

from portal import outbox, worklist
from portal.models import Job, Role
from search.documents import findable
from talent import pooling, readiness
from talent.completeness import completeness_of
from talent.models import ConsentEvent, Person, PoolMembership
from tests.factories.portal import UserFactory, member, sign_in
from tests.factories.talent import PersonFactory, PoolFactory, PoolMembershipFactory

pytestmark = pytest.mark.django_db
NOW = timezone.now()
TODAY = timezone.localdate(NOW)


def run_jobs():
    while outbox.run_next(at=timezone.now()):
        pass


def waiting_for(user):
    return [e.title for e in worklist.entries_for(user, at=NOW) if e.group == "Your talent pools"]


def test_who_pauses_is_found_nowhere_until_they_resume(client):
    membership, staff = PoolMembershipFactory(), member(Role.TALENT_TEAM)
    person = membership.person
    sign_in(client, staff)
    before = (list(findable(TODAY)), list(Person.objects.visible_to(staff)))

    pooling.pause(person, by=person.user, at=NOW)

    page = client.get(reverse("talent:pool_detail", args=[membership.pool.slug])).context["page"]
    counted = client.get(reverse("talent:pool_list")).context["pools"]
    paused = (list(findable(TODAY)), list(Person.objects.visible_to(staff)), list(page), counted[0].people)
    pooling.resume(person, by=person.user, at=NOW)
    assert before == ([person], [person])
    assert paused == ([], [], [], 0)
    assert list(findable(TODAY)) == [person]
    assert list(ConsentEvent.objects.values_list("kind", "by")) == [
        ("paused", person.user.pk),
        ("resumed", person.user.pk),
    ]


def test_leaving_everything_ends_every_consent_and_writes_each_down():
    person = PoolMembershipFactory().person
    PoolMembershipFactory(person=person)
    PoolMembershipFactory()

    left = pooling.leave_every_pool(person, by=person.user, at=NOW)

    assert (left, PoolMembership.objects.in_force(TODAY).count()) == (2, 1)
    assert ConsentEvent.objects.filter(kind="left", membership__person=person).count() == 2


def test_the_words_agreed_to_stay_when_the_pools_purpose_changes():
    person, pool = PersonFactory(), PoolFactory(purpose="For boards in England.")

    pooling.join_pool(person, pool, by=person.user, at=NOW, may_be_shared=True)
    pool.purpose = "For anything."
    pool.save()

    event = ConsentEvent.objects.get()
    assert (event.kind, event.wording, event.may_be_shared) == ("joined", "For boards in England.", True)


@pytest.mark.parametrize("act", [pooling.pause, pooling.resume, pooling.leave_every_pool])
def test_nobody_does_it_for_somebody_else(act):
    person = PoolMembershipFactory().person

    with pytest.raises(PermissionError):
        act(person, by=member(Role.TALENT_TEAM), at=NOW)

    assert (PoolMembership.objects.in_force(TODAY).count(), ConsentEvent.objects.count()) == (1, 0)


def test_a_letter_goes_once_before_a_consent_ends():
    ends = TODAY + dt.timedelta(days=60)
    told = PoolMembershipFactory(expires_on=ends)
    PoolMembershipFactory(expires_on=ends + dt.timedelta(days=1))
    PoolMembershipFactory(expires_on=ends, person=PersonFactory(mail_opt_out=True))
    PoolMembershipFactory(expires_on=ends, paused_at=NOW)

    counts = [pooling.remind(at=NOW) for _ in range(2)]
    run_jobs()

    assert counts == [1, 1]
    assert [(letter.to, letter.subject) for letter in mail.outbox] == [
        ([told.person.email], f"Your place in {told.pool} ends on {ends:%-d %B %Y}")
    ]


def test_who_renewed_meanwhile_gets_no_letter():
    membership = PoolMembershipFactory(expires_on=TODAY + dt.timedelta(days=20))
    pooling.remind(at=NOW)
    pooling.join_pool(membership.person, membership.pool, by=membership.person.user, at=NOW)

    run_jobs()

    assert (len(mail.outbox), Job.objects.filter(kind="talent.tell_consent_ends").count()) == (0, 1)


def test_readiness_is_asked_again_within_the_year_and_then_unsaid():
    said = TODAY - dt.timedelta(days=340)
    ending = PersonFactory(readiness="1-2", readiness_on=said)
    fresh = PersonFactory(readiness="now", readiness_on=TODAY)
    over = PersonFactory(readiness="now", readiness_on=TODAY - dt.timedelta(days=367))
    PersonFactory(readiness="now", readiness_on=None)

    readiness.remind(at=NOW)
    run_jobs()
    lapsed = readiness.lapse(at=NOW)

    assert [letter.to for letter in mail.outbox] == [[ending.email], [over.email]]
    assert waiting_for(ending.user) == ["Say whether you are still ready when you said"]
    assert (lapsed, waiting_for(fresh.user)) == (1, [])
    assert list(Person.objects.order_by("pk").values_list("readiness", flat=True)) == ["1-2", "now", "", "now"]


def test_saving_the_profile_says_readiness_anew(client):
    user = UserFactory(full_name="Ada Achebe")
    person = PersonFactory(user=user, readiness="now", readiness_on=TODAY - dt.timedelta(days=350))
    sign_in(client, user)

    client.post(reverse("talent:profile_edit"), {"full_name": "Ada Achebe", "readiness": "now"})
    person.refresh_from_db()
    said = person.readiness_on
    client.post(reverse("talent:profile_edit"), {"full_name": "Ada Achebe"})

    person.refresh_from_db()
    assert (said, person.readiness, person.readiness_on) == (TODAY, "", None)


def test_a_profile_says_what_it_lacks():
    person = PersonFactory.build(user=None, headline="Director", summary="Audit.", readiness="now", days_a_month=2)

    found = completeness_of(person, posts=1, skills=0, regions=0)

    assert (found.done, found.percent) == (5, 38)
    assert [part.label for part in found.missing] == [
        "Your region",
        "Your professional background",
        "Sectors you have worked in",
        "Roles you would like",
        "Where you would serve",
        "How far you would travel",
        "Your skills",
        "The text of your CV",
    ]


def test_pausing_leaving_and_what_was_agreed_to_on_screen(client):
    membership = PoolMembershipFactory()
    person = membership.person
    sign_in(client, person.user)

    client.post(reverse("talent:profile_pause"), {"act": "pause"})
    paused = client.get(reverse("talent:profile_detail"))
    client.post(reverse("talent:profile_pause"), {"act": "resume"})
    client.post(reverse("talent:pool_join", args=[membership.pool.slug]), {"agree": "on", "may_be_shared": "on"})
    shared = client.get(reverse("talent:profile_detail")).text
    client.post(reverse("talent:profile_leave"))
    listed = client.get(reverse("talent:consent_list"))

    assert (paused.context["is_paused"], "Be found again" in paused.text) == (True, True)
    assert "You may be shown to a trust that looks for somebody." in shared
    assert [event.kind for row in listed.context["rows"] for event in row.events.all()] == [
        "paused",
        "resumed",
        "renewed",
        "left",
    ]
    assert "You left" in listed.text
    assert PoolMembership.objects.in_force(TODAY).count() == 0


@pytest.mark.parametrize("rows", [1, 3])
def test_what_was_agreed_to_runs_the_same_queries_for_any_length(client, django_assert_num_queries, rows):
    person = PersonFactory()
    for _ in range(rows):
        PoolMembershipFactory(person=person)
    sign_in(client, person.user)
    client.get("/")

    with django_assert_num_queries(9):
        client.get(reverse("talent:consent_list"))
