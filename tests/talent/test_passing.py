"""Ratios stage by stage: worked by hand, none from small counts, and none that the table beside them cannot bear."""

from collections import defaultdict
from collections.abc import Sequence

from talent.disclosure import Counted, Shown, is_small
from talent.models import EqualityTable
from talent.passing import Passing, Step, with_passings
from talent.published import WRES, reading
from tests.talent.test_disclosure import tables, texts

PAIR = (1, 0)  # men against women
LAST, FIRST, WHOLE = Step("1", "2"), Step("0", "1"), Step("0", "2")
STEPS = (LAST, FIRST, WHOLE)


def groups(*rows: Sequence[int]) -> list[Counted]:
    """Stages in a row, each some of those before; answers: women, men, and what was not said."""
    return [Counted(str(n), f"Stage {n}", str(n - 1) if n else None, tuple(row)) for n, row in enumerate(rows)]


def said(passings: Sequence[Passing]) -> list[tuple[Step, str, str]]:
    return [(one.step, one.ratio.text, one.ratio.interval_text) for one in passings]


def test_each_stage_has_its_ratio_and_interval_worked_by_hand() -> None:
    _, passings = with_passings(groups([50, 60, 9], [30, 40, 8], [10, 24, 8]), PAIR, STEPS)

    # Men 24 of 40, women 10 of 30: 0.6 / 0.3333 = 1.8; ln = 0.5878, sqrt(1/24 - 1/40 + 1/10 - 1/30) = 0.2887.
    # Men 40 of 60, women 30 of 50: 0.6667 / 0.6 = 1.1; ln = 0.1054, sqrt(1/40 - 1/60 + 1/30 - 1/50) = 0.1472.
    # Men 24 of 60, women 10 of 50: 0.4 / 0.2 = 2.0; ln = 0.6931, sqrt(1/24 - 1/60 + 1/10 - 1/50) = 0.3240.
    assert said(passings) == [(LAST, "1.8", "1.0 to 3.2"), (FIRST, "1.1", "0.8 to 1.5"), (WHOLE, "2.0", "1.1 to 3.8")]
    assert [one.ratio.differs for one in passings] == [True, False, True]


def test_a_stage_with_a_count_below_8_has_none_and_the_others_keep_theirs() -> None:
    shown, passings = with_passings(groups([50, 60, 9], [30, 40, 8], [7, 24, 8]), PAIR, STEPS)

    assert [step for step, _, _ in said(passings)] == [FIRST]
    assert texts(shown)[2] == ["*", "25", "*"]


def test_a_table_without_two_answers_to_compare_has_no_ratio() -> None:
    shown, passings = with_passings(groups([50, 60, 9], [30, 40, 8]), None, (FIRST,))

    assert (texts(shown), passings) == ([["50", "60", "10"], ["30", "40", "10"]], ())


def test_a_ratio_that_its_table_cannot_bear_is_left_out_and_the_next_may_stand() -> None:
    # With 30 and 40 known exactly and 73 people in all, 3 are left for two stars: 1 and 2. So no step from or to there.
    rows = groups([50, 60, 9, 9], [30, 40, 1, 2], [10, 24, 0, 0])

    shown, passings = with_passings(rows, PAIR, STEPS)

    assert said(passings) == [(WHOLE, "2.0", "1.1 to 3.8")]
    assert texts(shown) == [["50", "60", "10", "10"], ["30", "40", "*", "*"], ["10", "25", "0", "0"]]


def test_a_second_star_is_never_laid_on_a_count_that_a_ratio_rests_on() -> None:
    # Of the small number of unsaid answers: the second star goes to the other unsaid, not to the men.
    shown, passings = with_passings(groups([20, 19, 10, 4], [16, 8, 9, 3]), PAIR, (FIRST,))

    assert texts(shown) == [["20", "20", "*", "*"], ["15", "10", "*", "*"]]
    assert [step for step, _, _ in said(passings)] == [FIRST]


def test_a_table_published_before_stages_had_ratios_reads_as_it_did() -> None:
    row = {"key": "shortlisted", "label": "Shortlisted", "total": 40, "cells": [20, 20]}
    facts = {"answers": ["White", "BME"], "groups": [row, {**row, "key": "appointed", "label": "Appointed"}]}
    ratio = {"value": 1.9, "low": 1.1, "high": 3.4}

    old = [reading(EqualityTable(question="ethnicity", facts=facts | {"ratio": kept})) for kept in (ratio, None)]

    assert [[(one.step, one.way, one.ratio.text) for one in each.likelihoods] for each in old] == [
        [(WRES, "Shortlisted to appointed", "1.9")],
        [],
    ]


Looks = tuple[object, ...]


def looks(shown: Sequence[Shown], passings: Sequence[Passing], table: Sequence[Sequence[int]]) -> Looks:
    """All that a reader is given at the most: the table, which ratios stand there, and the counts they rest on."""
    stages = sorted({int(key) for one in passings for key in (one.step.before, one.step.after)})
    exact = tuple((stage, table[stage][0], table[stage][1]) for stage in stages)
    return str(texts(shown)), tuple(one.step for one in passings), exact


def test_nobody_is_given_away_by_what_is_left_out() -> None:
    """A reader who runs this very program on every table there is: no small number has one value alone."""
    alike: dict[Looks, list[tuple[tuple[int, ...], ...]]] = defaultdict(list)
    for table in tables(4, 20, 19, 18):
        alike[looks(*with_passings(groups(*table), PAIR, STEPS), table)].append(table)
    for some in alike.values():
        for number, answer in ((number, answer) for number in range(3) for answer in range(4)):
            values = {table[number][answer] for table in some}
            assert len(values) > 1 or not is_small(values.pop()), some[0]
