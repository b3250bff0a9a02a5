"""Skills: the vocabulary, a person's own word, what staff read in a profile and confirm."""

import pytest
from django.core.management import call_command
from django.db import IntegrityError, transaction
from django.test import Client
from django.utils import timezone

from portal.models import Role
from talent import skills
from talent.access import Refused
from talent.forms.skill import SkillForm
from talent.models import PersonSkill, Skill, State
from tests.factories.portal import RegionFactory, member, sign_in
from tests.factories.skills import PersonSkillFactory, SkillFactory
from tests.factories.talent import ApplicationFactory, PersonFactory

pytestmark = pytest.mark.django_db
NOW = timezone.now()


def test_the_vocabulary_is_loaded_once_and_what_staff_changed_stays():
    first = skills.load()
    Skill.objects.filter(code="estates").update(name="Buildings", retired=True)

    assert (first > 25, skills.load()) == (True, 0)
    assert Skill.objects.get(code="estates").name == "Buildings"
    assert set(Skill.objects.values_list("group", flat=True)) == set(Skill.Group.values)


def test_the_command_says_how_many(capsys):
    Skill.objects.all().delete()

    call_command("load_skills")
    call_command("load_skills")

    said = capsys.readouterr().out.splitlines()
    assert said == [f"{Skill.objects.count()} added", "0 added"]


def test_a_retired_skill_is_not_offered_and_groups_stand_together():
    Skill.objects.all().delete()
    SkillFactory(name="Audit", group="finance")
    SkillFactory(name="Law", group="governance")
    SkillFactory(name="Old", group="finance", retired=True)

    choices = SkillForm().fields["skill"].widget.choices

    assert [(group, [name for _, name in found]) for group, found in list(choices)[1:]] == [
        ("Finance", ["Audit"]),
        ("Governance", ["Law"]),
    ]


def test_ones_own_word_waits_to_be_confirmed_and_again_when_it_changes():
    person, skill = PersonFactory(), SkillFactory()
    ApplicationFactory(person=person, state=State.SUBMITTED)
    team = member(Role.TALENT_TEAM)

    held = skills.claim_skill(person, skill, evidence=" Chaired it. ", by=person.user, at=NOW)
    confirmed = skills.confirm_skill(held, by=team, at=NOW)
    changed = skills.claim_skill(person, skill, evidence="Chaired two.", by=person.user, at=NOW)

    assert (held.source, held.evidence, held.is_confirmed) == ("declared", "Chaired it.", False)
    assert (confirmed.confirmed_by, confirmed.is_confirmed) == (team, True)
    assert (changed.pk, changed.is_confirmed, PersonSkill.objects.count()) == (held.pk, False, 1)


def test_staff_read_a_skill_in_the_profile_which_confirms_it():
    person, team = PersonFactory(), member(Role.TALENT_TEAM)
    ApplicationFactory(person=person, state=State.SUBMITTED)

    held = skills.note_skill(person, SkillFactory(), evidence="Ten years in audit.", by=team, at=NOW)

    assert (held.source, held.confirmed_by) == ("profile", team)


def test_nobody_confirms_their_own_nor_beyond_their_region():
    team = member(Role.TALENT_TEAM)
    own = PersonSkillFactory(person=PersonFactory(user=team))
    theirs = PersonSkillFactory()
    ApplicationFactory(person=theirs.person, state=State.SUBMITTED)
    lead = member(Role.REGIONAL_LEAD, region=RegionFactory())

    for held, by in ((own, team), (theirs, lead), (theirs, theirs.person.user)):
        with pytest.raises(Refused):
            skills.confirm_skill(held, by=by, at=NOW)
    with pytest.raises(Refused):
        skills.claim_skill(theirs.person, theirs.skill, evidence="x", by=team, at=NOW)
    with pytest.raises(Refused):
        skills.drop_skill(theirs, by=lead)
    assert PersonSkill.objects.filter(confirmed_at=None).count() == 2


def test_a_confirmation_has_somebody_behind_it():
    with pytest.raises(IntegrityError), transaction.atomic():
        PersonSkillFactory(confirmed_at=NOW)


def test_a_person_keeps_their_skills_on_the_profile(client: Client):
    person, skill = PersonFactory(), SkillFactory(name="Digital change")
    sign_in(client, person.user)

    empty = client.post("/profile/skills/add/", {"skill": skill.pk, "evidence": ""})
    client.post("/profile/skills/add/", {"skill": skill.pk, "evidence": "Moved a bank to the cloud."})
    page = client.get("/profile/").text
    held = PersonSkill.objects.get()
    client.post(f"/profile/skills/{held.pk}/remove/")

    assert "Say what shows this skill" in empty.text
    assert ("Moved a bank to the cloud." in page, "Not confirmed" in page) == (True, True)
    assert PersonSkill.objects.count() == 0


def test_staff_see_and_confirm_them_on_the_persons_page(client: Client):
    held = PersonSkillFactory(evidence="Moved a bank to the cloud.")
    application = ApplicationFactory(person=held.person, state=State.SUBMITTED)
    team = member(Role.TALENT_TEAM)
    sign_in(client, team)

    client.post(f"/talent/people/skills/{held.pk}/confirm/")
    client.post(f"/talent/people/{held.person_id}/skills/add/", {"skill": SkillFactory().pk, "evidence": "Audit."})

    assert list(held.person.skills.values_list("confirmed_by", flat=True)) == [team.pk, team.pk]
    for address in (f"/talent/people/{held.person_id}/", f"/talent/candidates/{application.reference}/"):
        assert "Moved a bank to the cloud." in client.get(address).text


@pytest.mark.parametrize("number", [1, 3])
def test_a_profile_takes_the_same_queries_however_many_skills(client: Client, django_assert_num_queries, number):
    person = PersonFactory()
    for _ in range(number):
        PersonSkillFactory(person=person, confirmed_by=member(Role.TALENT_TEAM), confirmed_at=NOW)
    sign_in(client, person.user)

    with django_assert_num_queries(12):
        client.get("/profile/")
