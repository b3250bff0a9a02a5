"""Every table that leads to a member is declared: what they are given of it, and what an erasure does to it."""

import pytest

from portal import holding
from portal.holding import HOLDINGS, Fate
from tests.talent.holdings_walk import undeclared, words_that_stay

# What an erasure leaves as it is, column by column, and why that is no word about somebody who is not public.
STAYS = {
    # Untitled by appointments/holdings.py where nobody public is meant; the agenda itself is the committee's.
    "appointments.AgendaItem": ("presenter", "title", "note"),
    # Only of those who were appointed, whose record is public.
    "appointments.Announcement": ("words", "political_activity"),
    "appointments.Appointment": ("reason",),
    "appointments.CaseEvent": ("detail",),
    "appointments.Tenure": ("source_note", "end_ground"),
    "appointments.TenureEvent": ("facts",),
    # Marks of the machine, seals of the chain, codes and ids.
    "appointments.CheckRead": ("reason", "what"),
    "appointments.Decision": ("facts", "reason_digest", "previous_digest", "digest"),
    "portal.AccessEvent": ("reason",),
    "talent.Application": ("reference", "pseudonym"),
    "talent.ApplicationEvent": ("transition",),
    # The trusts whose people a prize went to: public money. Who they are is read from the records, the citation goes.
    "talent.AwardAnnouncement": ("employer",),
    "talent.Complaint": ("reference",),
    "talent.Confirmation": ("reason", "text"),
    "talent.OwnCopyEvent": ("reason",),
    "talent.MemberErased": ("reason", "pseudonym", "rows"),
    "talent.ProfileView": ("reason",),
    "talent.Score": ("criterion_key",),
    # The file goes and the name is emptied by remove_evidence, unless an appointment rests on it.
    "appointments.Evidence": ("file", "name", "sha256"),
    # Papers as they were issued; what a committee had before it.
    "appointments.Letter": ("file", "sha256"),
    "appointments.Proposal": ("off_payroll_reason", "authority", "exceptional", "ground", "reason"),
    # Encrypted; what an appointment rested on.
    "appointments.SelfDeclaration": ("grounds",),
    # The address is replaced when the account is closed; posts in an organisation are the organisation's.
    "portal.Invitation": ("email", "job_title", "nonce", "token_digest"),
    "portal.Membership": ("job_title", "end_reason"),
    # The portal's own words that were agreed to.
    "talent.ConsentEvent": ("wording",),
    "talent.PoolMembership": ("wording",),
    # Others' names, and what staff keep for the team.
    "talent.CohortEvent": ("facts",),
    "talent.Participation": ("sponsor_name", "mentor_name"),
    "talent.Placement": ("mentor_name",),
    "talent.PlacementEvent": ("facts",),
    "talent.PairProposed": ("reasons",),
    "talent.SavedSearch": ("name", "purpose", "question"),
    # Emptied whole by talent/erasing.py.
    "talent.Person": (
        "full_name",
        "sort_name",
        "email",
        "phone",
        "postcode",
        "headline",
        "summary",
        "cv_text",
        "reference",
    ),
}


def test_every_table_that_leads_to_a_member_is_declared():
    assert undeclared() == []


# Hangs on an agenda item alone, which is the committee's: declared all the same.
BEYOND = {"appointments.Decision"}


@pytest.mark.parametrize("model", sorted({each.model for each in HOLDINGS if each.path != "pk"} - BEYOND))
def test_a_table_that_nobody_declares_is_found(model: str, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(holding, "HOLDINGS", [each for each in HOLDINGS if each.model != model])
    monkeypatch.setattr(holding, "ACTS", {each for each in holding.ACTS if each[0] != model})

    assert {column.rsplit(".", 1)[0] for column in undeclared()} == {model}


def test_free_words_that_stay_are_known_one_by_one():
    assert words_that_stay() == STAYS


def test_what_stays_says_why():
    silent = {(each.model, each.path) for each in HOLDINGS if each.fate is not Fate.DELETED and not each.why}

    assert silent == {
        ("portal.User", "pk"),  # the page says it of the account by itself
        ("talent.Person", "user"),
        ("talent.Person", "merged_into"),
        ("talent.SearchWatch", "search__owner"),
    }
