"""Long answers with a limit in words, counted the same on the server and in the browser."""

import re
from typing import Any

from django import forms
from django.core.exceptions import ValidationError

# What JavaScript's \s matches: the browser's count and ours must not differ by a pasted zero-width space.
_GAP = "\t\n\v\f\r \u00a0\u1680\u2000-\u200a\u2028\u2029\u202f\u205f\u3000\ufeff"
_WORD = re.compile(f"[^{_GAP}]+")


def count_words(text: str) -> int:
    return len(_WORD.findall(text))


class WordLimitTextarea(forms.Textarea):
    """Says the limit below the box; with JavaScript it says how many words are left."""

    def __init__(self, *, max_words: int, attrs: dict[str, Any] | None = None) -> None:
        super().__init__({"rows": 10 if max_words > 150 else 5, **(attrs or {})})
        self.max_words = max_words


class WordLimitField(forms.CharField):
    """Text of at most `max_words` words. A longer text is refused and kept as typed."""

    def __init__(self, *, max_words: int, **kwargs: Any) -> None:
        self.max_words = max_words
        kwargs.setdefault("widget", WordLimitTextarea(max_words=max_words))
        super().__init__(**kwargs)

    default_error_messages = {"max_words": "This must be %(limit)d words or fewer. It is %(count)d words now."}

    def validate(self, value: str) -> None:
        super().validate(value)
        count = count_words(value)
        if count > self.max_words:
            raise ValidationError(
                self.error_messages["max_words"],
                code="max_words",
                params={"limit": self.max_words, "count": count},
            )
