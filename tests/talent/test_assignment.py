"""The automatic assignment: even, free of conflicts, repeatable, and honest about what it cannot fill."""

from itertools import product

from hypothesis import given
from hypothesis import strategies as st

from talent.assignment import Assignment, Plan, Unfilled, plan


def pairs(made: Plan) -> list[tuple[int, int]]:
    return [(a.application, a.reviewer) for a in made.assignments]


def test_work_is_shared_evenly():
    made = plan([1, 2, 3], reviewers={10: 0, 11: 0, 12: 0}, each=2)

    assert pairs(made) == [(1, 10), (1, 11), (2, 10), (2, 12), (3, 11), (3, 12)]
    assert made.loads == {10: 2, 11: 2, 12: 2}
    assert made.unfilled == ()


def test_what_is_in_hand_counts():
    assert plan([1, 2], reviewers={10: 5, 11: 3}, each=1).loads == {10: 5, 11: 5}


def test_a_conflict_is_skipped_and_said():
    made = plan([1], reviewers={10: 0, 11: 4}, each=1, conflicts=[(1, 10)])

    assert made.assignments == (Assignment(1, 11, "5 in hand, the most even share; 1 left out for a conflict"),)


def test_work_is_passed_along_a_chain_to_come_out_even():
    # Only 10 and 11 may read 1 and 2; only 11 and 12 may read 3: the first sharing alone would leave 12 idle.
    conflicts = [(1, 12), (2, 12), (3, 10)]

    assert plan([1, 2, 3], reviewers={10: 0, 11: 0, 12: 0}, each=1, conflicts=conflicts).loads == {10: 1, 11: 1, 12: 1}


def test_those_who_have_it_already_count_and_are_not_given_it_again():
    made = plan([1], reviewers={10: 1, 11: 9}, each=2, already=[(1, 10)])

    assert pairs(made) == [(1, 11)]


def test_too_few_free_of_conflict_is_said():
    made = plan([1], reviewers={10: 0, 11: 0}, each=2, conflicts=[(1, 10)])

    assert made.unfilled == (Unfilled(1, 1, "1 free of a conflict, 2 wanted"),)


def test_a_limit_leaves_the_last_applications_unfilled():
    made = plan([1, 2, 3], reviewers={10: 0}, each=1, limit=2)

    assert pairs(made) == [(1, 10), (2, 10)]
    assert made.unfilled == (Unfilled(3, 1, "everybody free of a conflict has 2 in hand"),)


def test_nobody_to_review():
    assert plan([1], reviewers={}, each=1).unfilled == (Unfilled(1, 1, "0 free of a conflict, 1 wanted"),)


tasks = st.sets(st.integers(1, 5), max_size=5)
people = st.dictionaries(st.integers(10, 13), st.integers(0, 3), max_size=4)
barred = st.sets(st.tuples(st.integers(1, 5), st.integers(10, 13)), max_size=12)


@given(tasks, people, barred, st.integers(1, 3))
def test_no_conflict_is_ever_broken_and_all_that_can_be_filled_is(
    applications: set[int], reviewers: dict[int, int], conflicts: set[tuple[int, int]], each: int
):
    made = plan(applications, reviewers=reviewers, each=each, conflicts=conflicts)

    free = {a: [r for r in reviewers if (a, r) not in conflicts] for a in applications}
    assert set(pairs(made)) & conflicts == set()
    assert len(pairs(made)) == len(set(pairs(made))) == sum(min(each, len(free[a])) for a in applications)
    assert {u.application: u.short_by for u in made.unfilled} == {
        a: each - len(free[a]) for a in applications if len(free[a]) < each
    }
    assert made == plan(reversed(sorted(applications)), reviewers=reviewers, each=each, conflicts=conflicts)


@given(st.sets(st.integers(1, 4), max_size=4), people, barred)
def test_no_other_sharing_is_more_even(
    applications: set[int], reviewers: dict[int, int], conflicts: set[tuple[int, int]]
):
    made = plan(applications, reviewers=reviewers, each=1, conflicts=conflicts)

    served = [a for a in sorted(applications) if any((a, r) not in conflicts for r in reviewers)]
    options = [[r for r in reviewers if (a, r) not in conflicts] for a in served]
    best = min(sum((reviewers[r] + chosen.count(r)) ** 2 for r in reviewers) for chosen in product(*options))
    assert sum(load**2 for load in made.loads.values()) == best
