"""Suppression: the rule itself, and that nobody can work out a small number from all that is published."""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from itertools import product

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from talent.disclosure import SMALLEST_SHOWN, Counted, Shown, bounds, is_small, protected, rounded, withheld

LEAST = 3  # so many values stay possible for each small number


def groups(*rows: Sequence[int], chain: bool = True) -> list[Counted]:
    """Each row inside the one before it, or with `chain=False` all inside the first."""
    inside = [None, *(str(number - 1 if chain else 0) for number in range(1, len(rows)))]
    return [Counted(str(n), f"Group {n}", inside[n], tuple(row)) for n, row in enumerate(rows)]


def texts(table: Sequence[Shown] | None) -> list[list[str]]:
    assert table is not None
    return [[cell.text for cell in group.cells] for group in table]


@pytest.mark.parametrize(
    ("count", "shown"),
    [(0, 0), (1, None), (7, None), (8, 10), (12, 10), (13, 15), (17, 15), (18, 20), (1232, 1230), (1233, 1235)],
)
def test_small_counts_are_stars_and_others_go_to_the_nearest_five(count: int, shown: int | None) -> None:
    assert rounded(count) == shown


@pytest.mark.parametrize("count", range(60))
def test_bounds_are_all_that_looks_alike(count: int) -> None:
    low, high = bounds(count)
    alike = [other for other in range(80) if rounded(other) == rounded(count)]
    assert (low, high) == (alike[0], alike[-1])


def test_a_star_never_stands_alone() -> None:
    (shown,) = protected(groups([30, 12, 3, 0])) or ()

    assert (shown.total.text, [cell.text for cell in shown.cells]) == ("45", ["30", "*", "*", "0"])
    assert [cell.percent_text for cell in shown.cells] == ["67%", "*", "*", "0%"]


def test_percentages_are_of_the_rounded_figures() -> None:
    (shown,) = protected(groups([12, 18])) or ()

    assert [(cell.text, cell.percent_text) for cell in shown.cells] == [("10", "33%"), ("20", "67%")]


@pytest.mark.parametrize("counts", [(4, 0), (5, 2), (8, 7)])
def test_of_fewer_than_16_people_no_answer_is_shown(counts: tuple[int, int]) -> None:
    assert texts(protected(groups(counts))) == [["*", "*"]]


def test_nobody_at_all_is_no_secret() -> None:
    (shown,) = protected(groups([0, 0])) or ()

    assert (shown.total.text, [cell.text for cell in shown.cells]) == ("0", ["0", "0"])


def test_a_star_that_its_total_would_give_away_withholds_the_table() -> None:
    # 53 people, 47 at the most of one kind and none of the others: the star could only be 6 or 7.
    assert protected(groups([47, 6, 0])) is None
    assert texts(withheld(groups([47, 6, 0]))) == [["*", "*", "*"]]


def test_one_person_fewer_at_the_next_stage_gives_nobody_away() -> None:
    # 10 and then a star, one person fewer in all: the star could only be 7.
    assert texts(protected(groups([22, 8]))) == [["20", "10"]]
    assert protected(groups([22, 8], [22, 7])) is None


def test_what_is_far_from_small_stays_shown() -> None:
    shown = protected(groups([56, 36, 5, 21], [41, 24, 3, 15], [22, 15, 2, 9]))

    assert texts(shown) == [["55", "35", "*", "*"], ["40", "25", "*", "*"], ["20", "15", "*", "*"]]


def test_regions_inside_a_nation_are_not_given_away_by_its_sum() -> None:
    assert texts(protected(groups([60, 24], [20, 10], [20, 10], [20, 4], chain=False))) == [
        ["60", "25"],
        ["20", "10"],
        ["20", "10"],
        ["*", "*"],
    ]
    # 17 at the most in all, 8 at the least in each of two: the third could only have 1.
    assert protected(groups([60, 17], [20, 8], [20, 8], [20, 1], chain=False)) is None


def test_counts_that_another_figure_rests_on_are_taken_to_be_known() -> None:
    # White 20 and BME 10 known exactly leave 3 for the other two: each star could be 1 or 2 only.
    known = frozenset({(0, 0), (0, 1)})

    assert texts(protected(groups([20, 10, 1, 2]))) == [["20", "10", "*", "*"]]
    assert protected(groups([20, 10, 1, 2]), known=known) is None
    assert texts(protected(groups([20, 10, 2, 9]), known=known)) == [["20", "10", "*", "*"]]


# What follows is a reader who tries every table there is. They know all that is shown, the rule and the exact number of
# people in every group.


def splits(total: int, most: Sequence[int]) -> Iterator[tuple[int, ...]]:
    """All ways to divide `total`, each part at most its limit."""
    if len(most) == 1:
        if total <= most[0]:
            yield (total,)
        return
    for first in range(min(total, most[0]) + 1):
        for rest in splits(total - first, most[1:]):
            yield (first, *rest)


def tables(answers: int, *totals: int) -> Iterator[tuple[tuple[int, ...], ...]]:
    """Every table of groups in a chain with these totals."""

    def rows(left: Sequence[int], most: Sequence[int]) -> Iterator[tuple[tuple[int, ...], ...]]:
        if not left:
            yield ()
            return
        for row in splits(left[0], most):
            for rest in rows(left[1:], row):
                yield (row, *rest)

    yield from rows(totals, [totals[0]] * answers)


def assert_open(table: Sequence[Sequence[int]], could_be: Sequence[Sequence[Sequence[int]]]) -> None:
    """Each small number of the table has several values among the tables that it could be."""
    for number, row in enumerate(table):
        for answer, count in enumerate(row):
            if is_small(count):
                values = {other[number][answer] for other in could_be}
                assert len(values) >= min(LEAST, sum(row) + 1), (table, number, answer, values)


def assert_nobody_is_given_away(answers: int, *totals: int) -> None:
    """The reader runs this very program on every table, and keeps those that come out as what they were shown."""
    looks: dict[str, list[tuple[tuple[int, ...], ...]]] = defaultdict(list)
    for table in tables(answers, *totals):
        counted = groups(*table)
        looks[str(texts(protected(counted) or withheld(counted)))].append(table)
    for alike in looks.values():
        for table in alike:
            assert_open(table, alike)


@pytest.mark.parametrize("total", range(1, 33))
def test_no_table_of_one_group_gives_a_small_number_away(total: int) -> None:
    assert_nobody_is_given_away(3, total)


@pytest.mark.parametrize("total", range(1, 29))
def test_no_two_stages_give_a_small_number_away(total: int) -> None:
    for later in range(max(0, total - 8), total + 1):
        assert_nobody_is_given_away(2, total, later)


@pytest.mark.parametrize(("total", "later"), [(16, 15), (17, 16), (18, 16), (19, 19), (20, 18), (20, 19)])
def test_no_two_stages_with_three_answers_give_a_small_number_away(total: int, later: int) -> None:
    assert_nobody_is_given_away(3, total, later)


@pytest.mark.parametrize("totals", [(18, 17, 16), (20, 19, 18), (24, 20, 16)])
def test_no_three_stages_give_a_small_number_away(totals: tuple[int, int, int]) -> None:
    assert_nobody_is_given_away(2, *totals)


@st.composite
def stages(draw: st.DrawFn) -> list[tuple[int, ...]]:
    """Three answers, two or three stages, each some of those before; most counts near where the rule changes."""
    near = st.one_of(st.integers(0, 9), st.integers(6, 13))
    rows = [draw(st.tuples(near, near, near))]
    for _ in range(draw(st.integers(1, 2))):
        rows.append(tuple(draw(st.integers(max(0, count - 4), count)) for count in rows[-1]))
    return rows


def looks_alike(count: int, other: int, total: int) -> bool:
    low, high = (0, total) if total < 16 else bounds(count)
    return low <= other <= high


def tables_look_alike(table: Sequence[Sequence[int]], other: Sequence[Sequence[int]]) -> bool:
    pairs = [(a, b, sum(row)) for row, again in zip(table, other, strict=True) for a, b in zip(row, again, strict=True)]
    return all(looks_alike(*pair) for pair in pairs)


def with_their_sum(rows: Sequence[Sequence[int]]) -> list[tuple[int, ...]]:
    return [tuple(map(sum, zip(*rows, strict=True))), *map(tuple, rows)]


def rounded_alike(table: Sequence[Sequence[int]]) -> Iterator[tuple[tuple[int, ...], ...]]:
    """Every chain of groups of the same totals in which each count is rounded to the same, shown or not."""

    def rows(number: int, most: Sequence[int]) -> Iterator[tuple[tuple[int, ...], ...]]:
        if number == len(table):
            yield ()
            return
        total = sum(table[number])
        for row in splits(total, most):
            if all(looks_alike(count, other, total) for count, other in zip(table[number], row, strict=True)):
                for rest in rows(number + 1, row):
                    yield (row, *rest)

    yield from rows(0, [sum(table[0])] * len(table[0]))


@settings(max_examples=100, deadline=None)
@given(stages())
def test_no_stages_give_a_small_number_away(table: list[tuple[int, ...]]) -> None:
    if protected(groups(*table)):
        assert_open(table, list(rounded_alike(table)))


@settings(max_examples=100, deadline=None)
@given(st.lists(st.tuples(st.integers(0, 12), st.integers(0, 12)), min_size=2, max_size=3))
def test_no_regions_and_their_nation_give_a_small_number_away(regions: list[tuple[int, int]]) -> None:
    table = with_their_sum(regions)
    if protected(groups(*table, chain=False)):
        every = product(*(splits(sum(region), [sum(region)] * 2) for region in regions))
        assert_open(table, [other for other in map(with_their_sum, every) if tables_look_alike(table, other)])


@settings(max_examples=100, deadline=None)
@given(stages())
def test_what_is_shown_follows_from_rounded_figures_alone(table: list[tuple[int, ...]]) -> None:
    """Whether and how a table is shown is the same for all tables that are rounded alike."""
    counted = groups(*table)
    shown = texts(protected(counted) or withheld(counted))

    for other in list(rounded_alike(table))[:200]:
        again = groups(*other)
        assert texts(protected(again) or withheld(again)) == shown


@settings(max_examples=200, deadline=None)
@given(stages())
def test_no_small_number_is_ever_shown(table: list[tuple[int, ...]]) -> None:
    for row, one in zip(table, protected(groups(*table)) or (), strict=False):
        for count, cell in zip(row, one.cells, strict=True):
            assert cell.shown in (None, rounded(count))
            assert cell.shown is None or cell.shown == 0 or cell.shown >= SMALLEST_SHOWN
