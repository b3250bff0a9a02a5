"""Mail: the first line is the subject, each person is written to alone, and what can be stopped says how."""

import pytest
from django.core import mail

from portal.mail import composed, send


def test_first_line_is_the_subject() -> None:
    subject, text = composed("essential", {})
    assert subject == "National improvement body"
    assert text.startswith("Talent portal: http://localhost:8000\n")


@pytest.mark.django_db
def test_each_person_is_written_to_alone() -> None:
    send("essential", to=["a@example.org", "b@example.org"], context={})
    assert [message.to for message in mail.outbox] == [["a@example.org"], ["b@example.org"]]


def test_an_optional_mail_says_how_to_stop_it() -> None:
    _, text = composed("optional", {"opt_out_url": "http://localhost:8000/stop/"})
    assert text.rstrip().split("\n")[-1] == (
        "You do not need this message to use the portal. To stop messages of this kind: http://localhost:8000/stop/"
    )
