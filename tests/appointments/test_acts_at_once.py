"""Three people at work on one committee at one moment, each on their own connection: the same rules hold."""

from collections.abc import Callable
from random import Random

import pytest

from appointments.models import Decision, Proposal
from tests.appointments.test_acts_at_random import (
    FIRST_DAYS,
    Committee,
    assert_in_turn,
    assert_justified,
    assert_linked,
    assert_proper,
)
from tests.appointments.test_concurrency import at_once

ACTS_EACH = 12


def at_work(house: Committee, seed: int) -> Callable[[], None]:
    """One person's acts: the same ones for the same seed; what comes of them depends on the others."""
    draw = Random(seed)

    def work() -> None:
        for _ in range(ACTS_EACH):
            one_act(house, draw)

    return work


def one_act(house: Committee, draw: Random) -> None:
    number, who, seat = draw.randrange(8), draw.randrange(3), draw.randrange(3)
    mostly, through = draw.random() < 0.7, draw.random() < 0.7
    first, years = draw.choice(FIRST_DAYS), draw.choice([4, 4, 3, 1, 5])
    match draw.choice("aaapppdvrccfeswm"):
        case "a":
            house.appoint(seat=seat, who=who, first=first, years=years, exceptional=not mostly, at_once=through)
        case "p":
            kind = draw.choice([*Proposal.RENEWALS, Proposal.Kind.TERMINATION])
            facts = {"years": years, "exceptional": not mostly, "appraised": mostly}
            house.propose_for_a_holder(number=number, kind=kind, at_once=through, **facts)
        case "d":
            house.record(number=number, outcome="approved", votes={0: "for", 1: "for"})
        case "v":
            house.vote(who=who, number=number, choice="for")
        case "c":
            house.correct(number=number, first=0, last=draw.choice([365, 1, 1100, -1]), cancelled=not mostly)
        case other:
            one_word(house, other, number, who, seat, mostly)


def one_word(house: Committee, letter: str, number: int, who: int, seat: int, mostly: bool) -> None:
    """What comes between the decisions: somebody says something, leaves, or finds what was not known."""
    match letter:
        case "r":
            house.record_that_they_are_related(who=who, person=seat)
        case "f":
            house.find_earlier_service(years=number, why=mostly)
        case "e":
            house.end(number=number, early=90, kind="resignation")
        case "s":
            house.say(who=who, number=number, interest=mostly)
        case "m":
            house.find_two_records_to_be_one_persons(pair=number % 2)
        case "w":
            house.put_on_the_agenda(number=number)


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("seed", [1, 2, 3])
def test_acts_at_one_moment_break_no_rule(seed: int):
    house = Committee()
    house.begin()
    house.alone = False

    results = at_once(*(at_work(house, 10 * seed + each) for each in range(3)))

    assert results == [None, None, None]
    assert house.done["record_decision"] > 0
    assert_in_turn()
    assert_justified()
    assert_linked()
    for decision in Decision.objects.select_related("item"):
        assert_proper(decision)
