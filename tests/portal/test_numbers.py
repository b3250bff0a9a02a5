"""Numbers from hidden fields: whatever was sent, a number that a column can hold."""

import pytest

from portal.numbers import typed_number

KEPT = [("7", 7), ("0", 0), ("2147483647", 2_147_483_647)]
REFUSED = ["2147483648", "9" * 5000, "²", "-3", "", None, "seven", "٣"]


@pytest.mark.parametrize(("typed", "expected"), [*KEPT, *((typed, -1) for typed in REFUSED)])
def test_a_typed_number(typed, expected):
    assert typed_number(typed, default=-1) == expected
