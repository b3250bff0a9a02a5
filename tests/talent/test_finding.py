"""Finding candidates: the words are kept in step by the database, facets and counts stay right."""

import pytest
from django.core.management import call_command

from programmes.models import Intake
from talent.finding import Cube, cube, in_order, rows, with_words
from talent.models import Application, CandidateText, Person, SectionAnswer, State
from tests.factories.talent import AdjustmentFactory, ApplicationFactory, PersonFactory, PostHeldFactory, filled

pytestmark = pytest.mark.django_db


def found(words: str) -> list[Application]:
    return list(with_words(Application.objects.order_by("pk"), words))


def test_profile_posts_and_plain_answers_are_found_by_their_stems():
    application = filled(ApplicationFactory(state=State.SUBMITTED))
    PostHeldFactory(person=application.person, title="Head of Logistics", employer="Northern Ferries")
    Person.objects.filter(pk=application.person_id).update(headline="Turnaround specialist")

    assert [found(w) for w in ("merger associations", "ferry logistics", "specialists", '"led the merger"')] == [
        [application]
    ] * 4
    assert found("lighthouse") == found("merger -associations") == []


def test_a_name_is_found_with_and_without_its_accents():
    application = ApplicationFactory(person=PersonFactory(full_name="Zoë Brontë"), state=State.SUBMITTED)

    assert found("zoe bronte") == found("Zoë") == found("BRONTË") == [application]


def test_a_reference_is_found():
    application = ApplicationFactory(state=State.SUBMITTED)
    ApplicationFactory(state=State.SUBMITTED)

    assert found(application.reference) == [application]


def test_a_draft_is_not_found_until_it_is_sent():
    application = filled(ApplicationFactory(state=State.DRAFT))
    assert found("merger") == []

    Application.objects.filter(pk=application.pk).update(state=State.SUBMITTED, submitted_at=application.started_at)

    assert found("merger") == [application]


def test_bulk_updates_of_answers_are_kept_in_step():
    application = filled(ApplicationFactory(state=State.SUBMITTED))

    SectionAnswer.objects.filter(section_key="your-experience").update(values={"leadership": "Opened a hospice"})

    assert (found("merger"), found("hospice")) == ([], [application])
    SectionAnswer.objects.filter(section_key="your-experience").delete()
    assert found("hospice") == []


def test_declarations_choices_and_adjustments_are_not_searchable():
    political = {"applies": ["none"], "details": "Stood for a wombat party"}
    application = filled(ApplicationFactory(state=State.SUBMITTED), political=political)
    AdjustmentFactory(application=application, needs="A hearing loop")

    assert found("wombat") == found("loop") == found("structures_money") == []


def test_the_command_writes_everything_again():
    application = filled(ApplicationFactory(state=State.SUBMITTED))
    CandidateText.objects.all().delete()

    call_command("rebuild_candidate_text", verbosity=0)

    assert found("merger") == [application]


def test_hits_are_highlighted_and_the_rest_is_escaped():
    application = filled(ApplicationFactory(state=State.SUBMITTED), leadership="<b>Bold</b> mergers & more")

    [row] = rows([application], "merger")

    assert row.application == application
    assert "&lt; b&gt;Bold&lt; /b&gt; <mark>mergers</mark> &amp; more" in row.snippet


def test_rows_without_words_ask_nothing(django_assert_num_queries):
    with django_assert_num_queries(0):
        assert [r.snippet for r in rows([Application()], "")] == [""]


CUBE = Cube({("sift", 1, 7): 3, ("sift", 2, 7): 2, ("review", 1, 8): 4, ("review", 2, 7): 1})


def test_a_facet_counts_what_choosing_it_would_show():
    chosen = {"state": ["sift"], "region": [1]}

    assert CUBE.total(chosen) == 3
    assert CUBE.counts("state", chosen) == {"sift": 3, "review": 4}
    assert CUBE.counts("region", chosen) == {1: 3, 2: 2}
    assert CUBE.counts("intake", chosen) == {7: 3}
    assert CUBE.total({}) == 10


def test_the_cube_is_one_query(django_assert_num_queries):
    one, two = ApplicationFactory(state=State.SIFT), ApplicationFactory(state=State.REVIEW)

    with django_assert_num_queries(1):
        cells = cube(Application.objects.all()).cells

    assert cells == {("sift", one.region_id, one.intake_id): 1, ("review", two.region_id, two.intake_id): 1}


def test_paging_is_stable_when_everything_else_is_equal():
    first = ApplicationFactory(state=State.SUBMITTED)
    same = {"submitted_at": first.submitted_at, "state_since": first.state_since, "state": State.SUBMITTED}
    others = [ApplicationFactory(**same) for _ in range(2)]
    everything = Application.objects.all()

    assert list(in_order(everything, "newest", "")) == [first, *others]
    assert list(in_order(everything, "oldest", "")) == [*reversed(others), first]
    assert list(in_order(everything, "nonsense", "")) == [first, *others]
    assert Intake.objects.count() == 3


def test_the_best_match_comes_first():
    passing = filled(ApplicationFactory(state=State.SUBMITTED))
    named = ApplicationFactory(person=PersonFactory(full_name="Merger Jones"), state=State.SUBMITTED)

    assert list(in_order(with_words(Application.objects.all(), "merger"), "best", "merger")) == [named, passing]
