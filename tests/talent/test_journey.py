"""The applicant's path through the views, from eligibility to sent, without a script."""

import pytest
from django.core import mail
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from portal.models import Job
from portal.outbox import run_next
from talent.models import Application, State
from tests.factories.portal import UserFactory, sign_in
from tests.factories.programmes import IntakeFactory
from tests.factories.talent import PDF, good_answers

pytestmark = pytest.mark.django_db

YES = {"senior_experience": "yes", "first_board_role": "yes", "time_to_give": "yes", "under_represented": "yes"}


def posted(values: dict) -> dict:
    """Section values as the form's fields."""
    data = {"revision": "0", "go": "continue"}
    for key, value in values.items():
        if isinstance(value, dict):
            data |= {key: value["applies"], f"{key}-details": value["details"]}
        elif value and isinstance(value, list) and isinstance(value[0], dict):
            for n, row in enumerate(value):
                data |= {f"{key}-{n}-{part}": text for part, text in row.items()}
        else:
            data[key] = value
    return data


def test_from_eligibility_to_sent(client: Client):
    intake, user = IntakeFactory(), UserFactory()
    result = client.post(reverse("talent:eligibility", args=[intake.pk]), YES, follow=True)
    assert "You can apply" in result.text
    sign_in(client, user)
    client.get(reverse("talent:application_start", args=[intake.pk]))
    client.post(reverse("talent:application_start", args=[intake.pk]))
    application = Application.objects.get()
    here = reverse("talent:application_detail", args=[application.reference])

    for key, values in good_answers().items():
        data = posted(values)
        if key == "your-cv":
            data["cv"] = SimpleUploadedFile("cv.pdf", PDF)
        response = client.post(reverse("talent:section_edit", args=[application.reference, key]), data)
        assert (key, response.status_code, response.get("Location")) == (key, 302, here)
    checked = client.get(reverse("talent:application_submit", args=[application.reference]))
    assert "I led the merger of two housing associations" in checked.text
    client.post(reverse("talent:application_submit", args=[application.reference]), {"true": "on"})

    application.refresh_from_db()
    assert application.state == State.SUBMITTED
    assert {a.section_key: a.values for a in application.answers.all()} == good_answers()
    while run_next(at=timezone.now()):
        pass
    assert Job.objects.filter(done_at=None).count() == 0
    assert [m.subject for m in mail.outbox] == [f"We have your application {application.reference}"]
    copy = client.get(reverse("talent:application_copy", args=[application.reference]))
    assert copy.content[:5] == b"%PDF-"
