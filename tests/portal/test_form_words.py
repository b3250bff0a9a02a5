"""Messages are made from labels; a label that is no thing needs words of its own."""

import re
from collections.abc import Iterator

from django.urls import get_resolver

from portal.forms.base import PortalFormMixin
from portal.forms.messages import use_plain_messages

# What no label that names a thing begins with: "Enter the sits from" is no English.
NO_THING = (
    "about|act|available|begins|by|do|due|ends|paid|plan|say|sign|sits|study|takes|tell|to be|until|when you can|with"
)


def forms() -> Iterator[type]:
    """Every form that some page of the portal loads."""
    get_resolver().url_patterns  # noqa: B018 (imports every view)
    waiting = [PortalFormMixin]
    while waiting:
        found = waiting.pop().__subclasses__()
        yield from found
        waiting += found


def required_messages() -> Iterator[str]:
    for form in forms():
        for name, field in getattr(form, "base_fields", {}).items():
            if field.required:
                use_plain_messages(field, name=name, article=form.article)
                yield f"{form.__name__}.{name}: {field.error_messages['required']}"


def test_no_message_asks_to_enter_what_is_no_thing():
    odd = re.compile(rf"(Enter|Select) (the|your) ({NO_THING})\b")

    assert [message for message in required_messages() if odd.search(message)] == []
