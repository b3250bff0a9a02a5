"""The CV that somebody sends to be read. No writes."""

from django import forms

from portal.files import limit_in_words
from portal.forms import PortalForm


class CvForm(PortalForm):
    file = forms.FileField(
        label="Your CV",
        help_text=f"A PDF, Word document (.docx) or OpenDocument text (.odt) of up to {limit_in_words()}.",
        error_messages={"required": "Choose a file", "empty": "Your file is empty"},
    )
