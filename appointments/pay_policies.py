"""The cap on executives' pay as published rows, and ranges for the demonstration: loaded where they are missing."""

import datetime as dt

from django.db import transaction

from appointments.models import PayBenchmark, PayCap, Seat

D, Role = dt.date, Seat.Role
CAPS = (
    PayCap(
        amount=142_500,
        in_force_from=D(2015, 6, 2),
        in_force_until=D(2017, 12, 31),
        source="Secretary of State for Health, very senior managers’ pay (June 2015)",
    ),
    PayCap(
        amount=150_000,
        in_force_from=D(2018, 1, 1),
        source="HM Treasury, guidance for approval of senior pay (January 2018)",
    ),
)
SIZES = ((0, 200), (200, 400), (400, 750), (750, None))
# Invented: lower end, median and upper end of the smallest trusts, and what each step in size adds to all three.
INVENTED = {
    Role.CHIEF_EXECUTIVE: (142_000, 155_000, 168_000, 14_000),
    Role.FINANCE: (108_000, 118_000, 128_000, 9_000),
    Role.MEDICAL: (128_000, 140_000, 152_000, 9_000),
    Role.NURSING: (100_000, 109_000, 118_000, 8_000),
    Role.OPERATING: (103_000, 112_000, 122_000, 8_500),
    Role.WORKFORCE: (92_000, 101_000, 110_000, 7_500),
    Role.OTHER_EXECUTIVE: (88_000, 97_000, 106_000, 7_000),
}


@transaction.atomic
def load() -> int:
    """Adds the caps that are missing and returns how many that were."""
    missing = [cap for cap in CAPS if not PayCap.objects.filter(in_force_from=cap.in_force_from).exists()]
    for cap in missing:
        PayCap.objects.create(
            amount=cap.amount, in_force_from=cap.in_force_from, in_force_until=cap.in_force_until, source=cap.source
        )
    return len(missing)


def load_invented() -> None:
    """Ranges for the demonstration, said to be invented on every page: the published ones have to be entered."""
    PayBenchmark.objects.bulk_create(
        PayBenchmark(
            role=role,
            turnover_from=low,
            turnover_below=below,
            lower=lower + step * number,
            median=median + step * number,
            upper=upper + step * number,
            in_force_from=D(2017, 4, 1),
            source="Invented for the demonstration",
            is_demonstration=True,
        )
        for role, (lower, median, upper, step) in INVENTED.items()
        for number, (low, below) in enumerate(SIZES)
    )
