"""The published rules as rows: loaded where they are missing, never changed once they are there.

Regulation 7 of SI 1990/2024 gives every policy its longest term. The rates to 2019 are NHS trusts'
standard rates; the structure announced in October 2019 was reached in steps, non-executives first.
"""

import datetime as dt

from django.db import transaction
from django.db.models import Q

from appointments.models import RemunerationRate, Seat, TermPolicy

D = dt.date
FOUR_YEARS = "SI 1990/2024 regulation 7"


def term_policies() -> list[TermPolicy]:
    return [
        TermPolicy(
            name="Governance Code 2016",
            source=f"Governance Code on Public Appointments (2016); {FOUR_YEARS}",
            in_force_from=D(2017, 1, 1),
            in_force_until=D(2023, 3, 31),
            clock=TermPolicy.ClockKind.SAME_POST,
            term_months=48,
            limit_months=120,
            normal_terms=2,
        ),
        TermPolicy(
            name="NHS provider code 2023",
            source=f"Code of governance for NHS provider trusts (2023), C 4.3; {FOUR_YEARS}",
            in_force_from=D(2023, 4, 1),
            clock=TermPolicy.ClockKind.SAME_BOARD,
            term_months=48,
            limit_months=108,
            review_after_months=72,
            promotion_months=36,
            for_foundation_trusts=True,
        ),
    ]


STANDARD = "Terms and conditions of NHS trust chairs and non-executive directors, standard rates to 2019"
STRUCTURE = "Remuneration structure for NHS provider chairs and non-executive directors (October 2019)"
CHAIR_STEPS = "Reached in steps from 1 April 2021, in full from 1 April 2022."
NED_STEPS = "Reached in steps from October 2019."

BANDS = {"Band 1": 23_600, "Band 2": 21_105, "Band 3": 18_621}
TURNOVER_GROUPS = {
    "Group 1, turnover under £200 million": (40_000, 43_000, 45_100),
    "Group 2, turnover to £400 million": (44_100, 47_100, 50_000),
    "Group 3, turnover to £500 million": (45_000, 49_500, 51_400),
    "Group 4, turnover to £750 million": (50_500, 55_000, 58_500),
    "Group 5, turnover above £750 million": (55_500, 60_000, 63_300),
}


def rates() -> list[RemunerationRate]:
    chair, ned = Seat.Role.CHAIR, Seat.Role.NED
    return [
        *(
            RemunerationRate(role=chair, group=band, amount=pounds, in_force_until=D(2021, 3, 31), source=STANDARD)
            for band, pounds in BANDS.items()
        ),
        RemunerationRate(role=ned, amount=6_157, in_force_until=D(2019, 9, 30), source=STANDARD),
        *(
            RemunerationRate(
                role=chair,
                group=group,
                lower_quartile=lower,
                median=median,
                upper_quartile=upper,
                in_force_from=D(2021, 4, 1),
                source=STRUCTURE,
                note=CHAIR_STEPS,
            )
            for group, (lower, median, upper) in TURNOVER_GROUPS.items()
        ),
        RemunerationRate(role=ned, amount=13_000, in_force_from=D(2019, 10, 1), source=STRUCTURE, note=NED_STEPS),
    ]


@transaction.atomic
def load() -> int:
    """Adds what is missing and returns how many rows that were; what staff have changed stays as they left it."""
    added = 0
    for policy in term_policies():
        there = Q(name=policy.name) | Q(in_force_from=policy.in_force_from)
        if not TermPolicy.objects.filter(there).exists():
            policy.save()
            added += 1
    for rate in rates():
        there = Q(source=rate.source) | Q(in_force_from=rate.in_force_from)
        if not RemunerationRate.objects.filter(there, role=rate.role, group=rate.group).exists():
            rate.save()
            added += 1
    return added
