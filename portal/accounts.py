"""How allauth speaks to people here: what it says when something is wrong, and the subjects of its mails."""

from allauth.account.adapter import DefaultAccountAdapter
from allauth.account.models import EmailAddress
from allauth.mfa.adapter import DefaultMFAAdapter
from django.utils import timezone

from portal import invitations


class AccountAdapter(DefaultAccountAdapter):
    error_messages = DefaultAccountAdapter.error_messages | {
        "account_inactive": "This account is closed. Contact us if you think that is a mistake.",
        "duplicate_email": "This is your email address already",
        "email_password_mismatch": "The email address or the password is not right. Check both and try again",
        "enter_current_password": "The current password is not right. Enter the password that you sign in with now",
        "incorrect_code": "The code is not right. Enter the newest code",
        "incorrect_password": "The password is not right. Try again",
        "too_many_login_attempts": "There were too many tries with a wrong password. Wait 5 minutes and try again",
        "rate_limited": "There were too many tries. Wait a few minutes and try again",
        "unverified_primary_email": "Follow the link that we sent to your email address first",
    }

    def format_email_subject(self, subject: str) -> str:
        return subject.strip()

    def get_email_verification_redirect_url(self, email_address: EmailAddress) -> str:
        """Whoever was invited lands on the invitation, in whichever browser they opened their mail."""
        invited = invitations.waiting_for(email_address.user, at=timezone.now()).first()
        return invitations.path_of(invited) if invited else super().get_email_verification_redirect_url(email_address)


class MFAAdapter(DefaultMFAAdapter):
    error_messages = DefaultMFAAdapter.error_messages | {
        "incorrect_code": "The code is not right. Wait for the next code in your app and enter that one",
        "cannot_delete_authenticator": "You cannot remove your only second step",
        "unverified_email": "Follow the link that we sent to your email address first",
    }
