"""Forms: plain messages, NHS.UK markup, and what was typed is never lost."""

import datetime as dt

import pytest
from bs4 import BeautifulSoup
from django import forms
from django.template import Context, Template
from django.utils.datastructures import MultiValueDict

from portal.forms import DateField, PortalForm, PortalModelForm, WordLimitField, YesNoField, count_words
from portal.models import Organisation


class Example(PortalForm):
    article = "your"
    reveals = {("contact", "phone"): ("phone",)}

    full_name = forms.CharField(
        max_length=10, help_text="As on your passport", widget=forms.TextInput(attrs={"autocomplete": "name"})
    )
    email = forms.EmailField(label="Email address")
    why = WordLimitField(max_words=3, label="Why this board?")
    born = DateField(label="Date of birth", not_after=dt.date(2010, 1, 1))
    senior = YesNoField(label="Have you led?")
    contact = forms.ChoiceField(choices=[("email", "Email"), ("phone", "Phone")], widget=forms.RadioSelect)
    phone = forms.CharField(label="Phone number", required=False)
    level = forms.ChoiceField(choices=[("", "Choose"), ("a", "Board")])
    cv = forms.FileField(label="CV")
    agree = forms.BooleanField(label="It is true")


def html(source: str, **context: object) -> BeautifulSoup:
    return BeautifulSoup(Template("{% load portal_tags %}" + source).render(Context(context)), "html.parser")


def test_required_messages_name_the_field() -> None:
    assert {name: errors[0] for name, errors in Example({}).errors.items()} == {
        "full_name": "Enter your full name",
        "email": "Enter your email address",
        "why": "Answer “Why this board?”",
        "born": "Enter your date of birth",
        "senior": "Select yes or no for “Have you led?”",
        "contact": "Select your contact",
        "level": "Select your level",
        "cv": "Choose a file for your CV",
        "agree": "Tick “It is true” to continue",
    }


def test_an_own_message_is_kept() -> None:
    class Own(PortalForm):
        name = forms.CharField(error_messages={"required": "Tell us who you are"})

    assert Own({}).errors["name"] == ["Tell us who you are"]


def test_a_label_with_a_percent_sign_breaks_no_message() -> None:
    class Percent(PortalForm):
        share = forms.CharField(label="100% of it", max_length=2)

    assert Percent({"share": "long"}).errors["share"] == ["100% of it must be 2 characters or fewer"]


def test_error_summary_leads_to_the_first_input_of_each_field() -> None:
    page = html("{% error_summary form %}", form=Example({"born_day": "3", "born_month": "2"}))
    assert [a["href"] for a in page.select("a")] == [
        "#id_full_name",
        "#id_email",
        "#id_why",
        "#id_born_year",
        "#id_senior_0",
        "#id_contact_0",
        "#id_level",
        "#id_cv",
        "#id_agree",
    ]


def test_every_link_of_the_summary_finds_its_input() -> None:
    page = html("{% error_summary form %}{{ form }}", form=Example({}))
    assert [a["href"] for a in page.select(".nhsuk-error-summary a") if page.select_one(a["href"]) is None] == []


def test_no_summary_before_anything_was_sent() -> None:
    assert html("{% error_summary form %}", form=Example()).text.strip() == ""


def test_a_text_field_with_an_error() -> None:
    page = html("{% field form.full_name %}", form=Example({"full_name": "Much too long a name"}))
    box = page.select_one("input")
    assert (box["value"], box["autocomplete"], box["aria-invalid"]) == ("Much too long a name", "name", "true")
    assert box["aria-describedby"] == "id_full_name-hint id_full_name-error"
    assert page.select_one("label")["for"] == "id_full_name"
    assert page.select_one("#id_full_name-hint").text == "As on your passport"
    assert page.select_one("#id_full_name-error").text == "Error: Full name must be 10 characters or fewer"


def test_the_browser_cuts_nothing_off() -> None:
    box = html("{% field form.full_name %}", form=Example()).select_one("input")
    assert (box.get("maxlength"), box.get("required")) == (None, None)


def test_each_input_has_a_label_or_a_legend() -> None:
    page = html("{{ form }}", form=Example())
    labelled = {label["for"] for label in page.select("label")}
    assert [i["id"] for i in page.select("input, select, textarea") if i["id"] not in labelled] == []
    assert [legend.text for legend in page.select("legend")] == ["Date of birth", "Have you led?", "Contact"]


def test_a_revealed_field_stands_inside_its_choice_only() -> None:
    page = html("{{ form }}", form=Example())
    inside = page.select_one("#id_contact_1-inside")
    assert [i["id"] for i in page.select("#id_phone")] == [i["id"] for i in inside.select("input")] == ["id_phone"]
    assert page.select_one("#id_contact_1")["data-aria-controls"] == "id_contact_1-inside"
    assert inside.select_one("label").text == "Phone number (optional)"


def test_a_word_limit_says_so_without_scripts() -> None:
    page = html("{% field form.why %}", form=Example({"why": "one two three four"}))
    assert page.select_one("#id_why-info").text == "You can enter up to 3 words"
    assert page.select_one("div")["data-maxwords"] == "3"
    assert page.select_one("textarea")["aria-describedby"] == "id_why-info id_why-error"
    assert page.select_one("textarea").text.strip() == "one two three four"
    assert page.select_one("#id_why-error").text == (
        "Error: “Why this board?” must be 3 words or fewer. It is 4 words now"
    )


@pytest.mark.parametrize(
    ("text", "words"),
    [("", 0), ("one", 1), (" a\n b\t c ", 3), ("well-led, board", 2), ("a\u00a0b\ufeffc", 3), ("a – b", 3)],
)
def test_count_words(text: str, words: int) -> None:
    assert count_words(text) == words


@pytest.mark.parametrize(
    ("typed", "message", "wrong"),
    [
        (("", "", ""), "Enter your date of birth", ["day", "month", "year"]),
        (("3", "", ""), "Date of birth must include a month and year", ["month", "year"]),
        (("3", "2", "68"), "Year must include 4 numbers", ["year"]),
        (("31", "2", "1968"), "Date of birth must be a real date", ["day", "month", "year"]),
        (("3", "13", "1968"), "Date of birth must be a real date", ["month"]),
        (("x", "2", "1968"), "Date of birth must be a real date", ["day"]),
        (("3", "2", "0000"), "Date of birth must be a real date", ["day", "month", "year"]),
        (("2", "1", "2010"), "Date of birth must be the same as or before 1 January 2010", ["day", "month", "year"]),
    ],
)
def test_a_wrong_date(typed: tuple[str, str, str], message: str, wrong: list[str]) -> None:
    form = Example(dict(zip(("born_day", "born_month", "born_year"), typed, strict=True)))
    page = html("{% field form.born %}", form=form)
    assert form.errors["born"] == [message]
    assert [i["value"] for i in page.select("input")] == list(typed)
    assert [i["id"] for i in page.select("input[aria-invalid]")] == [f"id_born_{part}" for part in wrong]


@pytest.mark.parametrize("month", ["3", "03", "March", "mar"])
def test_a_right_date(month: str) -> None:
    assert DateField().clean(("8", month, "2018")) == dt.date(2018, 3, 8)


def test_a_stored_date_is_shown_in_its_boxes() -> None:
    page = html("{% field form.born %}", form=Example(initial={"born": dt.date(1968, 3, 27)}))
    assert [i["value"] for i in page.select("input")] == ["27", "3", "1968"]


@pytest.mark.parametrize(("sent", "clean"), [("yes", True), ("no", False)])
def test_yes_and_no(sent: str, clean: bool) -> None:
    assert YesNoField().clean(sent) is clean


@pytest.mark.parametrize(("stored", "chosen"), [(True, ["id_senior_0"]), (False, ["id_senior_1"]), (None, [])])
def test_neither_yes_nor_no_is_chosen_for_the_person(stored: bool | None, chosen: list[str]) -> None:
    page = html("{% field form.senior %}", form=Example(initial={"senior": stored}))
    assert [i["id"] for i in page.select("input[checked]")] == chosen


def test_choices_keep_what_was_chosen() -> None:
    page = html("{{ form }}", form=Example(MultiValueDict({"contact": ["phone"], "level": ["a"], "agree": ["on"]})))
    assert [i["id"] for i in page.select("input[checked]")] == ["id_contact_1", "id_agree"]
    assert [o["value"] for o in page.select("option[selected]")] == ["a"]


def test_a_model_form_asks_dates_in_three_boxes() -> None:
    class Form(PortalModelForm):
        class Meta:
            model = Organisation
            fields = ["opened_on"]

    assert type(Form().fields["opened_on"]) is DateField


def test_plain_django_forms_are_rendered_too() -> None:
    class Plain(forms.Form):
        after = forms.DateField(required=False)
        q = forms.CharField(required=False)

    page = html("{% fields form %}", form=Plain(initial={"after": dt.date(2018, 3, 8)}))
    assert [(i["type"], i["value"]) for i in page.select("input")] == [("date", "2018-03-08"), ("text", "")]
    assert [label.text for label in page.select("label")] == ["After", "Q"]
