"""How the talent team writes questions in the CMS, and how what they wrote becomes a frozen set's content."""

from typing import Any

from django.utils.text import slugify
from wagtail import blocks

from programmes.questions import Kind, Topic


class ConditionBlock(blocks.StructBlock):
    question = blocks.CharBlock(help_text="Key of the question that decides, for example senior_role.")
    values = blocks.ListBlock(blocks.CharBlock(), help_text="Shown when the answer is one of these.")


class ChoiceBlock(blocks.StructBlock):
    value = blocks.RegexBlock(regex=r"^[a-z0-9_]+$", help_text="Short name that is stored: small letters, digits, _.")
    label = blocks.CharBlock(help_text="What the applicant reads.")


class QuestionBlock(blocks.StructBlock):
    """What every question has; the key ties an answer to it for good."""

    key = blocks.RegexBlock(regex=r"^[a-z0-9_]+$", help_text="Unique in the form: small letters, digits, _.")
    label = blocks.CharBlock()
    hint = blocks.TextBlock(required=False)
    required = blocks.BooleanBlock(required=False, default=True)
    identifying = blocks.BooleanBlock(required=False, help_text="Left out of what reviewers read in the blind round.")
    shown_if = blocks.ListBlock(ConditionBlock(), min_num=0, max_num=1, default=[], label="Shown only if")


class TextQuestionBlock(QuestionBlock):
    word_limit = blocks.IntegerBlock(required=False, min_value=1, max_value=5000)


class ChoiceQuestionBlock(QuestionBlock):
    choices = blocks.ListBlock(ChoiceBlock(), min_num=2)


class DeclarationBlock(QuestionBlock):
    topic = blocks.ChoiceBlock(choices=[(t.value, t.value.capitalize()) for t in Topic])
    choices = blocks.ListBlock(ChoiceBlock(), min_num=1, label="Statements")


SIMPLE_KINDS = [
    (Kind.SHORT_TEXT.value, TextQuestionBlock(icon="pilcrow")),
    (Kind.LONG_TEXT.value, TextQuestionBlock(icon="doc-full")),
    (Kind.SINGLE_CHOICE.value, ChoiceQuestionBlock(icon="radio-full")),
    (Kind.YES_NO.value, QuestionBlock(icon="help")),
    (Kind.DATE.value, QuestionBlock(icon="date")),
]


class EntriesBlock(QuestionBlock):
    """A question answered by rows, such as posts held."""

    fields = blocks.StreamBlock(SIMPLE_KINDS, min_num=1)
    max_entries = blocks.IntegerBlock(default=20, min_value=1, max_value=50)


class SectionBlock(blocks.StructBlock):
    """One page of the form."""

    title = blocks.CharBlock()
    intro = blocks.TextBlock(required=False)
    questions = blocks.StreamBlock(
        [
            *SIMPLE_KINDS,
            (Kind.MULTIPLE_CHOICE.value, ChoiceQuestionBlock(icon="tasks")),
            (Kind.ENTRIES.value, EntriesBlock(icon="list-ul")),
            (Kind.FILE.value, QuestionBlock(icon="upload")),
            (Kind.DECLARATION.value, DeclarationBlock(icon="check")),
        ],
        min_num=1,
    )


class CriterionBlock(blocks.StructBlock):
    key = blocks.RegexBlock(regex=r"^[a-z0-9_]+$")
    label = blocks.CharBlock()
    description = blocks.TextBlock(help_text="What a high score looks like.")
    weight = blocks.IntegerBlock(default=1, min_value=1, max_value=10)
    max_score = blocks.IntegerBlock(default=4, min_value=1, max_value=10)
    essential = blocks.BooleanBlock(required=False, default=True)


class EligibilityBlock(blocks.StructBlock):
    key = blocks.RegexBlock(regex=r"^[a-z0-9_]+$")
    question = blocks.CharBlock(help_text="Answered yes or no.")
    hint = blocks.TextBlock(required=False)
    reason_if_no = blocks.TextBlock(help_text="Why a no means this scheme is not for them, and what else there is.")


def content_of(sections: Any, rubric: Any) -> dict[str, Any]:
    """StreamField values as the plain content that QuestionSet keeps and programmes.questions.parse reads."""
    return {
        "sections": [_section(block.value) for block in sections],
        "rubric": [{key: block.value[key] for key in block.value} for block in rubric],
    }


def _section(value: Any) -> dict[str, Any]:
    return {
        "key": slugify(value["title"]),
        "title": value["title"],
        "intro": value["intro"],
        "questions": [_question(q.block_type, q.value) for q in value["questions"]],
    }


def _question(kind: str, value: Any) -> dict[str, Any]:
    plain: dict[str, Any] = {"kind": kind}
    for name in ("key", "label", "hint", "required", "identifying", "word_limit", "topic", "max_entries"):
        if value.get(name) not in (None, ""):
            plain[name] = value[name]
    for condition in value["shown_if"]:
        plain["shown_if"] = {"question": condition["question"], "values": list(condition["values"])}
    if value.get("choices"):
        plain["choices"] = [{"value": c["value"], "label": c["label"]} for c in value["choices"]]
    if value.get("fields"):
        plain["fields"] = [_question(f.block_type, f.value) for f in value["fields"]]
    return plain
