"""Forms in NHS.UK markup and plain English: the base forms and the fields that Django lacks."""

from portal.forms.base import PortalForm, PortalFormMixin, PortalModelForm
from portal.forms.dates import DateField, DateWidget
from portal.forms.words import WordLimitField, WordLimitTextarea, count_words
from portal.forms.yes_no import YesNoField

__all__ = [
    "DateField",
    "DateWidget",
    "PortalForm",
    "PortalFormMixin",
    "PortalModelForm",
    "WordLimitField",
    "WordLimitTextarea",
    "YesNoField",
    "count_words",
]
