"""What is asked before words are erased from a ledger for good."""

from django import forms

from portal.forms import PortalForm


class ErasureForm(PortalForm):
    reason = forms.CharField(
        label="At whose wish, and why?",
        help_text="Kept on record for good. Do not repeat what is to be erased.",
        widget=forms.Textarea({"rows": 3}),
        max_length=1000,
        error_messages={"required": "Say at whose wish, and why"},
    )
    sure = forms.BooleanField(
        label="I have read the words, and they are to be erased for good",
        error_messages={"required": "Confirm that the words are to be erased for good"},
    )
