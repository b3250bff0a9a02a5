"""A file of figures, and the word that it is to be entered."""

from typing import Any

from django import forms

from portal.forms import PortalForm
from programmes.figures_file import COLUMNS, MAX_BYTES


class FiguresFileForm(PortalForm):
    file = forms.FileField(
        label="File",
        help_text=f"An Excel workbook (.xlsx) or CSV UTF-8, with the columns {', '.join(COLUMNS)}.",
        widget=forms.FileInput(attrs={"accept": ".csv,.xlsx"}),
    )

    def clean_file(self) -> Any:
        """Too large a file is not even read."""
        file = self.cleaned_data["file"]
        if file.size > MAX_BYTES:
            raise forms.ValidationError(f"The file must be smaller than {MAX_BYTES // 1024 // 1024} MB")
        return file


class EnterFileForm(PortalForm):
    reason = forms.CharField(label="Why are figures put right?", max_length=500)

    def __init__(self, *args: Any, puts_right: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if not puts_right:
            del self.fields["reason"]
