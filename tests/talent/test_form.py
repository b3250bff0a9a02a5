"""One section as a page: stored as typed, judged in plain words, two texts side by side when two pages meet."""

import pytest
from django.http import QueryDict
from django.test import Client
from django.urls import reverse

from programmes.questions import Kind, Question
from talent.forms.reading import as_data, read
from talent.models import Application, SectionAnswer, SectionRevision
from tests.factories.portal import sign_in
from tests.factories.talent import ApplicationFactory, good_answers

pytestmark = pytest.mark.django_db

LEARN = "what-you-want-to-learn"


@pytest.fixture
def draft(client: Client) -> Application:
    application = ApplicationFactory()
    sign_in(client, application.person.user)
    return application


def at(application: Application, key: str, name: str = "section_edit") -> str:
    return reverse(f"talent:{name}", args=[application.reference, key])


def stored(application: Application, key: str) -> SectionAnswer:
    return application.answers.get(section_key=key)


@pytest.mark.parametrize("typed", ["2017-09-01", "31/2/2017", "//2017", ""])
def test_a_date_comes_back_as_it_was_typed(typed: str):
    question = Question("day", Kind.DATE, "Day")

    assert read(question, as_data([question], {"day": typed})) == typed


def test_rows_keep_their_order_and_empty_ones_are_none():
    part = Question("title", Kind.SHORT_TEXT, "Title")
    question = Question("posts", Kind.ENTRIES, "Posts", fields=(part,))

    data = QueryDict("posts-10-title=c&posts-2-title=b&posts-0-title=a&posts-3-title=")

    assert read(question, data) == [{"title": "a"}, {"title": "b"}, {"title": "c"}]


def test_faulty_input_is_stored_and_comes_back_with_its_errors(client: Client, draft: Application):
    long = "word " * 301
    client.post(at(draft, "your-experience"), {"revision": "0", "go": "continue", "leadership": long})

    page = client.get(at(draft, "your-experience")).text

    assert stored(draft, "your-experience").values["leadership"] == long
    assert stored(draft, "your-experience").is_complete is False
    assert "It is 301 words now" in page
    assert "<title>Error: " in page


def test_save_and_come_back_later_asks_for_nothing(client: Client, draft: Application):
    response = client.post(at(draft, LEARN), {"revision": "0", "go": "later", "motivation": "Half a th"})

    assert response.url == reverse("talent:application_detail", args=[draft.reference])
    assert stored(draft, LEARN).values["motivation"] == "Half a th"


def test_a_hidden_question_is_not_required_and_its_answer_is_kept(client: Client, draft: Application):
    values = {"motivation": "Because", "bridges": ["scale"], "bridges_other": "An old thought"}

    response = client.post(at(draft, LEARN), values | {"revision": "0", "go": "continue"})

    assert response.status_code == 302
    assert stored(draft, LEARN).values == values
    assert stored(draft, LEARN).is_complete is True


def test_a_shown_question_is_required(client: Client, draft: Application):
    response = client.post(
        at(draft, LEARN), {"revision": "0", "go": "continue", "motivation": "Because", "bridges": ["other"]}
    )

    assert "Answer “What else?”" in response.text


def test_none_of_these_stands_alone(client: Client, draft: Application):
    response = client.post(
        at(draft, "declarations"), {"revision": "0", "go": "continue", "political": ["none", "office"]}
    )

    assert "Choose either the statements that apply to you or none of these" in response.text


def test_entries_are_added_and_removed_without_a_script(client: Client, draft: Application):
    post = {f"posts-0-{k}": v for k, v in good_answers()["posts-held"]["posts"][0].items()}

    added = client.post(at(draft, "posts-held"), post | {"revision": "0", "add": "posts"}, follow=True)
    assert 'name="posts-1-title"' in added.text
    second = {"posts-1-title": "Second", "revision": "1", "add": "posts"}
    client.post(at(draft, "posts-held"), post | second)
    client.post(at(draft, "posts-held"), post | second | {"revision": "2", "remove": "posts-0"})

    assert [row["title"] for row in stored(draft, "posts-held").values["posts"]] == ["Second"]


def test_autosave_says_when_it_saved(client: Client, draft: Application):
    answer = client.post(at(draft, LEARN, "section_autosave"), {"revision": "0", "motivation": "A"}).json()

    assert (answer["status"], answer["revision"]) == ("saved", 1)
    assert answer["said"].startswith("Saved at ")


def test_an_autosave_behind_another_page_overwrites_nothing(client: Client, draft: Application):
    url = at(draft, LEARN, "section_autosave")
    client.post(url, {"revision": "0", "motivation": "Page one", "page": "one", "tick": "1"})

    answer = client.post(url, {"revision": "0", "motivation": "Page two", "page": "two", "tick": "1"})

    assert (answer.status_code, answer.json()["status"]) == (409, "clash")
    assert stored(draft, LEARN).values["motivation"] == "Page one"
    assert [r.values["motivation"] for r in SectionRevision.objects.filter(set_aside=True)] == ["Page two"]


def test_a_page_that_missed_an_answer_does_not_clash_with_itself(client: Client, draft: Application):
    url, same = at(draft, LEARN, "section_autosave"), {"revision": "0", "page": "one"}
    client.post(url, same | {"motivation": "First", "tick": "1"})

    second = client.post(url, same | {"motivation": "First and second", "tick": "2"})
    late = client.post(url, same | {"motivation": "Fir", "tick": "1"})

    assert (second.status_code, late.status_code) == (200, 409)
    assert stored(draft, LEARN).values["motivation"] == "First and second"


@pytest.mark.parametrize(
    ("choice", "kept"),
    [
        ({"motivation": "theirs"}, "Page one"),
        ({"motivation": "yours"}, "Page two"),
        ({"motivation": "edit", "motivation-new": "Both"}, "Both"),
    ],
)
def test_a_clash_shows_both_and_keeps_what_is_chosen(client: Client, draft: Application, choice, kept: str):
    client.post(at(draft, LEARN), {"revision": "0", "go": "later", "motivation": "Page one", "page": "one"})
    client.get(at(draft, LEARN))
    met = client.post(at(draft, LEARN), {"revision": "0", "go": "later", "motivation": "Page two", "page": "two"})

    page = client.get(met.url).text
    assert ("Page one" in page, "Page two" in page) == (True, True)
    client.post(met.url, choice | {"revision": "1"})

    assert stored(draft, LEARN).values["motivation"] == kept


def test_a_section_that_is_not_in_this_version_is_not_found(client: Client, draft: Application):
    assert client.get(at(draft, "no-such-section")).status_code == 404
