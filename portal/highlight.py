"""The words that were searched for, marked in a title or quoted in a snippet, by the stems PostgreSQL found them by."""

import re
from collections.abc import Sequence

from django.db import connection
from django.utils.html import escape
from django.utils.safestring import SafeString, mark_safe

# Two characters of Unicode's private use: taken out of the text first, so that nobody can type them.
START, STOP = "\ue000", "\ue001"
_TAG_LIKE = re.compile(r"<(?=\S)")
_WHOLE = f"HighlightAll=true, StartSel={START}, StopSel={STOP}"
_QUOTE = (
    f'MaxFragments=2, MaxWords=28, MinWords=12, ShortWord=2, FragmentDelimiter=" … ", StartSel={START}, StopSel={STOP}'
)
# Any one of the words is marked, not only all of them together.
_SQL = """
    WITH asked AS (SELECT replace(plainto_tsquery('english', %s)::text, '&', '|')::tsquery AS query)
    SELECT ts_headline('english', text, query, %s)
    FROM asked, unnest(%s::text[]) WITH ORDINALITY AS given(text, place) ORDER BY place
"""


def marked(text: str) -> SafeString:
    """`text` as HTML, with <mark> where START and STOP stand. Everything else is escaped first."""
    return mark_safe(escape(text).replace(START, "<mark>").replace(STOP, "</mark>"))  # noqa: S308


def titles(query: str, texts: Sequence[str]) -> list[SafeString]:
    """Each of `texts` whole, with the words of `query` marked: one query for all."""
    return _headlines(query, texts, _WHOLE)


def snippets(query: str, texts: Sequence[str]) -> list[SafeString]:
    """The stretches of each text where words of `query` stand, or its beginning: one query for all."""
    return _headlines(query, texts, _QUOTE)


def _headlines(query: str, texts: Sequence[str], options: str) -> list[SafeString]:
    with connection.cursor() as cursor:
        cursor.execute(_SQL, [_plain(query), options, [_plain(t) for t in texts]])
        return [marked(found) for (found,) in cursor.fetchall()]


def _plain(text: str) -> str:
    # PostgreSQL refuses NUL, and takes a word after "<" for a tag, in which it marks nothing: a space keeps it a word.
    return _TAG_LIKE.sub("< ", text.replace(START, "").replace(STOP, "").replace("\x00", ""))
