"""What the ground floor holds about a member, Wagtail's and the sign-in's own tables included."""

import datetime as dt
from collections.abc import Iterator
from typing import Any

from django.apps import apps

from portal.holding import ACTS, Subject, acts, after_erasure, deleted, in_copy, kept, refuses_erasure
from portal.ledger import LedgerRow
from portal.models import Job, Membership, Role, User

ACCESS = (
    "That somebody acted for an organisation, in which role and when, under the pseudonym: what was done stays done."
)

kept("portal.Membership", "user", "Organisations you act for", why=ACCESS)
kept("portal.AccessEvent", "membership__user", "What was done to your access", why=ACCESS)
kept("portal.Invitation", "accepted_by", "Invitations you accepted", why=ACCESS, without=("token_digest", "nonce"))
kept("portal.User", "pk", "Your account", why="", without=("password", "sort_name", "is_staff", "is_superuser"))
deleted("portal.MailSent", "address", "Mails sent to you")
deleted("account.EmailConfirmation", "email_address__user", "Addresses to be confirmed", without=("key",))
deleted("account.EmailAddress", "user", "Email addresses you sign in with")
deleted("mfa.Authenticator", "user", "Second steps at sign-in", without=("data",))
deleted("wagtailusers.UserProfile", "user", "Your settings in the website’s editor", without=("avatar",))
for _model, _title in {
    "wagtailadmin.EditingSession": "Pages open in the editor",
    "wagtailadmin.FormState": "Forms open in the editor",
    "wagtailcore.APIToken": "Keys of programs",
    "wagtailcore.PageSubscription": "Pages you follow in the editor",
    "portal.User_groups": "Groups in the editor",
    "portal.User_user_permissions": "Permissions in the editor",
}.items():
    deleted(_model, "user", _title, withheld="It holds nothing but the machine’s own marks.")

acts("portal.Membership", "granted_by", "ended_by")
acts("portal.Invitation", "invited_by", "revoked_by")
acts("portal.AccessConfirmation", "confirmed_by")
acts("portal.Region", "managing_director")
for _model in ("portal.HomePage", "portal.StandardPage", "wagtailcore.Page"):
    acts(_model, "locked_by", "owner")
acts("wagtaildocs.Document", "uploaded_by_user")
acts("wagtailimages.Image", "uploaded_by_user")
acts("wagtailcore.UploadedFile", "uploaded_by_user")
acts("wagtailcore.ModelLogEntry", "user")
acts("wagtailcore.PageLogEntry", "user")
acts("wagtailcore.Revision", "user")
acts("wagtailcore.WorkflowState", "requested_by")
acts("wagtailcore.TaskState", "finished_by")
acts("wagtailcore.Comment", "user", "resolved_by")
acts("wagtailcore.CommentReply", "user")


@in_copy
def what_they_did(subject: Subject, at: dt.datetime) -> Iterator[tuple[str, Any]]:
    """How often the member stands where somebody acted for others: whom it was about is not theirs to take."""
    columns = sorted({*ACTS, *((each._meta.label, "by") for each in apps.get_models() if issubclass(each, LedgerRow))})
    told = []
    for label, name in columns:
        table = apps.get_model(label)
        if table._meta.get_field(name).related_model is not User:
            continue
        if number := table._default_manager.filter(**{name: subject.user}).count():
            told.append({"table": str(table._meta.verbose_name_plural), "as": name.replace("_", " "), "rows": number})
    yield "What you did here for others", told


@refuses_erasure
def still_acts(subject: Subject, at: dt.datetime) -> str:
    """Work for an organisation is handed over first, by those who gave the access."""
    rows = Membership.objects.in_force(at).filter(user=subject.user).select_related("organisation")
    if not rows:
        return ""
    roles = ", ".join(f"{Role(row.role).label.lower()} at {row.organisation}" for row in rows)
    return f"You still act as {roles}. Have that access ended by whoever looks after your organisation’s people."


@after_erasure
def forget_jobs(subject: Subject, at: dt.datetime) -> None:
    """Nothing is to be done for somebody who is gone: what still waits for their account is dropped."""
    Job.objects.filter(done_at=None, payload__user=subject.user.pk).delete()
