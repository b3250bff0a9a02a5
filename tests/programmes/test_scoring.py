"""How far a team has come: each step of the scale with what the records have to show for it, and the act."""

import datetime as dt
from decimal import Decimal

import pytest
from django.core.exceptions import PermissionDenied
from django.test import Client

from programmes.models import ProgressScore
from programmes.planning import PlanRefused, begin_cycle, end_cycle
from programmes.scoring import score_progress, shown_by, steps_of
from tests.factories.collaboratives import counted
from tests.factories.plans import AT, complete, enrolled
from tests.factories.portal import sign_in

pytestmark = pytest.mark.django_db
NOTHING = "nothing is written in the plan yet"
NO_IDEA, NO_TEST, NOT_ENDED = (
    "the plan has no change idea yet",
    "no test of a change has begun",
    "no test of a change has ended",
)
FIFTH, HALF, WHOLE = (
    f"no measure has gone {share} of the way from its start to its target" for share in ("20%", "50%", "100%")
)
NOT_HELD = "no such measure shows an improvement in its last month"


@pytest.fixture
def own():
    return enrolled()


def after_a_test(own, *, ended: bool = True) -> None:
    said = {"by": own.person, "at": AT}
    idea = own.drawn_up.ideas.get()
    cycle = begin_cycle(idea, own.measure, starts_on=dt.date(2017, 9, 4), planned="Two wards", **said)
    if ended:
        end_cycle(cycle, ended_on=dt.date(2017, 9, 29), done="Done", studied="Fewer", acted="Adopt", **said)


def lacking(own) -> dict[str, tuple[str, ...]]:
    return {str(step.score): step.lacks for step in steps_of(own.drawn_up)}


def test_an_empty_plan_carries_the_first_two_steps(own):
    assert lacking(own) == {
        "0.5": (),
        "1.0": (),
        "1.5": (NOTHING,),
        "2.0": (NOTHING, NO_IDEA),
        "2.5": (NOTHING, NO_IDEA, NO_TEST),
        "3.0": (NOTHING, NO_IDEA, NO_TEST, NOT_ENDED, FIFTH),
        "3.5": (NOTHING, NO_IDEA, NO_TEST, NOT_ENDED, FIFTH),
        "4.0": (NOTHING, NO_IDEA, NO_TEST, NOT_ENDED, HALF),
        "4.5": (NOTHING, NO_IDEA, NO_TEST, NOT_ENDED, HALF, NOT_HELD),
        "5.0": (NOTHING, NO_IDEA, NO_TEST, NOT_ENDED, WHOLE, NOT_HELD),
    }


def test_a_test_that_has_begun_carries_one_step_and_one_that_has_ended_the_next(own):
    complete(own)
    after_a_test(own, ended=False)
    assert (lacking(own)["2.5"], lacking(own)["3.0"]) == ((), (NOT_ENDED, FIFTH))

    own.drawn_up.ideas.get().cycles.update(ended_on=dt.date(2017, 9, 29))
    assert lacking(own)["3.0"] == (FIFTH,)


@pytest.mark.parametrize(
    ("last", "score", "lacks"),
    [
        (156, "3.0", ()),
        (157, "3.0", (FIFTH,)),
        (150, "4.0", ()),
        (151, "4.0", (HALF,)),
        (141, "5.0", (WHOLE,)),
        (140, "5.0", ()),
    ],
)
def test_from_three_on_the_figures_have_to_show_it(own, last: int, score: str, lacks: tuple[str, ...]):
    complete(own)
    after_a_test(own)
    # From 16% towards 14%: a fifth of the way is 15.6%, half of it 15%.
    counted(own.trust, own.measure, [160] * 3 + [last] * 3)

    assert lacking(own)[score] == lacks
    assert shown_by(own.drawn_up).way == Decimal(160 - last) / 20


def test_what_chance_may_explain_is_not_held(own):
    complete(own)
    after_a_test(own)
    # The whole way from 16% to 14%, within limits that lie 4.8 points off.
    counted(own.trust, own.measure, [150, 170, 160, 130, 150, 140])

    assert (lacking(own)["4.0"], lacking(own)["4.5"], lacking(own)["5.0"]) == ((), (NOT_HELD,), (NOT_HELD,))


def test_a_score_is_the_buddies_with_words_and_by_halves(own):
    plan = complete(own)
    given = {"by": own.clinical_buddy, "at": AT}

    with pytest.raises(PlanRefused) as wordless:
        score_progress(plan, Decimal("1.0"), evidence=" ", **given)
    with pytest.raises(PlanRefused, match=r"^Scores go from 0\.5 to 5\.0 by halves\.$"):
        score_progress(plan, Decimal("5.5"), evidence="All of it", **given)
    with pytest.raises(PlanRefused) as unshown:
        score_progress(plan, Decimal("3.0"), evidence="All of it", **given)
    with pytest.raises(PermissionDenied):
        score_progress(plan, Decimal("1.0"), evidence="Met weekly", by=own.person, at=AT)

    assert str(wordless.value) == (
        "Write down the evidence for this score. Who is in the team, and what each of them does."
    )
    assert str(unshown.value) == f"3.0 needs more than the records show: {NO_TEST}; {NOT_ENDED}; {FIFTH}."
    assert plan.scores.count() == 0


def test_the_page_says_below_each_step_what_it_asks_and_what_is_lacking(client: Client, own):
    complete(own)
    sign_in(client, own.clinical_buddy)
    page = f"/collaboratives/plans/{own.drawn_up.pk}/score/"

    shown = client.get(page)
    refused = client.post(page, {"score": "2.5", "evidence": "Seen on the wards"})
    client.post(page, {"score": "2.0", "evidence": "Staff were asked"})

    assert shown.context["form"].option_hints["score"]["2.5"] == (
        f"Which changes were tested, where and for how long. Not yet: {NO_TEST}."
    )
    assert refused.context["form"].non_field_errors() == [f"2.5 needs more than the records show: {NO_TEST}."]
    assert [(str(one.score), one.reason) for one in ProgressScore.objects.all()] == [("2.0", "Staff were asked")]
