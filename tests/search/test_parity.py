"""Both engines, on real servers, find the same people in the same order with the same counts, whatever is asked."""

import datetime as dt
from dataclasses import replace

import pytest
from django.utils import timezone
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from portal.models import Region
from search.asking import Answer, ask
from search.engines import registry
from search.engines.elasticsearch import MAPPING
from search.facets import FACETS
from search.models import Index, Phrase
from search.preparing import prepare
from search.queries import Question, Scope
from talent.models import Background, Participation, Person, RoleSought, Sector, Travel
from tests.factories.portal import RegionFactory
from tests.factories.programmes import CohortFactory
from tests.factories.search import findable, index_all
from tests.factories.skills import PersonSkillFactory, SkillFactory
from tests.factories.talent import PoolFactory, PostHeldFactory

pytestmark = pytest.mark.django_db
TODAY = timezone.localdate()
WORDS = (
    *(
        "finance",
        "director",
        "audit",
        "audits",
        "auditing",
        "nurse",
        "nursing",
        "CFO",
        "NED",
        "non-executive",
        "mental",
    ),
    *(
        "health",
        "IT",
        "it",
        "A&E",
        "casualty",
        "Zoë",
        "safeguarding",
        "safegaurding",
        "chair",
        "O'Neill",
        "will",
        "the",
    ),
    *("of", "2.5", "ICU", "merger", "mergers"),
)
PLACES = 3

word = st.sampled_from(WORDS)
text = st.lists(st.tuples(word, st.sampled_from([" ", " ", ". ", "\n", "-", ", "])), max_size=8).map(
    lambda pairs: "".join(part for pair in pairs for part in pair)
)
phrase = st.lists(word, min_size=1, max_size=3).map(lambda some: f'"{" ".join(some)}"')
piece = st.one_of(
    word, phrase, word.map(lambda w: f"-{w}"), word.map(lambda w: f"{w[:3]}*"), st.sampled_from("-\"*'\\:&|!()")
)
some_places = st.sets(st.integers(0, PLACES - 1), max_size=2)
people = st.fixed_dictionaries(
    {
        "posts": st.lists(text, max_size=2),
        "fields": st.fixed_dictionaries(
            {
                "full_name": word,
                "headline": text.map(lambda t: t[:200]),
                "summary": text,
                "cv_text": text,
                "readiness": st.sampled_from(["", *Person.Readiness.values]),
                "background": st.sampled_from(["", *Background.values]),
                "sectors": st.lists(st.sampled_from(Sector.values), max_size=2, unique=True),
                "roles_sought": st.lists(st.sampled_from(RoleSought.values), max_size=2, unique=True),
                "travel_minutes": st.sampled_from([None, *Travel.values]),
                "days_a_month": st.sampled_from([None, 1, 2, 3, 6, 12]),
            }
        ),
        "home": st.none() | st.integers(0, PLACES - 1),
        "serves": some_places,
        "pool": st.integers(0, PLACES - 1),
        "skills": some_places,
        "scheme": st.none() | st.integers(0, PLACES - 1),
    }
)
questions = st.builds(
    Question,
    text=st.lists(piece, max_size=4).map(" ".join),
    chosen=st.dictionaries(
        st.sampled_from([facet.name for facet in FACETS]),
        st.sets(st.integers(0, 4), min_size=1, max_size=2).map(lambda values: tuple(sorted(values))),
        max_size=2,
    ),
    days_from=st.none() | st.just(20),
    days_to=st.none() | st.just(60),
    sort=st.sampled_from(["best", "best", "name", "readiness", "days"]),
    size=st.sampled_from([3, 20]),
)


def told(answer: Answer):
    """What must be equal, in one value."""
    return (
        answer.total,
        [(found.person.pk, found.score) for found in answer.people],
        {name: dict(counts) for name, counts in answer.facets.items()},
        answer.at_least,
        answer.next_place is not None,
    )


def both(question: Question, scope: Scope):
    answers = [ask(question, scope, engine=engine) for engine in Index.Engine.values]
    assert told(answers[0]) == told(answers[1])
    return answers


@pytest.fixture
def places(elasticsearch, vocabulary):
    """What people are in, have and went through, so many of each."""
    made = {"region": RegionFactory, "pool": PoolFactory, "cohort": CohortFactory}
    found = {name: [factory() for _ in range(PLACES)] for name, factory in made.items()}
    return found | {"skill": [SkillFactory(name=name) for name in ("Audit and risk", "Nursing", "Mergers")]}


def with_rows(question: Question, places):
    """The question with its choices of rows (a region, a pool ...) turned from their number into their id."""
    rows = {
        **{name: [region.pk for region in places["region"]] for name in ("region", "works_in")},
        "pool": [pool.pk for pool in places["pool"]],
        "skill": [skill.pk for skill in places["skill"]],
        "scheme": [cohort.scheme_id for cohort in places["cohort"]],
    }
    chosen = {
        name: tuple(rows[name][number % PLACES] for number in numbers) if name in rows else numbers
        for name, numbers in question.chosen.items()
    }
    return replace(question, chosen=chosen)


def make(facts, places):
    regions, pools = places["region"], places["pool"]
    home = None if facts["home"] is None else regions[facts["home"]]
    works_in = tuple(regions[number] for number in facts["serves"])
    person = findable(region=home, works_in=works_in, pool=pools[facts["pool"]], **facts["fields"])
    for number in facts["skills"]:
        PersonSkillFactory(person=person, skill=places["skill"][number], evidence=facts["fields"]["headline"] or "-")
    if facts["scheme"] is not None:
        Participation.objects.create(cohort=places["cohort"][facts["scheme"]], person=person, joined_on=TODAY)
    for number, title in enumerate(facts["posts"]):
        PostHeldFactory(
            person=person, title=title[:200], board_level=bool(number), ended_on=dt.date(2016, 1, 1) if number else None
        )


@settings(max_examples=12, deadline=None, suppress_health_check=list(HealthCheck))
@given(new=st.lists(people, min_size=1, max_size=5), asked=st.lists(questions, min_size=3, max_size=6), data=st.data())
def test_both_engines_say_the_same(places, new, asked, data):
    """The people of each example stay for the next, so that the later ones are asked of a crowd."""
    for facts in new:
        make(facts, places)
    index_all()
    # PostgreSQL takes the vocabulary's phrases for words where every entry has them so, and reads the text elsewhere.
    Phrase.objects.update(since=data.draw(st.sampled_from([0, 2**40])))
    regions = [region.pk for region in Region.objects.all()]
    barred = frozenset(Person.objects.order_by("pk").values_list("pk", flat=True)[:1])
    scopes = [Scope(day=TODAY), Scope(day=TODAY, region_ids=frozenset(regions[:1])), Scope(day=TODAY, barred=barred)]

    for question in asked:
        both(with_rows(question, places), data.draw(st.sampled_from(scopes)))


@pytest.mark.parametrize("sort", ["best", "name", "readiness", "days"])
def test_pages_join_up_on_both_and_from_one_to_the_other(elasticsearch, sort):
    for number in range(9):
        findable(
            full_name=f"Person {number % 3}",
            posts=("Nurse",) if number % 2 else (),
            summary="Nurse",
            days_a_month=number % 4,
        )
    index_all()
    question, seen, turn = Question(text="nurse", sort=sort, size=2), [], 0
    while True:
        answers = both(question, Scope(day=TODAY))
        seen += [found.person.pk for found in answers[0].people]
        place = answers[turn % 2].next_place
        if place is None:
            break
        question, turn = Question(text="nurse", sort=sort, size=2, after=place), turn + 1

    assert len(seen) == len(set(seen)) == 9


@pytest.mark.parametrize("engine", Index.Engine.values)
def test_the_first_of_several_plans_are_those_of_each_plan_alone(elasticsearch, engine, django_assert_num_queries):
    for number in range(9):
        findable(
            posts=("Nurse director",) if number % 2 else (), summary="Nurse of a ward. Audit.", days_a_month=number
        )
    index_all()
    asked = [
        Question(text="nurse director", size=3),
        Question(text='"director of nursing" -audit'),
        Question(text="ward audit merger", at_least=2, days_from=40, size=50),
        Question(sort="days", size=4),
    ]
    plans = [prepare(question, Scope(day=TODAY))[0] for question in asked]
    index = Index.objects.get(engine=engine, is_live=True)
    alone = [registry.engine(engine).find(plan, index=index.name, hidden=frozenset()).rows for plan in plans]

    with django_assert_num_queries(4 if engine == Index.Engine.POSTGRESQL else 0):
        together = registry.engine(engine).first(plans, index=index.name, hidden=frozenset())

    assert together == [tuple(row.person_id for row in rows) for rows in alone]
    assert [len(people) for people in together] == [3, 0, 5, 4]


def test_no_field_of_the_mapping_could_hold_equality_data():
    plain = ["person", "words", "head_a", "head_b", "head_c", "head_d", "region", "fresh_until", "sort_name"]
    facets = [f"facet_{facet.name}" for facet in FACETS]

    assert sorted(MAPPING["properties"]) == sorted([*plain, *facets, "readiness", "days", "fingerprint"])
