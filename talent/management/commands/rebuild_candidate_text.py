"""Writes again the words by which staff find applications; triggers keep them in step, this is for after a repair."""

from typing import Any

from django.core.management.base import BaseCommand
from django.db import connection, transaction
from tqdm import tqdm

from talent.models import Application, CandidateText

BATCH = 500


class Command(BaseCommand):
    help = "Rebuilds the text that the candidate list searches, in batches; safe to run while people work."

    def handle(self, *args: Any, **options: Any) -> None:
        ids = list(Application.objects.filter(submitted_at__isnull=False).order_by("pk").values_list("pk", flat=True))
        CandidateText.objects.exclude(application__submitted_at__isnull=False).delete()
        with tqdm(total=len(ids), unit="application", disable=options["verbosity"] == 0) as bar:
            for start in range(0, len(ids), BATCH):
                batch = ids[start : start + BATCH]
                with transaction.atomic(), connection.cursor() as cursor:
                    cursor.execute("SELECT talent_write_candidate_text(%s)", [batch])
                bar.update(len(batch))
