"""Whole numbers as browsers send them: anything may stand in a hidden field."""

# What PostgreSQL's integer columns hold; a larger one was not written by our pages.
LARGEST = 2_147_483_647


def typed_number(text: object, *, default: int) -> int:
    """The number that `text` is, or `default` when it is none or larger than any column's."""
    typed = str(text or "")
    if not (typed.isascii() and typed.isdecimal() and len(typed) <= 10):
        return default
    return int(typed) if int(typed) <= LARGEST else default
