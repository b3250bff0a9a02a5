"""What counts as meeting a criterion and what does not, sentence by sentence."""

import datetime as dt
import tomllib
from pathlib import Path

import pytest

from search.criteria import read
from search.evidence import find, years_ago, years_of
from search.sentences import sentences
from search.stretches import Span, Stretch
from search.vocabulary import gathered

VOCABULARY = gathered(
    tomllib.loads((Path(__file__).parents[2] / "search/data/vocabulary.toml").read_text(encoding="utf-8"))["concepts"]
)
DAY = dt.date(2018, 3, 31)
AUDIT = "Experience of chairing an audit committee"
ACCOUNTS = "A recognised accountancy qualification, or recent financial experience"
SAFETY = "Experience of overseeing the safety and quality of a service"


def criterion(text, **kwargs):
    return read(text, essential=True, vocabulary=VOCABULARY, **kwargs)


def words(asked, text, *, title="", employer=""):
    """The words of `text` (of a post with that title) that meet what is asked; empty when none do."""
    context = (*sentences(title), *sentences(employer, is_place=True))
    found = find(criterion(asked), [Stretch("A post", "post", context, sentences(text))])
    return found[0].words if found else ""


MET = [
    (AUDIT, "Chaired the audit committee.", "Chaired the audit committee"),
    (AUDIT, "I was chair of the finance and audit committee.", "chair of the finance and audit committee"),
    (AUDIT, "Audit and risk committee chair since then.", "Audit and risk committee chair"),
    (AUDIT, "Chairwoman of the Audit Committee", "Chairwoman of the Audit Committee"),
    ("Proven track record of leading mergers", "I led the merger of two trusts.", "merger"),
    ("Experience as a finance director", "CFO of a housing group.", "CFO"),
    ("Experience as a finance director", "Director of Finance and Estates", "Director of Finance"),
    ("NED experience", "Non-executive director of a charity.", "Non-executive director"),
    ("Experience as a non-executive director", "Two terms as a NED.", "NED"),
    (ACCOUNTS, "Fellow of ACCA.", "ACCA"),
    (ACCOUNTS, "Financial controller.", "Financial"),
    ("Experience in finance, law or digital", "A barrister's clerk who read law.", "law"),
    ("Finance qualification (e.g. ACA, ACCA or CIMA)", "Qualified with CIMA in 1999.", "CIMA"),
    ("Experience of cyber security", "Ran information security.", "information security"),
    ("Experience of leading in urgent and emergency care", "Ran A&E for a decade.", "A&E"),
    ("Experience at board level", "Executive director of a water company.", "Executive director"),
    (SAFETY, "Answered for quality and patient safety.", "quality and patient safety"),
    ("Experience of mergers", "I have not only led a merger but made it last.", "merger"),
    ("Experience of mergers", "No fewer than three mergers.", "mergers"),
    ("Experience of mergers", "Not a lawyer by training, I led two mergers.", "mergers"),
    ("Experience of mergers", "I had no budget, but led the merger.", "merger"),
    ("Experience as a chief executive", "Promoted to chief executive in May.", "chief executive"),
    ("Experience as a chief executive", "Reporting to the chair as chief executive.", "chief executive"),
    ("Trade union negotiations", "Negotiated with trade unions over pay.", "Negotiated with trade unions"),
    ("Senior leadership in a charity or local authority", "Ran services for a county council.", "council"),
]  # fmt: skip
NOT_MET = [
    # negated
    ("Experience of mergers", "I have no experience of mergers."),
    ("Experience of mergers", "I have never led a merger."),
    (AUDIT, "I have not chaired an audit committee, though I sat on one."),
    ("Experience of mergers", "Without experience of audit, risk or mergers."),
    ("Accountancy qualification", "I am not a qualified accountant."),
    # wished for
    (AUDIT, "I would like to chair an audit committee."),
    ("NED experience", "Looking for a first post as non-executive director."),
    ("Experience of mergers", "Keen to learn about mergers."),
    ("Experience as a chief executive", "My ambition is to become a chief executive."),
    # somebody else's, or a lesser role
    ("Experience as a finance director", "Reported to the finance director."),
    ("Experience as a finance director", "Worked closely with the chief executive and finance director."),
    ("Experience as a chief executive", "PA to the Chief Executive"),
    ("Experience as a chief executive", "Ran the chief executive's office."),
    ("Experience as a finance director", "Deputy finance director"),
    ("Experience as a finance director", "Assistant director of finance"),
    (AUDIT, "Secretary to the chair of the audit committee."),
    ("Experience as a finance director", "Clerk in the finance directorate."),
    # something else
    (AUDIT, "Sat on the audit committee."),
    (AUDIT, "Audit committee member and chair of governors."),
    (AUDIT, "Chaired the choir; audit was done by others on the committee."),
    (SAFETY, "Quality manager of a bakery."),
    ("Experience of cyber security", "Head of security at a stadium."),
    ("Experience at board level", "Reported to the board each month."),
]  # fmt: skip


@pytest.mark.parametrize(("asked", "text", "expected"), MET)
def test_words_that_meet_a_criterion(asked, text, expected):
    assert words(asked, text) == expected


@pytest.mark.parametrize(("asked", "text"), NOT_MET)
def test_words_that_do_not(asked, text):
    assert words(asked, text) == ""


def test_title_and_text_of_one_post_meet_a_criterion_together():
    found = words(
        "Chairing the audit committee of a mental health trust",
        "Chaired the audit committee.",
        title="NED",
        employer="Fenbridge Mental Health Trust",
    )

    assert found == "Mental Health Trust … Chaired the audit committee"


def test_words_scattered_over_posts_do_not():
    posts = [
        Stretch("One", "post", sentences("Cyber analyst"), ()),
        Stretch("Two", "post", sentences("Head of security"), ()),
    ]

    assert find(criterion("Experience of cyber security"), posts) == ()


def test_words_scattered_over_a_long_text_do_not():
    text = "Answered for quality. Ran the canteen. Trained staff. Wrote the safety plan."

    assert words(SAFETY, text) == ""


def test_an_employers_name_is_nobodys_role():
    assert words("Accountancy qualification", "", title="Receptionist", employer="Pryce Chartered Accountants") == ""


def test_the_latest_of_several_places_is_the_best():
    def post(name, first, last):
        span = Span(dt.date(first, 1, 1), dt.date(last, 1, 1) if last else None, last is None)
        return Stretch(name, "post", sentences("Finance director"), (), span)

    found = find(
        criterion("Finance director"), [post("Old", 1998, 2004), post("Now", 2012, None), post("Mid", 2003, 2010)]
    )

    assert [(each.where, str(each.span)) for each in found] == [
        ("Now", "2012 to now"),
        ("Mid", "2003 to 2010"),
        ("Old", "1998 to 2004"),
    ]
    assert (round(years_of(found, day=DAY), 1), years_ago(found, day=DAY)) == (18.2, 0.0)


def test_years_are_read_from_a_criterion():
    assert (criterion("At least five years as a finance director").years, criterion("10+ years in audit").years) == (
        5,
        10,
    )


def test_a_criterion_of_filler_alone_has_no_reading():
    assert criterion("Proven ability and experience").readings == ()
