"""Templates as they are written: what no linter sees."""

import re
from pathlib import Path

from django.conf import settings

TEMPLATES = Path(settings.BASE_DIR) / "templates"


def test_no_tag_is_given_braces_that_it_would_print():
    # {% back_link up "{{ pool }}" %} shows the braces themselves.
    found = [
        str(file.relative_to(TEMPLATES))
        for file in sorted(TEMPLATES.rglob("*.html"))
        if re.search(r'\{%[^%]*"[^"%]*\{\{', file.read_text(encoding="utf-8"))
    ]

    assert found == []
