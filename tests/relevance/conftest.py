"""The search's own server and vocabulary, for judging what it finds."""

from tests.search.conftest import elasticsearch, server_url, vocabulary

__all__ = ["elasticsearch", "server_url", "vocabulary"]
