"""What a question is made ready with, and that it takes the index however many people there are."""

import pytest
from django.db import connection

from search.preparing import STANDS_SOMEWHERE

pytestmark = pytest.mark.django_db

PEOPLE = """
INSERT INTO search_entry (person_id, version, fingerprint, words, head, facets, fresh_until, sort_name, readiness, days)
SELECT n, 1, '', ('w' || n % 50)::tsvector, '', '{}', '2090-01-01', repeat('x', 200), 9, 0
FROM generate_series(1, 20000) n
"""


@pytest.mark.parametrize("word", ["w7", "nowhere"])
def test_whether_a_word_stands_anywhere_is_read_from_the_index(word):
    with connection.cursor() as cursor:
        cursor.execute(PEOPLE)
        cursor.execute("SELECT gin_clean_pending_list('entry_words')")
        cursor.execute("ANALYZE search_entry")
        cursor.execute("EXPLAIN " + STANDS_SOMEWHERE, [word])
        plan = "\n".join(line for (line,) in cursor.fetchall())
        cursor.execute(STANDS_SOMEWHERE, [word])
        (found,) = cursor.fetchone()

    assert ("on entry_words" in plan, "Seq Scan" in plan, found) == (True, False, word == "w7"), plan
