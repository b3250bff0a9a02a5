"""What a trust types about its measures: a month's figures, a note, a target."""

import datetime as dt
import re
from collections.abc import Iterable, Iterator
from decimal import Decimal
from typing import Any

from django import forms

from portal.forms import DateField, PortalForm
from portal.forms.messages import use_plain_messages
from portal.models import Organisation
from programmes.entering import Entry, fault_of
from programmes.models import Measure
from programmes.series import Counted

THOUSANDS = re.compile(r"\d{1,3}(,\d{3})+(\.\d*)?")


class FigureField(forms.DecimalField):
    """A number as people write it: spaces around it and commas between thousands do no harm."""

    def to_python(self, value: Any) -> Decimal | None:
        typed = value.strip() if isinstance(value, str) else value
        if isinstance(typed, str) and THOUSANDS.fullmatch(typed):
            typed = typed.replace(",", "")
        return super().to_python(typed)


def figure_field(label: str, hint: str = "") -> forms.DecimalField:
    widget = forms.TextInput(attrs={"inputmode": "decimal", "class": "nhsuk-input--width-10"})
    return FigureField(
        label=label, help_text=hint, max_digits=12, decimal_places=2, required=False, localize=False, widget=widget
    )


class FiguresForm(PortalForm):
    """One month of one trust: two boxes a rate, one a count. A measure that is left empty is not entered."""

    mark_optional = False

    def __init__(
        self,
        *args: Any,
        trust: Organisation,
        measures: Iterable[Measure],
        month: dt.date,
        today: dt.date,
        known: dict[int, Counted],
        **kwargs: Any,
    ) -> None:
        self.trust, self.measures, self.month, self.today = trust, list(measures), month, today
        self.known = known
        super().__init__(*args, initial=self._as_known(), **kwargs)
        for measure in self.measures:
            self._add(f"numerator_{measure.pk}", measure.numerator)
            if measure.is_rate:
                self._add(f"denominator_{measure.pk}", measure.denominator)
        if known:
            self.fields["reason"] = forms.CharField(
                label="Why are figures put right?",
                help_text="Asked only if you change what stands there.",
                max_length=500,
                required=False,
            )

    def _add(self, name: str, label: str) -> None:
        self.fields[name] = figure_field(label)
        use_plain_messages(self.fields[name], name=name, article=self.article)

    def _as_known(self) -> dict[str, Decimal | None]:
        initial: dict[str, Decimal | None] = {}
        for pk, counted in self.known.items():
            initial[f"numerator_{pk}"], initial[f"denominator_{pk}"] = counted.numerator, counted.denominator
        return initial

    def clean(self) -> dict[str, Any]:
        said = super().clean() or {}
        entries = self.entries()
        if not self.errors and not entries:
            raise forms.ValidationError("Enter the figures of one measure at least.")
        for entry in entries:
            self._check(entry)
        if not self.errors and self._puts_right(entries) and not self.reason():
            self.add_error("reason", "Say why the figures are put right")
        return said

    def _check(self, entry: Entry) -> None:
        if fault := fault_of(entry, today=self.today):
            name = f"{fault[0]}_{entry.measure.pk}"
            if not self.errors.get(name):
                self.add_error(name if name in self.fields else None, f"{entry.measure}: the {fault[0]} {fault[1]}")

    def entries(self) -> list[Entry]:
        """What was typed, measure by measure; those with nothing typed are left out."""
        typed = [
            (m, self.cleaned_data.get(f"numerator_{m.pk}"), self.cleaned_data.get(f"denominator_{m.pk}"))
            for m in self.measures
        ]
        return [Entry(self.trust, m, self.month, n, d) for m, n, d in typed if n is not None or d is not None]

    def reason(self) -> str:
        return str(self.cleaned_data.get("reason", "")).strip()

    @property
    def reason_field(self) -> forms.BoundField | None:
        return self["reason"] if "reason" in self.fields else None

    def _puts_right(self, entries: list[Entry]) -> bool:
        known = {pk: (one.numerator, one.denominator) for pk, one in self.known.items()}
        return any(known.get(entry.measure.pk, entry.counted) != entry.counted for entry in entries)

    def by_measure(self) -> Iterator[tuple[Measure, list[forms.BoundField]]]:
        """For the page: each measure with its boxes."""
        for measure in self.measures:
            names = (f"numerator_{measure.pk}", f"denominator_{measure.pk}")
            yield measure, [self[name] for name in names if name in self.fields]


class NoteForm(PortalForm):
    month = DateField(help_text="Any day of the month it is about.")
    text = forms.CharField(label="What was changed", max_length=200, help_text="For example: Exit interviews began.")
    rebase = forms.BooleanField(
        label="Work out new limits from this month on",
        help_text="Only where you know why the process is another one now, and it has stayed so.",
        required=False,
    )


class TargetForm(PortalForm):
    value = figure_field("Target")
    by_month = DateField(
        label="To be reached by",
        help_text="Any day of the month.",
        error_messages={"required": "Enter the month by which it is to be reached"},
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["value"].required = True
