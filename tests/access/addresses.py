"""Every address below a place such as /cms/, read off the URL patterns, with made-up arguments."""

import re
from collections.abc import Iterator

from django.urls import URLResolver, get_resolver
from django.urls.resolvers import RegexPattern, RoutePattern

# What stands for each kind of argument: no such record exists unless a test makes it.
_CONVERTED = re.compile(r"<(?:(\w+):)?\w+>")
_SAMPLES = {"int": "999999", "uuid": "00000000-0000-4000-8000-000000000000"}
# The regular expressions that Wagtail and allauth still write, longest first.
_GROUPS = (
    (r"(?P<revision_id_a>live|earliest|\d+)", "earliest"),
    (r"(?P<revision_id_b>live|latest|\d+)", "latest"),
    (r"(?P<uidb36>[0-9A-Za-z]+)", "x"),
    (r"(?P<key>[-:\w]+)", "x"),
    (r"(?P<key>.+)", "x"),
    (r"(?P<pk>.+)", "999999"),
    (r"(?P<pk>\d+)", "999999"),
    (r"(\d+)", "999999"),
    (r"(.*)", "x"),
    (r"([\w\-]+)", "x"),
    (".*", "x"),
)


def below(place: str) -> list[str]:
    """The addresses that begin with `place`, each once."""
    return sorted({address for address in _all(get_resolver(), "/") if address.startswith(place)})


def _all(resolver: URLResolver, before: str) -> Iterator[str]:
    for entry in resolver.url_patterns:
        address = before + _filled(entry.pattern)
        if isinstance(entry, URLResolver):
            yield from _all(entry, address)
        else:
            yield address


def _filled(pattern: RoutePattern | RegexPattern) -> str:
    text = str(pattern)
    if isinstance(pattern, RegexPattern):
        text = text.removeprefix("^").removesuffix("$").removesuffix("/?").replace(r"\.", ".")
        for group, sample in _GROUPS:
            text = text.replace(group, sample)
        return text
    return _CONVERTED.sub(lambda found: _SAMPLES.get(found[1] or "str", "x"), text)
