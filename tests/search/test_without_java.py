"""On a machine that cannot run Elasticsearch its tests are skipped and say so, unless it is required there."""

import pytest

from tests.search import elastic
from tests.search.conftest import _or_skip
from tests.search.elastic import NotHere, java_home


@pytest.fixture
def no_java(monkeypatch, tmp_path):
    monkeypatch.setattr(elastic, "JVMS", tmp_path)
    monkeypatch.setenv("PATH", str(tmp_path))
    monkeypatch.delenv("ES_JAVA_HOME", raising=False)


def test_no_java_is_found_where_there_is_none(no_java):
    with pytest.raises(NotHere, match="there is no Java 17"):
        java_home()


def test_without_java_a_test_is_skipped_and_says_why(monkeypatch):
    monkeypatch.delenv("PORTAL_ELASTICSEARCH", raising=False)

    with pytest.raises(pytest.skip.Exception, match="no Elasticsearch: there is no Java 17"):
        _or_skip(NotHere("there is no Java 17"))


def test_where_it_is_required_the_run_fails(monkeypatch):
    monkeypatch.setenv("PORTAL_ELASTICSEARCH", "required")

    with pytest.raises(pytest.fail.Exception, match="Elasticsearch is required here, but there is no Java 17"):
        _or_skip(NotHere("there is no Java 17"))
