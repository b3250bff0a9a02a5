"""What the demonstration's applicants write: nobody says a thing twice in one application."""

import datetime as dt
from random import Random

import pytest

from programmes.demo_schemes import next_director
from programmes.models import Scheme
from programmes.questions import Kind, parse
from talent.demo.answers import Writer
from talent.demo.careers import make_career

ON = dt.date(2017, 9, 1)


@pytest.mark.parametrize("seed", range(20))
def test_no_paragraph_opens_like_another_of_the_same_application(seed: int):
    chance = Random(seed)
    questions = parse(Scheme(**next_director()).content())
    writer = Writer(chance, "Ada Okafor", "07700 900123", "E1 1AA", "London", make_career(chance, ON), ON)

    answers = writer.answers(questions)

    long_ones = [q.key for q in questions.all_questions() if q.kind is Kind.LONG_TEXT]
    texts = [values[key] for values in answers.values() for key in long_ones if values.get(key)]
    openings = [p[:40] for text in texts for p in text.split("\n\n")]
    assert len(openings) > 4
    assert len(set(openings)) == len(openings)
