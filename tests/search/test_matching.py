"""Who meets a specification and with how many points, who is left out and why, and what must not move anything."""

import datetime as dt
import json
from io import StringIO

import pytest
from django.core.management import CommandError, call_command
from django.utils import timezone

from portal.models import Role
from search.access import scope_of
from search.matching import match
from search.queries import Scope
from search.specification import SpecificationRefused, of_data
from search.weights import weights_on
from talent.models import Person
from tests.factories.portal import RegionFactory, member
from tests.factories.search import findable, index_all
from tests.factories.skills import PersonSkillFactory, SkillFactory
from tests.factories.talent import ApplicationFactory, DeclaredInterestFactory, PoolFactory, PostHeldFactory

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("vocabulary")]
TODAY = timezone.localdate()
EVERYONE = Scope(day=TODAY)
CV = """Jordan Example
Date of birth: 4 May 1961
Fenbridge Grammar School 1972 - 1979
Career
Finance director, Aldermere Water, 2009 - 2015
I chaired the audit committee and led the merger with Riverhead Water.
Development needs: mental health services
Referees: Sam Sample, chief executive of Aldermere Water
"""


def years_back(years):
    return TODAY - dt.timedelta(days=round(365.25 * years))


def matched(scope=EVERYONE, **spec):
    index_all()
    return match(of_data({"title": "", **spec}), scope)


def names(matches):
    return [one.person.full_name for one in matches.people]


def test_each_criterion_says_which_words_met_it_where_and_when():
    person = findable(cv_text=CV)

    (one,) = matched(
        essential=["Experience of chairing an audit committee", "Experience as a chief executive"],
        desirable=["Led a merger", "Knowledge of mental health services"],
    ).people

    assert one.person == person
    assert [(m.criterion.text, m.best.words, m.best.where, m.period) for m in one.met] == [
        (
            "Experience of chairing an audit committee",
            "chaired the audit committee",
            "CV: Career, Finance director, Aldermere Water",
            "2009 to 2015",
        ),
        ("Led a merger", "merger", "CV: Career, Finance director, Aldermere Water", "2009 to 2015"),
    ]
    assert [missed.criterion.text for missed in one.missed] == [
        "Experience as a chief executive",
        "Knowledge of mental health services",
    ]


def test_the_score_is_the_stated_weights_and_nothing_else():
    person = findable()
    PostHeldFactory(person=person, title="Finance director", started_on=years_back(11.5), ended_on=years_back(9))

    (one,) = matched(essential=["Finance director"], desirable=["Cyber security"]).people

    # Met 80; ended 9 years ago, half way from 3 to 15: 5 of 10; held 2½ of 5 years: 5 of 10. Three quarters of 90.
    assert [(m.points, m.recency, m.depth) for m in one.met] == [(90, 5, 5)]
    assert one.score == 67.5


def test_an_essential_criterion_outweighs_two_desirable_ones():
    essential = findable(full_name="Essential", posts=("Finance director",))
    findable(full_name="Desirable", posts=("Barrister, cyber security",))

    found = matched(essential=["Finance director"], desirable=["Barrister", "Cyber security"])

    assert (names(found), essential.pk) == (["Essential", "Desirable"], found.people[0].person.pk)


def test_lately_and_long_count_among_equals():
    for name, begun, ended in (("Old", 20, 16), ("Short", 1, None), ("Long", 6, None)):
        person = findable(full_name=name)
        PostHeldFactory(
            person=person, title="Barrister", started_on=years_back(begun), ended_on=ended and years_back(ended)
        )

    assert names(matched(essential=["Barrister"])) == ["Long", "Short", "Old"]


def test_too_few_years_miss_a_criterion_and_it_is_said():
    person = findable(posts=("Barrister",))
    PostHeldFactory(person=person, title="Finance director", started_on=years_back(3), ended_on=years_back(1))

    (one,) = matched(essential=["At least five years as finance director"], desirable=["Barrister"]).people

    assert [(m.criterion.text, m.why) for m in one.missed] == [
        (
            "At least five years as finance director",
            "2 of 5 years: Finance director (Finance director, Harbour Housing)",
        )
    ]


def test_a_confirmed_skill_meets_a_criterion_by_its_name_or_its_evidence():
    person = findable()
    PersonSkillFactory(person=person, skill=SkillFactory(name="Cyber security"), evidence="Ran the response.")

    (one,) = matched(essential=["Infosec"]).people

    assert [(m.best.words, m.best.where, m.best.kind) for m in one.met] == [
        ("Cyber security", "Skill: Cyber security", "skill")
    ]


def test_the_title_and_text_settle_the_order_of_equals():
    findable(full_name="Else", posts=("Barrister",))
    findable(full_name="Seeks", posts=("Barrister",), roles_sought=["ned"])

    found = matched(title="Non-executive director, Fenbridge", essential=["Barrister"])

    assert names(found) == ["Seeks", "Else"]
    assert found.people[0].score - found.people[1].score == 5.0


def test_filters_leave_out_with_their_reasons():
    here, there = RegionFactory(name="Here"), RegionFactory(name="There")
    findable(full_name="In", posts=("Barrister",), region=here, days_a_month=4)
    findable(full_name="Willing", posts=("Barrister",), region=there, works_in=(here,), days_a_month=3)
    findable(full_name="Away", posts=("Barrister",), region=there, days_a_month=3)
    findable(full_name="Busy", posts=("Barrister",), region=here, days_a_month=1)

    found = matched(essential=["Barrister"], region="Here", days_a_month=3)

    assert sorted(names(found)) == ["In", "Willing"]
    assert {one.person.full_name: one.reasons for one in found.left_out} == {
        "Away": ("Neither lives in the region nor would serve there",),
        "Busy": ("Has 1 days a month; 3 are needed",),
    }


@pytest.mark.parametrize(
    ("filters", "reason"),
    [
        ({"sector": "Housing"}, "Has not worked in housing"),
        ({"role": ["Chair", "NED"]}, "Does not look for a role as chair or non-executive director"),
        ({"readiness": "now"}, "Is not ready now"),
        ({"background": "law"}, "Comes from another profession than law"),
        ({"pool": "Chairs"}, "Does not consent to be found through this pool"),
        ({"filters": {"travel_minutes": 60}}, "Would not travel so far"),
    ],
)
def test_every_filter_has_its_reason(filters, reason):
    PoolFactory(name="Chairs")
    findable(posts=("Barrister",))

    found = matched(essential=["Barrister"], **filters)

    assert (found.people, [one.reasons for one in found.left_out]) == ((), [(reason,)])


def test_a_challenged_trust_asks_for_turnaround():
    findable(posts=("Turnaround director",))

    (one,) = matched(essential=[], segment=4, desirable=["Barrister"]).people

    assert [m.best.words for m in one.met] == ["Turnaround"]


def test_whoever_leaves_the_pool_is_gone_at_once():
    person = findable(posts=("Barrister",))
    index_all()

    person.pool_memberships.update(left_at=timezone.now())

    assert match(of_data({"title": "", "essential": ["Barrister"]}), EVERYONE).people == ()


def test_region_and_conflicts_of_the_asker_hold():
    mine, other = RegionFactory(), RegionFactory()
    lead = member(Role.REGIONAL_LEAD, region=mine)
    findable(full_name="Mine", posts=("Barrister",), region=mine)
    findable(full_name="Other", posts=("Barrister",), region=other)
    known = findable(full_name="Known", posts=("Barrister",), region=mine)
    DeclaredInterestFactory(user=lead, application=ApplicationFactory(person=known))

    found = matched(scope_of(lead, day=TODAY), essential=["Barrister"])

    assert (names(found), found.left_out) == (["Mine"], ())


@pytest.mark.parametrize(("people", "more"), [(1, []), (3, []), (1, ["Audit committee", "Mergers", "Cyber security"])])
def test_as_many_queries_for_three_people_as_for_one_and_for_more_criteria(people, more, django_assert_num_queries):
    for _ in range(people):
        PersonSkillFactory(person=findable(posts=("Barrister", "Finance director"), works_in=(RegionFactory(),)))
    index_all()
    asked = of_data({"title": "Chair", "essential": ["Barrister"], "desirable": ["Finance director", *more]})
    match(asked, EVERYONE)

    with django_assert_num_queries(13):
        match(asked, EVERYONE)


NEUTRAL = ("Jordan Example", "jordan@example.org", "020 7946 0001", CV)
SWAPPED = [
    ("Barrister Audit-Chair", NEUTRAL[1], NEUTRAL[2], CV),
    ("Adaeze Okonkwo", "adaeze@example.org", "", CV),
    (*NEUTRAL[:3], CV.replace("4 May 1961", "4 May 1989")),
    (*NEUTRAL[:3], CV.replace("Fenbridge Grammar School 1972 - 1979", "St Finance Girls' School 2000 - 2007")),
    (*NEUTRAL[:3], CV.replace("Jordan Example\n", "Mrs Jordan Example, born in Lagos, married\n")),
]


@pytest.mark.parametrize(("name", "email", "phone", "cv"), SWAPPED)
def test_nothing_moves_when_what_is_protected_is_swapped(name, email, phone, cv, tmp_path):
    one = findable(full_name=NEUTRAL[0], email=NEUTRAL[1], phone=NEUTRAL[2], cv_text=CV)
    for title in ("Finance director", "Barrister", "Director of nursing"):
        findable(full_name=f"Known {title}", posts=(title,), summary="Audit, and a merger.")
    spec = {
        "essential": ["Experience of chairing an audit committee", "Finance director", "Barrister"],
        "desirable": ["Experience of mergers", "School governor", "Nursing"],
        "days_a_month": None,
    }
    before = answer(spec, tmp_path / "a.json")

    Person.objects.filter(pk=one.pk).update(full_name=name, email=email, phone=phone, cv_text=cv)

    assert (before, before["people"][0]["id"]) == (answer(spec, tmp_path / "a.json"), one.pk)


def answer(spec, path):
    out = StringIO()
    path.write_text(json.dumps(spec))
    call_command("match", str(path), "--json", stdout=out, stderr=StringIO())
    return json.loads(out.getvalue())


def test_the_command_answers_as_documented(tmp_path):
    person = findable(posts=("Finance director",))

    found = answer(
        {"title": "Chair", "text": "", "essential": ["CFO"], "desirable": ["Law"], "colour": "red"}, tmp_path / "a.json"
    )

    assert found == {
        "title": "Chair",
        "engine": "postgresql",
        "total": 1,
        "people": [
            {
                "id": person.pk,
                "score": 71.2,
                "why": [
                    {
                        "criterion": "CFO",
                        "essential": True,
                        "words": "Finance director",
                        "where": "Finance director, Harbour Housing",
                        "kind": "post",
                        "period": "2012 to now",
                        "points": 100,
                        "recency": 10,
                        "depth": 10,
                    }
                ],
                "met": ["CFO"],
                "missed": ["Law"],
            }
        ],
        "left_out": [],
        "ignored": ["colour"],
        "weights_in_force_from": "2016-04-01",
    }


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("[1]", "A specification is a JSON object."),
        ("{", "is no JSON"),
        ('{"essential": [{"no": 1}]}', "essential: must be a text or a list of texts."),
        ('{"essential": ["a"], "region": "Nowhere"}', "region: there is no 'Nowhere'; known are"),
        ('{"essential": ["a"], "days_a_month": "many"}', "days_a_month: must be a number."),
    ],
)
def test_a_file_that_cannot_be_read_is_refused_in_words(tmp_path, text, said):
    (tmp_path / "spec.json").write_text(text)

    with pytest.raises(CommandError, match=r"spec\.json") as refused:
        call_command("match", str(tmp_path / "spec.json"))
    assert said in str(refused.value)


def test_a_specification_may_be_too_long():
    with pytest.raises(SpecificationRefused, match="at most 30"):
        of_data({"essential": [f"Criterion {n}" for n in range(31)]})


def test_weights_are_dated_and_each_has_its_reason():
    weights = weights_on(dt.date(2018, 3, 31))

    assert (weights.in_force_from, weights.essential, weights.met + weights.recency + weights.depth) == (
        dt.date(2016, 4, 1),
        3,
        100,
    )
    assert (weights.lately(3), weights.lately(9), weights.lately(20), weights.lately(None)) == (1.0, 0.5, 0.0, 0.5)
