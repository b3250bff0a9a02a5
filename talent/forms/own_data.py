"""What is asked before a member is erased: their own word, typed."""

from django import forms

from portal.forms import PortalForm

WORD = "erase"


class EraseForm(PortalForm):
    word = forms.CharField(
        label=f"Type “{WORD}” to confirm",
        max_length=20,
        widget=forms.TextInput({"autocomplete": "off", "spellcheck": "false", "autocapitalize": "none"}),
        error_messages={"required": f"Type “{WORD}” to confirm"},
    )
    article = "the"

    def clean_word(self) -> str:
        typed = self.cleaned_data["word"].strip().lower().strip("“”\"'")
        if typed != WORD:
            raise forms.ValidationError(f"Type “{WORD}”, or go back if you want to stay")
        return typed
