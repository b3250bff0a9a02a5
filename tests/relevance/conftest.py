"""The search's own server and vocabulary, for judging what it finds."""

from tests.search.conftest import elasticsearch, pytest_sessionfinish, server_url, vocabulary

__all__ = ["elasticsearch", "pytest_sessionfinish", "server_url", "vocabulary"]
