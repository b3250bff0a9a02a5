"""How many applications of each intake went how far: paths through the scheme's table, counted."""

from programmes import demo as programmes

SIFTED = ("submit", "begin_sift")
REVIEWED = (*SIFTED, "pass_sift")
INVITED = (*REVIEWED, "invite")
RECOMMENDED = (*INVITED, "recommend")
OFFERED = (*RECOMMENDED, "approve", "offer")
ACCEPTED = (*OFFERED, "accept")

Path = tuple[str, ...]
# Steps that a committee's decision takes; what follows them is written after the meetings (appointments/demo.py).
DECIDED = ("approve", "not_approved")

_CLOSED_YEAR: dict[Path, int] = {
    (*OFFERED, "decline"): 2,
    (*OFFERED, "lapse_offer"): 1,
    (*RECOMMENDED, "not_approved"): 2,
    (*INVITED, "not_recommended"): 9,
    (*REVIEWED, "not_shortlisted"): 13,
    (*SIFTED, "fail_sift"): 6,
    (*REVIEWED, "withdraw"): 3,
    (*INVITED, "withdraw"): 1,
    ("withdraw",): 2,
    ("lapse_draft",): 5,
}

PLANS: dict[str, dict[Path, int]] = {
    programmes.LONDON_2017: {(*ACCEPTED, "place", "complete"): 22, **_CLOSED_YEAR},
    programmes.MIDLANDS_2017: {(*ACCEPTED, "place", "complete"): 26, **_CLOSED_YEAR},
    programmes.RUNNING: {
        (*ACCEPTED, "place"): 10,
        (*OFFERED, "decline"): 1,
        (*RECOMMENDED, "not_approved"): 1,
        (*INVITED, "not_recommended"): 5,
        (*REVIEWED, "not_shortlisted"): 7,
        (*SIFTED, "fail_sift"): 4,
        (*REVIEWED, "withdraw"): 1,
        ("lapse_draft",): 3,
    },
    programmes.RECENT: {
        (*ACCEPTED, "place"): 2,
        ACCEPTED: 4,
        OFFERED: 4,
        (*OFFERED, "decline"): 1,
        (*RECOMMENDED, "not_approved"): 1,
        (*INVITED, "not_recommended"): 5,
        (*REVIEWED, "not_shortlisted"): 8,
        (*SIFTED, "fail_sift"): 4,
        (*INVITED, "withdraw"): 1,
        ("lapse_draft",): 3,
    },
    programmes.DECIDING: {
        RECOMMENDED: 9,
        INVITED: 8,
        REVIEWED: 22,
        (*INVITED, "not_recommended"): 2,
        (*REVIEWED, "not_shortlisted"): 4,
        (*SIFTED, "fail_sift"): 5,
        (*REVIEWED, "withdraw"): 2,
        ("lapse_draft",): 4,
    },
    programmes.LIVE: {
        (): 13,
        ("submit",): 9,
        SIFTED: 6,
        ("submit", "withdraw"): 1,
        ("withdraw",): 1,
    },
}
# What the demonstration accounts have: the intake, and how far they went in it.
ACCOUNT_PATHS: dict[str, tuple[str, Path]] = {
    "applicant_draft": (programmes.LIVE, ()),
    "applicant_offer": (programmes.RECENT, OFFERED),
}


def quality_of(path: Path) -> float:
    """How good an application is on the rubric's scale of 0 to 4, on average, when it goes that way."""
    if "recommend" in path:
        return 3.2
    if "invite" in path:
        return 2.7
    return 1.9 if path[-1:] == ("not_shortlisted",) else 2.4
