"""People by the thousand for tests.bench.people: some thousand texts, combined anew for each person."""

import random

from django.db import connection
from django.db.models import Max
from tqdm import tqdm

from talent.demo.words import CAREERS
from talent.models import Background, Person, RoleSought, Sector, Skill, Travel
from talent.skills import load as load_skills
from tests.factories.portal import RegionFactory
from tests.factories.talent import PoolFactory

TEXTS = 2_000
WORDS = 300  # of a CV
REGIONS, POOLS = 4, 3
PART = 50_000  # people added at a time
TITLES = (
    "Finance director", "Chief nurse", "Registered nurse", "Ward manager", "Chief operating officer", "Audit manager",
    "Director of people", "Head of estates", "Medical director", "Chief information officer", "Non-executive director",
    "Chair of audit committee", "Managing partner", "Programme manager", "Chief executive", "Charity trustee",
    "Head of procurement", "Consultant psychiatrist", "General practitioner", "Physiotherapist", "Turnaround director",
    "Company secretary", "Head of communications", "Director of adult services",
)  # fmt: skip
TOPICS = (
    "merger", "safeguarding", "turnaround", "mental health", "intensive care", "accident and emergency", "maternity",
    "cyber security", "procurement", "patient experience", "governance", "population health", "data analytics",
    "organisational development", "whistleblowing", "private finance initiative", "research", "learning disability",
    "dementia",
)  # fmt: skip

PEOPLE = """
INSERT INTO talent_person (full_name, sort_name, email, phone, postcode, region_id, headline, summary, readiness,
    background, sectors, roles_sought, travel_minutes, days_a_month, cv_text, mail_opt_out, created_at)
SELECT f.name || ' ' || l.name, lower(f.name || ' ' || l.name), 'bench' || n || '@example.org', '', '',
    (%(regions)s::bigint[])[1 + r.a %% 4], t.title, s.text,
    (%(readiness)s::text[])[1 + r.b %% 3], (%(backgrounds)s::text[])[1 + r.a %% %(background_count)s],
    ARRAY[(%(sectors)s::text[])[1 + r.b %% %(sector_count)s],
          (%(sectors)s::text[])[1 + (r.b + 3) %% %(sector_count)s]],
    ARRAY[(%(roles)s::text[])[1 + r.c %% %(role_count)s]], (%(travel)s::int[])[1 + r.c %% 5], 1 + r.a %% 10, c.text,
    false, now()
FROM generate_series(%(first)s, %(last)s) n
CROSS JOIN LATERAL (SELECT ('x' || substr(md5(n::text), 1, 6))::bit(24)::int AS a,
    ('x' || substr(md5(n::text), 7, 6))::bit(24)::int AS b, ('x' || substr(md5(n::text), 13, 6))::bit(24)::int AS c) r
JOIN bench_name f ON f.number = r.a %% 400 JOIN bench_name l ON l.number = 400 + r.b %% 400
JOIN bench_title t ON t.number = r.c %% %(title_count)s
JOIN bench_words c ON c.number = r.b %% %(texts)s JOIN bench_short s ON s.number = r.a %% %(texts)s
"""
POSTS = """
INSERT INTO talent_postheld (person_id, title, employer, started_on, ended_on, board_level, description)
SELECT p.id, t.title, 'Employer ' || (p.id + k) %% 5000, date '2016-01-01' - k * 900,
    CASE WHEN k > 0 THEN date '2016-01-01' - (k - 1) * 900 END, (p.id + k) %% 3 = 0, s.text
FROM talent_person p CROSS JOIN generate_series(0, 2) k
JOIN bench_title t ON t.number = (p.id * 7 + k * 5) %% %(title_count)s
JOIN bench_short s ON s.number = (p.id + k * 31) %% %(texts)s
WHERE p.id > %(before)s
"""
SKILLS = """
INSERT INTO talent_personskill (person_id, skill_id, source, evidence, added_at)
SELECT p.id, (%(skills)s::bigint[])[1 + (p.id * (k + 3)) %% %(skill_count)s], 'declared', s.text, now()
FROM talent_person p CROSS JOIN generate_series(0, 1) k JOIN bench_short s ON s.number = (p.id + k * 17) %% %(texts)s
WHERE p.id > %(before)s
ON CONFLICT DO NOTHING
"""
# Everybody agrees to be found, a third of them through each pool.
CONSENTS = """
INSERT INTO talent_poolmembership (pool_id, person_id, consented_at, expires_on, wording, may_be_shared)
SELECT (%(pools)s::bigint[])[1 + p.id %% %(pool_count)s], p.id, now(), current_date + 365, '', false
FROM talent_person p WHERE p.id > %(before)s
"""


def prepare() -> dict[str, object]:
    """The texts and names that people are put together from, and the facts of the statements."""
    chance = random.Random(1)
    paragraphs = [text for career in CAREERS.values() for text in career["achievements"]]
    plain = sorted({word for text in paragraphs for word in text.split() if "{" not in word})
    with connection.cursor() as cursor:
        for table in ("bench_words", "bench_short", "bench_title", "bench_name"):
            column = {"bench_title": "title", "bench_name": "name"}.get(table, "text")
            cursor.execute(f"CREATE UNLOGGED TABLE {table} (number int PRIMARY KEY, {column} text)")
        cursor.executemany("INSERT INTO bench_title VALUES (%s, %s)", list(enumerate(TITLES)))
        cursor.executemany("INSERT INTO bench_name VALUES (%s, %s)", [(n, _name(chance)) for n in range(800)])
        cursor.executemany(
            "INSERT INTO bench_words VALUES (%s, %s)", [(n, _text(chance, plain, WORDS)) for n in range(TEXTS)]
        )
        cursor.executemany(
            "INSERT INTO bench_short VALUES (%s, %s)", [(n, _text(chance, plain, 20)) for n in range(TEXTS)]
        )
    load_skills()
    skills = list(Skill.objects.values_list("pk", flat=True))
    return {
        "skills": skills,
        "skill_count": len(skills),
        "regions": [RegionFactory().pk for _ in range(REGIONS)],
        "pools": [PoolFactory().pk for _ in range(POOLS)],
        "pool_count": POOLS,
        "readiness": list(Person.Readiness.values),
        "backgrounds": list(Background.values),
        "background_count": len(Background.values),
        "sectors": list(Sector.values),
        "sector_count": len(Sector.values),
        "roles": list(RoleSought.values),
        "role_count": len(RoleSought.values),
        "travel": list(Travel.values),
        "title_count": len(TITLES),
        "texts": TEXTS,
    }


def _name(chance: random.Random) -> str:
    return "".join(chance.choice(("ka", "lo", "mi", "ren", "sa", "to", "vel", "wyn")) for _ in range(3)).title()


def _text(chance: random.Random, plain: list[str], length: int) -> str:
    """Words as people write them, two topics among them."""
    words = chance.choices(plain, k=length)
    for topic in chance.sample(TOPICS, 2):
        words.insert(chance.randrange(len(words)), topic)
    return " ".join(words) + "."


def grow(facts: dict[str, object], size: int) -> None:
    """Adds people until there are `size`, without triggers: the rebuild that follows reads them all."""
    last = Person.objects.aggregate(last=Max("pk"))["last"] or 0
    have = Person.objects.filter(email__startswith="bench").count()
    with connection.cursor() as cursor:
        cursor.execute("SET session_replication_role = replica")
        for first in tqdm(range(have + 1, size + 1, PART), desc="Rows", leave=False, disable=None):
            part = {"first": first, "last": min(first + PART - 1, size), "before": last}
            for statement in (PEOPLE, POSTS, SKILLS, CONSENTS):
                cursor.execute(statement, facts | part)
            last = Person.objects.aggregate(last=Max("pk"))["last"]
        cursor.execute("RESET session_replication_role")
        cursor.execute("VACUUM ANALYZE")
