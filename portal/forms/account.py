"""allauth's forms in our words: one password box, labels and hints that say what is wanted, a name at sign-up."""

from collections.abc import Mapping
from typing import Any, ClassVar

from allauth.account import forms as account
from allauth.mfa.base import forms as mfa
from allauth.mfa.totp import forms as totp
from allauth.mfa.webauthn import forms as webauthn
from django import forms
from django.http import HttpRequest

from portal.forms.base import PortalFormMixin
from portal.models import User

_STRONG_ENOUGH = "At least 12 characters. Three random words are strong and easy to remember."
_CODE = "6 numbers from your authenticator app"


class Reworded:
    """Gives the fields of an allauth form our labels and hints, before the messages are built from them."""

    labels: ClassVar[Mapping[str, str]] = {}
    hints: ClassVar[Mapping[str, str]] = {}
    dropped: ClassVar[frozenset[str]] = frozenset()

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name, field in list(self.fields.items()):  # type: ignore[attr-defined]
            if name in self.dropped:
                del self.fields[name]  # type: ignore[attr-defined]
            field.label = self.labels.get(name, field.label)
            field.help_text = self.hints.get(name, "")
            field.widget.attrs.pop("placeholder", None)


class AccountForm(PortalFormMixin, Reworded):
    """What every form below begins with."""

    article = "your"
    mark_optional = False


class LoginForm(AccountForm, account.LoginForm):
    labels = {"login": "Email address", "password": "Password", "remember": "Keep me signed in on this device"}
    hints = {"remember": "Do not tick this on a shared computer."}


class SignupForm(AccountForm, account.SignupForm):
    full_name = forms.CharField(max_length=200, widget=forms.TextInput(attrs={"autocomplete": "name"}))

    field_order = ["full_name", "email", "password1"]
    labels = {"full_name": "Full name", "email": "Email address", "password1": "Password"}
    hints = {
        "email": "We send a link to this address to check that it is yours.",
        "password1": _STRONG_ENOUGH,
    }

    def signup(self, request: HttpRequest, user: User) -> None:
        """allauth calls this once the account is made."""
        user.full_name = self.cleaned_data["full_name"]
        user.save(update_fields=["full_name", "sort_name"])


class ResetPasswordForm(AccountForm, account.ResetPasswordForm):
    labels = {"email": "Email address"}


class ResetPasswordKeyForm(AccountForm, account.ResetPasswordKeyForm):
    labels = {"password1": "New password"}
    hints = {"password1": _STRONG_ENOUGH}
    dropped = frozenset({"password2"})


class ChangePasswordForm(AccountForm, account.ChangePasswordForm):
    labels = {"oldpassword": "Current password", "password1": "New password"}
    hints = {"password1": _STRONG_ENOUGH}
    dropped = frozenset({"password2"})


class SetPasswordForm(AccountForm, account.SetPasswordForm):
    labels = {"password1": "New password"}
    hints = {"password1": _STRONG_ENOUGH}
    dropped = frozenset({"password2"})


class AddEmailForm(AccountForm, account.AddEmailForm):
    labels = {"email": "New email address"}
    hints = {"email": "We send a link there. Until you follow it, your present address stays."}


class ReauthenticateForm(AccountForm, account.ReauthenticateForm):
    labels = {"password": "Password"}


class MfaAuthenticateForm(AccountForm, mfa.AuthenticateForm):
    labels = {"code": "Security code"}
    hints = {"code": f"{_CODE}, or one of your recovery codes"}


class MfaReauthenticateForm(AccountForm, mfa.ReauthenticateForm):
    labels = {"code": "Security code"}
    hints = {"code": f"{_CODE}, or one of your recovery codes"}


class ActivateTOTPForm(AccountForm, totp.ActivateTOTPForm):
    labels = {"code": "Security code"}
    hints = {"code": f"The {_CODE}"}
    article = "the"

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["code"].widget.attrs |= {"inputmode": "numeric", "class": "nhsuk-input--width-10"}


class AddWebAuthnForm(AccountForm, webauthn.AddWebAuthnForm):
    labels = {"name": "Name of the key", "passwordless": "Let me sign in with this key alone"}
    hints = {
        "name": "So that you know it from another one, such as “Work laptop”.",
        "passwordless": "It then asks for your fingerprint, face or PIN in place of the password.",
    }


class EditWebAuthnForm(AccountForm, webauthn.EditWebAuthnForm):
    labels = {"name": "Name of the key"}
    article = "the"
