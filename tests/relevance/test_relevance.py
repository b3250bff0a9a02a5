"""nDCG@10 of both engines against the list search by LIKE and against the server's own BM25."""

from statistics import fmean

import pytest
from django.db.models import Q
from django.utils import timezone
from elasticsearch import Elasticsearch

from search.asking import ask
from search.documents import documents
from search.models import Index
from search.queries import Question, Scope
from search.rebuilding import recount
from talent.models import Person
from tests.factories.search import index_all
from tests.relevance.judged import people, questions
from tests.relevance.ndcg import ndcg

pytestmark = pytest.mark.django_db
TODAY = timezone.localdate()
FIELDS = (
    *("full_name", "headline", "summary", "posts__title", "posts__employer"),
    *("skills__skill__name", "skills__evidence"),
)


def ours(text: str, engine: str) -> list[int]:
    return [found.person.pk for found in ask(Question(text=text), Scope(day=TODAY), engine=engine).people]


def by_like(text: str) -> list[int]:
    """Each word anywhere in any text, in the order of names: the search of most lists."""
    found = Person.objects.all()
    for word in text.replace('"', "").split():
        anywhere = Q()
        for field in FIELDS:
            anywhere |= Q(**{f"{field}__icontains": word})
        found = found.filter(pk__in=Person.objects.filter(anywhere).values("pk"))
    return list(found.order_by("sort_name", "pk").values_list("pk", flat=True)[:10])


@pytest.fixture
def bm25(server_url):
    """The same texts in an index of its own with the server's standard analyser, asked by a plain match."""
    client, name = Elasticsearch(server_url), f"bm25-{timezone.now():%H%M%S%f}"
    client.indices.create(index=name, mappings={"properties": {"text": {"type": "text"}}})
    yield client, name
    client.indices.delete(index=name)


def by_bm25(client: Elasticsearch, name: str, text: str) -> list[int]:
    answer = client.search(index=name, query={"match": {"text": text}}, size=10, source=False)
    return [int(hit["_id"]) for hit in answer["hits"]["hits"]]


def test_the_ndcg_of_known_lists():
    grades = {"a": 3, "b": 2, "c": 1}

    assert ndcg(["a", "b", "c"], grades) == 1
    assert ndcg(["x", "y"], grades) == 0
    assert round(ndcg(["b", "a"], grades), 4) == 0.7896


def test_the_set_is_large_enough_and_knows_its_people(db):
    asked, known = questions(), people()

    assert len(asked) >= 90
    assert {key for question in asked for key in question.grades} - known.keys() == set()


def test_both_engines_rank_better_than_like_and_than_bm25(elasticsearch, vocabulary, bm25, capsys):
    known = {person.pk: key for key, person in people().items()}
    index_all()
    recount()
    client, name = bm25
    for pk, document in documents(known, day=TODAY).items():
        client.index(index=name, id=str(pk), document={"text": "\n".join(p.text for p in document.passages)})
    client.indices.refresh(index=name)
    ways = {
        "PostgreSQL": lambda text: ours(text, Index.Engine.POSTGRESQL),
        "Elasticsearch": lambda text: ours(text, Index.Engine.ELASTICSEARCH),
        "LIKE": by_like,
        "plain BM25": lambda text: by_bm25(client, name, text),
    }

    each = {
        way: [ndcg([known[pk] for pk in search(q.text)], q.grades) for q in questions()] for way, search in ways.items()
    }
    mean = {way: fmean(scores) for way, scores in each.items()}

    with capsys.disabled():
        print("\nnDCG@10:", ", ".join(f"{way} {value:.3f}" for way, value in mean.items()))
        worst = sorted(zip(each["PostgreSQL"], questions(), strict=True), key=lambda pair: pair[0])[:12]
        print("weakest:", ", ".join(f"{question.text} {score:.2f}" for score, question in worst))
    assert each["PostgreSQL"] == each["Elasticsearch"]
    assert mean["PostgreSQL"] >= 1.3 * mean["LIKE"]
    assert mean["PostgreSQL"] >= mean["plain BM25"] + 0.05
