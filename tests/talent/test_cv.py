"""A CV is read safely, suggests, and adds nothing that the person did not confirm."""

import base64
import datetime as dt
import io
import zipfile

import pikepdf
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from PIL import Image

from portal.document_text import MOST_UNPACKED, WORDS, Unreadable, text_of
from portal.pdf import html_to_pdf
from talent import skills
from talent.cv_suggesting import posts_in, skills_in
from talent.models import CvReading, CvSuggestion, PersonSkill, Skill
from tests.factories.portal import sign_in
from tests.factories.skills import SkillFactory
from tests.factories.talent import CvSuggestionFactory, PersonFactory

TODAY = dt.date(2018, 3, 31)
_W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
LINES = (
    "Ada Achebe",
    "April 2014 to present: Finance director, Harbour Housing",
    "Jan 2009 - 03/2014 | Head of audit | Vale Council",
    "2001 – 2008",
    "Accountant at Riverside Bank",
    "Chaired the audit and risk assurance committee for six years.",
)


def zipped(**parts: str | bytes) -> bytes:
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in parts.items():
            archive.writestr(name.replace("__", "/").replace("_xml", ".xml").replace("_bin", ".bin"), content)
    return file.getvalue()


def docx(*lines: str, **more: str | bytes) -> bytes:
    body = "".join(f"<w:p><w:r><w:t>{line}</w:t></w:r></w:p>" for line in lines)
    document = f'<w:document xmlns:w="{_W}"><w:body>{body}</w:body></w:document>'
    return zipped(**{"[Content_Types]_xml": "<Types/>", "word__document_xml": document} | more)


def odt(*lines: str, **more: str | bytes) -> bytes:
    text = "urn:oasis:names:tc:opendocument:xmlns:text:1.0"
    body = "".join(f"<t:p>{line}</t:p>" for line in lines)
    content = f'<o:c xmlns:o="urn:o" xmlns:t="{text}">{body}</o:c>'
    return zipped(mimetype="application/vnd.oasis.opendocument.text", content_xml=content, **more)


def pdf(*lines: str) -> bytes:
    return html_to_pdf("".join(f"<p>{line}</p>" for line in lines), title="CV")


def locked() -> bytes:
    file = io.BytesIO()
    with pikepdf.open(io.BytesIO(pdf(*LINES))) as document:
        document.save(file, encryption=pikepdf.Encryption(owner="a", user="b"))
    return file.getvalue()


def scanned() -> bytes:
    file = io.BytesIO()
    Image.new("L", (40, 50), 128).save(file, "PNG")
    picture = f"data:image/png;base64,{base64.b64encode(file.getvalue()).decode()}"
    return html_to_pdf(f"<img src='{picture}' alt='' width='500' height='700'>", title="CV")


@pytest.mark.parametrize(("kind", "made"), [("docx", docx), ("odt", odt), ("pdf", pdf)])
def test_the_words_of_each_kind_of_file(kind, made):
    text = text_of(made(*LINES), kind)

    assert [line for line in text.splitlines() if line] == list(LINES)


@pytest.mark.parametrize(
    ("kind", "content", "why"),
    [
        ("docx", lambda: docx("A", word__vbaProject_bin=b"x"), "macros"),
        ("odt", lambda: odt("A", Basic__Standard__Module_xml="x"), "macros"),
        ("odt", lambda: odt("A", **{"META-INF__manifest_xml": "<m><encryption-data/></m>"}), "encrypted"),
        ("pdf", locked, "encrypted"),
        ("pdf", scanned, "scanned"),
        ("docx", lambda: docx(" "), "empty"),
        ("docx", lambda: docx("A" * (MOST_UNPACKED + 1)), "too_large"),
        ("docx", lambda: b"PK no zip", "broken"),
        ("pdf", lambda: b"%PDF-1.7 torn off", "broken"),
        (
            "docx",
            lambda: zipped(word__document_xml='<!DOCTYPE a [<!ENTITY b "c">]><a>&b;</a>'),
            "broken",
        ),
    ],
)
def test_what_cannot_be_read_says_why(kind, content, why):
    with pytest.raises(Unreadable) as refused:
        text_of(content(), kind)

    assert str(refused.value) == WORDS[why]


def test_lines_with_two_dates_suggest_posts():
    found = posts_in("\n".join(LINES), today=TODAY)

    assert [(post.title, post.employer, post.started_on, post.ended_on) for post in found] == [
        ("Finance director", "Harbour Housing", dt.date(2014, 4, 1), None),
        ("Head of audit", "Vale Council", dt.date(2009, 1, 1), dt.date(2014, 3, 1)),
        ("Accountant", "Riverside Bank", dt.date(2001, 1, 1), dt.date(2008, 1, 1)),
    ]


@pytest.mark.parametrize(
    "line", ["Born 1960", "2014 to 2010: Chair", "Budget 2019 to 2020", "2014-2016", "a.2014 - 2016.b"]
)
def test_other_numbers_suggest_none(line):
    assert [post.title for post in posts_in(line, today=TODAY)] == []


@pytest.mark.django_db
def test_a_sentence_with_all_the_words_suggests_the_skill():
    Skill.objects.all().delete()
    audit = SkillFactory(name="Audit and risk assurance")
    SkillFactory(name="Digital change")

    found = skills_in("\n".join(LINES), Skill.objects.all())

    assert [(each.skill, each.passage) for each in found] == [
        (audit, "Chaired the audit and risk assurance committee for six years.")
    ]


def send(client, content, name="cv.docx"):
    return client.post(reverse("talent:cv_upload"), {"file": SimpleUploadedFile(name, content)})


@pytest.mark.django_db
def test_nothing_is_added_before_the_person_says_so(client):
    skills.load()
    person = PersonFactory()
    sign_in(client, person.user)

    sent = send(client, docx(*LINES))
    page = client.get(reverse("talent:cv_detail"))
    untouched = (person.skills.count(), person.posts.count())
    skill = CvSuggestion.objects.get(skill__code="audit")
    client.post(reverse("talent:cv_decide", args=[skill.pk]), {"decision": "add"})
    head = CvSuggestion.objects.get(title="Head of audit")
    client.post(reverse("talent:cv_decide", args=[head.pk]), {"decision": "no"})

    assert sent.url == reverse("talent:cv_detail")
    assert (untouched, len(page.context["posts"])) == ((0, 0), 3)
    assert [(held.skill.code, held.source, held.evidence) for held in PersonSkill.objects.all()] == [
        ("audit", "declared", "Chaired the audit and risk assurance committee for six years.")
    ]
    assert CvSuggestion.objects.filter(skill=None).undecided().count() == 2


@pytest.mark.django_db
def test_a_suggested_post_is_put_right_and_saved(client):
    person = PersonFactory()
    sign_in(client, person.user)
    send(client, docx(*LINES))
    suggestion = CvSuggestion.objects.get(title="Finance director")
    address = reverse("talent:cv_post", args=[suggestion.pk])

    shown = client.get(address).context["form"]["title"].value()
    began = {"started_on_day": "1", "started_on_month": "4", "started_on_year": "2014"}
    client.post(address, {"title": "Director of finance", "employer": "Harbour Housing", **began})

    assert shown == "Finance director"
    assert [(post.title, post.started_on) for post in person.posts.all()] == [
        ("Director of finance", dt.date(2014, 4, 1))
    ]
    assert client.get(address).status_code == 404


@pytest.mark.django_db
def test_the_words_become_the_cv_only_when_chosen_and_can_be_forgotten(client):
    person = PersonFactory(cv_text="Before.")
    sign_in(client, person.user)
    send(client, docx(*LINES))
    person.refresh_from_db()
    before = person.cv_text

    client.post(reverse("talent:cv_use"), {"act": "use"})
    person.refresh_from_db()
    client.post(reverse("talent:cv_use"), {"act": "forget"})

    assert (before, person.cv_text) == ("Before.", "\n".join(LINES))
    assert (CvReading.objects.count(), CvSuggestion.objects.count()) == (0, 0)


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("content", "expected"),
    [
        (b"\xd0\xcf\x11\xe0 a locked document", "Your file is protected by a password, or is an old Word document"),
        (b"plain text", "Your file must be a PDF, a Word document"),
        (docx(" "), "There is no text in your file"),
    ],
)
def test_a_file_that_is_not_taken_says_why_and_changes_nothing(client, content, expected):
    sign_in(client, PersonFactory().user)

    page = send(client, content)

    assert page.context["form"].errors["file"][0].startswith(expected)
    assert CvReading.objects.count() == 0


@pytest.mark.django_db
def test_another_persons_suggestion_is_not_found(client):
    suggestion = CvSuggestionFactory(title="", started_on=None, ended_on=None, skill=SkillFactory())
    sign_in(client, PersonFactory().user)

    answers = [
        client.post(reverse("talent:cv_decide", args=[suggestion.pk]), {"decision": "add"}).status_code,
        client.post(reverse("talent:cv_use"), {"act": "use"}).status_code,
    ]

    assert (answers, PersonSkill.objects.count()) == ([404, 404], 0)
