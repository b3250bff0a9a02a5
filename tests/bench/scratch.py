"""Applications by the thousand in a scratch database: a few hundred written in earnest, then multiplied by SQL."""

import datetime as dt
import json
from collections.abc import Iterator
from contextlib import contextmanager

from django.conf import settings
from django.db import connection
from django.test.utils import setup_databases, teardown_databases
from django.utils import timezone

from portal.demo import Stage
from portal.models import Region
from programmes.models import Intake
from talent.demo.answers import Writer
from talent.demo.careers import make_career
from talent.models import Application, State
from tests.factories.portal import RegionFactory
from tests.factories.programmes import IntakeFactory
from tests.factories.talent import frozen
from tests.template_database import use_template

MODELS = 200  # different texts; each is then somebody else's as well
STATES = (State.SUBMITTED, State.SIFT, State.REVIEW, State.INTERVIEW, State.UNSUCCESSFUL, State.PLACED)

PEOPLE = """
INSERT INTO talent_person (full_name, sort_name, email, phone, postcode, region_id, headline, summary, readiness,
                           mail_opt_out, created_at)
SELECT 'Bench Person ' || n, 'bench person ' || n, 'bench' || n || '@example.org', '', '', %(region)s,
       'Director ' || n, '', '', false, now()
FROM generate_series(%(first)s, %(last)s) n
"""
APPLICATIONS = """
INSERT INTO talent_application (person_id, intake_id, question_set_id, region_id, reference, pseudonym, state,
                                started_at, submitted_at, state_since)
SELECT p.id, %(intake)s, %(questions)s, (%(regions)s::bigint[])[1 + p.id %% %(region_count)s],
       'ND-B' || p.id, 'Candidate B' || p.id, (%(states)s::text[])[1 + p.id %% %(state_count)s],
       now() - interval '60 days', now() - (p.id %% 50000) * interval '1 minute', now()
FROM talent_person p WHERE p.email LIKE 'bench%%' AND NOT EXISTS (
    SELECT FROM talent_application a WHERE a.person_id = p.id)
"""
ANSWERS = """
INSERT INTO talent_sectionanswer (application_id, section_key, values, revision, saved_at, is_complete,
                                  saved_by_page, saved_tick)
SELECT a.id, t.section_key, t.content, 1, now(), true, '', 0
FROM talent_application a JOIN bench_text t ON t.number = a.id %% %(models)s
WHERE a.reference LIKE 'ND-B%%' AND NOT EXISTS (SELECT FROM talent_sectionanswer s WHERE s.application_id = a.id)
"""


@contextmanager
def scratch_database() -> Iterator[None]:
    """A database of its own beside the tests', made and dropped here."""
    settings.DATABASES["default"].setdefault("TEST", {})["NAME"] = "bench"
    use_template()
    made = setup_databases(verbosity=0, interactive=False, serialized_aliases=[])
    try:
        yield
    finally:
        teardown_databases(made, verbosity=0)


def prepare() -> Intake:
    """The scheme, four regions, and the texts that answers are copied from."""
    regions = [RegionFactory() for _ in range(4)]
    intake = IntakeFactory(regions=regions)
    intake.question_set = frozen(intake)
    stage = Stage(at=timezone.now())
    with connection.cursor() as cursor:
        cursor.execute("CREATE UNLOGGED TABLE bench_text (number int, section_key text, content jsonb)")
        for number in range(MODELS):
            for key, values in _texts(stage, intake).items():
                cursor.execute("INSERT INTO bench_text VALUES (%s, %s, %s::jsonb)", [number, key, json.dumps(values)])
    return intake


def _texts(stage: Stage, intake: Intake) -> dict[str, dict[str, object]]:
    writer = Writer(
        random=stage.chance,
        name=stage.new_name(),
        phone="",
        postcode="",
        region="London",
        career=make_career(stage.chance, dt.date(2017, 9, 1)),
        on=dt.date(2017, 9, 1),
    )
    return writer.answers(intake.question_set.questions)


def grow(intake: Intake, size: int) -> None:
    """Adds applications until there are `size`."""
    have = Application.objects.filter(reference__startswith="ND-B").count()
    regions = list(Region.objects.filter(intakes=intake).values_list("pk", flat=True))
    facts = {
        "first": have + 1,
        "last": size,
        "region": regions[0],
        "regions": regions,
        "region_count": len(regions),
        "states": [str(state) for state in STATES],
        "state_count": len(STATES),
        "intake": intake.pk,
        "questions": intake.question_set_id,
        "models": MODELS,
    }
    with connection.cursor() as cursor:
        for statement in (PEOPLE, APPLICATIONS, ANSWERS):
            cursor.execute(statement, facts)
        cursor.execute("ANALYZE")
