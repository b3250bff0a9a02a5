"""Every view of ours asks who is there, or is listed as public (PUBLIC in the rows files)."""

from typing import Any

from django.contrib.auth.mixins import AccessMixin

from tests.access.conftest import FLOORS
from tests.access.test_table import OURS

PUBLIC: set[str] = {name for floor in FLOORS for name in getattr(floor, "PUBLIC", ())}


def is_guarded(view: Any) -> bool:
    """Whether login_required (or what is built on it) stands before the view: it leaves its mark on the function."""
    view_class = getattr(view, "view_class", None)
    return hasattr(view, "login_url") or (view_class is not None and issubclass(view_class, AccessMixin))


def test_every_view_is_guarded_or_public():
    assert {name for name, pattern in OURS.items() if not is_guarded(pattern.callback)} == PUBLIC
