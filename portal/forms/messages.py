"""Plain-English error messages built from a field's label: "Enter your full name", not "This field is required"."""

from django import forms
from django.forms.utils import pretty_name

from portal.forms.yes_no import YesNoField

_DETERMINERS = frozenset(
    {"a", "an", "the", "your", "my", "our", "their", "his", "her", "its", "this", "that", "these", "those"}
    | {"any", "all", "each", "every", "which", "what", "who", "how", "why", "when", "where"}
)


def use_plain_messages(field: forms.Field, *, name: str, article: str) -> None:
    """Gives `field` messages that name it, except where its author wrote own ones."""
    field.label = field.label if field.label is not None else pretty_name(name)
    for code, message in _messages(field, str(field.label), article).items():
        if field.error_messages.get(code) == _default(field, code):  # both None: Django has no such message
            field.error_messages[code] = message


def _default(field: forms.Field, code: str) -> object:
    for cls in type(field).__mro__:
        if code in getattr(cls, "default_error_messages", {}):
            return cls.default_error_messages[code]
    return None


def _messages(field: forms.Field, label: str, article: str) -> dict[str, str]:
    subject, thing = _escaped(label), _escaped(noun(label, article))
    quoted = is_sentence(label)
    subject = f"“{subject}”" if quoted else subject
    found = {
        "required": _required(field, thing, subject, quoted),
        "max_length": f"{subject} must be %(limit_value)d characters or fewer",
        "min_length": f"{subject} must be %(limit_value)d characters or more",
        "max_value": f"{subject} must be %(limit_value)s or less",
        "min_value": f"{subject} must be %(limit_value)s or more",
        "max_words": f"{subject} must be %(limit)d words or fewer. It is %(count)d words now",
    }
    invalid = _invalid(field, subject)
    return found | ({"invalid": invalid} if invalid else {}) | _choices(field, thing, quoted, subject)


def _required(field: forms.Field, thing: str, subject: str, quoted: bool) -> str:
    if isinstance(field, forms.BooleanField):
        return f"Tick {subject if quoted else f'“{subject}”'} to continue"
    if isinstance(field, YesNoField):
        return f"Select yes or no for {subject if quoted else f'“{subject}”'}"
    if isinstance(field, forms.FileField):
        return f"Choose a file for {subject if quoted else thing}"
    if isinstance(field, forms.ChoiceField | forms.ModelChoiceField):
        return f"Select an answer to {subject}" if quoted else f"Select {thing}"
    return f"Answer {subject}" if quoted else f"Enter {thing}"


def _invalid(field: forms.Field, subject: str) -> str:
    if isinstance(field, forms.EmailField):
        return "Enter an email address in the correct format, like name@example.com"
    if isinstance(field, forms.URLField):
        return f"{subject} must be a web address, like https://www.example.org"
    if isinstance(field, forms.IntegerField | forms.DecimalField | forms.FloatField):
        return f"{subject} must be a number"
    if isinstance(field, forms.DateField):
        return f"{subject} must be a real date, like 27/3/2018"
    if isinstance(field, forms.DateTimeField | forms.TimeField):
        return f"{subject} must be a real time"
    return ""


def _choices(field: forms.Field, thing: str, quoted: bool, subject: str) -> dict[str, str]:
    if not isinstance(field, forms.ChoiceField | forms.ModelChoiceField):
        return {}
    chosen = f"Choose from the list: {subject if quoted else thing}"
    return {"invalid_choice": chosen, "invalid_pk_value": chosen}


def is_sentence(label: str) -> bool:
    """A question or a statement, quoted whole in messages; a noun phrase stands inside them."""
    return label.rstrip().endswith(("?", ".", "!")) or label.startswith("I ") or len(label.split()) > 9


def noun(label: str, article: str) -> str:
    """The label inside a sentence: "Full name" -> "your full name", "CV" -> "your CV", "Your trust" -> "your trust"."""
    first, _, _rest = label.partition(" ")
    lowered = label if first[1:] != first[1:].lower() else f"{label[:1].lower()}{label[1:]}"
    return lowered if first.lower() in _DETERMINERS or not article else f"{article} {lowered}"


def _escaped(text: str) -> str:
    return text.replace("%", "%%")
