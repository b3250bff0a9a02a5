"""Who is found and why, on the default engine; tests/search/test_parity.py holds the other one to the same."""

import datetime as dt

import pytest
from django.utils import timezone

from portal.models import Role
from search.access import scope_of
from search.asking import ask
from search.models import Concept, Entry
from search.queries import Question, Scope
from search.rebuilding import recount
from talent.models import Participation, Person, PoolMembership
from talent.pooling import leave_pool
from tests.factories.portal import RegionFactory, member
from tests.factories.programmes import CohortFactory
from tests.factories.search import findable, index_all
from tests.factories.skills import PersonSkillFactory, SkillFactory
from tests.factories.talent import (
    ApplicationFactory,
    DeclaredInterestFactory,
    PersonFactory,
    PoolFactory,
    PostHeldFactory,
)

pytestmark = pytest.mark.django_db
TODAY = timezone.localdate()
EVERYONE = Scope(day=TODAY)


def names(text="", *, scope=EVERYONE, **question):
    index_all()
    return [found.person.full_name for found in ask(Question(text=text, **question), scope).people]


def why(text):
    """Of the one person found: what was asked, how it was met, by which words, where."""
    index_all()
    (found,) = ask(Question(text=text), EVERYONE).people
    return [(met.asked, met.how, met.words, met.where) for met in found.why]


def test_a_post_held_now_counts_more_than_a_former_one_and_that_more_than_a_cv():
    findable(full_name="By CV", cv_text="Ten years in procurement.")
    former = findable(full_name="Former")
    PostHeldFactory(person=former, title="Head of procurement", ended_on=dt.date(2014, 1, 1))
    findable(full_name="Now", posts=("Procurement director",))

    assert names("procurement") == ["Now", "Former", "By CV"]


def test_a_skill_counts_less_than_a_post_now_and_more_than_what_shows_it():
    skill = SkillFactory(name="Procurement")
    PersonSkillFactory(person=findable(full_name="By skill"), skill=skill, evidence="Bought scanners.")
    shows = PersonSkillFactory(person=findable(full_name="By what shows it"), evidence="Led procurement.")
    findable(full_name="Now", posts=("Procurement director",))

    assert names("procurement") == ["Now", "By skill", "By what shows it"]
    assert why("scanners") == [("scanners", "word", "scanners", "Skill: Procurement")]
    assert why('"led procurement"')[0][3] == f"Skill: {shows.skill.name}"


def test_skills_schemes_and_pools_are_counted_and_chosen():
    audit, law = SkillFactory(name="Audit"), SkillFactory(name="Law")
    pool, cohort = PoolFactory(), CohortFactory()
    both = findable(full_name="Both", pool=pool)
    for skill in (audit, law):
        PersonSkillFactory(person=both, skill=skill)
    Participation.objects.create(cohort=cohort, person=both, joined_on=TODAY)
    PersonSkillFactory(person=findable(full_name="One"), skill=audit)
    index_all()

    answer = ask(Question(chosen={"skill": (audit.pk,)}), EVERYONE)
    assert (answer.total, answer.facets["skill"]) == (2, {audit.pk: 2, law.pk: 1})
    assert names(chosen={"skill": (law.pk,)}) == ["Both"]
    assert names(chosen={"scheme": (cohort.scheme_id,)}) == ["Both"]
    assert names(chosen={"pool": (pool.pk,)}) == ["Both"]


def test_the_same_points_stand_in_the_order_of_ids():
    people = [findable(full_name=name, posts=("Nurse",)) for name in ("Zoe", "Adam", "Mia")]

    assert names("nurse") == [person.full_name for person in people]


def test_words_are_all_met_or_nearly_all_and_it_is_said():
    findable(full_name="Both", summary="Audit and mergers and estates.")
    findable(full_name="Two", summary="Audit and mergers.")
    findable(full_name="One", summary="Audit.")
    index_all()

    answer = ask(Question(text="audit merger estates"), EVERYONE)

    assert ([f.person.full_name for f in answer.people], answer.at_least, answer.asked_for) == (["Both", "Two"], 2, 3)


def test_of_two_things_one_will_do_only_when_nobody_meets_both():
    findable(full_name="Audit", summary="Audit.")
    findable(full_name="Merger", summary="Merger.")

    assert (names("audit merger"), names("audit estates")) == (["Audit", "Merger"], ["Audit"])
    findable(full_name="Both", summary="Audit. Merger.")
    assert names("audit merger") == ["Both"]


def test_whoever_meets_more_comes_first_whatever_the_points():
    findable(full_name="Two in a post", posts=("Audit and estates",))
    findable(full_name="Three in a text", summary="Audit, estates, merger.")

    assert names("audit estates merger") == ["Three in a text", "Two in a post"]


def test_why_synonyms_were_met(vocabulary):
    findable(posts=("Director of Finance",), summary="Reorganised casualty.")

    assert why("CFO A&E") == [
        ("CFO", "synonym", "Director of Finance", "Director of Finance, Harbour Housing (2012 to now)"),
        ("A&E", "synonym", "casualty", "Summary"),
    ]


def test_why_another_form_of_the_word():
    findable(summary="Led two mergers.")

    assert why("merger") == [("merger", "stem", "mergers", "Summary")]


def test_a_phrase_does_not_reach_across_sentences():
    findable(full_name="Apart", summary="Audit. Chair of governors.")
    findable(full_name="Together", summary="Audit chair.")

    assert names('"audit chair"') == ["Together"]


def test_an_exclusion_takes_people_away_with_its_synonyms():
    Concept.objects.create(name="Charity", forms="third sector")
    findable(full_name="Out", summary="Third sector finance.")
    findable(full_name="In", summary="Finance.")

    assert names("finance -charity") == ["In"]


def test_a_beginning_finds_longer_words_than_its_stem():
    findable(full_name="Found", summary="Safeguarding.")
    findable(full_name="Not", summary="Safety.")

    assert names("safeguardin*") == ["Found"]


def test_a_misspelt_word_finds_the_nearest_and_says_so():
    findable(full_name="Found", summary="Safeguarding.")
    index_all()

    answer = ask(Question(text="safegaurding"), EVERYONE)

    assert [(c.typed, c.meant) for c in answer.corrections] == [("safegaurding", "safeguarding")]
    assert [(met.how, met.words) for met in answer.people[0].why] == [("spelling", "Safeguarding")]


def test_a_name_is_found_and_never_taken_for_misspelt():
    findable(full_name="Ngozi Okafor", summary="Okra.")
    index_all()

    answer = ask(Question(text="okafor"), EVERYONE)

    assert ([f.person.full_name for f in answer.people], answer.corrections) == (["Ngozi Okafor"], ())


def test_a_rare_word_outweighs_a_common_one():
    for number in range(16):
        findable(full_name=f"Common {number}", posts=("Manager",))
    findable(full_name="Rare", posts=("Actuary",), summary="Manager.")
    index_all()
    recount()

    first = ask(Question(text="manager actuary", at_least=1), EVERYONE).people[0]

    assert (first.person.full_name, first.score) == ("Rare", 2 * 12 + 2 + 2 * 1000)


def test_facets_count_under_the_other_choices_and_not_under_their_own():
    north, south = RegionFactory(), RegionFactory()
    findable(region=north, readiness="now")
    findable(region=north, readiness="1-2")
    findable(region=south, readiness="now")
    index_all()

    answer = ask(Question(chosen={"region": (north.pk,), "readiness": (0,)}), EVERYONE)

    assert answer.total == 1
    assert answer.facets["region"] == {north.pk: 1, south.pk: 1}
    assert answer.facets["readiness"] == {0: 1, 1: 1}


def test_a_range_of_days_holds_at_both_ends():
    for days in (2, "2.5", 4, 6):
        findable(full_name=f"{days} days", days_a_month=days)

    assert names(days_from=25, days_to=40) == ["2.5 days", "4 days"]


@pytest.mark.parametrize(
    ("sort", "order"),
    [("name", ["Ada", "Ben", "Cai"]), ("readiness", ["Cai", "Ben", "Ada"]), ("days", ["Ben", "Cai", "Ada"])],
)
def test_sorts(sort, order):
    findable(full_name="Cai", readiness="now", days_a_month=3)
    findable(full_name="Ada", days_a_month=1)
    findable(full_name="Ben", readiness="1-2", days_a_month=5)

    assert names(sort=sort) == order


def test_pages_follow_one_another_while_people_join():
    people = [findable(full_name=f"Person {n:02}", posts=("Nurse",)) for n in range(7)]
    index_all()
    first = ask(Question(text="nurse", size=3), EVERYONE)
    findable(full_name="Late", posts=("Nurse",))
    index_all()
    second = ask(Question(text="nurse", size=3, after=first.next_place), EVERYONE)
    third = ask(Question(text="nurse", size=3, after=second.next_place), EVERYONE)

    seen = [found.person.pk for page in (first, second, third) for found in page.people]
    assert seen[:7] == [person.pk for person in people]
    assert (len(seen), third.next_place) == (8, None)


def test_without_consent_nobody_is_found():
    PersonFactory(full_name="Never joined")
    findable(full_name="Joined")

    assert names() == ["Joined"]


def test_who_leaves_is_gone_from_list_total_and_facets_before_any_index_is_told():
    pool = PoolFactory()
    leaver = findable(full_name="Leaver", posts=("Nurse",), pool=pool)
    findable(full_name="Stayer", posts=("Nurse",), pool=pool)
    Person.objects.filter(pk=leaver.pk).update(user=member(Role.EDITOR))
    leaver.refresh_from_db()
    index_all()

    leave_pool(leaver, pool, by=leaver.user, at=timezone.now())
    answer = ask(Question(text="nurse"), EVERYONE)

    assert Entry.objects.count() == 2
    assert ([f.person.full_name for f in answer.people], answer.total) == (["Stayer"], 1)
    assert answer.facets["pool"] == {pool.pk: 1}


def test_a_consent_that_has_run_out_is_no_consent():
    findable(full_name="Gone")
    index_all()
    PoolMembership.objects.update(expires_on=TODAY)

    assert ask(Question(), EVERYONE).total == 0
    index_all()
    assert Entry.objects.count() == 0


def test_the_day_a_consent_runs_out_it_hides_although_nothing_was_saved():
    findable()
    index_all()
    last_day = Entry.objects.get().fresh_until - dt.timedelta(days=1)

    found = [ask(Question(), Scope(day=last_day + dt.timedelta(days=n))).total for n in (0, 1)]

    assert found == [1, 0]


def test_a_regional_lead_finds_the_region_alone_in_list_total_and_facets():
    lead = member(Role.REGIONAL_LEAD)
    home = lead.memberships.get().region
    findable(full_name="Here", region=home)
    findable(full_name="Elsewhere", region=RegionFactory())
    index_all()

    answer = ask(Question(), scope_of(lead, day=TODAY))

    assert ([f.person.full_name for f in answer.people], answer.total) == (["Here"], 1)
    assert answer.facets["region"] == {home.pk: 1}


def test_who_moves_region_is_gone_for_the_lead_before_the_index_is_told():
    lead = member(Role.REGIONAL_LEAD)
    mover = findable(region=lead.memberships.get().region)
    index_all()

    Person.objects.filter(pk=mover.pk).update(region=RegionFactory())

    assert ask(Question(), scope_of(lead, day=TODAY)).total == 0


def test_a_declared_conflict_and_oneself_are_out_of_every_search():
    staff = member(Role.TALENT_TEAM)
    conflicted, own = findable(full_name="Conflicted"), findable(full_name="Own")
    Person.objects.filter(pk=own.pk).update(user=staff)
    DeclaredInterestFactory(user=staff, application=ApplicationFactory(person=conflicted))
    findable(full_name="Other")

    assert (names(scope=scope_of(staff, day=TODAY)), len(names())) == (["Other"], 3)


def test_who_vanishes_on_a_declared_conflict_does_not_tell_who_is_read_blind():
    staff = member(Role.TALENT_TEAM)
    application = ApplicationFactory(person=findable(full_name="Applicant"), intake__names_hidden=True)
    DeclaredInterestFactory(user=staff, application=application)
    before = names(scope=scope_of(staff, day=TODAY))

    type(application.intake).objects.filter(pk=application.intake_id).update(names_hidden=False)

    assert (before, names(scope=scope_of(staff, day=TODAY))) == (["Applicant"], [])


@pytest.mark.parametrize("role", [Role.REVIEWER, Role.TRUST_USER, Role.COMMITTEE_MEMBER, Role.EDITOR])
def test_other_roles_find_nobody(role):
    findable()

    assert names(scope=scope_of(member(role), day=TODAY)) == []


def test_a_merged_record_is_found_no_more():
    kept, double = findable(full_name="Kept"), findable(full_name="Double")
    index_all()

    Person.objects.filter(pk=double.pk).update(merged_into=kept)

    assert [f.person.full_name for f in ask(Question(), EVERYONE).people] == ["Kept"]
