"""Names as people sort and find them: one folded key, the same wherever names stand in order."""

import unicodedata


def folded(text: str) -> str:
    """`text` without case and accents, for sorting and matching.

    The embedded PostgreSQL sorts by code point, so every name that people see sorted keeps this key beside it.
    """
    decomposed = unicodedata.normalize("NFKD", text.casefold())
    return " ".join("".join(c for c in decomposed if not unicodedata.combining(c)).split())
